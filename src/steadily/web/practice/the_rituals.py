"""The rituals of whoever visits, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from steadily.program import rituals
from steadily.program.entries import RITUALS, Ritual
from steadily.program.records import Kept
from steadily.program.rituals import Standing
from steadily.vault import Vault
from steadily.web.practice.entries_at_hand import all_of


@dataclass(frozen=True)
class Shown:
    """
    One ritual.

    Attributes:
        id: Its name in the vault.
        ritual: What is kept of it.
        standing: Where it stands between the two.
        when: When it is, in words.
        told: How often it took place, in words; may be empty.
        is_done: Whether it took place on the day of the page.
    """

    id: str
    ritual: Ritual
    standing: Standing
    when: str
    told: str
    is_done: bool


def shown(kept: Kept[Ritual], day: date) -> Shown:
    """One ritual as a page shows it on a day."""
    one = kept.entry
    told, when = rituals.told(one, day), rituals.when_in_words(one)
    return Shown(kept.id, one, rituals.standing(one), when, told, day in one.kept)


def all_shown(vault: Vault, day: date) -> list[Shown]:
    """All of them, by name."""
    found = [shown(one, day) for one in all_of(vault, RITUALS)]
    return sorted(found, key=lambda one: (one.ritual.name.casefold(), one.id))


def ritual_of(vault: Vault, id: str) -> Ritual:
    """
    One of them.

    Raises:
        Http404: There is none of that name.
    """
    found = RITUALS.get(vault, id)
    if found is None:
        raise Http404
    return found

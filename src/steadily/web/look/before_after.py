"""From a finding to its practice, and what was found once more: written down first, compared when a newer chat is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from steadily.dynamics import measures_with
from steadily.program.entries import WATCHED, Watched
from steadily.program.lessons import Practice, practices
from steadily.program.opening import can_be_compared, practice_of
from steadily.program.remeasure import ToldAgain, remeasured
from steadily.report.telling.remeasured import tell_again
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.at_hand import at_hand
from steadily.web.look.chats import Story, the_chat
from steadily.web.look.coded_chat import by_hand, coded_of, hard_moments
from steadily.web.look.retelling import story_now
from steadily.web.practice import the_plan
from steadily.web.practice.entries_at_hand import all_of
from steadily.web.practice.wins import is_after_harm
from steadily.web.shell.stopping import coaches

AGAIN = "before and after"


@require_POST
@coaches("look back")
def try_this(request: HttpRequest, number: int) -> HttpResponse:
    """Write the finding down once, open its practice, and go there."""
    vault = place_of(request).vault
    story, day = story_now(vault), timezone.localdate()
    if story is None or number >= len(story.told):
        raise Http404
    finding = story.told[number].finding
    name = practice_of(finding)
    if not name or is_after_harm(vault):
        raise Http404
    is_there = any(one.entry.finding == finding.measure for one in all_of(vault, WATCHED))
    if can_be_compared(finding.measure) and not is_there:
        low, high = finding.interval or (None, None)
        WATCHED.put(vault, Watched(finding.measure, name, day, finding.estimate, low, high, finding.n, finding.unit))
    plan = the_plan.begun(vault)
    the_plan.keep(vault, replace(plan, opened={**plan.opened, name: day}))
    return redirect("practice:practice", name=name)


def to_try(vault: Vault, story: Story) -> dict[int, Practice]:
    """
    The practice of each finding that opens one, by its number in the story; each practice once.

    Args:
        vault: The open vault; after coaching stopped for harm or control, nothing is to be tried.
        story: What was found.
    """
    if is_after_harm(vault):
        return {}
    found: dict[int, Practice] = {}
    for number, told in enumerate(story.told):
        name = practice_of(told.finding)
        if name and practices()[name] not in found.values():
            found[number] = practices()[name]
    return found


def before_and_after(vault: Vault) -> list[ToldAgain]:
    """What was written down, told again by the chat that is here; nothing where there is none, or after harm."""
    watched = [one.entry for one in all_of(vault, WATCHED)]
    coded = coded_of(vault) if watched and not is_after_harm(vault) else None
    if coded is None:
        return []
    measures = measures_with(dict(_hand(vault)))
    key = (tuple(watched), tuple(sorted(_hand(vault))))
    held: dict[str, Any] = at_hand(vault.number, AGAIN, dict)
    if held.get("coded") is not coded or held.get("key") != key:
        held.update(coded=coded, key=key, told=[tell_again(one) for one in remeasured(watched, coded, measures)])
    told: list[ToldAgain] = held["told"]
    return told


def _hand(vault: Vault) -> list[tuple[int, Any]]:
    chat = the_chat(vault)
    return [] if chat is None else list(by_hand(vault, chat, hard_moments(vault)).items())


urlpatterns = [path("try-this/<int:number>/", try_this, name="try_this")]

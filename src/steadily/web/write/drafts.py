"""Drafts that wait, in the vault, each until a time that the person chose; and the words that were left on the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from django.utils import timezone

from steadily.coach.moment import A_WHILE, next_morning
from steadily.vault import Vault

DRAFT, LEFT = "draft", "left"
ON_THE_PAGE = "page"
"""There is one page: what is left on it takes the place of what was left before."""
Until = Literal["a while", "morning"]


@dataclass(frozen=True)
class Draft:
    """
    A message that is not sent.

    Attributes:
        id: Its name in the vault.
        text: The words.
        kept_at: When it was put away.
        until: When the person wants to come back to it.
    """

    id: str
    text: str
    kept_at: datetime
    until: datetime

    @property
    def back(self) -> datetime:
        """When it is due, on the clock of where the app runs."""
        return timezone.localtime(self.until)

    @property
    def is_ready(self) -> bool:
        """Whether the time has come."""
        return datetime.now(UTC) >= self.until


def keep(vault: Vault, text: str, until: Until, now: datetime) -> str:
    """
    Put a draft away.

    Args:
        vault: Where.
        text: The words.
        until: Twenty minutes, or the next morning.
        now: The time it is, with the person's zone.
    """
    back = now + A_WHILE if until == "a while" else next_morning(now)
    described = {"text": text, "kept_at": now.astimezone(UTC).isoformat(), "until": back.astimezone(UTC).isoformat()}
    return vault.put(DRAFT, json.dumps(described, ensure_ascii=False).encode("utf-8"))


def drafts(vault: Vault) -> list[Draft]:
    """All that wait, the one that is due first on top."""
    found = [one for one in (_read(vault, id) for id in vault.ids(DRAFT)) if one]
    return sorted(found, key=lambda one: one.until)


def draft(vault: Vault, id: str) -> Draft | None:
    """One of them."""
    return _read(vault, id)


def let_go(vault: Vault, id: str) -> None:
    """Throw one away."""
    if _read(vault, id) is not None:
        vault.delete(id)


def leave(vault: Vault, text: str) -> None:
    """Keep the words that stand on the page, for when it is left; of an empty page nothing is kept."""
    if text.strip():
        vault.put(LEFT, text.encode("utf-8"), ON_THE_PAGE)
    elif left(vault):
        vault.delete(ON_THE_PAGE)


def left(vault: Vault) -> str:
    """The words that were left on the page; empty where there are none."""
    return (vault.get(LEFT, ON_THE_PAGE) or b"").decode("utf-8")


def _read(vault: Vault, id: str) -> Draft | None:
    content = vault.get(DRAFT, id)
    if content is None:
        return None
    described = json.loads(content)
    times = {name: datetime.fromisoformat(described[name]) for name in ("kept_at", "until")}
    return Draft(id, described["text"], **times)

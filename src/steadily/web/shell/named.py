"""Feelings that a person named and wanted to keep: private notes in the vault, which nothing reads and nothing counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from steadily.coach import regulate
from steadily.vault import Vault

NAMED = "named"


@dataclass(frozen=True)
class Named:
    """
    One note.

    Attributes:
        id: Its name in the vault.
        feelings: The words that were tapped.
        own: A word of the person's own; may be empty.
        note: What they wrote with it; may be empty.
        at: When.
    """

    id: str
    feelings: tuple[str, ...]
    own: str
    note: str
    at: datetime

    @property
    def told(self) -> str:
        """The feelings in one piece."""
        return regulate.named(self.feelings, self.own)


def keep(vault: Vault, feelings: Sequence[str], own: str, note: str) -> str:
    """
    Keep a note.

    Args:
        vault: Where.
        feelings: The words that were tapped.
        own: A word of the person's own.
        note: What they wrote with it.
    """
    described = {"feelings": list(feelings), "own": own, "note": note, "at": datetime.now(UTC).isoformat()}
    return vault.put(NAMED, json.dumps(described, ensure_ascii=False).encode("utf-8"))


def kept(vault: Vault) -> list[Named]:
    """All of them, the newest first."""
    found = [one for one in (_read(vault, id) for id in vault.ids(NAMED)) if one]
    return sorted(found, key=lambda one: one.at, reverse=True)


def let_go(vault: Vault, id: str) -> None:
    """Throw one away; one that is not there is passed over."""
    if _read(vault, id) is not None:
        vault.delete(id)


def _read(vault: Vault, id: str) -> Named | None:
    content = vault.get(NAMED, id)
    if content is None:
        return None
    described = json.loads(content)
    feelings, at = tuple(described["feelings"]), datetime.fromisoformat(described["at"])
    return Named(id, feelings, described["own"], described["note"], at)

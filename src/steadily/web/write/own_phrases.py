"""A person's own phrases, and those of the library that they want at hand: in the vault, by their words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from steadily.coach.library import TO_ONESELF, Phrase, kinds, search
from steadily.vault import Vault

PHRASE = "phrase"
MINE = "mine"
"""What the group is called in addresses, beside the kinds of the library."""
LONGEST_PHRASE = 600


@dataclass(frozen=True)
class OwnPhrase:
    """
    One phrase that was kept.

    Attributes:
        id: Its name in the vault.
        text: Its words.
        kept_at: When.
        listed: The same in the library; None where it is the person's own, or the library has dropped it since.
    """

    id: str
    text: str
    kept_at: datetime
    listed: Phrase | None

    @property
    def is_own(self) -> bool:
        """Whether the library does not have it."""
        return self.listed is None

    @property
    def is_to_oneself(self) -> bool:
        """Whether it is one of those that are not sent."""
        return self.listed is not None and self.listed.kind == TO_ONESELF


def keep(vault: Vault, text: str) -> str:
    """
    Keep a phrase; one that is there already is not kept twice.

    Args:
        vault: Where.
        text: Its words, the person's own or the library's.
    """
    text = text.strip()
    there = next((one.id for one in own_phrases(vault) if one.text == text), None)
    if there is not None:
        return there
    described = {"text": text, "kept_at": datetime.now(UTC).isoformat()}
    return vault.put(PHRASE, json.dumps(described, ensure_ascii=False).encode("utf-8"))


def own_phrases(vault: Vault) -> list[OwnPhrase]:
    """All that were kept, the newest first."""
    listed = {one.text: one for kind in kinds() for one in kind.phrases}
    found = [one for one in (_read(vault, id, listed) for id in vault.ids(PHRASE)) if one]
    return sorted(found, key=lambda one: one.kept_at, reverse=True)


def fitting(kept: list[OwnPhrase], asked: Mapping[str, str]) -> list[OwnPhrase]:
    """
    Those that fit what was asked for.

    A phrase of the person's own says nothing of a goal or a distance, so those questions leave it out.

    Args:
        kept: From `own_phrases`.
        asked: What `library.search` takes.
    """
    wanted = {name: value for name, value in asked.items() if value and (name, value) != ("kind", MINE)}
    words = wanted.get("words", "").lower().split()
    listed = {one.text for one in search(**wanted)}
    only_words = set(wanted) <= {"words"}
    return [
        one for one in kept if one.text in listed or (only_words and all(word in one.text.lower() for word in words))
    ]


def is_listed(text: str) -> bool:
    """Whether a phrase is the library's, word for word."""
    return any(one.text == text for kind in kinds() for one in kind.phrases)


def take_away(vault: Vault, id: str) -> None:
    """Let one go; one that is not there is passed over."""
    if vault.get(PHRASE, id) is not None:
        vault.delete(id)


def _read(vault: Vault, id: str, listed: Mapping[str, Phrase]) -> OwnPhrase | None:
    content = vault.get(PHRASE, id)
    if content is None:
        return None
    described = json.loads(content)
    return OwnPhrase(id, described["text"], datetime.fromisoformat(described["kept_at"]), listed.get(described["text"]))

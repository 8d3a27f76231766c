"""
The starter kit: phrases as examples to adapt, by kind and by how long it has been cool between the two.

They lie in `phrases/*.toml`, so that somebody who writes no programs can change them; a test reads every one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "phrases"
DISTANCES = ("hours", "days", "weeks", "months")
REGISTERS = ("plain", "warm", "playful", "brief")
GOALS = ("reach", "repair", "be heard", "hear", "thank", "ask", "protect", "slow down", "enjoy", "steady myself")
STEPS = ("regulate", "validate", "repair", "rituals", "consistency", "small wins", "setbacks")
BLANK = re.compile(r"\{([^{}]+)\}")
TO_ONESELF = "grounding"
"""Of this kind are phrases that one says to oneself; they are not sent."""


@dataclass(frozen=True)
class Phrase:
    """
    One phrase.

    Attributes:
        text: With blanks in braces.
        kind: The file that it is in.
        distance: For how long it may have been cool between the two; any, where there is none.
        register: How it sounds; one of `REGISTERS`.
        goal: What the writer wants with it; one of `GOALS`.
        when: When it may help.
        not_when: When it would not.
    """

    text: str
    kind: str
    distance: tuple[str, ...]
    register: str
    goal: str
    when: str
    not_when: str = ""

    @property
    def blanks(self) -> tuple[str, ...]:
        """What the writer has to fill in."""
        return tuple(dict.fromkeys(BLANK.findall(self.text)))


@dataclass(frozen=True)
class Kind:
    """
    Phrases for one purpose.

    Attributes:
        name: Its name in addresses.
        title: What people would call it.
        about: When it helps, and how.
        step: The step of the method that it belongs to; one of `STEPS`.
        evidence: What is known about it: a grade, and where it comes from.
        phrases: In the order of the file.
    """

    name: str
    title: str
    about: str
    step: str
    evidence: str
    phrases: tuple[Phrase, ...]


@cache
def kinds() -> tuple[Kind, ...]:
    """The whole library, in the order in which it is shown."""
    return tuple(_read(FOLDER / f"{name}.toml") for name in ORDER)


ORDER = (
    *("opener", "reopening", "repair", "apology", "validation", "appreciation", "invitation"),
    *("need", "boundary", "time-out", "apart-with-children", "lead-in", "good-news", "grounding"),
)


def search(words: str = "", kind: str = "", distance: str = "", goal: str = "", register: str = "") -> list[Phrase]:
    """
    Phrases that fit everything asked for.

    Args:
        words: All must be in the phrase or in when it helps.
        kind: The name of a kind.
        distance: One of `DISTANCES`.
        goal: One of `GOALS`.
        register: One of `REGISTERS`.
    """
    wanted = words.lower().split()
    return [
        one
        for group in kinds()
        if kind in ("", group.name)
        for one in group.phrases
        if not distance or not one.distance or distance in one.distance
        if goal in ("", one.goal) and register in ("", one.register)
        if _has(one, wanted)
    ]


def _has(phrase: Phrase, words: Sequence[str]) -> bool:
    text = f"{phrase.text} {phrase.when}".lower()
    return all(word in text for word in words)


def _read(path: Path) -> Kind:
    described = tomllib.loads(path.read_text(encoding="utf-8"))
    phrases = tuple(
        Phrase(
            text=one["text"],
            kind=path.stem,
            distance=tuple(one["distance"]),
            register=one["register"],
            goal=one["goal"],
            when=one["for"],
            not_when=one.get("not_when", ""),
        )
        for one in described["phrase"]
    )
    title, about, step, evidence = (described[name] for name in ("title", "about", "step", "evidence"))
    return Kind(path.stem, title, about, step, evidence, phrases)

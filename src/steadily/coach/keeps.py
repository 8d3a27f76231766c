"""
What a rewording must keep: numbers, times, days, months, names, people, and the words that carry the matter.

A rewording that loses one of the first is not offered at all. Of other words that carry the matter a few may go, since a harsh
word may be among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

COMMON = Path(__file__).parent / "rewording" / "common_words.txt"
DAYS = "mon|tues|wednes|thurs|fri|satur|sun"
TIMES = re.compile(
    rf"(?:\b(?:{DAYS})(?:day)?s?\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:today|tonight|tomorrow|yesterday|weekend|morning|afternoon|evening|noon|midnight|christmas|easter|eid|diwali"
    r"|birthday|anniversary|ramadan|thanksgiving|payday|half term)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|once|twice"
    r"|second|third|fourth|fifth|half|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|january|payday)\b)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[£$€]?\d+(?:[.:,]\d+)*\w{0,4}")
PEOPLE = re.compile(
    r"\b(?:mum|mom|mam|mummy|mother|dad|daddy|da|father|sister|brother|son|daughter|kids?|child|children|bairns?|wean|baby"
    r"|nan|gran|granny|grandma|grandad|grandpa|aunt|auntie|uncle|cousin|boss|doctor|nurse|school|teacher|friends?|ex)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
NAME = re.compile(r"(?<=[\w,;:] )[A-Z][a-z]+\b")
MOST_LOST = 0.25
LOOSE = frozenset(("one", "once", "second", "half"))
"""Numbers that are often none ("nice one"): they may go with a piece that goes whole."""


def lost(draft: str, text: str) -> tuple[set[str], set[str]]:
    """
    What is in a draft and not in a rewording of it.

    Returns:
        Facts (lower case), none of which may be lost; and stems of other words that carry the matter.
    """
    there = text.lower()
    facts = {one for one in _facts(draft) if one not in there}
    stems = {stem(word) for word in WORD.findall(there)}
    return facts, {one for one in matter(draft) if one not in stems}


def keeps(draft: str, text: str, besides: Sequence[str] = ()) -> bool:
    """
    Whether a rewording keeps every fact and nearly all else that carries the matter.

    Args:
        draft: What it rewords.
        text: The rewording.
        besides: Pieces of the draft that may go whole.
    """
    facts, others = lost(draft, text)
    others -= {one for piece in besides for one in matter(piece)}
    facts -= {one for piece in besides for one in LOOSE.intersection(WORD.findall(piece.lower()))}
    return not facts and len(others) <= max(1.0, MOST_LOST * len(matter(draft)))


def words_lost(draft: str, text: str, besides: Sequence[str] = ()) -> list[str]:
    """Words of the draft that carry the matter and are not in a rewording, as they were typed; *besides* are no loss."""
    gone = lost(draft, text)[1] - {one for piece in besides for one in matter(piece)}
    return list(dict.fromkeys(word.lower() for word in WORD.findall(draft) if matter(word) & gone))


def has_fact(text: str) -> bool:
    """Whether a piece of a draft holds a fact: a number, a time, a name, a person."""
    return bool(_facts(text))


def matter(text: str) -> set[str]:
    """Stems of the words that carry the matter."""
    words = {word.lower().replace("’", "'") for word in WORD.findall(text)}
    return {stem(word) for word in words if len(word) > 2 and word not in _common() and stem(word) not in _common()}


def stem(word: str) -> str:
    """A word without its usual endings; crude, and the same for a word wherever it stands."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending in ("ing", "ed", "es", "s", "e"):
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def fact_spans(text: str) -> list[tuple[int, int]]:
    """Where facts stand, but for numbers that are often none ("nice one")."""
    found = [match for pattern in (NUMBER, TIMES, PEOPLE) for match in pattern.finditer(text)]
    found += [match for match in NAME.finditer(text) if match.group().lower() not in _common()]
    return sorted(match.span() for match in found if match.group().lower() not in LOOSE)


def _facts(text: str) -> set[str]:
    found = [match.group() for pattern in (NUMBER, TIMES, PEOPLE) for match in pattern.finditer(text)]
    return {one.lower() for one in [*found, *_names(text)]}


def _names(text: str) -> list[str]:
    """Words with a capital inside a sentence, where the writer does not shout."""
    return [one for one in NAME.findall(text) if one.lower() not in _common()]


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())

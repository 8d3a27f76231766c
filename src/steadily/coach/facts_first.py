"""
A message between two who have parted and share children, with facts and asks first: the same sentences, in their order, in two parts.

Nothing is deleted and nothing reworded; what is only heat stands in the second part, to be read when one is ready. A sentence is never
cut, since half of one can say the opposite. The lists of words lie in `facts_first.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("facts_first.toml")
CLOSING = "\"'”’)\\]"
BREAK = re.compile(rf"(?<=[.!?…])[{CLOSING}]*\s+|\s*\n\s*")
NO_END = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|st|no|nr|approx|ca|e\.g|i\.e|vs|tel)\.|\b[ap]\.m\.|\d\.)$", re.IGNORECASE
)
"""A point after one of these ends no sentence, where a number or a small letter follows; after a title never."""
TITLE = re.compile(r"\b(?:dr|mr|mrs|ms|prof)\.$", re.IGNORECASE)

MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?"
)
NUMBER = r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|half an?|an?)"
MONEY = r"(?:k|dollars?|euros?|pounds?|quid|bucks|naira|rupees|usd|eur|gbp|kr)"
EXACT = re.compile(
    r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?(?:a\.?m\b|p\.?m\b|o'?clock)"
    r"|\b(?:at|by|from|till?|until|before|after|around) \d{1,2}\b|\b(?:half past|quarter (?:to|past)|noon|midday|midnight)\b"
    rf"|\b{NUMBER} ?(?:min|mins|minutes?|hours?|hrs?|nights?|days|weeks|months)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b"
    rf"|\b(?:{MONTH})\.? \d{{1,2}}\b|\b\d{{1,2}}\.? (?:{MONTH})\b|[$£€₹¥]\s?\d|\b\d+(?:[.,]\d+)*\s?{MONEY}\b",
    re.IGNORECASE,
)
"""Times of day, lengths of time, dates and sums."""
DAY = re.compile(
    r"\b(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?\b|\b(?:today|tomorrow|tonight)\b"
    r"|\b(?:this|next|last|every|in the) (?:week|month|morning|afternoon|evening|night)\b|\byesterday\b|\bweekends?\b"
    r"|\b(?:half[- ]term|holidays?|break|christmas|easter|eid|diwali|hanukkah|thanksgiving|birthday)\b",
    re.IGNORECASE,
)
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
NO_NAMES = frozenset("ok okay lol omg wtf ffs tv gp mum mom dad god jesus christ english maths math".split())
DOES = frozenset("has is was needs wants will goes starts said says had isn't wasn't hasn't can can't won't".split())
NO_PERSON = frozenset(
    """
    it he she this that what there who they we you everyone everything nobody nothing somebody something one which where
    when why how i school mine yours life time all
    """.split()
)
FOLLOWS_ON = 3
"""A short sentence without heat, right after a fact, belongs to it ("Not before.")."""


@dataclass(frozen=True)
class Sorted:
    """
    A message in two parts.

    Attributes:
        sentences: All of them, in their order.
        is_first: For each, whether it holds a fact or an ask.
    """

    sentences: tuple[str, ...]
    is_first: tuple[bool, ...]

    @property
    def first(self) -> tuple[str, ...]:
        """Facts and asks."""
        return tuple(one for one, first in zip(self.sentences, self.is_first, strict=True) if first)

    @property
    def rest(self) -> tuple[str, ...]:
        """Everything else."""
        return tuple(one for one, first in zip(self.sentences, self.is_first, strict=True) if not first)


def facts_first(text: str) -> Sorted:
    """
    A message with its facts and asks first.

    Args:
        text: As it was sent.
    """
    found = split_sentences(text)
    names = _names(found)
    first: list[bool] = []
    for one in found:
        follows_on = (
            bool(first) and first[-1] and len(one.split()) <= FOLLOWS_ON and not _cues().heat.search(_plain(one))
        )
        first.append(follows_on or _is_fact_or_ask(one, names))
    return Sorted(tuple(found), tuple(first))


def split_sentences(text: str) -> list[str]:
    """The sentences of a text as they stand there: nothing is lost but the space between them, not even a lone ":("."""
    found: list[str] = []
    start = 0
    for match in BREAK.finditer(text):
        before, after = text[start : match.start()], text[match.end() : match.end() + 1]
        goes_on = TITLE.search(before) or (NO_END.search(before) and (after.islower() or after.isdigit()))
        if goes_on and "\n" not in match[0]:
            continue
        found.append(text[start : match.start() + len(match[0].rstrip())])
        start = match.end()
    found.append(text[start:])
    return [one.strip() for one in found if one.strip()]


@dataclass(frozen=True)
class _Cues:
    """What to look for, from the file."""

    matters: re.Pattern[str]
    asks: re.Pattern[str]
    heat: re.Pattern[str]


@cache
def _cues() -> _Cues:
    lists = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return _Cues(**{name: _any_of(words) for name, words in lists.items()})


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    each = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)


def _is_fact_or_ask(sentence: str, names: frozenset[str]) -> bool:
    """Whether a sentence stands first; one with heat only for something exact, or for an ask about what is shared."""
    text = _plain(sentence)
    cues = _cues()
    is_exact, asks = bool(EXACT.search(text)), bool(cues.asks.search(text))
    shared = bool(DAY.search(text) or cues.matters.search(text)) or any(word in names for word in WORD.findall(text))
    if cues.heat.search(text):
        return is_exact or (asks and shared)
    return is_exact or asks or shared or text.rstrip(" )\"'").endswith("?")


def _names(found: Iterable[str]) -> frozenset[str]:
    """Names in a message: capitals inside a sentence, and at its beginning where a verb follows that people do."""
    names: set[str] = set()
    for sentence in found:
        if sentence.isupper():
            continue
        words = WORD.findall(_plain(sentence))
        for place, word in enumerate(words):
            follows = words[place + 1].lower() if place + 1 < len(words) else ""
            bare = word.removesuffix("'s")
            can_be = bare[0].isupper() and not bare.isupper() and bare.lower() not in NO_NAMES | NO_PERSON
            if can_be and "'" not in bare and not DAY.fullmatch(bare) and (place > 0 or follows in DOES):
                names.update((bare, f"{bare}'s"))
    return frozenset(names)


def _plain(text: str) -> str:
    return text.translate(QUOTES)

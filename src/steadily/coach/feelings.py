"""
Words for feelings in a message, where they are the writer's own: "I'm worn out", and not "are you sad?", "she was angry" or "I'm not sad".

The list lies in `feelings.toml`; it is our own. What is found are words, never what anyone feels.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("feelings.toml")
QUOTES = str.maketrans({"’": "'", "‘": "'"})
CLAUSE = re.compile(
    r"[.!?;:,…\n()–—]|\s-\s|\b(?:but|because|cause|cos|so that|though|although|which|while|when)\b", re.IGNORECASE
)
TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
MINE = frozenset("i i'm im i've ive i'd i'll ill me myself we we're we've us".split())
THEIRS = frozenset(
    """
    you you're ur youre u you've youve you'd you'll he he's hes she she's shes they they're theyre him her them it it's its
    that that's thats this mum mom dad boss everyone everybody people kids nobody someone somebody who who's
    """.split()
)
NOT = frozenset(
    """
    not never no neither nor hardly without isn't isnt wasn't wasnt aren't arent weren't don't dont didn't didnt doesn't
    doesnt haven't havent hadn't ain't aint won't wont wouldn't wouldnt can't cant couldn't couldnt nothing stopped
    """.split()
)
STILL_SAID = re.compile(
    r"\b(?:not (?:only|just|even|a little)|can(?:'?t|not) (?:help|stop)|never (?:been|felt) (?:so|this|more)|why wouldn'?t)\b"
)
"""A "not" that denies nothing."""
SUPPOSED = re.compile(
    r"\b(?:not that|not because|if|unless|pretend|used to|anybody|anyone|i'd have|i would have|i'd|i would"
    r"|(?:don'?t|do not|wouldn'?t|didn'?t|never) (?:think|say|said|mean|believe|claim)(?: that)?)"
    r"(?: (?:i'?m|i|am|was|were|be|been|feel|felt|i'?d))*(?: (?:so|just|really|very|too|a|bit|all))*$"
)
"""What stands before a feeling and takes it back, or only supposes it."""
SAYS = frozenset("feel feeling felt feels i'm im am was been being getting got left we're we've were".split())
SMALL = frozenset(
    """
    so just really very too bit a absolutely totally completely still pretty quite also more this bloody fucking proper
    honestly ugh god hey ok yeah only kinda kind of super all even actually always again now today tonight extremely
    incredibly little mostly already or and sorry oh well yes
    """.split()
)
"""Words that may stand between "I'm" and the feeling, or before it where nobody is named."""
THIRD = frozenset("is are looks seems sounds looked seemed sounded".split())
ARTICLES = frozenset("a an the my your his her their our some any those these such".split())
AT_SOMEBODY = re.compile(r"\s+(?:you|him|her|them|everyone|the|my|your|his)\b", re.IGNORECASE)
AT_ME = re.compile(r"\s+me\b", re.IGNORECASE)


@dataclass(frozen=True)
class Feeling:
    """
    A feeling that was heard in words.

    Attributes:
        name: Which; for whoever sorts them, not for the screen.
        words: The words, as they were written.
        is_said: Whether they name it; False where they only hint at it.
        is_good: Whether it is a glad one.
        start: Where they stand.
    """

    name: str
    words: str
    is_said: bool
    is_good: bool
    start: int


@dataclass(frozen=True)
class Found:
    """
    Words for feelings in one message.

    Attributes:
        own: The writer's own, those that are named before those that are hinted at.
        others: Where words stand that were denied, somebody else's, or meant something else.
    """

    own: tuple[Feeling, ...]
    others: tuple[tuple[int, int], ...]


def feelings(text: str) -> Found:
    """
    The writer's own feelings in a message.

    Args:
        text: Of any content.
    """
    read = text.translate(QUOTES)
    own: list[Feeling] = []
    others: list[tuple[int, int]] = []
    for kind in _kinds():
        for match in kind.said.finditer(read):
            if _is_own(read, match, kind):
                own.append(kind.feeling(text, match, is_said=True))
            else:
                others.append(match.span())
        own += [kind.feeling(text, match, is_said=False) for match in kind.hinted.finditer(read)]
    own.sort(key=lambda one: (not one.is_said, one.start, -len(one.words)))
    return Found(tuple(own), tuple(others))


def _is_own(read: str, match: re.Match[str], kind: _Kind) -> bool:
    """Whether a word names a feeling of the writer's own, and says that it is there."""
    clause = max((one.end() for one in CLAUSE.finditer(read, 0, match.start())), default=0)
    before, rest = read[clause : match.start()].lower(), read[match.end() :]
    tokens = TOKEN.findall(before)
    subject = max((place for place, one in enumerate(tokens) if one in MINE | THEIRS), default=-1)
    if (
        kind.not_before.match(rest.lstrip())
        or ARTICLES.intersection(tokens[-1:])
        or _is_denied(before, tokens, subject)
    ):
        return False
    return bool(AT_ME.match(rest)) or (
        not _is_of_another(tokens, subject) and _fits(tokens, subject, rest, is_weak=match[0].lower() in kind.weak)
    )


def _is_denied(before: str, tokens: Sequence[str], subject: int) -> bool:
    """Whether what stands before it takes it back, or only supposes it."""
    first = subject if subject >= 0 and tokens[subject] in MINE else 0
    is_negated = bool(NOT.intersection(tokens[first:])) and not STILL_SAID.search(before)
    return is_negated or bool(SUPPOSED.search(before.strip()))


def _is_of_another(tokens: Sequence[str], subject: int) -> bool:
    """Whether somebody else is named before it: the nearest of all who are, or with an "is"."""
    between = tokens[subject + 1 :]
    was_after_a_name = "was" in between[1:] and between[between.index("was") - 1] not in SMALL
    is_theirs = subject >= 0 and tokens[subject] in THEIRS
    return is_theirs or was_after_a_name or bool(THIRD.intersection(between))


def _fits(tokens: Sequence[str], subject: int, rest: str, *, is_weak: bool) -> bool:
    """Whether the words around it let it be a feeling: "I hurt you" is none, and "sad?" asks."""
    last = next((one for one in reversed(tokens) if one not in SMALL | NOT), "")
    if is_weak or (subject >= 0 and AT_SOMEBODY.match(rest)):
        return last in SAYS
    if subject >= 0:
        return True
    ends = CLAUSE.search(rest)
    is_question = ends is not None and ends[0] == "?"
    return not is_question and all(one in SMALL | SAYS | NOT | _said() for one in tokens)


@dataclass(frozen=True)
class _Kind:
    """One feeling of the file; `weak` are the words that count only after "I feel"."""

    name: str
    is_good: bool
    said: re.Pattern[str]
    weak: frozenset[str]
    hinted: re.Pattern[str]
    not_before: re.Pattern[str]

    def feeling(self, text: str, match: re.Match[str], *, is_said: bool) -> Feeling:
        """What was heard, in the words as they were written."""
        return Feeling(self.name, text[match.start() : match.end()], is_said, self.is_good, match.start())


@cache
def _kinds() -> tuple[_Kind, ...]:
    described = tomllib.loads(FILE.read_text(encoding="utf-8"))["feeling"]
    return tuple(
        _Kind(
            one["name"],
            one.get("is_good", False),
            _any_of([*one["words"], *one.get("after", [])]),
            frozenset(one.get("after", [])),
            _any_of(one.get("hints", [])),
            _any_of(one.get("not", [])),
        )
        for one in described
    )


@cache
def _said() -> frozenset[str]:
    """Every single word of the file that names a feeling: one may stand before another."""
    described = tomllib.loads(FILE.read_text(encoding="utf-8"))["feeling"]
    return frozenset(word for one in described for word in one["words"] if " " not in word)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    each = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return re.compile(rf"(?<![\w'])(?:{each})(?![\w'])" if each else r"(?!)", re.IGNORECASE)

"""
Validate, don't fix: hears a feeling in what the partner said, and offers to say it back in the writer's own words.

It offers frames, never a reply: the blanks are the writer's, only the partner's own word for the feeling is filled in, and nothing else of
theirs is repeated. "None" is a fine answer. Where the partner's message carries contempt, hostility, demand or danger nothing is offered:
saying a feeling back must never take the place of naming harm (EVIDENCE.md §2c).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from steadily.behaviors import code, words_responsible
from steadily.coach.feelings import Feeling, feelings
from steadily.coach.incoming import gate_of_partner
from steadily.coach.register import fitted, register_of
from steadily.safety.outreach import Said

FILE = Path(__file__).with_name("validating.toml")
HARM = ("contempt", "hostility", "demand")
FIXING = ("advice", "defensiveness")
"""What answers a feeling with a way out, a correction, an analysis or a case of one's own."""
DISCLOSURE = "disclosure"
SHORT_DRAFT = 6
NOT_AFTER_FELT = frozenset(("stung", "in mourning"))
"""Words that do not read well after "you felt"."""


@dataclass(frozen=True)
class Hearing:
    """
    What was heard in something that the partner said.

    Attributes:
        feeling: Their own word for a feeling, where they named one; may be empty.
        words: The words that it was heard in; empty where none was heard.
        offers: Frames to say it back, with blanks in braces for the writer; empty where none was heard.
    """

    feeling: str = ""
    words: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


NONE_HEARD = Hearing()
CLAUSE_END = re.compile(r"[,.;:!?\n]+|\bbut\b", re.IGNORECASE)


def hearing(said: str, before: Sequence[Said] = ()) -> Hearing:
    """
    Hear a feeling in what the partner said.

    Args:
        said: Their last message.
        before: What stood before it, oldest first.

    Returns:
        `NONE_HEARD` where there is none, where it was denied or somebody else's, or where the message carries harm.
    """
    context = [f"{one.author}: {one.text}" for one in before]
    codes = code([said], [context], ["partner"], one_chat=False)
    labels = codes.labels(0)
    if not codes.coded[0] or set(HARM).intersection(labels):
        return NONE_HEARD
    found = feelings(said)
    if not (found.own or DISCLOSURE in labels) or gate_of_partner([*before, Said("partner", said)], codes).stops:
        return NONE_HEARD
    if found.own:
        return _hearing(found.own)
    spans = words_responsible(said, [DISCLOSURE], context, "partner")
    others = [_clause(said, start, end) for start, end in found.others]
    if any(span.start < end and start < span.end for span in spans for start, end in others):
        return NONE_HEARD
    return Hearing("", tuple(said[span.start : span.end] for span in spans), _frames("told"))


def answers_with_advice(labels: Collection[str]) -> bool:
    """
    Whether a draft answers with a way out, a correction or a case of its own.

    Args:
        labels: The behaviors that were found in the draft.
    """
    return bool(set(FIXING).intersection(labels))


def listen_help_or_space(draft: str) -> str:
    """
    The question whether to listen, help or leave room, about as the writer writes.

    Args:
        draft: What they have written so far.
    """
    texts: Mapping[str, str] = _texts()["question"]
    register = register_of([draft])
    if 0 < len(draft.split()) <= SHORT_DRAFT:
        return fitted(texts["short"], register)
    return fitted(texts["easy" if register.lower or register.short_you else "full"], register)


def _hearing(own: Sequence[Feeling]) -> Hearing:
    """What is offered for feelings that were named or hinted at; the first of them decides."""
    words = tuple(dict.fromkeys(one.words for one in sorted(own, key=lambda one: one.start)))
    first = own[0]
    if not first.is_said or first.words.lower() in NOT_AFTER_FELT:
        return Hearing("", words, _frames("glad_hinted" if first.is_good else "hinted"))
    feeling = first.words.lower()
    offers = _frames("glad" if first.is_good else "named")
    return Hearing(feeling, words, tuple(frame.replace("{feeling}", feeling) for frame in offers))


def _clause(said: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around some words begins and ends: what is denied of a feeling is denied of all of it."""
    before = [found.end() for found in CLAUSE_END.finditer(said, 0, start)]
    after = CLAUSE_END.search(said, end)
    return before[-1] if before else 0, after.start() if after else len(said)


def _frames(kind: str) -> tuple[str, ...]:
    return tuple(_texts()["frames"][kind])


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))

"""
A draft as it may land: three readings, at most three places, each with the words that carry it and one thing to try, often nothing;
and, where there is something, other ways to say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from steadily.behaviors.form import plain
from steadily.behaviors.language import is_english
from steadily.behaviors.words import words_looked_at
from steadily.coach.alternatives import Alternative, alternatives
from steadily.coach.heard import NOTHING, Heard, heard
from steadily.coach.keeps import matter
from steadily.coach.readings import Readings, readings
from steadily.coach.rewording import edits
from steadily.coach.sentences import sentences
from steadily.safety.gate import Answer, gate_chat, gate_text, gate_texts
from steadily.safety.outreach import said

MOST_REMARKS = 3
LONGEST_DRAFT = 4_000
LONG, PART = 1_000, 60
"""Characters: what a long draft is, and how much of it the gate reads at once."""
REMARKS: dict[str, str] = {
    "contempt": "This can sting longer than you mean it to. What is the hurt under it?",
    "criticism": "This may read as a verdict on who they are. What happened, this once?",
    "hostility": "There is a lot of heat here. It may be all that is heard. A slow minute first?",
    "demand": "This may feel like pressure. What would you ask if no were a fine answer?",
    "defensiveness": "This answers back before it has heard. Is there one part that you can own?",
    "withdrawal": "This may read as a closed door. If you need time, say when you will be back.",
    "advice": "This offers a way out. They may first want to be heard.",
}
"""What may help, by behavior, the most useful first; behaviors without a line get no remark."""

FOUND_BY = {
    "verdicts": ("criticism", "contempt"),
    "absolutes": ("criticism",),
    "heat": ("contempt", "hostility"),
    "pressing": ("demand",),
    "doors": ("withdrawal",),
    "excuses": ("defensiveness",),
    "advice": ("advice",),
}
"""Which behaviors the rules of a file speak of."""
GOOD = {
    "ownership": "You own a part of it here. That is heard.",
    "repair": "You are trying to mend it here. That is heard.",
    "disclosure": "You say how it is for you here. That is heard.",
    "appreciation": "There is a thank-you in this.",
    "affection": "There is warmth in this.",
    "validation": "You show that you heard them.",
    "request": "There is a real question in this.",
    "invitation": "There is an invitation in this.",
}
"""What is good in a draft, by behavior; told before any remark."""
COMES_BACK = re.compile(
    r"\b(?:tomorrow|later|tonight|until|till|by|after|at|on|in)\b.*\b(?:i['’]?ll|i will|back|call|talk|write|ring|speak)\b"
    r"|\b(?:i['’]?ll|i will|back|call|talk|write|ring|speak)\b.*"
    r"\b(?:tomorrow|later|tonight|after|at \d|in (?:a|an|\d|half|twenty|ten)|on \w+day)\b"
    r"|\bno contact\b|\b(?:don['’]?t|do not) (?:need|have) to answer\b|\bno need to answer\b",
    re.IGNORECASE | re.DOTALL,
)
"""A time to be back, a no to contact, or nothing asked: none of these is a closed door."""


@dataclass(frozen=True)
class Place:
    """
    Words of a draft that carry something.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        behavior: What they carry.
        why: What that may do, and one thing to try.
    """

    start: int
    end: int
    behavior: str
    why: str


@dataclass(frozen=True)
class Remark:
    """
    One thing to say about a draft.

    Attributes:
        words: The words responsible; empty where it is the whole.
        why: What they may do, and one thing to try.
    """

    words: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Review:
    """
    How a draft may land.

    Attributes:
        gate: What the gate says of it.
        good: Something that is there already, in words; may be empty.
        remarks: At most three; none where there is nothing to say.
        places: Where in the draft the remarks' words stand.
        readings: Tone, transparency and pressure; None where it could not be read.
        landing: How safe it is likely to feel to read, 0 to 1; it ranks, and is never shown.
        labels: The behaviors that are there.
        alternatives: Other ways to say it; none where there is nothing to say, or none were asked for.
    """

    gate: Answer
    good: str
    remarks: tuple[Remark, ...]
    places: tuple[Place, ...] = ()
    readings: Readings | None = None
    landing: float = NOTHING.landing
    labels: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


def review(text: str, context: Sequence[str] = (), *, reword: bool = True, mine: Sequence[str] = ()) -> Review:
    """
    Read a draft.

    Args:
        text: The draft; the gate reads all of it, the rest only its beginning where it is very long.
        context: The messages before it, `me: …` or `partner: …`.
        reword: Whether to look for other ways to say it.
        mine: Earlier messages of the writer, so that what is offered looks like theirs.
    """
    gate = gate_of(text, context)
    text = text[:LONGEST_DRAFT]
    if not plain(text) or not is_english([plain(text)], one_chat=False)[0]:
        return Review(gate, "", ())
    found = heard([text], context)[0]
    read = readings(found.p)
    if gate.stops:
        return Review(gate, "", (), (), read, found.landing, found.labels)
    labels = _labels_to_remark(text, found)
    places = _places(text, labels, found)
    return Review(
        gate=gate,
        good=_good(found) if labels else "",
        remarks=_remarks(text, places, labels),
        places=tuple(places),
        readings=read,
        landing=found.landing,
        labels=found.labels,
        alternatives=tuple(alternatives(text, context, found, mine)) if reword and needs_rewording(found) else (),
    )


def gate_of(text: str, context: Sequence[str]) -> Answer:
    """The gate on a draft and, apart from it, on the messages before it: either stops the coach, the draft's own answer first."""
    alone = next((one for one in gate_texts([text, *_parts(text)]) if one.stops), None) or gate_text("")
    if alone.stops or not context:
        return alone
    before = gate_chat([said(line) for line in context])
    return before if before.stops else alone


def _parts(text: str) -> list[str]:
    """A long draft in parts of a few sentences, so that a grave one is not lost among many plain ones."""
    if len(text) <= LONG:
        return []
    parts = [""]
    for one in sentences(text):
        if len(parts[-1]) + len(one) > PART:
            parts.append("")
        parts[-1] = f"{parts[-1]} {one}".strip()
    return parts


def needs_rewording(found: Heard) -> bool:
    """Whether there is anything in a draft that another wording could mend."""
    return any(label in REMARKS for label in found.labels) or found.landing < NOTHING.landing


def _good(found: Heard) -> str:
    return next((told for label, told in GOOD.items() if label in found.labels), "")


def _labels_to_remark(text: str, found: Heard) -> list[str]:
    """What to say something about, the most useful first; a pause with a time to be back is no closed door."""
    labels = [label for label in REMARKS if label in found.labels]
    if COMES_BACK.search(text):
        labels = [label for label in labels if label != "withdrawal"]
    return labels[:MOST_REMARKS]


def _places(text: str, labels: Sequence[str], found: Heard) -> list[Place]:
    """Where the remarks' words stand: what a rule found, with its reason; else what the network looked at, where that says something."""
    if not labels or found.raw is None:
        return []
    changes = [one for one in edits(text, found.labels) if one.why]
    looked = words_looked_at(text, labels, found.raw)
    places: list[Place] = []
    for label in labels:
        mine = [one for one in changes if label in FOUND_BY[one.kind]]
        places += [Place(*_trimmed(text, one.start, one.end), label, one.why) for one in mine]
        if not mine:
            spans = [one for one in looked if one.behavior == label and matter(text[one.start : one.end])]
            places += [Place(*_trimmed(text, one.start, one.end), label, REMARKS[label]) for one in spans]
    return sorted(places, key=lambda one: (one.start, one.behavior))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the blanks, commas and points around."""
    words = text[start:end]
    inside = words.strip(" \n,.;:!?…") or words
    start += words.index(inside)
    return start, start + len(inside)


def _remarks(text: str, places: Sequence[Place], labels: Sequence[str]) -> tuple[Remark, ...]:
    """One for each label, unless it would say the same again."""
    found: dict[str, Remark] = {}
    for label in labels:
        mine = [one for one in places if one.behavior == label]
        why = mine[0].why if mine else REMARKS[label]
        found.setdefault(why, Remark(tuple(dict.fromkeys(text[one.start : one.end] for one in mine)), why))
    return tuple(found.values())

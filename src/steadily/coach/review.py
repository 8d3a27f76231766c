"""
A draft as it may land: three readings, at most three places, each with the words that carry it and one thing to try, often nothing;
and, where there is something, other ways to say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steadily.behaviors.form import plain
from steadily.behaviors.language import is_english
from steadily.behaviors.words import words_looked_at
from steadily.coach.alternatives import Alternative, alternatives
from steadily.coach.heard import NOTHING, Heard, heard
from steadily.coach.readings import Readings, readings
from steadily.coach.rewording import edits
from steadily.codebook import BEHAVIORS
from steadily.safety.gate import Answer, gate_chat, gate_text
from steadily.safety.outreach import Said

MOST_REMARKS = 3
LONGEST_DRAFT = 4_000
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
        text: The draft; only its beginning is read where it is very long.
        context: The messages before it, `me: …` or `partner: …`.
        reword: Whether to look for other ways to say it.
        mine: Earlier messages of the writer, so that what is offered looks like theirs.
    """
    text = text[:LONGEST_DRAFT]
    gate = gate_of(text, context)
    if not plain(text) or not is_english([plain(text)], one_chat=False)[0]:
        return Review(gate, "", ())
    found = heard([text], context)[0]
    read = readings(found.p)
    if gate.stops:
        return Review(gate, "", (), (), read, found.landing, found.labels)
    labels = [label for label in REMARKS if label in found.labels][:MOST_REMARKS]
    places = _places(text, labels, found)
    return Review(
        gate=gate,
        good=_good(found) if labels else "",
        remarks=tuple(_remark(text, [one for one in places if one.behavior == label], label) for label in labels),
        places=tuple(places),
        readings=read,
        landing=found.landing,
        labels=found.labels,
        alternatives=tuple(alternatives(text, context, found, mine)) if reword and needs_rewording(found) else (),
    )


def gate_of(text: str, context: Sequence[str]) -> Answer:
    """The gate on a draft and, apart from it, on the messages before it: either stops the coach, the draft's own answer first."""
    alone = gate_text(text)
    if alone.stops or not context:
        return alone
    before = gate_chat([_said(line) for line in context])
    return before if before.stops else alone


def needs_rewording(found: Heard) -> bool:
    """Whether there is anything in a draft that another wording could mend."""
    return any(label in REMARKS for label in found.labels) or found.landing < NOTHING.landing


def _said(line: str) -> Said:
    author, _, text = line.partition(":")
    return Said("me" if author.strip() == "me" else "partner", text.strip())


def _good(found: Heard) -> str:
    warm = [one for one in BEHAVIORS if one.label in found.labels and one.group in ("warm", "open")]
    return warm[0].what if warm else ""


def _places(text: str, labels: Sequence[str], found: Heard) -> list[Place]:
    """Where the remarks' words stand: a rule that touches them names the whole phrase, and has the nearer reason."""
    if not labels or found.raw is None:
        return []
    changes = [one for one in edits(text, found.labels) if one.why]
    places: dict[tuple[int, int, str], Place] = {}
    for span in words_looked_at(text, labels, found.raw):
        change = next((one for one in changes if one.start < span.end and span.start < one.end), None)
        start, end = _trimmed(text, *((change.start, change.end) if change else (span.start, span.end)))
        why = change.why if change else REMARKS[span.behavior]
        places.setdefault((start, end, span.behavior), Place(start, end, span.behavior, why))
    return sorted(places.values(), key=lambda one: (one.start, one.behavior))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the blanks, commas and points around."""
    words = text[start:end]
    inside = words.strip(" \n,.;:!?…") or words
    start += words.index(inside)
    return start, start + len(inside)


def _remark(text: str, places: Sequence[Place], label: str) -> Remark:
    why = next((one.why for one in places if one.why != REMARKS[label]), REMARKS[label])
    return Remark(tuple(text[one.start : one.end] for one in places), why)

"""
A draft as it may land: three readings, and at most three places, each with the words that carry it and one thing to try; often nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steadily.behaviors import Span, code, words_responsible
from steadily.coach.readings import Readings, readings
from steadily.codebook import BEHAVIORS, LABELS
from steadily.safety.gate import Answer, gate_text

MOST_REMARKS = 3
LONGEST_DRAFT = 4_000
REMARKS: dict[str, str] = {
    "criticism": "This may read as a verdict on who they are. What happened, this once?",
    "contempt": "This can sting longer than you mean it to. What is the hurt under it?",
    "hostility": "There is a lot of heat here. It may be all that is heard. A slow minute first?",
    "defensiveness": "This answers back before it has heard. Is there one part that you can own?",
    "demand": "This may feel like pressure. What would you ask if no were a fine answer?",
    "withdrawal": "This may read as a closed door. If you need time, say when you will be back.",
    "advice": "This offers a way out. They may first want to be heard.",
}
"""What may help, by behavior; behaviors without a line get no remark."""


@dataclass(frozen=True)
class Remark:
    """
    One place in a draft.

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
        readings: Tone, transparency and pressure; None where it was not read, or could not be.
    """

    gate: Answer
    good: str
    remarks: tuple[Remark, ...]
    readings: Readings | None = None


def review(text: str, context: Sequence[str] = ()) -> Review:
    """
    Read a draft.

    Args:
        text: The draft; only its beginning is read where it is very long.
        context: The messages before it, `me: …` or `partner: …`.
    """
    text = text[:LONGEST_DRAFT]
    gate = gate_text(text)
    if gate.stops or not text.strip():
        return Review(gate, "", ())
    codes = code([text], [list(context)], one_chat=False)
    if not codes.coded[0]:
        return Review(gate, "", ())
    found = codes.labels(0)
    spans = words_responsible(text, [label for label in found if label in REMARKS], context)
    remarks = [Remark(_words(text, spans, label), REMARKS[label]) for label in found if label in REMARKS]
    warm = [one for one in BEHAVIORS if one.label in found and one.group in ("warm", "open")]
    good = warm[0].what if warm and remarks else ""
    read = readings(dict(zip(LABELS, codes.p[0].tolist(), strict=True)))
    return Review(gate, good, tuple(remarks[:MOST_REMARKS]), read)


def _words(text: str, spans: Sequence[Span], label: str) -> tuple[str, ...]:
    return tuple(text[span.start : span.end] for span in spans if span.behavior == label)

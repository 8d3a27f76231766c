"""
A message that the partner sent: two readings of it, what it may ask for, what is not known, and three ways to answer.

It says "it may be", never what anyone feels or is, and the kinder reading is always there. It is never a reason to bear harm: where the
words threaten, control or speak of dying, nothing is read and coaching stops (EVIDENCE.md §2c, R2, R5); where they ask for no
contact, no answer is offered (R15).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

import numpy as np

from steadily.behaviors import Codes, Span, code, words_responsible
from steadily.behaviors.form import plain
from steadily.coach.feelings import feelings
from steadily.coach.incoming_texts import Entry, Texts, Way, bare, texts
from steadily.coach.library import Phrase
from steadily.coach.moment import LATE_FROM, LATE_UNTIL
from steadily.coach.pasted import Pasted
from steadily.codebook import LABELS, Gate
from steadily.safety.gate import Answer, gate_chat
from steadily.safety.outreach import Said, outreach_ends
from steadily.safety.wording import WHY

MOST_HEARD = 3
MOST_UNKNOWN = 4
FEW_WORDS = 3
MANY_CAPITALS = 8
LITTLE_WORDS = frozenset(
    "a an and as at be but for i i'm if in is it my of on or so that the this to up was with you".split()
)
STOPPING: dict[str, Gate] = {"crisis": "crisis", "threat": "abuse", "control": "control"}
"""Behaviors that stop coaching as well: a single message of the partner's gets no kinder reading of these. The gravest first."""


ASKS_FOR_TIME = re.compile(
    r"\b(?:don'?t|do not) (?:text|call|message|write|ring|contact)(?: to)? me (?:until|till|before|for|this|today|tonight)\b"
    r"|\bi(?:'d| would)?(?: just)? (?:need|want|like) "
    r"(?:a (?:few|couple of) (?:days|weeks)|some (?:time|space|distance)|time|space|distance|a week)\b"
    r"(?! (?:together|with (?:you|u)))",
    re.IGNORECASE,
)
"""A wish for some days of quiet: it is answered by keeping it."""


@dataclass(frozen=True)
class Heard:
    """
    One thing that the words may read as.

    Attributes:
        words: The words that carry it; empty where it is the whole.
        what: A sentence.
    """

    words: tuple[str, ...]
    what: str


@dataclass(frozen=True)
class Incoming:
    """
    What can be said of a message.

    Attributes:
        gate: Whether coaching stops; then there is nothing else.
        heard: What its words may read as, the sharpest first; at least one where it does not stop.
        harder: One reading; empty where it reads as plain.
        kinder: The other; there wherever the harder one is.
        note: What keeps the kinder one from excusing; may be empty.
        asks: What it may be asking for; may be empty.
        unknown: What is not known of it.
        ways: Three ways to answer; none where it asks for no contact or was not read.
        to_oneself: Where no answer is offered: a phrase that is not sent.
    """

    gate: Answer
    heard: tuple[Heard, ...] = ()
    harder: str = ""
    kinder: str = ""
    note: str = ""
    asks: str = ""
    unknown: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    to_oneself: Phrase | None = None

    @property
    def is_plain(self) -> bool:
        """Whether there is only one reading of it, and little to say."""
        return not self.harder


def read_incoming(pasted: Pasted, *, are_apart: bool = False) -> Incoming:
    """
    Read a message that the partner sent.

    Args:
        pasted: The message, and what stood before it.
        are_apart: Whether the two have parted and share children; then answers are brief and keep to what is shared.
    """
    said = [*pasted.before, Said("partner", pasted.text)]
    codes = code([pasted.text], [[f"{one.author}: {one.text}" for one in pasted.before]], ["partner"], one_chat=False)
    gate = gate_of_partner(said, codes)
    told = texts()
    if gate.stops:
        return Incoming(gate)
    if outreach_ends(said) == "asked for no contact":
        what, asks = told.no_contact
        return Incoming(gate, (Heard((), what),), asks=asks, to_oneself=told.to_oneself)
    if ASKS_FOR_TIME.search(plain(pasted.text)):
        what, asks = told.asks_for_time
        return Incoming(gate, (Heard((), what),), asks=asks, to_oneself=told.to_oneself)
    if not codes.coded[0]:
        return Incoming(gate, (Heard((), told.unread),))
    has_words = any(letter.isalnum() for letter in pasted.text)
    return _read(pasted, codes.labels(0) if has_words else (), gate, told, told.apart_ways if are_apart else ())


def gate_of_partner(said: Sequence[Said], codes: Codes) -> Answer:
    """
    Whether coaching stops at the last of these messages, which is the partner's.

    Args:
        said: Oldest first.
        codes: Of the last alone.
    """
    gate = gate_chat(said)
    if gate.stops:
        return gate
    found = codes.labels(0)
    for behavior, name in STOPPING.items():
        if behavior in found:
            return Answer(name, WHY[name], sure=float(np.nan_to_num(codes.p[0][LABELS.index(behavior)])))
    return gate


def _read(pasted: Pasted, labels: Sequence[str], gate: Answer, told: Texts, ways: tuple[Way, ...]) -> Incoming:
    words = bare(plain(pasted.text))
    applying = [entry for entry in told.entries if entry.applies(words, labels)]
    unknown = _unknown(pasted, words, applying, told)
    if not applying:
        asks = told.plain_question if "?" in pasted.text else ""
        return Incoming(gate, (Heard((), told.plain),), asks=asks, unknown=unknown, ways=ways or told.plain_ways)
    first = applying[0]
    return Incoming(
        gate,
        _heard(pasted, applying[:MOST_HEARD]),
        *(first.harder, first.kinder, first.note, first.asks),
        unknown=unknown,
        ways=first.ways if first.keeps or not ways else ways,
    )


def _heard(pasted: Pasted, entries: Sequence[Entry]) -> tuple[Heard, ...]:
    """What the words may read as, with the words that carry it."""
    context = [f"{one.author}: {one.text}" for one in pasted.before]
    behaviors = [entry.behavior for entry in entries if entry.behavior]
    spans = words_responsible(pasted.text, behaviors, context, "partner")
    return tuple(Heard(_words(pasted.text, entry, spans), entry.heard) for entry in entries)


def _words(text: str, entry: Entry, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words that carry it; for a feeling its own word, and never a mere "of" or "and I"."""
    own = tuple(one.words for one in feelings(text).own if one.is_said)
    if entry.behavior == "disclosure" and own:
        return own
    words = (text[span.start : span.end] for span in spans if span.behavior == entry.behavior)
    return tuple(one for one in words if not set(bare(plain(one)).split()) <= LITTLE_WORDS)


def _unknown(pasted: Pasted, words: str, applying: Sequence[Entry], told: Texts) -> tuple[str, ...]:
    """What is not known, the most particular first; what came before and what was meant are always among it."""
    seen = {
        "late": pasted.at is not None and _is_late(pasted.at),
        "fine": "fine" in words.split(),
        "short": len(words.split()) <= FEW_WORDS,
        "capitals": pasted.text.isupper() and sum(letter.isalpha() for letter in pasted.text) >= MANY_CAPITALS,
        "question": pasted.text.rstrip().endswith("?"),
        "dry": any(entry.behavior == "contempt" for entry in applying),
    }
    own = [entry.unknown for entry in applying[:1]]
    particular = [told.unknown[name] for name, is_there in seen.items() if is_there]
    always = [told.unknown[name] for name in ("before", "meant") if name == "meant" or not pasted.before]
    first = [one for one in (*own, *particular, told.unknown["voice"]) if one]
    return tuple(dict.fromkeys([*first[: MOST_UNKNOWN - len(always)], *always]))


def _is_late(at: time) -> bool:
    return at >= LATE_FROM or at < LATE_UNTIL

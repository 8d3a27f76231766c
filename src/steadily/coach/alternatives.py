"""
The same thing said so that it can be heard, in the writer's own words: without the stings, by one smallest change, and behind a phrase.

The editor takes the stings out (`softened`), a rule makes the one change. Every one is checked before it is offered: it keeps every
fact and nearly all that carries the matter, passes the gate, would land softer than the draft, and the editor finds nothing more in
it to cut. Where none can be found, none is offered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from steadily.coach.heard import Heard, heard
from steadily.coach.keeps import keeps, words_lost
from steadily.coach.library import search
from steadily.coach.register import Register, fitted, register_of
from steadily.coach.rewording import applied, edits
from steadily.coach.sentences import sentences
from steadily.coach.softened import has_sting, softened
from steadily.coach.tidying import tidied
from steadily.safety.gate import gate_texts

Kind = Literal["own words", "smallest change", "phrase", "machine"]
SHARP = frozenset(("contempt", "hostility"))
ULTIMATUM = re.compile(
    r"\b(?:if|unless|or) (?:you|u|i|we)\b[^.!?]*\b(?:i['’]?m|i['’]?ll|i will|i am|we['’]?re) \w+"
    r"|could you [^.!?]* or (?:there|this|that|we|it|i|you|else)\b",
    re.IGNORECASE,
)
"""Softer words around it would not make it less of one."""
LEAST_GAIN = 0.02
LEAST_LANDING = 0.25
"""Below this a rewording would still land hard: then none is offered, and the frame is a better help."""
MOST_PHRASES = 2
MOST_TOLD = 4
STILL_HOT = (
    "criticism",
    "contempt",
    "hostility",
    "demand",
    "withdrawal",
    "defensiveness",
    "threat",
    "control",
    "crisis",
)
MOST_TRIED = 2
LEAD_IN_GOALS = {
    "demand": ("slow down", "ask"),
    "defensiveness": ("repair", "hear"),
    "advice": ("hear",),
    "withdrawal": ("be heard", "slow down"),
    "criticism": ("be heard", "ask"),
    "contempt": ("be heard", "repair"),
    "hostility": ("slow down", "be heard"),
}
"""What the writer may want with a beginning, by what was found in the draft."""
OWN_NOTE = "Your own words without what stings. A feeling or a question may have come in: change what is not so."
LEFT_OUT = " Check that nothing you need went with it: {}."
PHRASE_NOTE = "A beginning from the phrases, then your own words. Change it until it sounds like you."


@dataclass(frozen=True)
class Alternative:
    """
    One other way to say it.

    Attributes:
        text: The whole message.
        kind: How it was made.
        note: What changed and why, in a sentence or two.
    """

    text: str
    kind: Kind
    note: str


def alternatives(draft: str, context: Sequence[str], reading: Heard, mine: Sequence[str] = ()) -> list[Alternative]:
    """
    Other ways to say a draft, the writer's own words first.

    Args:
        draft: What is about to be sent.
        context: The messages before, `me: …` or `partner: …`.
        reading: How the draft itself would be heard.
        mine: Earlier messages of the writer, for how they write.
    """
    register = register_of(mine or [draft])
    check = _Check(draft, context, reading)
    ways = [*_own_words(check, register), *_single(check, register)]
    found = [one for one, _ in ways]
    for first, stings in ways[:1]:
        behind = [one for one in _opened(first.text, reading, register) if check.passes(one.text, stings)]
        found += sorted(behind, key=lambda one: -check.landing(one.text))[:MOST_PHRASES]
    return list({one.text: one for one in reversed(found)}.values())[::-1]


class _Check:
    """Whether a rewording of a draft may be offered; each text is read once."""

    def __init__(self, draft: str, context: Sequence[str], reading: Heard) -> None:
        self.draft, self.context, self.reading = draft, context, reading
        self._read: dict[str, Heard] = {}

    def heard(self, text: str) -> Heard:
        """How it would be heard after the same messages."""
        if text not in self._read:
            self._read[text] = heard([text], self.context)[0]
        return self._read[text]

    def landing(self, text: str) -> float:
        """How softly it would land."""
        return self.heard(text).landing

    def passes(self, text: str, gone: Sequence[str] = ()) -> bool:
        """It keeps what it must, is no ultimatum, would land softer and not hard, and the gate lets it pass."""
        return (
            keeps(self.draft, text, gone)
            and not ULTIMATUM.search(text)
            and self.landing(text) >= max(LEAST_LANDING, self.reading.landing + LEAST_GAIN)
            and not _is_hot(self.heard(text))
            and not gate_texts([text])[0].stops
        )

    def is_clean(self, text: str) -> bool:
        """No rule, no sentence by itself and no word shows a sting."""
        return (
            not any(one.why for one in edits(text, self.heard(text).labels))
            and not has_sting(text, self.context)
            and not any(SHARP.intersection(one.labels) for one in heard(sentences(text), self.context))
        )


def verified(draft: str, candidates: Sequence[str], context: Sequence[str]) -> list[str]:
    """
    Those of some rewordings, wherever they come from, that keep what must be kept, pass the gate and land softer than the draft.

    Args:
        draft: What they reword.
        candidates: The rewordings.
        context: The messages before.
    """
    before, *after = heard([draft, *candidates], context)
    gates = gate_texts(candidates)
    return [
        text
        for text, found, gate in zip(candidates, after, gates, strict=True)
        if not gate.stops and keeps(draft, text) and _is_softer(found, before) and not _is_hot(found)
        if not any(one.why for one in edits(text, found.labels)) and not has_sting(text, context)
    ]


def _own_words(check: _Check, register: Register) -> list[tuple[Alternative, tuple[str, ...]]]:
    """The surest way to take the stings out that passes, and which stings it took."""
    for one in softened(check.draft, check.context):
        text = fitted(one.text, register)
        if check.passes(text, one.stings) and check.is_clean(text):
            lost = ", ".join(words_lost(check.draft, text, one.stings)[:MOST_TOLD])
            note = OWN_NOTE + (LEFT_OUT.format(lost) if lost else "")
            return [(Alternative(text, "own words", note), one.stings)]
    return []


def _single(check: _Check, register: Register) -> list[tuple[Alternative, tuple[str, ...]]]:
    """The draft with one change by a rule, where that is enough: nothing more is found in it, and nothing may go with it."""
    told = [one for one in edits(check.draft, check.reading.labels) if one.why]
    if len(told) != 1:
        return []
    text = fitted(tidied(applied(check.draft, told)), register)
    fits = check.passes(text) and check.is_clean(text)
    return [(Alternative(text, "smallest change", told[0].why), ())] if fits else []


def _opened(text: str, reading: Heard, register: Register) -> list[Alternative]:
    """A text that passed, behind a beginning from the library."""
    goals = dict.fromkeys(goal for label, found in LEAD_IN_GOALS.items() if label in reading.labels for goal in found)
    fitting = [one.text for goal in goals for one in search(kind="lead-in", goal=goal)[:MOST_TRIED]]
    chosen = (fitting or [one.text for one in search(kind="lead-in", goal="be heard")])[:MOST_TRIED]
    return [Alternative(fitted(f"{one} {text}", register), "phrase", PHRASE_NOTE) for one in chosen]


def _is_hot(found: Heard) -> bool:
    return any(label in STILL_HOT for label in found.labels)


def _is_softer(found: Heard, before: Heard) -> bool:
    return found.landing >= before.landing + LEAST_GAIN

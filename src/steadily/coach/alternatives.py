"""
The same thing said so that it can be heard, in the writer's own words: without the stings, by one smallest change, and behind a phrase.

The editor is asked first (`softened`), and where nothing of it passes, the rules (`own_words`). Every one is checked before it is
offered: it keeps every fact and what carries the matter, passes the gate, and would land softer than the draft. Where none can be
found, none is offered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from steadily.coach.heard import Heard, heard
from steadily.coach.keeps import keeps
from steadily.coach.library import search
from steadily.coach.own_words import cooled, in_order
from steadily.coach.register import Register, fitted, register_of
from steadily.coach.rewording import Edit, applied, edits
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
EDITED_NOTE = "Your own words without what stings. A feeling or a question may have come in: change what is not so."
OWN_NOTE = "Your own words without the heat, and with a question where there was none. Change what is not so."
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


@dataclass(frozen=True)
class _Candidate:
    """
    An alternative before it is checked.

    Attributes:
        offered: What would be offered.
        own: Its text without a beginning from the library, behind which a sting would seem softer than it is.
        gone: Pieces of the draft that went whole.
    """

    offered: Alternative
    own: str
    gone: tuple[str, ...]


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
    edited = _best(draft, _edited(draft, context, reading, register), context, reading)
    return edited or _best(draft, _by_rules(draft, context, reading, register), context, reading)


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


def _edited(draft: str, context: Sequence[str], reading: Heard, register: Register) -> list[_Candidate]:
    """The draft as the editor leaves it, by itself and behind a beginning; nothing in which a sting is still found."""
    found: list[_Candidate] = []
    for one in softened(draft, context):
        whole, *each = heard([one.text, *sentences(one.text)], context)
        is_sharp = any(SHARP.intersection(part.labels) for part in each)
        ruled = any(edit.why for edit in edits(one.text, whole.labels))
        if is_sharp or ruled or whole.landing < LEAST_LANDING or ULTIMATUM.search(one.text):
            continue
        text = fitted(one.text, register)
        found.append(_Candidate(Alternative(text, "own words", EDITED_NOTE), text, one.gone))
    behind = [
        _Candidate(one, first.own, first.gone) for first in found[:1] for one in _opened(first.own, reading, register)
    ]
    return found + behind


def _by_rules(draft: str, context: Sequence[str], reading: Heard, register: Register) -> list[_Candidate]:
    """The draft as rules leave it, with one change, and behind a beginning."""
    cool = cooled(draft, reading.labels)
    whole, *each = heard([cool.text, *sentences(cool.text)], context)
    lands_hard = whole.landing < max(reading.landing + LEAST_GAIN, LEAST_LANDING)
    is_sharp = any(SHARP.intersection(one.labels) for one in each)
    if lands_hard or is_sharp or _is_hot(whole) or ULTIMATUM.search(cool.text):
        return []
    plain = fitted(in_order(cool.text, reading.labels), register)
    whole_ways = [Alternative(plain, "own words", OWN_NOTE), *_single(draft, edits(draft, reading.labels), register)]
    found = [_Candidate(one, one.text, cool.gone) for one in whole_ways]
    return found + [_Candidate(one, plain, cool.gone) for one in _opened(plain, reading, register)]


def _single(draft: str, changes: Sequence[Edit], register: Register) -> list[Alternative]:
    """The draft with one change, where that is enough: no rule finds anything more in it."""
    told = [one for one in changes if one.why]
    if len(told) != 1:
        return []
    text = tidied(applied(draft, told))
    return [Alternative(fitted(text, register), "smallest change", told[0].why)] if text else []


def _opened(text: str, reading: Heard, register: Register) -> list[Alternative]:
    """The cooled draft behind a beginning from the library."""
    goals = dict.fromkeys(goal for label, found in LEAD_IN_GOALS.items() if label in reading.labels for goal in found)
    fitting = [one.text for goal in goals for one in search(kind="lead-in", goal=goal)[:MOST_TRIED]]
    chosen = (fitting or [one.text for one in search(kind="lead-in", goal="be heard")])[:MOST_TRIED]
    return [Alternative(fitted(f"{one} {text}", register), "phrase", PHRASE_NOTE) for one in chosen]


def _best(draft: str, candidates: Sequence[_Candidate], context: Sequence[str], reading: Heard) -> list[Alternative]:
    """Of each kind those that pass: the surest way to edit, the beginnings that would land softest."""
    texts = [one.offered.text for one in candidates]
    readings = dict(zip(texts, heard(texts, context), strict=True))
    good = [
        one
        for one in candidates
        if keeps(draft, one.offered.text, one.gone)
        and _is_softer(readings[one.offered.text], reading)
        and not _is_hot(readings[one.offered.text])
    ]
    gates = gate_texts([one.offered.text for one in good])
    calm = [one for one, gate in zip(good, gates, strict=True) if not gate.stops]
    stings = {text for text in dict.fromkeys(one.own for one in calm) if has_sting(text, context)}
    passed = [one.offered for one in calm if one.own not in stings]
    found: list[Alternative] = []
    for kind, most in (("own words", 1), ("smallest change", 1), ("phrase", MOST_PHRASES)):
        mine = [one for one in passed if one.kind == kind]
        if kind == "phrase":
            mine.sort(key=lambda one: -readings[one.text].landing)
        found += [one for one in mine if one.text not in {other.text for other in found}][:most]
    return found


def _is_hot(found: Heard) -> bool:
    return any(label in STILL_HOT for label in found.labels)


def _is_softer(found: Heard, before: Heard) -> bool:
    return found.landing >= before.landing + LEAST_GAIN

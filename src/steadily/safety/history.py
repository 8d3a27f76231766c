"""
The gate on a whole history, in about a second: where danger may be is looked for quickly, and only there the network reads.

A place is worth reading where a rule is met, or where the codes of the history (`behaviors.code_history`) say that threat,
control or crisis may be there. The likeliest places are read with what stands around them. The likeliest of thousands are often
harmless all the same, so it is the pattern that counts: a history stops where a rule is met, where several messages of such places
carry danger by the careful codes, or where one of them is plain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.behaviors import code
from steadily.behaviors.form import MOST_CONTEXT
from steadily.codebook import DANGER, GATES_BY_WEIGHT, LABELS
from steadily.safety.gate import Answer, gate_chats
from steadily.safety.outreach import Said
from steadily.safety.rules import RULES
from steadily.safety.wording import NOTHING_FOUND

AROUND = 2
"""Messages before and after a place that are read with it."""
MOST_READ = 10
PLAIN, PLAIN_PLACE = 0.95, 0.8
"""From which probability on, of its message and of the place, one is enough."""
PATTERN = 3
"""So many different messages are, where none is plain."""
SURE = 0.7
"""From which probability on a place is looked at more closely, message by message."""
PLACES = [LABELS.index(label) for label in DANGER]


def gate_history(messages: Sequence[Said], p: npt.NDArray[np.float32] | None = None) -> Answer:
    """
    The gate on a whole history.

    Args:
        messages: Oldest first.
        p: The codes of the messages, (n, 22), where the history has been coded; NaN where a message was not.

    Returns:
        The gravest answer of the places that were read.
    """
    spans = [range(max(0, at - AROUND), min(len(messages), at + AROUND + 1)) for at in _places(messages, p)]
    answers = gate_chats([[messages[row] for row in span] for span in spans])
    stops = sorted(
        ((answer, span) for answer, span in zip(answers, spans, strict=True) if answer.stops),
        key=lambda one: -one[0].sure,
    )
    ruled = [answer for answer, _ in stops if answer.rules]
    if ruled:
        return _gravest(ruled)
    carrying: set[str] = set()
    for place, (answer, span) in enumerate(one for one in stops if one[0].sure >= SURE):
        found = _dangers(messages, span)
        carrying |= set(found)
        if len(carrying) >= PATTERN or (answer.sure >= PLAIN_PLACE and max(found.values(), default=0.0) >= PLAIN):
            return _gravest([one for one, _ in stops[: place + 1]])
    return Answer("none", NOTHING_FOUND)


def _gravest(answers: Sequence[Answer]) -> Answer:
    return min(answers, key=lambda one: GATES_BY_WEIGHT.index(one.gate) if one.gate != "none" else len(GATES_BY_WEIGHT))


def _dangers(messages: Sequence[Said], span: range) -> dict[str, float]:
    """Texts among these that carry danger by the careful codes, each with the probability of the likeliest."""
    contexts = [[f"{one.author}: {one.text}" for one in messages[max(0, row - MOST_CONTEXT) : row]] for row in span]
    codes = code([messages[row].text for row in span], contexts, [messages[row].author for row in span], one_chat=False)
    over = np.nan_to_num(codes.p)[:, PLACES] >= codes.thresholds[PLACES]
    return {messages[row].text: float(codes.p[at, PLACES].max()) for at, row in enumerate(span) if over[at].any()}


def _places(messages: Sequence[Said], p: npt.NDArray[np.float32] | None) -> list[int]:
    """The likeliest places, none in the surroundings of another."""
    weight = _met(messages)
    if p is not None:
        weight += np.nan_to_num(p[:, PLACES]).max(1)
    chosen: list[int] = []
    for place in np.argsort(-weight, kind="stable").tolist():
        if weight[place] <= 0 or len(chosen) == MOST_READ:
            break
        if all(abs(place - one) > AROUND for one in chosen):
            chosen.append(place)
    return sorted(chosen)


def _met(messages: Sequence[Said]) -> npt.NDArray[np.float64]:
    """1 where a rule may be met, whatever would take it back; 0 elsewhere."""
    texts = pl.Series([one.text for one in messages], dtype=pl.String).str.replace_all("[’‘]", "'")
    met = pl.Series(np.zeros(len(messages), dtype=bool))
    for rule in RULES:
        met |= texts.str.contains(f"(?i){_without_look_around(rule.pattern.pattern)}").fill_null(False)
    return met.to_numpy().astype(np.float64)


def _without_look_around(pattern: str) -> str:
    """The pattern for an engine that cannot look around: it finds a little more, and what it finds is read again."""
    return pattern.split("(?!", maxsplit=1)[0]

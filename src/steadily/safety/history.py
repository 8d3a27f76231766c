"""
The gate on a whole history, in about a second: where danger may be is looked for quickly, and only there the network reads.

A place is worth reading where a rule is met, or where the codes of the history (`behaviors.code_history`) say that threat,
control or crisis may be there. The likeliest places are read with what stands around them. Since several are read, one alone
stops only where it is plain; otherwise two must, for it is the pattern that counts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.codebook import DANGER, GATES_BY_WEIGHT, LABELS
from steadily.safety.gate import Answer, gate_chats
from steadily.safety.outreach import Said
from steadily.safety.rules import RULES
from steadily.safety.wording import NOTHING_FOUND

AROUND = 2
"""Messages before and after a place that are read with it."""
MOST_READ = 10
PLAIN = 0.85
"""From which probability on one place is enough."""
ENOUGH = 2
"""So many places are, where none is plain."""
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
    places = _places(messages, p)
    answers = gate_chats([messages[max(0, place - AROUND) : place + AROUND + 1] for place in places])
    stops = [one for one in answers if one.stops]
    if len(stops) < ENOUGH and not any(one.sure >= PLAIN for one in stops):
        return Answer("none", NOTHING_FOUND)
    return min(stops, key=lambda one: (GATES_BY_WEIGHT.index(one.gate), -one.sure))


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

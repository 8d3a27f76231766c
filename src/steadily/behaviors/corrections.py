"""
"That's wrong": a person's corrections, and what they say about the codes that were not corrected.

A correction wins over the model for its own message; the caller stores both. From twenty on, corrections also shift how
readily each behavior is seen for this person: a shift on the logit scale for each behavior, found by logistic regression
with a normal prior around no shift, so that few corrections move little. The shipped weights stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from steadily.behaviors.reading import Probabilities
from steadily.codebook import LABELS

LEAST = 20
PRIOR_SD = 1.0
"""Standard deviation of shifts between people, on the logit scale."""
EPSILON = 1e-4


@dataclass(frozen=True)
class Correction:
    """
    What a person said of one message.

    Attributes:
        p: What the model had said, (22,).
        labels: What is so.
    """

    p: Probabilities
    labels: frozenset[str]


@dataclass(frozen=True)
class Recalibration:
    """A shift for each behavior on the logit scale, (22,)."""

    shifts: Probabilities

    def applied(self, p: Probabilities) -> Probabilities:
        """Shifted probabilities; NaN stays NaN."""
        shifted: Probabilities = 1 / (1 + np.exp(-(_logit(p) + self.shifts)))
        return shifted.astype(np.float32)


def recalibrate(corrections: Sequence[Correction]) -> Recalibration | None:
    """
    What corrections show of a person.

    Args:
        corrections: Messages that the person looked at, whether or not the model had been right.

    Returns:
        Shifts; None where there are fewer than `LEAST` corrections.
    """
    if len(corrections) < LEAST:
        return None
    logits = _logit(np.array([one.p for one in corrections]))
    true = np.array([[label in one.labels for label in LABELS] for one in corrections], dtype=np.float64)
    shifts = np.zeros(len(LABELS))
    for _ in range(30):
        p = 1 / (1 + np.exp(-(logits + shifts)))
        slope = (true - p).sum(0) - shifts / PRIOR_SD**2
        shifts += slope / ((p * (1 - p)).sum(0) + 1 / PRIOR_SD**2)
    return Recalibration(shifts.astype(np.float32))


def corrected(
    p: Probabilities, thresholds: Probabilities, said: Mapping[int, frozenset[str]]
) -> tuple[Probabilities, npt.NDArray[np.bool_]]:
    """
    Codes with a person's word above the model's.

    Args:
        p: What the model said, (n, 22); NaN where a message was not coded.
        thresholds: From which probability on a behavior counts as there, (22,).
        said: What the person said is so, by row; rows that are not there are passed over.

    Returns:
        Probabilities and what is there, both (n, 22); a row that the person spoke of has 0 and 1 only.
    """
    rows = {row: labels for row, labels in said.items() if 0 <= row < len(p)}
    shifted = recalibrate([Correction(p[row], labels) for row, labels in rows.items() if not np.isnan(p[row, 0])])
    held = (p if shifted is None else shifted.applied(p)).copy()
    there: npt.NDArray[np.bool_] = np.nan_to_num(held, nan=0.0) >= thresholds
    for row, labels in rows.items():
        there[row] = [label in labels for label in LABELS]
        held[row] = there[row]
    return held, there


def _logit(p: Probabilities) -> Probabilities:
    held = np.clip(p, EPSILON, 1 - EPSILON)
    found: Probabilities = np.log(held / (1 - held))
    return found

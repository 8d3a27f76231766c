"""
Probabilities that mean what they say, and from which one on a behavior counts as there.

For each behavior a slope and a shift of the logit are fitted (Platt 1999, with the prior of few cases that he gives) on
messages of writers whom the coder did not learn from; thresholds are then chosen on the calibrated probabilities.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from training.measure import Floats

PRIOR_SD = 0.5
"""How far a slope may lie from one and, twice as far, a shift from none, before the data must be many."""


def fit_calibration(logits: Floats, true: Floats) -> tuple[Floats, Floats]:
    """
    Slopes and shifts, each (22,).

    Args:
        logits: Of messages that the coder has not seen, (n, 22).
        true: Their codes, (n, 22).
    """
    found = [_one(logits[:, k], true[:, k]) for k in range(logits.shape[1])]
    return np.array([slope for slope, _ in found]), np.array([shift for _, shift in found])


def _one(logit: npt.NDArray[np.float64], true: npt.NDArray[np.float64]) -> tuple[float, float]:
    def loss(at: npt.NDArray[np.float64]) -> float:
        z = np.exp(at[0]) * logit + at[1]
        fits = np.logaddexp(0, z) - true * z
        return float(fits.sum() + 0.5 * (at[0] / PRIOR_SD) ** 2 + 0.5 * (at[1] / (2 * PRIOR_SD)) ** 2)

    best = minimize(loss, np.zeros(2), method="Nelder-Mead").x
    return float(np.exp(best[0])), float(best[1])


def calibrated(logits: Floats, slopes: Floats, shifts: Floats) -> Floats:
    """Logits as calibrated probabilities."""
    found: Floats = 1 / (1 + np.exp(-(slopes * logits + shifts)))
    return found

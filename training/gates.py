"""
Calibration of the gate: slopes, shifts, and from which probability on coaching stops.

On items of a writer from whom nothing was learned, with the files as shipped. The threshold is one for all gates: the
lowest at which few items that look dangerous and are not stop coaching. It is chosen on probabilities from the other half
of the items, so that fitting and choosing do not flatter each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from steadily.behaviors.careful import CarefulModel
from steadily.codebook import GATES
from training.calibration import calibrated, fit_calibration
from training.examples import SafetyItem
from training.measure import Floats

MOST_FALSE_STOPS = 0.05
GRID = np.linspace(0.1, 0.9, 81)


def gates_true(items: Sequence[SafetyItem]) -> Floats:
    """1 at an item's gate, (n, 3)."""
    return np.array([[float(one.gate == gate) for gate in GATES] for one in items]).reshape(-1, len(GATES))


def gate_facts(model: CarefulModel, items: Sequence[SafetyItem]) -> dict[str, list[float]]:
    """What the manifest says of the gate."""
    logits = model.gates([one.lines for one in items]).astype(np.float64)
    true = gates_true(items)
    slopes, shifts = fit_calibration(logits, true)
    threshold = _threshold(_apart(logits, true), true)
    found = {
        "slopes": slopes.round(4),
        "shifts": shifts.round(4),
        "thresholds": np.full(len(GATES), threshold).round(3),
    }
    return {name: values.tolist() for name, values in found.items()}


def _apart(logits: Floats, true: Floats) -> Floats:
    """Probabilities of each half, calibrated on the other."""
    half = np.arange(len(logits)) % 2
    found = np.zeros_like(logits)
    for one in (0, 1):
        found[half == one] = calibrated(logits[half == one], *fit_calibration(logits[half != one], true[half != one]))
    return found


def _threshold(p: Floats, true: Floats) -> float:
    none = true.sum(1) == 0
    false_stops = np.array([(p[none].max(1) >= at).mean() if none.any() else 0.0 for at in GRID])
    return float(GRID[np.argmax(false_stops <= MOST_FALSE_STOPS)])

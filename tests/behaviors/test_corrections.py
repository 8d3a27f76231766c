"""Corrections: from twenty on they move what the model says of this person, and only a little where there are few."""

from __future__ import annotations

import numpy as np

from steadily.behaviors.corrections import LEAST, Correction, recalibrate
from steadily.codebook import LABELS

HUMOR = LABELS.index("humor")


def corrections(n: int, rng: np.random.Generator, shift: float) -> list[Correction]:
    """A person whose jokes the model misses: the true logit of humor is higher by *shift*."""
    found = []
    for _ in range(n):
        logits = rng.normal(-2, 1.5, len(LABELS))
        true = rng.random(len(LABELS)) < 1 / (1 + np.exp(-(logits + shift * (np.arange(len(LABELS)) == HUMOR))))
        p = (1 / (1 + np.exp(-logits))).astype(np.float32)
        found.append(Correction(p, frozenset(label for label, there in zip(LABELS, true, strict=True) if there)))
    return found


def agreement(given: list[Correction], p: np.ndarray) -> float:
    """Log-likelihood of humor."""
    true = np.array([LABELS[HUMOR] in one.labels for one in given])
    return float(np.mean(np.where(true, np.log(p[:, HUMOR]), np.log(1 - p[:, HUMOR]))))


def test_too_few_corrections_change_nothing() -> None:
    """Below twenty there is no recalibration."""
    assert recalibrate(corrections(LEAST - 1, np.random.default_rng(1), 2.0)) is None


def test_it_recovers_what_a_person_corrects() -> None:
    """The planted shift of one behavior is found, the others stay near none, and new messages are told better."""
    rng = np.random.default_rng(2)
    found = recalibrate(corrections(400, rng, 2.0))
    later = corrections(2000, rng, 2.0)
    before = np.array([one.p for one in later])

    assert found is not None
    assert 1.2 < found.shifts[HUMOR] < 2.5
    assert np.abs(np.delete(found.shifts, HUMOR)).max() < 0.8
    assert agreement(later, found.applied(before)) > agreement(later, before) + 0.05


def test_what_was_not_coded_stays_so() -> None:
    """NaN stays NaN."""
    found = recalibrate(corrections(LEAST, np.random.default_rng(3), 1.0))

    assert found is not None
    assert np.isnan(found.applied(np.full((1, len(LABELS)), np.nan, dtype=np.float32))).all()

"""How good codes are: F1, calibration, context, pairs. NumPy only, so that `benchmarks/quality.py` can use it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from steadily.codebook import DANGER, LABELS
from training.examples import Example, turning

Floats = npt.NDArray[np.float64]
N_BINS = 15
LEAST_SURE = 0.3
"""No behavior but danger is named where it is less probable than this, whatever a few rows would gain by it."""
LEAST_PRECISION = 0.78
"""Where the threshold of a danger behavior is set: the highest recall at this precision, a little above what is asked."""


def truth(examples: Sequence[Example]) -> Floats:
    """1 where a label applies, (n, 22)."""
    return np.array([[float(label in one.labels) for label in LABELS] for one in examples]).reshape(-1, len(LABELS))


def f1_scores(said: npt.NDArray[np.bool_], true: Floats) -> Floats:
    """F1 of each behavior, (22,); NaN where it is neither there nor said."""
    hit = (said & (true > 0)).sum(0)
    both = said.sum(0) + true.sum(0)
    return np.where(both > 0, 2 * hit / np.maximum(both, 1), np.nan)


def recall_precision(said: npt.NDArray[np.bool_], true: Floats) -> tuple[Floats, Floats]:
    """Recall and precision of each behavior."""
    hit = (said & (true > 0)).sum(0)
    return hit / np.maximum(true.sum(0), 1), hit / np.maximum(said.sum(0), 1)


def calibration_error(p: Floats, true: Floats) -> float:
    """Expected calibration error over all behaviors together, in bins of equal width, weighted by how many fall in each."""
    place = np.minimum((p.ravel() * N_BINS).astype(int), N_BINS - 1)
    n = np.bincount(place, minlength=N_BINS)
    gap = np.abs(np.bincount(place, p.ravel(), N_BINS) - np.bincount(place, true.ravel(), N_BINS))
    return float(gap.sum() / max(1, n.sum()))


def calibration_errors(p: Floats, true: Floats) -> Floats:
    """The same for each behavior apart, (22,)."""
    return np.array([calibration_error(p[:, [k]], true[:, [k]]) for k in range(p.shape[1])])


def best_thresholds(p: Floats, true: Floats) -> Floats:
    """
    The threshold of each behavior: that of the best F1; for danger that of the best F2 with enough precision.

    Scores are averaged over neighboring thresholds, so that one lucky row decides nothing.
    """
    grid = np.linspace(0.05, 0.95, 91)
    chosen = np.full(len(LABELS), 0.5)
    for k, label in enumerate(LABELS):
        said = p[:, k][:, None] >= grid
        is_true = true[:, k][:, None] > 0
        hit = (said & is_true).sum(0)
        n_said, n_true = said.sum(0), is_true.sum()
        if n_true == 0:
            continue
        if label in DANGER:
            score = 5 * hit / np.maximum(n_said + 4 * n_true, 1)
            score = np.where(hit / np.maximum(n_said, 1) >= LEAST_PRECISION, score, score - 1)
        else:
            score = 2 * hit / np.maximum(n_said + n_true, 1)
        smooth = np.convolve(np.pad(score, 3, mode="edge"), np.ones(7) / 7, mode="valid")
        if label not in DANGER:
            smooth = np.where(grid >= LEAST_SURE, smooth, -1)
        chosen[k] = grid[int(np.argmax(smooth))]
    return chosen


def both_right(said: npt.NDArray[np.bool_], examples: Sequence[Example]) -> tuple[int, int]:
    """
    Of groups whose code turns with the context: in how many is each row's turning part right.

    The labels in which the rows of a group differ are what the context decides; a group is right when all its rows are
    right in these.

    Returns:
        Groups that are right, and groups.
    """
    true = truth(examples) > 0
    right = total = 0
    for rows in turning(examples):
        decided = true[rows].any(0) & ~true[rows].all(0)
        total += 1
        right += bool((said[rows][:, decided] == true[rows][:, decided]).all())
    return right, total


def report(p: Floats, thresholds: Floats, examples: Sequence[Example]) -> str:
    """A table of all of it."""
    true = truth(examples)
    said = p >= thresholds
    f1 = f1_scores(said, true)
    recall, precision = recall_precision(said, true)
    lines = [f"{'behavior':15}{'n':>6}{'F1':>7}{'recall':>8}{'prec.':>7}{'at':>6}"]
    lines += [
        f"{label:15}{int(true[:, k].sum()):6}{f1[k]:7.2f}{recall[k]:8.2f}{precision[k]:7.2f}{thresholds[k]:6.2f}"
        for k, label in enumerate(LABELS)
    ]
    right, total = both_right(said, examples)
    lines.append(
        f"macro-F1 {np.nanmean(f1):.3f}, lowest {np.nanmin(f1):.2f}, calibration error {calibration_error(p, true):.3f}, "
        f"context {right} of {total} = {right / max(1, total):.2f}"
    )
    return "\n".join(lines)

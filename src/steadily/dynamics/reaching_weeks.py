"""
Reaching, week by week: whether there is more of it in some weeks than in others, and who does it in those weeks.

**Source.** Permutation test (Fisher 1935); clusters of whole weeks (see `uncertainty`); a control variate (Lavenberg & Welch 1981,
10.1287/mnsc.27.3.322). **Formula.** The pull of `reaching` is summed by week and smoothed over `SMOOTH_WEEKS`. Its spread over
the weeks is set against that of the same weeks in `PERMUTATIONS` random orders. Where it is wider than in 95 of 100, the weeks
count by how far they rise above the calmest quarter; otherwise all count alike. The lean of a chat is my pull less my partner's,
over both, in weeks so weighted. **Limits.** Busy seasons make weeks differ too, so this test alone never says that there is a loop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steadily.dynamics.reaching import Pull, Whole
from steadily.dynamics.uncertainty import SEED, Floats

SMOOTH_WEEKS = 2.0
"""Standard deviation of the weights: about a month at a time."""
FAR_WEEKS = 8
"""Four standard deviations: beyond that a week weighs nothing."""
PERMUTATIONS = 400
VARIES = 0.05
CALM = 0.25


@dataclass(frozen=True)
class Weeks:
    """
    The weeks of a conversation.

    Attributes:
        weight: How much each counts: 0 for a calm one to 1, shape (n_weeks,).
        p_varies: Probability of so wide a spread where weeks come in random order.
        lean: (mine − my partner's) / both, −1 to 1; above 0 it is rather me who reaches.
        p_lean: Probability of so strong a lean where neither reaches more than usual, two-sided.
    """

    weight: Floats
    p_varies: float
    lean: float
    p_lean: float


def read_weeks(found: Pull, week: Whole) -> Weeks:
    """
    Which weeks count, and who reaches in them.

    Args:
        found: The pull around each turn.
        week: Number of each turn's week, 0 to n_weeks − 1, none left out.

    Returns:
        The weeks.
    """
    mine, partners, lean = (
        np.bincount(week, values).astype(np.float64) for values in (found.me, found.partner, found.lean)
    )
    n = np.bincount(week).astype(np.float64)
    level, p_varies = _level(mine + partners, n)
    if p_varies < VARIES:
        calmest_first = np.argsort(level)
        calm = level[calmest_first][np.searchsorted(n[calmest_first].cumsum(), CALM * n.sum())]
        weight = np.maximum(level - calm, 0)
        weight = weight / weight.max()
        return Weeks(weight, p_varies, *_leaning(weight * (mine - partners), weight * (mine + partners), None))
    return Weeks(
        np.ones(len(n)), p_varies, *_leaning(mine - partners, mine + partners, lean - n * lean.sum() / n.sum())
    )


def _level(total: Floats, n: Floats) -> tuple[Floats, float]:
    """The smoothed pull per turn of each week, and how probable its spread is among weeks in random order."""
    place = np.arange(len(n))
    rng = np.random.default_rng(SEED)
    orders = np.vstack([place, rng.permuted(np.tile(place, (PERMUTATIONS, 1)), axis=1)])
    levels = _smoothed(total[orders]) / _smoothed(n[orders])
    spread = (n[orders] * (levels - total.sum() / n.sum()) ** 2).sum(axis=1)
    return levels[0], float((spread >= spread[0] * (1 - 1e-9)).mean())


def _smoothed(series: Floats) -> Floats:
    """Each week with its neighbors, along the last axis; beyond the ends there is nothing."""
    total, n = series.copy(), series.shape[-1]
    for step in range(1, min(FAR_WEEKS, n - 1) + 1):
        weight = np.exp(-0.5 * (step / SMOOTH_WEEKS) ** 2)
        total[..., step:] += weight * series[..., :-step]
        total[..., :-step] += weight * series[..., step:]
    return total


def _leaning(difference: Floats, both: Floats, control: Floats | None) -> tuple[float, float]:
    """
    The lean and its two-sided probability.

    Over a whole chat the log-odds themselves sum to nothing, because each person is set beside themself. What they add
    to single weeks is noise that cancels, and is taken out of the error (*control*).
    """
    from scipy.stats import norm

    lean = float(difference.sum() / both.sum())
    rest = difference - lean * both
    if control is not None and (control**2).sum() > 0:
        rest = rest - (rest * control).sum() / (control**2).sum() * control
    error = float(np.sqrt((rest**2).sum()) / both.sum())
    return lean, float(2 * norm.sf(abs(lean) / error)) if error > 0 else 1.0

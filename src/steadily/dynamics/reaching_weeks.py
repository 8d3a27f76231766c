"""
Reaching, week by week: whether there is more of it in some weeks than in others, and who does it in the weeks that count.

**Source.** Permutation test (Fisher 1935); clusters of whole weeks (see `uncertainty`); a control variate (Lavenberg & Welch 1981,
10.1287/mnsc.27.3.322). **Formula.** The pull of `reaching` is summed by week and smoothed over `SMOOTH_WEEKS`. Its spread over
the weeks is set against that of the same weeks in `PERMUTATIONS` random orders. Where it is wider than in 95 of 100, the weeks
count by how far they rise above the calmest quarter; otherwise all count alike. The lean is my pull less my partner's, over both, in
weeks so weighted; who reaches is asked, where a chat was closer at times and further apart at others (`change_points`), of the weeks
further apart. **Limits.** Busy seasons make weeks differ too, so this test alone never says that there is a loop; and that
weeks were further apart is no evidence of one, it only says where to look for who reaches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from steadily.dynamics.change_points import Phase
from steadily.dynamics.reaching import Pull, Whole
from steadily.dynamics.uncertainty import MIN_WEEKS, SEED, Floats

Mask = npt.NDArray[np.bool_]

SMOOTH_WEEKS = 2.0
"""Standard deviation of the weights: about a month at a time."""
FAR_WEEKS = 8
"""Four standard deviations: beyond that a week weighs nothing."""
PERMUTATIONS = 400
VARIES = 0.05
CALM = 0.25
APART = ("drifting", "distant")
MOST_OF_A_WEEK = 0.75
DAY_0 = date(1970, 1, 1)


@dataclass(frozen=True)
class Weeks:
    """
    The weeks of a conversation.

    Attributes:
        weight: How much each counts: 0 for a calm one to 1, shape (n_weeks,).
        p_varies: Probability of so wide a spread where weeks come in random order.
        lean: (mine − my partner's) / both, −1 to 1; above 0 it is rather me who reaches.
        p_lean: Probability of so strong a lean where neither reaches more than usual, two-sided.
        lean_apart: The lean of the weeks further apart; None where the chat was never, or always, so.
    """

    weight: Floats
    p_varies: float
    lean: float
    p_lean: float
    lean_apart: float | None


def weeks_apart(phases: Sequence[Phase], day: Whole, week: Whole) -> Mask:
    """
    The weeks in which the two were further apart than at other times of the same chat, (n_weeks,).

    Args:
        phases: The phases of the chat.
        day: Days since 1970 of each turn.
        week: Number of each turn's week, 0 to n_weeks − 1, none left out.

    Returns:
        True where at least `MOST_OF_A_WEEK` of the turns lie in such a phase; nowhere where they were always or never so, or in
        fewer than `MIN_WEEKS` weeks.
    """
    apart = np.zeros(len(day))
    for one in phases:
        if one.kind in APART:
            apart[(day >= (one.start - DAY_0).days) & (day <= (one.end - DAY_0).days)] = 1
    found: Mask = np.bincount(week, apart) / np.bincount(week) >= MOST_OF_A_WEEK
    return found if not found.all() and found.sum() >= MIN_WEEKS else np.zeros_like(found)


def read_weeks(found: Pull, week: Whole, apart: Mask) -> Weeks:
    """
    Which weeks count, and who reaches in them.

    Args:
        found: The pull around each turn.
        week: Number of each turn's week, 0 to n_weeks − 1, none left out.
        apart: From `weeks_apart`.

    Returns:
        The weeks.
    """
    mine, partners, lean = (
        np.bincount(week, values).astype(np.float64) for values in (found.me, found.partner, found.lean)
    )
    n = np.bincount(week).astype(np.float64)
    level, p_varies = _level(mine + partners, n)
    lean_apart = float((mine - partners)[apart].sum() / (mine + partners)[apart].sum()) if apart.any() else None
    if p_varies < VARIES:
        calmest_first = np.argsort(level)
        calm = level[calmest_first][np.searchsorted(n[calmest_first].cumsum(), CALM * n.sum())]
        weight = np.maximum(level - calm, 0)
        weight = weight / weight.max()
        leaning = _leaning(weight * (mine - partners), weight * (mine + partners), None)
        return Weeks(weight, p_varies, *leaning, lean_apart)
    leaning = _leaning(mine - partners, mine + partners, lean - n * lean.sum() / n.sum())
    return Weeks(np.ones(len(n)), p_varies, *leaning, lean_apart)


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

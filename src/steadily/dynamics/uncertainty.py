"""
Intervals. All are 90 % intervals.

Messages of one evening hang together, so shares and medians are not treated as independent draws: whole weeks are drawn
with replacement (cluster bootstrap; Cameron, Gelbach & Miller 2008, 10.1162/rest.90.3.414). With fewer than `MIN_WEEKS`
weeks there is no interval, and so no finding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

LEVEL = 0.90
DRAWS = 600
MIN_WEEKS = 6
SEED = 20260101

Floats = npt.NDArray[np.float64]


def wilson(k: int, n: int) -> tuple[float, float]:
    """
    Interval of a share of independent cases (Wilson 1927).

    Args:
        k: Cases that were so.
        n: All cases, at least 1.

    Returns:
        Lower and upper end, 0 to 1.
    """
    from scipy.stats import binomtest

    found = binomtest(k, n).proportion_ci(LEVEL, method="wilson")
    return float(found.low), float(found.high)


def poisson_rate(k: int, exposure: float) -> tuple[float, float]:
    """
    Exact interval of a rate (Garwood 1936).

    Args:
        k: How often it happened.
        exposure: In what time.

    Returns:
        Lower and upper end, per unit of *exposure*.
    """
    from scipy.stats import chi2

    tail = (1 - LEVEL) / 2
    low = float(chi2.ppf(tail, 2 * k)) / 2 if k else 0.0
    return low / exposure, float(chi2.ppf(1 - tail, 2 * (k + 1))) / 2 / exposure


def week_weights(n_weeks: int) -> Floats:
    """
    How often each week is drawn in each bootstrap sample.

    Args:
        n_weeks: Number of weeks.

    Returns:
        Shape (DRAWS, n_weeks), each row summing to *n_weeks*; the same for the same number of weeks.
    """
    rng = np.random.default_rng(SEED)
    return rng.multinomial(n_weeks, np.full(n_weeks, 1 / n_weeks), size=DRAWS).astype(np.float64)


def bootstrap_weeks(
    statistic: Callable[[npt.NDArray[Any]], Floats], by_week: npt.NDArray[Any]
) -> tuple[float, float] | None:
    """
    Interval of a statistic of weekly sums.

    Args:
        statistic: Sums of shape (draws, k) → values of shape (draws,).
        by_week: Weekly sums, shape (n_weeks, k).

    Returns:
        Lower and upper end; None with fewer than `MIN_WEEKS` weeks.
    """
    if len(by_week) < MIN_WEEKS:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        values = statistic(week_weights(len(by_week)) @ by_week)
    values = values[np.isfinite(values)]
    if not len(values):
        return None
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)

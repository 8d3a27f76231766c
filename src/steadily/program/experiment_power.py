"""
How much an experiment can show, said before it begins.

The difference of drawn days and others has a standard error of about 2 s sqrt(f / n): s is the day-to-day spread of the answers, n the
number of days with one, and f = 1 + 2 q sum(r^k c_k), with r how much a day is like the one before, c_k how alike days k apart are drawn,
and q the share of days with an answer. Kinds take turns often, so c_1 is below zero, and days that hang together cost nothing. A change is
seen four times in five, at the 90 % level, when it is (t.95 + t.80) standard errors. docs/experiments.md has it checked by simulation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from statistics import NormalDist

import numpy as np

from steadily.program.entries import CheckIn, Outcome
from steadily.program.experiment_draw import Floats, redraws
from steadily.program.experiments import point_of

MIN_CHECK_INS = 14
LOOKED_BACK = timedelta(days=120)
MIN_PAIRS = 10
ANSWERED, SEEN, LEVEL = 0.8, 0.8, 0.95
"""Days with an answer, experiments of that size in which a change is seen, and the one-sided level: our own assumptions."""
N_LAGS = 14
LONGEST = 400


@dataclass(frozen=True)
class Spread:
    """
    How different the days are.

    Attributes:
        points: Standard deviation of the answers around a straight line in time, in points.
        autocorrelation: Of a day and the next, 0 to 0.6.
        n: Check-ins that it rests on; 0 where it is assumed.
    """

    points: float
    autocorrelation: float
    n: int


ASSUMED = Spread(1.5, 0.2, 0)
"""For a person with few check-ins: our own assumption, said where it is used."""
SMALLEST, MOST_ALIKE = 0.5, 0.6
"""Whole-numbered answers hide what is smaller; and few days cannot show that they hang together more."""


def spread_of(check_ins: Iterable[CheckIn], outcome: Outcome, today: date) -> Spread:
    """
    How different a person's days are, from their check-ins of the last months where there are enough.

    Args:
        check_ins: All.
        outcome: Of what.
        today: The day it is.
    """
    since = today - LOOKED_BACK
    found = {one.day: point_of(one, outcome) for one in check_ins if since <= one.day <= today}
    said = {day: point for day, point in sorted(found.items()) if point is not None}
    if len(said) < MIN_CHECK_INS:
        return ASSUMED
    days = np.array([(day - since).days for day in said], dtype=np.float64)
    points = np.array(list(said.values()), dtype=np.float64)
    rest = points - np.polynomial.Polynomial.fit(days, points, 1)(days)
    spread = float(np.sqrt((rest @ rest) / (len(rest) - 2)))
    return Spread(max(spread, SMALLEST), _autocorrelation(days, rest), len(said))


def change_seen(n_days: float, spread: float, autocorrelation: float) -> float:
    """
    The smallest change that an experiment would show in four of five tries, in points.

    Args:
        n_days: How long it runs.
        spread: Standard deviation of the answers.
        autocorrelation: Of a day and the next.
    """
    n = ANSWERED * n_days
    size = _t(LEVEL, n - 3) + _t(SEEN, n - 3)
    return float(size * 2 * spread * np.sqrt(_factor(autocorrelation) / n))


def days_needed(spread: float, autocorrelation: float, change: float) -> int | None:
    """
    How many days would show a change in four of five tries.

    Args:
        spread: Standard deviation of the answers.
        autocorrelation: Of a day and the next.
        change: In points.

    Returns:
        None where it would take more than `LONGEST` days.
    """
    few, many = 10, LONGEST
    if change_seen(many, spread, autocorrelation) > change:
        return None
    while few < many:
        middle = (few + many) // 2
        few, many = (few, middle) if change_seen(middle, spread, autocorrelation) <= change else (middle + 1, many)
    return many


def _t(share: float, freedom: float) -> float:
    """The quantile of Student's t, to two decimals from five degrees of freedom on; SciPy would be a second's wait for it."""
    z = NormalDist().inv_cdf(share)
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def _factor(autocorrelation: float) -> float:
    lags = np.arange(1, N_LAGS + 1)
    return float(1 + 2 * ANSWERED * (autocorrelation**lags @ _alike()))


@cache
def _alike() -> Floats:
    """How alike days are drawn, by how many days lie between them, shape (N_LAGS,)."""
    kinds = np.where(redraws(56), 1.0, -1.0)
    return np.array([(kinds[:, lag:] * kinds[:, :-lag]).mean() for lag in range(1, N_LAGS + 1)])


def _autocorrelation(days: Floats, rest: Floats) -> float:
    """Of days that follow each other; a few days show too little of it, so it is set right by a usual rule, (1 + 4 r) / n."""
    is_pair = np.diff(days) == 1
    variance = float(rest @ rest) / len(rest)
    if is_pair.sum() < MIN_PAIRS or variance == 0:
        return 0.0
    found = float((rest[1:] * rest[:-1])[is_pair].mean()) / variance
    return float(np.clip(found + (1 + 4 * found) / len(rest), 0, MOST_ALIKE))

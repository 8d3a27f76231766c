"""
The course of a habit: in which stretches of time it was usual, when it faded, when it came back. Used by `rituals`.

Days on which it could have been there are ones and zeros; they are cut into stretches of one rate each by exact search
over weeks (Jackson et al. 2005, 10.1109/LSP.2001.838216), a further cut being worth its place when it raises twice the
log likelihood by more than `PENALTY` × log(days). Where a cut lies within the weeks around it is weighed day by day
with a flat prior.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from steadily.dynamics.uncertainty import LEVEL, Floats

PENALTY = 2.0
MIN_DAYS, MIN_CHANCES = 28, 5
"""A stretch lasts so many days and holds so many days on which the habit could have been there."""
WEEK_DAYS, MOST_WEEKS = 7, 260
"""Cuts are searched between weeks; where there are more than so many weeks, between as many longer steps."""
FADED = 0.3
RETURNED = 0.4
"""It faded when its rate fell to so much of its highest or less, and is usual from so much on."""
SURE = 1e-3

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Turn:
    """A day on which a habit changed: the likeliest, and the 90 % interval; in days since 1970."""

    day: int
    low: int
    high: int


@dataclass(frozen=True)
class Course:
    """
    The course of a habit.

    Attributes:
        rate: Share of days on which it was there while it was usual.
        n_usual: Days in that time on which it could have been there.
        k_usual: Days of them on which it was.
        faded: When it last faded; None where it did not.
        returned: When it came back after that; None where it did not.
    """

    rate: float
    n_usual: int
    k_usual: int
    faded: Turn | None
    returned: Turn | None


def course(chances: Ints, there: npt.NDArray[np.bool_]) -> Course:
    """
    The course of one habit.

    Args:
        chances: Days on which it could have been there, in order, as days since 1970, shape (n,), n at least 1.
        there: Whether it was, shape (n,).

    Returns:
        Its course.
    """
    bounds = stretches(chances, there)
    counts = np.add.reduceat(there.astype(np.int64), bounds[:-1])
    sizes = np.diff(bounds)
    rates = counts / sizes
    usual = rates >= RETURNED * rates.max()
    began = int(usual.argmax())
    state, faded, returned = True, None, None
    for index in range(began + 1, len(rates)):
        if state and rates[index] <= FADED * rates.max():
            state, faded, returned = False, index, None
        elif not state and usual[index]:
            state, returned = True, index
    low = np.zeros(len(rates), dtype=bool)
    low[:began] = True
    if faded is not None:
        low[faded:returned] = True
    n, k = int(sizes[~low].sum()), int(counts[~low].sum())
    turns = [None if index is None else _where(chances, there, bounds, index) for index in (faded, returned)]
    return Course(k / n, n, k, *turns)


def stretches(chances: Ints, there: npt.NDArray[np.bool_]) -> Ints:
    """
    Where the rate changes.

    Args:
        chances: As for `course`.
        there: As for `course`.

    Returns:
        Indices at which stretches begin, 0 first, and n last.
    """
    span = int(chances[-1] - chances[0]) + 1
    bin_days = WEEK_DAYS * -(-span // (WEEK_DAYS * MOST_WEEKS))
    cuts = np.append(np.flatnonzero(np.diff((chances - chances[0]) // bin_days, prepend=-1)), len(chances))
    ones = np.concatenate(([0], np.cumsum(there)))[cuts].astype(np.float64)
    at, days = cuts.astype(np.float64), np.append(chances[cuts[:-1]], chances[-1] + 1)
    penalty = PENALTY * float(np.log(len(chances) + 1))
    best, previous = np.full(len(cuts), np.inf), np.zeros(len(cuts), dtype=np.int64)
    best[0] = -penalty
    for stop in range(1, len(cuts)):
        n, k = at[stop] - at[:stop], ones[stop] - ones[:stop]
        short = (n < MIN_CHANCES) | (days[stop] - days[:stop] < MIN_DAYS)
        total = best[:stop] + penalty + np.where(short, np.inf, _cost(k, n))
        previous[stop] = int(total.argmin())
        best[stop] = total[previous[stop]]
    if not np.isfinite(best[-1]):
        return np.array([0, len(chances)])
    bounds = [len(cuts) - 1]
    while bounds[-1] > 0:
        bounds.append(int(previous[bounds[-1]]))
    return cuts[bounds[::-1]]


def _cost(k: Floats, n: Floats) -> Floats:
    """Minus twice the log likelihood of k of n at their own rate."""
    share = np.clip(k / np.maximum(n, 1), SURE, 1 - SURE)
    cost: Floats = -2 * (k * np.log(share) + (n - k) * np.log(1 - share))
    return cost


def _where(chances: Ints, there: npt.NDArray[np.bool_], bounds: Ints, index: int) -> Turn:
    """The day on which stretch *index* began, between its own end and the beginning of the one before."""
    start, middle, stop = bounds[index - 1 : index + 2]
    before, after = ((part.sum() + 0.5) / (len(part) + 1) for part in (there[start:middle], there[middle:stop]))
    seen = there[start:stop]
    gain = np.where(seen, np.log(before / after), np.log((1 - before) / (1 - after)))
    likely = np.cumsum(gain)[:-1]
    mass = np.cumsum(np.exp(likely - likely.max()))
    tail = (1 - LEVEL) / 2
    low, high = np.searchsorted(mass / mass[-1], [tail, 1 - tail])
    # It changed at some time between two chances: a weekly habit does not fade on its own weekday.
    earliest, latest = chances[start : stop - 1] + 1, chances[start + 1 : stop]
    place = int(likely.argmax())
    day = int(earliest[place] + latest[place] + 1) // 2
    return Turn(day, int(earliest[low]), int(latest[min(int(high), len(latest) - 1)]))

"""
The days at which several signals together became others, and how sure each of these days is.

**Source.** Penalized change-point search with pruning (PELT; Killick, Fearnhead & Eckley 2012, 10.1080/01621459.2012.737745) on
weighted signals; every change is then tested against weeks drawn two by two with replacement (block bootstrap; Künsch 1989,
10.1214/aos/1176347265). **Formula.** The gain of a change is how much it lowers the squared error, summed over the signals, each in
units of its long-run variance: the variance around its slow course times (1 + r) / (1 − r) for the autocorrelation r from day to day,
since busy days and hard days come in runs. Places are sought week by week, where each must gain `PENALTY`, then set to the day. A change
stays when it gains more than `MARGIN` times what the best place does in all but `CHANCE` of the series drawn from the weeks around it,
once each stretch's own level is taken away; and when the days before and after differ by `LEAST_EFFECT` or more, in standard deviations
of a day, over all signals together (root of the sum of squares). The weakest among neighbors goes first. Where it lies: with a flat
prior, each day weighs exp(gain / 2); the range holds 90 % of that. **Limits.** Gradual change shows as a step in its middle, or as
several.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from steadily.dynamics.day_signals import slow_course
from steadily.dynamics.uncertainty import LEVEL, SEED, Floats

WEEK = 7
MIN_WEEKS = 4
"""A rough fortnight is no phase."""
MOST_WEEKS = 520
"""The search looks ten years back from each week, which keeps it linear; a longer stretch is put together by the test."""
PENALTY = 24.0
CHANCE = 0.01
DRAWS = 300
BLOCK_WEEKS = 2
MARGIN = 1.5
"""Real months wander more than weeks drawn at random, so a change must gain half as much again as chance would give it."""
FEWEST_DRAWN = 16
LEAST_EFFECT = 1.0
MOST_AUTOCORRELATION = 0.8
EDGE_DAYS = 3

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Step:
    """
    One change of several signals.

    Attributes:
        at: Index of the first day of the new stretch.
        low: Lower end of the 90 % range of that day.
        high: Upper end.
        effect: How much each signal rose, in standard deviations of a day, shape (k,); 0 where nothing is known.
    """

    at: int
    low: int
    high: int
    effect: Floats


@dataclass(frozen=True)
class Sums:
    """
    What the gain of any change can be had from.

    Attributes:
        weight: Weights from the first day to before each day, by the long-run variance, shape (n_days + 1, k).
        total: The same of the weighted values.
        square: The same of the weighted squares.
    """

    weight: Floats
    total: Floats
    square: Floats

    def gain(self, start: int, middle: Places, stop: int) -> Floats:
        """How much a change at each *middle* explains of the days from *start* to before *stop*."""
        whole = explained(self.weight[stop] - self.weight[start], self.total[stop] - self.total[start])
        gain: Floats = self.level(start, middle) + self.level(middle, stop) - whole
        return gain

    def level(self, start: Places | int, stop: Places | int) -> Floats:
        """How much one level explains of the days from *start* to before *stop*."""
        return explained(self.weight[stop] - self.weight[start], self.total[stop] - self.total[start])

    def mean(self, start: int, stop: int) -> Floats:
        """The level itself, shape (k,); NaN where nothing is known."""
        with np.errstate(invalid="ignore", divide="ignore"):
            level: Floats = (self.total[stop] - self.total[start]) / (self.weight[stop] - self.weight[start])
        return level

    def day(self, start: int, middle: int, stop: int) -> Floats:
        """The standard deviation of a usual day around the levels before and after *middle*, shape (k,)."""
        left = sum(
            self.square[last]
            - self.square[first]
            - (self.weight[last] - self.weight[first]) * np.nan_to_num(self.mean(first, last)) ** 2
            for first, last in ((start, middle), (middle, stop))
        )
        spread: Floats = np.sqrt(np.maximum(left, 1e-12) / np.maximum(self.weight[stop] - self.weight[start], 1e-12))
        return spread


def explained(weight: Floats, total: Floats) -> Floats:
    """Squared total by weight, summed over the signals (last axis)."""
    parts: Floats = np.divide(total**2, weight, out=np.zeros_like(total), where=weight > 0)
    summed: Floats = parts.sum(axis=-1)
    return summed


def find_steps(values: Floats, weights: Floats) -> list[Step]:
    """
    Where signals changed.

    Args:
        values: One row a day, shape (n_days, k).
        weights: Same shape; 0 where a day says nothing.

    Returns:
        The changes, in order.
    """
    sums = _sums(values, weights)
    grid = np.append(np.arange(0, len(values) - WEEK, WEEK), len(values))
    bounds = [int(grid[week]) for week in _search(sums.weight[grid], sums.total[grid])]
    known: dict[tuple[int, ...], float] = {}
    while len(bounds) > 2:
        bounds = _to_the_day(sums, _to_the_day(sums, bounds))
        triples = [tuple(bounds[place : place + 3]) for place in range(len(bounds) - 2)]
        rest = _rest_by_week(sums, grid, bounds)
        known |= {triple: _strength(sums, grid, rest, *triple) for triple in triples if triple not in known}
        strength = np.array([np.inf, *(known[triple] for triple in triples), np.inf])
        kept = (strength >= 1) | (strength > np.minimum(np.roll(strength, 1), np.roll(strength, -1)))
        if kept.all():
            return [_step(sums, *triple) for triple in triples]
        bounds = [bound for bound, stays in zip(bounds, kept, strict=True) if stays]
    return []


def _sums(values: Floats, weights: Floats) -> Sums:
    """Variances are those around the slow course; weights make days of few and of many messages alike."""
    rest = np.sqrt(weights) * (values - np.nan_to_num(slow_course(values, weights)))
    known = np.maximum((weights > 0).sum(axis=0), 1)
    variance = (rest**2).sum(axis=0) / known + 1e-9
    lagged = (rest[1:] * rest[:-1]).sum(axis=0) / known / variance
    r = np.clip(lagged, 0.0, MOST_AUTOCORRELATION)
    long_run = variance * (1 + r) / (1 - r)
    zero = np.zeros((1, values.shape[1]))
    return Sums(
        weight=np.concatenate((zero, np.cumsum(weights / long_run, axis=0))),
        total=np.concatenate((zero, np.cumsum(weights * values / long_run, axis=0))),
        square=np.concatenate((zero, np.cumsum(weights * values**2 / long_run, axis=0))),
    )


def _search(weight: Floats, total: Floats) -> list[int]:
    """Bounds that explain most, less `PENALTY` for each, on sums by week; first and last included."""
    n_weeks = len(weight) - 1
    best, came_from = np.full(n_weeks + 1, -np.inf), np.zeros(n_weeks + 1, dtype=np.int64)
    best[0] = 0.0
    dies = np.full(n_weeks + 1, n_weeks + 1)
    for stop in range(MIN_WEEKS, n_weeks + 1):
        starts = np.arange(max(0, stop - MOST_WEEKS), stop - MIN_WEEKS + 1)
        starts = starts[(dies[starts] > stop) & np.isfinite(best[starts])]
        reached = best[starts] + explained(weight[stop] - weight[starts], total[stop] - total[starts])
        choice = int(reached.argmax())
        best[stop] = reached[choice] - PENALTY
        came_from[stop] = starts[choice]
        hopeless = starts[reached <= best[stop]]
        dies[hopeless] = np.minimum(dies[hopeless], stop + MIN_WEEKS)
    bounds = [n_weeks]
    while bounds[0]:
        bounds.insert(0, int(came_from[bounds[0]]))
    return bounds


def _to_the_day(sums: Sums, bounds: list[int]) -> list[int]:
    """Each bound at its best day between its neighbors."""
    placed = list(bounds)
    least = MIN_WEEKS * WEEK
    for place in range(1, len(placed) - 1):
        start, stop = placed[place - 1], placed[place + 1]
        days = np.arange(start + least, stop - least + 1)
        if len(days):
            placed[place] = int(days[sums.gain(start, days, stop).argmax()])
    return placed


def _strength(sums: Sums, grid: Places, rest: tuple[Floats, Floats], start: int, middle: int, stop: int) -> float:
    """How far a change stands above chance and above what matters; below 1 it does not stay."""
    effect = float(np.sqrt((_effect(sums, start, middle, stop) ** 2).sum()))
    gain = float(sums.gain(start, np.array([middle]), stop)[0])
    return min(effect / LEAST_EFFECT, gain / (MARGIN * _by_chance(grid, rest, start, stop)))


def _by_chance(grid: Places, rest: tuple[Floats, Floats], start: int, stop: int) -> float:
    """What the best place gains in all but `CHANCE` of the series without a change that are as long and as restless as these days."""
    near = _near(grid[:-1], start, stop)
    weight, total = rest[0][near], rest[1][near]
    n_weeks = max((stop - start) // WEEK, 2 * MIN_WEEKS)
    rng = np.random.default_rng(SEED)
    first = rng.integers(0, max(len(weight) - BLOCK_WEEKS + 1, 1), size=(DRAWS, -(-n_weeks // BLOCK_WEEKS)))
    drawn = (first[:, :, None] + np.arange(BLOCK_WEEKS)).reshape(DRAWS, -1)[:, :n_weeks] % len(weight)
    weights, totals = np.cumsum(weight[drawn], axis=1), np.cumsum(total[drawn], axis=1)
    before = slice(MIN_WEEKS - 1, n_weeks - MIN_WEEKS)
    all_weight, all_total = weights[:, -1:], totals[:, -1:]
    gain = (
        explained(weights[:, before], totals[:, before])
        + explained(all_weight - weights[:, before], all_total - totals[:, before])
        - explained(all_weight, all_total)
    )
    return float(np.quantile(gain.max(axis=1), 1 - CHANCE))


def _near(weeks: Places, start: int, stop: int) -> slice:
    """The weeks of these days, and as many around them as make `FEWEST_DRAWN`."""
    first, last = (int(place) for place in np.searchsorted(weeks, [start, stop]))
    short = max(FEWEST_DRAWN - (last - first), 0)
    first = max(first - (short + 1) // 2, 0)
    return slice(first, max(last + short // 2, first + FEWEST_DRAWN))


def _rest_by_week(sums: Sums, grid: Places, bounds: list[int]) -> tuple[Floats, Floats]:
    """Weights, and weighted values less the level of their stretch, by week; as spread out as if the levels had been known."""
    weight, total = np.diff(sums.weight[grid], axis=0), np.diff(sums.total[grid], axis=0)
    which = np.clip(np.searchsorted(bounds, grid[:-1], "right") - 1, 0, len(bounds) - 2)
    levels = np.array([np.nan_to_num(sums.mean(*bounds[place : place + 2])) for place in range(len(bounds) - 1)])
    lengths = np.maximum(np.bincount(which, minlength=len(levels)), 2)
    freed = np.sqrt(lengths / (lengths - 1))[which, None]
    return weight, freed * (total - weight * levels[which])


def _effect(sums: Sums, start: int, middle: int, stop: int) -> Floats:
    return np.nan_to_num((sums.mean(middle, stop) - sums.mean(start, middle)) / sums.day(start, middle, stop))


def _step(sums: Sums, start: int, middle: int, stop: int) -> Step:
    days = np.arange(start + EDGE_DAYS, stop - EDGE_DAYS + 1)
    gain = sums.gain(start, days, stop)
    mass = np.cumsum(np.exp((gain - gain.max()) / 2))
    tail = (1 - LEVEL) / 2
    low, high = np.searchsorted(mass / mass[-1], [tail, 1 - tail])
    ends = min(int(days[low]), middle), max(int(days[min(int(high), len(days) - 1)]), middle)
    return Step(middle, *ends, _effect(sums, start, middle, stop))

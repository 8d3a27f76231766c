"""
Before and after: a finding that opened a practice, measured again on a newer import.

**Source.** The difference of two numbers from their own intervals: MOVER, Zou & Donner 2008, 10.1002/sim.3095 (for two shares with Wilson's
intervals it is Newcombe's of 1998); for what is a ratio or a time, the same on logarithms. **Formula.** Messages before the day on which
the practice was opened, and messages from it on, are measured apart by exactly the measure of the finding. With estimates a, b and
intervals (la, ua), (lb, ub) of after and before, the difference d = a − b lies between d − √((a − la)² + (ub − b)²) and
d + √((ua − a)² + (b − lb)²). **Limits.** Only what was written down before is told, so that nobody can fish. A difference is no effect:
there is no group to compare with, days are not drawn at random, and whoever opens a practice at a bad moment will often see better ones by
chance alone (regression to the mean). The two parts are taken as independent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

from steadily.dynamics import MEASURES, Finding, Measure
from steadily.dynamics.finding import too_little
from steadily.program.entries import Watched
from steadily.program.opening import can_be_compared, practices_for

Scale = Literal["difference", "ratio"]
RATIOS = frozenset(("ratio", "seconds", "minutes", "hours", "days"))
"""Units that are compared as a ratio: twice as long is as far from the same as half as long."""
LEAST = 1e-3
"""An end at zero is taken as this part of its estimate, since zero has no logarithm."""
TRIED_WEEKS = (2, 3, 4, 6, 8, 12, 16, 20, 26, 39, 52)
"""Stretches just before the day that are tried, to tell how long it takes until there is enough."""


@dataclass(frozen=True)
class Remeasured:
    """
    One finding before and after.

    Attributes:
        watched: What was written down when the practice was opened.
        before: The finding on messages before that day.
        after: The finding on messages from it on.
        scale: Whether the change is after minus before, or after over before.
        change: It; None where either has too little, or where one of the two says that there is none of it and has no such number.
        low: Lower end of its 90 % interval.
        high: Upper end.
        until: The last day of the chat; None of an empty one.
        more_weeks: About how many more weeks would do, by how long it took before that day; None where it is enough or cannot be told.
    """

    watched: Watched
    before: Finding
    after: Finding
    scale: Scale
    change: float | None = None
    low: float | None = None
    high: float | None = None
    until: date | None = None
    more_weeks: int | None = None

    @property
    def is_seen(self) -> bool:
        """Whether the interval leaves "the same" out."""
        same = 0.0 if self.scale == "difference" else 1.0
        return self.low is not None and self.high is not None and not self.low <= same <= self.high


@dataclass(frozen=True)
class ToldAgain:
    """
    The same in words; `report.telling.remeasured` finds them.

    Attributes:
        heading: What people would call what was measured.
        said: What is so since that day, and what was so before.
        spread: How far the two differ, with its range; or what is still needed.
        before: The number before, in short; empty where there is none.
        after: The number since.
        n: On how much it rests, before and after together.
    """

    heading: str
    said: str
    spread: str
    before: str
    after: str
    n: int


def remeasured(
    watched: Sequence[Watched], coded: pl.DataFrame, measures: Sequence[Measure] = MEASURES
) -> list[Remeasured]:
    """
    What was written down, and nothing else, before and after its day.

    Args:
        watched: One for each finding that opened a practice; the first of a finding counts.
        coded: The messages of a newer import with their codes.
        measures: What can be measured.

    Returns:
        One for each that a measure knows, the latest day first.
    """
    first: dict[str, Watched] = {}
    for one in sorted(watched, key=lambda one: one.day):
        first.setdefault(one.finding, one)
    known = {one.name: one for one in measures}
    parts = _Parts(coded)
    ordered = sorted(first.values(), key=lambda one: (-one.day.toordinal(), one.finding))
    return [_remeasured(one, known[name], parts) for one in ordered if (name := _measure_of(one.finding)) in known]


def since(day: date, coded: pl.DataFrame, measures: Sequence[Measure] = MEASURES) -> list[Remeasured]:
    """
    Everything that can be compared, around a day that the person named beforehand.

    Args:
        day: The first day of *after*.
        coded: As for `remeasured`.
        measures: The same.
    """
    names = {finding.measure for measure in measures for finding in measure.find(coded)}
    able = sorted(name for name in names if can_be_compared(name))
    return remeasured([Watched(name, practices_for(name)[0], day) for name in able], coded, measures)


def difference(before: Finding, after: Finding) -> tuple[float, float, float] | None:
    """After minus before with its 90 % interval, by MOVER; None where either has too little."""
    if before.estimate is None or after.estimate is None or before.interval is None or after.interval is None:
        return None
    return _mover((before.estimate, *before.interval), (after.estimate, *after.interval))


def ratio(before: Finding, after: Finding) -> tuple[float, float, float] | None:
    """After over before with its 90 % interval, by MOVER on logarithms; None where either has too little or is not above zero."""
    if before.estimate is None or after.estimate is None or before.interval is None or after.interval is None:
        return None
    if min(before.estimate, after.estimate) <= 0:
        return None
    change, low, high = _mover(_logged(before.estimate, before.interval), _logged(after.estimate, after.interval))
    return math.exp(change), math.exp(low), math.exp(high)


class _Parts:
    """The two parts of a chat around a day, with what each measure finds in them, found once."""

    def __init__(self, coded: pl.DataFrame) -> None:
        self.coded = coded
        self.days = coded["local_time"].dt.date()
        self.until: date | None = self.days.max()  # type: ignore[assignment]
        self._found: dict[tuple[str, date, date], list[Finding]] = {}

    def find(self, measure: Measure, name: str, first: date, last: date) -> Finding:
        """
        One finding on the messages from one day until before another.

        Where a measure says instead that there is none of it (`….none`), that is the answer; else there is too little.
        """
        key = (measure.name, first, last)
        if key not in self._found:
            part = self.coded.filter((self.days >= first) & (self.days < last))
            self._found[key] = measure.find(part) if part.height else []
        names = (name, f"{measure.name}.none")
        found = [one for other in names for one in self._found[key] if one.measure == other]
        return found[0] if found else too_little(name, 0, "")


def _remeasured(watched: Watched, measure: Measure, parts: _Parts) -> Remeasured:
    before = parts.find(measure, watched.finding, date.min, watched.day)
    after = parts.find(measure, watched.finding, watched.day, date.max)
    scale: Scale = "ratio" if (before.unit or after.unit or watched.unit) in RATIOS else "difference"
    is_same = before.measure == after.measure or before.unit == after.unit
    found = (ratio(before, after) if scale == "ratio" else difference(before, after)) if is_same else None
    if found is None:
        more = _more_weeks(watched, measure, parts) if before.estimate is not None and after.estimate is None else None
        return Remeasured(watched, before, after, scale, until=parts.until, more_weeks=more)
    return Remeasured(watched, before, after, scale, *found, until=parts.until)


def _more_weeks(watched: Watched, measure: Measure, parts: _Parts) -> int | None:
    """How many weeks were enough just before the day, less those that have passed since; at least one."""
    passed = max(((parts.until or watched.day) - watched.day).days, 0) / 7
    for weeks in TRIED_WEEKS:
        first = watched.day - timedelta(weeks=weeks)
        if parts.find(measure, watched.finding, first, watched.day).estimate is not None:
            return max(math.ceil(weeks - passed), 1)
    return None


def _mover(before: tuple[float, float, float], after: tuple[float, float, float]) -> tuple[float, float, float]:
    """Estimate and ends of both → difference and its ends."""
    b, b_low, b_high = before
    a, a_low, a_high = after
    return a - b, a - b - math.hypot(a - a_low, b_high - b), a - b + math.hypot(a_high - a, b - b_low)


def _logged(estimate: float, interval: tuple[float, float]) -> tuple[float, float, float]:
    low, high = (math.log(max(end, LEAST * estimate)) for end in interval)
    return math.log(estimate), low, high


def _measure_of(finding: str) -> str:
    return finding.partition(".")[0]

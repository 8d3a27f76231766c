"""
What check-ins show over time: the level of a slider, how much its days differ, and whether it has moved.

Mean and spread only, since more measures of ups and downs add little to these (EVIDENCE.md §4). Nothing is said of a level before two
weeks with enough answers, and never anything without a range and n. docs/check-ins.md has the formula and how often it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from steadily.program.local_level import MONTH_DAYS, LocalLevel, fitted

LOWEST, HIGHEST = 0, 10
FEWEST_DAYS, FEWEST_ANSWERS = 14, 8
"""Before so many days, or with fewer answers, nothing is said."""
LATELY_DAYS, FEWEST_LATELY = 14, 3
"""Nor where fewer answers than this lie in the last so many days."""
NEAR = 1.0
"""A level that has certainly moved by no more points than this is told as much the same."""
ALIKE, A_LITTLE = 0.75, 1.75
"""How many points days may differ to be told as alike, or as differing a little."""


@dataclass(frozen=True)
class Curve:
    """
    One slider over time.

    Attributes:
        days: From the first answer to the last day looked at, one by one.
        level: Where the level most likely lies on each day, 0 to 10.
        low: The low end of its 90 % range.
        high: The high end.
        points: What was answered; None on a day without an answer.
        n: How many answers.
        spread: How many points a day typically lies from the level; None where nothing was answered.
        spread_low: The low end of its 90 % range.
        spread_high: The high end.
        said: What can be said of it, in plain words, with n.
    """

    days: tuple[date, ...]
    level: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    points: tuple[int | None, ...]
    n: int
    spread: float | None
    spread_low: float | None
    spread_high: float | None
    said: str

    @property
    def is_enough(self) -> bool:
        """Whether more can be shown than the answers themselves."""
        return len(self.days) >= FEWEST_DAYS and self.n >= FEWEST_ANSWERS

    @property
    def spread_said(self) -> str:
        """How much days differ, in plain words; nothing where there is too little."""
        if not self.is_enough or self.spread is None or self.spread_low is None or self.spread_high is None:
            return ""
        much = (
            "are much alike"
            if self.spread < ALIKE
            else "differ a little"
            if self.spread < A_LITTLE
            else "differ a good deal"
        )
        return f"Your days {much}: a typical one lies {_so_far(self.spread_low, self.spread_high)} from the line."


def curve(points: Mapping[date, int], until: date) -> Curve:
    """
    The level of a slider on every day, and what can be said of it.

    Args:
        points: Answers by day, 0 to 10; a day that is not there was not answered.
        until: The last day to look at; later answers are left out.
    """
    known = {day: point for day, point in points.items() if day <= until}
    if not known:
        return Curve((), (), (), (), (), 0, None, None, None, "Nothing here yet.")
    first = min(known)
    days = tuple(first + timedelta(days=n) for n in range((until - first).days + 1))
    answers = tuple(known.get(day) for day in days)
    fit = fitted(np.array([np.nan if one is None else one for one in answers], dtype=np.float64))
    level, low, high = (tuple(np.clip(one, LOWEST, HIGHEST).tolist()) for one in fit.level())
    said = f"{_said(answers, fit)} {_n_of(answers)}"
    return Curve(days, level, low, high, answers, len(known), *fit.spread(), said)


def _said(answers: Sequence[int | None], fit: LocalLevel) -> str:
    """The level now and whether it has moved, or why that cannot be said."""
    n = _n(answers)
    if len(answers) < FEWEST_DAYS or n < FEWEST_ANSWERS:
        return f"Too little to tell yet. Two weeks with {FEWEST_ANSWERS} answers or more can say something."
    if _n(answers[-LATELY_DAYS:]) < FEWEST_LATELY:
        return "Too little from the last two weeks to tell how it is now."
    level, low, high = (float(np.clip(one[-1], LOWEST, HIGHEST)) for one in fit.level())
    ends = (
        f"somewhere between {whole(low)} and {whole(high)}"
        if whole(low) < whole(high)
        else "give or take less than a point"
    )
    n_days = min(MONTH_DAYS, len(answers) - 1)
    return (
        f"Lately around {whole(level)} on a scale from 0 to 10, {ends}. {_moved_said(n_days, *fit.moved(n_days)[1:])}"
    )


def _moved_said(n_days: int, low: float, high: float) -> str:
    then = "four weeks ago" if n_days == MONTH_DAYS else "when you began"
    if low > 0:
        return f"That is higher than {then}, by {_so_far(low, high)}."
    if high < 0:
        return f"That is lower than {then}, by {_so_far(-high, -low)}."
    if low >= -NEAR and high <= NEAR:
        return f"That is much as it was {then}."
    return f"Too little to tell whether that differs from {then}."


def _so_far(low: float, high: float) -> str:
    """The range of a distance in whole points."""
    first, last = whole(low), max(whole(high), 1)
    points = "1 point" if last == 1 else f"{last} points"
    if first == 0:
        return f"{points} or less"
    return f"about {points}" if first == last else f"somewhere between {first} and {points}"


def whole(value: float) -> int:
    """The nearest whole point, halves upward."""
    return int(np.floor(value + 0.5))


def _n(answers: Sequence[int | None]) -> int:
    return sum(one is not None for one in answers)


def _n_of(answers: Sequence[int | None]) -> str:
    n, days = _n(answers), len(answers)
    return f"From {n} answer{'' if n == 1 else 's'} in {days} day{'' if days == 1 else 's'}."

"""
Setbacks: a dip in the check-ins, and how earlier ones went. Nothing resets, and nothing is foretold.

A day is low where it feels clearly less safe or less close than is usual for this person: each of the two is set beside the median of
the `USUAL` days before it, in units of their spread (mean distance from the median, times 1.2533), and the mean of both lies `FAR` or
more below. A dip begins with a low day or one that was called hard, and lasts until the first day that is neither, or until the person says
that it has passed. A plain rule for one person's own days; it was chosen, not measured.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from statistics import fmean, median

from steadily.program.entries import CheckIn, HardDay
from steadily.program.lessons import CONTENT
from steadily.program.plain_words import number, opened, so_many

USUAL = timedelta(days=90)
FEWEST = 14
"""With fewer answers than this before it, nothing is said of a day (EVIDENCE.md §4)."""
FAR = 2.0
PLAIN = 3.0
"""From so far down on, one day is enough to speak of a dip; otherwise it takes two."""
LEAST_SPREAD = 0.75
"""Of points from 0 to 10: who always answers the same has a dip from a point and a half on, and not from every wavering."""
TO_NORMAL = 1.2533
"""From a mean distance to a standard deviation, for a normal spread."""
LATELY = timedelta(days=2)
TOO_LONG = timedelta(days=7)
"""After so long without a word nobody knows how long it took."""
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class HardDayTexts:
    """
    What stands on the page for a hard day (`content/hard_day.toml`).

    Attributes:
        reframes: Kind, true sentences to choose from.
        steps: The smallest next steps; the last is nothing at all.
    """

    reframes: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Dip:
    """
    A stretch of low or hard days.

    Attributes:
        began: Its first day.
        days: How many days until it had passed, at least 1; None where that is not known, or not yet.
        is_over: Whether it is behind.
    """

    began: date
    days: int | None
    is_over: bool


@cache
def hard_day_texts() -> HardDayTexts:
    """The texts of the page."""
    found = tomllib.loads((CONTENT / "hard_day.toml").read_text(encoding="utf-8"))
    return HardDayTexts(tuple(found["reframes"]), tuple(found["steps"]))


def drops(check_ins: Iterable[CheckIn], since: date = date.min) -> dict[date, float]:
    """
    How far below the usual each day is, in spreads; negative above it.

    Args:
        check_ins: In any order.
        since: The first day to look at; those before it are only what is usual.

    Returns:
        By day, in order; a day is left out where fewer than `FEWEST` answers stand before it.
    """
    days = sorted(check_ins, key=lambda one: one.day)
    found: dict[date, list[float]] = {}
    for name in ("safety", "closeness"):
        told = [(one.day, point) for one in days if (point := getattr(one, name)) is not None]
        when = [day for day, _ in told]
        for at in range(bisect_left(when, since), len(told)):
            day, point = told[at]
            before = [earlier for _, earlier in told[bisect_left(when, day - USUAL) : at]]
            if len(before) >= FEWEST:
                found.setdefault(day, []).append(_drop(point, before))
    return {day: fmean(found[day]) for day in sorted(found)}


def is_dip(check_ins: Iterable[CheckIn], today: date) -> bool:
    """
    Whether the last check-ins are clearly below what is usual for this person: the last two, or the last one plainly.

    Args:
        check_ins: In any order.
        today: The day it is; a check-in of more than two days ago says nothing of it.
    """
    found = [(day, drop) for day, drop in drops(check_ins, today - 3 * LATELY).items() if day <= today]
    if not found or today - found[-1][0] > LATELY or found[-1][1] < FAR:
        return False
    two = len(found) > 1 and found[-1][0] - found[-2][0] <= 2 * LATELY and found[-2][1] >= FAR
    return two or found[-1][1] >= PLAIN


def dips(check_ins: Iterable[CheckIn], hard_days: Iterable[HardDay], today: date) -> list[Dip]:
    """
    Every stretch of low or hard days, in order.

    Args:
        check_ins: In any order.
        hard_days: In any order.
        today: The day it is.
    """
    hard_days = [one for one in hard_days if one.day <= today]
    hard, passed = (
        {one.day for one in hard_days},
        {one.passed for one in hard_days if one.passed and one.passed <= today},
    )
    is_low = {day: drop >= FAR for day, drop in drops(check_ins).items() if day <= today}
    is_low |= dict.fromkeys(passed - hard, False) | dict.fromkeys(hard, True)
    at_once = {one.day for one in hard_days if one.passed == one.day}
    found: list[Dip] = []
    low: list[date] = []
    for day in sorted({*is_low, today}):
        if low and day - low[-1] > TOO_LONG:
            found.append(Dip(low[0], None, is_over=True))
            low = []
        if is_low.get(day):
            low.append(day)
        if low and (is_low.get(day) is False or day in at_once):
            found.append(Dip(low[0], max(1, (day - low[0]).days), is_over=True))
            low = []
    return [*found, Dip(low[0], None, is_over=False)] if low else found


def earlier_dips(check_ins: Iterable[CheckIn], hard_days: Iterable[HardDay], today: date) -> list[Dip]:
    """Those of the last year that are behind, in order; not the one that is there now, nor one that begins today."""
    found = dips(check_ins, hard_days, today)
    return [one for one in found if one.is_over and one.began < today and today - one.began <= YEAR]


def beside_earlier(earlier: Sequence[Dip], n_check_ins: int) -> str:
    """
    How earlier days like this went, in a sentence or two.

    Args:
        earlier: From `earlier_dips`.
        n_check_ins: How many days were answered.
    """
    if not earlier:
        if n_check_ins < FEWEST:
            return "Not enough here yet to say how days like this went before."
        return "No other day like this is in your year, so there is none to set beside it."
    known = [one.days for one in earlier if one.days is not None]
    n = len(earlier)
    how_many = f"{opened(number(n))} {'day' if n == 1 else 'days'} like this {'is' if n == 1 else 'are'} in your year"
    if not known:
        return f"{how_many}. How long {'it' if n == 1 else 'they'} took is not known."
    if n == 1:
        return f"{how_many}; it took {so_many(known[0], 'day')} to pass."
    if len(known) == 1:
        return f"{how_many}; one took {so_many(known[0], 'day')} to pass. How long the rest took is not known."
    longest = f"{how_many}; the longest lasted {so_many(max(known), 'day')}, the shortest {number(min(known))}."
    if max(known) == min(known):
        longest = f"{how_many}; each lasted {so_many(max(known), 'day')}."
    return longest if len(known) == n else f"{longest} How long {number(n - len(known))} of them took is not known."


def _drop(point: float, before: Sequence[float]) -> float:
    usual = median(before)
    spread = TO_NORMAL * fmean(abs(one - usual) for one in before)
    return (usual - point) / max(spread, LEAST_SPREAD)

"""
Which number is the day, which the month: decided by a file's own evidence, and said aloud.

WhatsApp writes dates in the phone's language and says nowhere which. Rules, in this order: a number over 31 or of
four digits is the year; a first number over 12 is a day; a second number over 12 is a day, so the first is a month;
otherwise the order in which time runs backward least often; otherwise day first, and the person is asked. A phone's
language can change in the middle of a file: the place is found from where the evidence changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Order = Literal["dmy", "mdy", "ymd"]
Ints = npt.NDArray[Any]
Reason = Literal["given", "year", "numbers", "running", "guess"]

BUDDHIST_FROM = 2400
"""Years from here on are of the Buddhist era: 543 ahead."""
NO_DATE = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Stretch:
    """
    A run of dates in one order.

    Attributes:
        start: Index of its first date.
        stop: Index after its last.
        order: The order of day, month, year.
        reason: `given` by the person, told by a four-digit `year` in front, by `numbers` over 12, by time `running`
            forward, or a `guess`.
    """

    start: int
    stop: int
    order: Order
    reason: Reason


def decide_order(a: Ints, b: Ints, c: Ints, year_first: npt.NDArray[np.bool_]) -> list[Stretch]:
    """
    The order of the three numbers of each date.

    Args:
        a: First numbers, shape (n,).
        b: Second numbers.
        c: Third numbers.
        year_first: Whether the first number has four digits.

    Returns:
        Stretches that cover 0 … n in order; one, unless the order changes within the file.
    """
    if not len(a):
        return []
    if (year_first | ((a > 31) & (c <= 31))).all():
        return [Stretch(0, len(a), "ymd", "year")]
    evidence = np.zeros(len(a), np.int8)
    evidence[(b > 12) & (a <= 12)] = 2
    evidence[(a > 12) & (b <= 12)] = 1
    evidence[year_first | ((a > 31) & (b <= 12) & (c <= 31))] = 3
    told = np.flatnonzero(evidence)
    if not len(told):
        return [_by_running_time(a, b, c)]
    turns = np.flatnonzero(np.diff(evidence[told]))
    bounds = [0, *(_turning_point((a, b, c), int(told[turn]), int(told[turn + 1]), evidence) for turn in turns), len(a)]
    kinds = [int(evidence[told[0]]), *(int(evidence[told[turn + 1]]) for turn in turns)]
    return [
        Stretch(start, stop, ORDERS[kind], "year" if kind == YEAR_FIRST else "numbers")
        for start, stop, kind in zip(bounds, bounds[1:], kinds, strict=False)
    ]


ORDERS: dict[int, Order] = {1: "dmy", 2: "mdy", 3: "ymd"}
YEAR_FIRST = 3


def to_days(a: Ints, b: Ints, c: Ints, order: Order) -> npt.NDArray[np.datetime64]:
    """
    Calendar days from three numbers in a known order.

    Args:
        a: First numbers, shape (n,).
        b: Second numbers.
        c: Third numbers.
        order: Their order.

    Returns:
        Days, shape (n,), dtype datetime64[D]; NaT where there is no such day.
    """
    if not len(a):
        return np.empty(0, "datetime64[D]")
    other = (a[1:] != a[:-1]) | (b[1:] != b[:-1]) | (c[1:] != c[:-1])
    starts = np.concatenate(([0], np.flatnonzero(other) + 1))
    runs = np.diff(np.append(starts, len(a)))
    return np.repeat(_days(a[starts], b[starts], c[starts], order), runs)


def _days(a: Ints, b: Ints, c: Ints, order: Order) -> npt.NDArray[np.datetime64]:
    """The same, each number worked out; a chat has far fewer dates than messages."""
    numbers = {"a": a.astype(np.int64), "b": b.astype(np.int64), "c": c.astype(np.int64)}
    day, month, year = (numbers["abc"[order.index(part)]] for part in "dmy")
    year = np.where(year < 70, year + 2000, np.where(year < 100, year + 1900, year))
    year = np.where(year >= BUDDHIST_FROM, year - 543, year)
    valid = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1) & (year <= 9999)
    months = (np.where(valid, year, 2000) - 1970) * 12 + np.where(valid, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    days = first + (np.where(valid, day, 1) - 1)
    valid &= days.astype("datetime64[M]") == months.astype("datetime64[M]")
    return np.where(valid, days, NO_DATE)


def _backward_steps(a: Ints, b: Ints, c: Ints, order: Order) -> int:
    """How often time runs backward, days that cannot be counted twice over."""
    days = to_days(a, b, c, order)
    absent = np.isnat(days)
    present = days[~absent]
    return int((np.diff(present) < np.timedelta64(0, "D")).sum()) + 2 * int(absent.sum())


def _by_running_time(a: Ints, b: Ints, c: Ints) -> Stretch:
    day_first, month_first = _backward_steps(a, b, c, "dmy"), _backward_steps(a, b, c, "mdy")
    if day_first == month_first:
        return Stretch(0, len(a), "dmy", "guess" if (a != b).any() else "running")
    return Stretch(0, len(a), "dmy" if day_first < month_first else "mdy", "running")


def _turning_point(numbers: tuple[Ints, Ints, Ints], before: int, after: int, evidence: npt.NDArray[np.int8]) -> int:
    """
    Where in (before, after] the second order begins.

    Every place in the gap is tried; the one at which time runs backward least, and jumps least, wins.
    """
    a, b, c = (part[before : after + 1] for part in numbers)
    old = to_days(a, b, c, ORDERS[int(evidence[before])])
    new = to_days(a, b, c, ORDERS[int(evidence[after])])
    old_cost = np.concatenate(([0], np.cumsum(_jumps(old[:-1], old[1:]))))
    new_cost = np.cumsum(_jumps(new[:-1], new[1:])[::-1])[::-1]
    across = _jumps(old[:-1], new[1:])
    cost = old_cost[:-1] + across + np.concatenate((new_cost[1:], [0]))
    return before + 1 + int(cost.argmin())


def _jumps(earlier: npt.NDArray[np.datetime64], later: npt.NDArray[np.datetime64]) -> npt.NDArray[np.float64]:
    """Days stepped over, steps backward counting tenfold; a date that cannot be costs most of all."""
    step = (later - earlier).astype("timedelta64[D]").astype(np.float64)
    step[np.isnat(earlier) | np.isnat(later)] = 1e6
    return np.where(step < 0, -10 * step, step)

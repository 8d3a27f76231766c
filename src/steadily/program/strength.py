"""
Strength: how much there is to lean on in a step, from the days on which it was practiced.

A sum that leaks slowly, and never falls below most of its best, so that a missed day or a missed month takes little away
(docs/practice.md has the formula). It is a memory aid of our own and measures nobody; it is shown in words, never as a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import exp

from steadily.program.entries import Practiced
from steadily.program.lessons import LESSON_ORDER, practices

HALF_LIFE_DAYS = 90
"""After so many days without practice, half of the sum is left."""
MANY = 6
"""Days of practice after which the strength is at about two thirds (1 − 1/e) of all there can be."""
FLOOR = 0.85
"""The share of its best below which a strength never falls."""
NOT_YET, BEGUN, GROWING, THERE = "whenever you like", "just begun", "growing", "there to lean on"
GROWS_FROM, THERE_FROM = 0.3, 0.65


def strengths(log: Sequence[Practiced], day: date) -> dict[str, float]:
    """
    The strength of every step and module.

    Args:
        log: What was practiced, in any order.
        day: The day on which it is asked; what came later does not count.

    Returns:
        By lesson, 0 to 1.
    """
    lesson_of = {name: one.lesson for name, one in practices().items()}
    days: dict[str, set[date]] = {name: set() for name in LESSON_ORDER}
    for one in log:
        if one.how == "done" and one.practice in lesson_of:
            days[lesson_of[one.practice]].add(one.at.date())
    return {name: strength(ones, day) for name, ones in days.items()}


def strength(days: Iterable[date], day: date) -> float:
    """
    The strength that some days of practice have given.

    Args:
        days: Days of practice; more than one practice on a day counts as one, so that there is no reason to hurry.
        day: The day on which it is asked.

    Returns:
        0 to 1: the larger of what the leaking sum gives now and `FLOOR` of the best it ever gave.
    """
    total, best, last = 0.0, 0.0, None
    for one in sorted({one for one in days if one <= day}):
        total = 1 + (_leaked(total, (one - last).days) if last else 0)
        best, last = max(best, _bounded(total)), one
    now = _bounded(_leaked(total, (day - last).days)) if last else 0.0
    return max(now, FLOOR * best)


def in_words(value: float) -> str:
    """A strength in words."""
    if value <= 0:
        return NOT_YET
    return BEGUN if value < GROWS_FROM else GROWING if value < THERE_FROM else THERE


def _leaked(total: float, n_days: int) -> float:
    leaked: float = total * 0.5 ** (n_days / HALF_LIFE_DAYS)
    return leaked


def _bounded(total: float) -> float:
    return 1 - exp(-total / MANY)

"""What an experiment can show, and what it showed, in plain sentences: no decimals, each number with its range and its days."""

from __future__ import annotations

import math
from collections.abc import Callable

from steadily.program.entries import Outcome
from steadily.program.experiment_effect import Difference, Effect
from steadily.program.experiment_power import LONGEST, Spread, change_seen, days_needed
from steadily.program.experiments import LENGTHS
from steadily.program.plain_words import number, so_many

OUTCOMES: dict[Outcome, str] = {"safety": "felt safety", "closeness": "closeness"}
TENTHS = (
    *("", "a tenth", "two tenths", "three tenths", "four tenths"),
    *("half", "six tenths", "seven tenths", "eight tenths", "nine tenths"),
)
CHANGES = (0.5, 1.0)
"""Points of a change for which the days needed are told."""
ROUNDED_TO = 10
"""Days needed are told in tens, upward; they rest on a guess of days to come."""


def points(size: float) -> str:
    """`half a point`, `two and a half points`, `one point and three tenths`; `next to nothing` below a twentieth."""
    whole, tenths = divmod(round(abs(size) * 10), 10)
    if not whole:
        return "next to nothing" if not tenths else "half a point" if tenths == 5 else f"{TENTHS[tenths]} of a point"
    if tenths == 5:
        return f"{number(whole)} and a half points"
    return so_many(whole, "point") + (f" and {TENTHS[tenths]}" if tenths else "")


def result(found: Effect, outcome: Outcome) -> tuple[str, ...]:
    """
    What an experiment showed.

    Args:
        found: From `effect`.
        outcome: What was looked at.

    Returns:
        Sentences: what was seen and how sure it is; then whether that is more than luck.
    """
    n = found.n_with + found.n_without
    if found.difference is None and found.is_flat and n:
        return (f"Your answer was the same on all {number(n)} days that have one. So these days cannot tell.",)
    if found.difference is None:
        others = number(found.n_without) if found.n_without else "none"
        first = f"There {'is' if found.n_with == 1 else 'are'} {so_many(found.n_with, 'answer')} on evenings with it"
        return (f"{first}, and {others} on the others. That is too few to tell.",)
    difference = found.difference
    evenings, others = number(found.n_with), number(found.n_without)
    seen = f"On the {evenings} evenings with it, {OUTCOMES[outcome]} was {_than(difference)} on the {others} others"
    return (f"{seen} ({_range(difference)}). That is {so_many(n, 'day')} with an answer.", *_sure(difference))


def done_told(found: Effect) -> str:
    """On how many days it was done, and that days count as they were drawn."""
    others = f", and on {number(found.n_done_others)} of the others" if found.n_done_others else ""
    return (
        f"You said that it was done on {number(found.n_done)} of the {number(found.n_drawn)} drawn evenings{others}. "
        "Each evening counts as it was drawn, whatever was done: only the draw was left to chance."
    )


def power_told(spread: Spread, outcome: Outcome) -> tuple[str, ...]:
    """
    What an experiment can show, before it begins; sizes are told in halves of a point, upward.

    Args:
        spread: From `spread_of`.
        outcome: What is looked at.

    Returns:
        Sentences: what it rests on and the days needed, then what the shortest and the longest show.
    """
    size = _in_halves(spread.points, round)
    rests_on = (
        f"With days as different as yours (about {size} from day to day, in {number(spread.n)} check-ins of {OUTCOMES[outcome]})"
        if spread.n
        else f"There are too few check-ins yet to know how different your days are. If it is about {size} from day to day"
    )
    first, second = (_needed(spread, change) for change in CHANGES)
    needed = f"you would need {first} to see a change of {points(CHANGES[0])}, and {second} for {points(CHANGES[1])}."
    short, long = (
        _in_halves(change_seen(n, spread.points, spread.autocorrelation), math.ceil) for n in (LENGTHS[0], LENGTHS[-1])
    )
    return (
        f"{rests_on}, {needed}",
        f"{LENGTHS[0]} days would show a change of {short}, and {LENGTHS[-1]} days a change of {long}.",
    )


def _needed(spread: Spread, change: float) -> str:
    n_days = days_needed(spread.points, spread.autocorrelation, change)
    if n_days is None:
        return f"more than {LONGEST} days"
    rounded = math.ceil(n_days / ROUNDED_TO) * ROUNDED_TO
    return f"about {rounded} days" if rounded > LENGTHS[0] else f"fewer than {LENGTHS[0]} days"


def _in_halves(size: float, rounded: Callable[[float], int]) -> str:
    return points(max(rounded(2 * size), 1) / 2)


def _than(difference: Difference) -> str:
    if round(difference.estimate * 10) == 0:
        return "about the same as"
    return f"about {points(difference.estimate)} {'higher' if difference.estimate > 0 else 'lower'} than"


def _range(difference: Difference) -> str:
    """The interval, each end rounded away from the middle."""
    low, high = math.floor(difference.low * 10) / 10, math.ceil(difference.high * 10) / 10
    if low >= 0 or high <= 0:
        near, far = sorted((abs(low), abs(high)))
        return f"somewhere between {points(near)} and {points(far)} {'higher' if low >= 0 else 'lower'}"
    return f"somewhere between {points(low)} lower and {points(high)} higher"


def _sure(difference: Difference) -> tuple[str, ...]:
    if not difference.is_clear:
        return ("That is too close to call.",)
    return (
        "That is more than the luck of the draw usually brings. By luck alone, about one try in ten would look so.",
        "Chance chose the evenings, so the act may be why. So may knowing which evening it was.",
    )

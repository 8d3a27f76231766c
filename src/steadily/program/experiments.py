"""
Experiments: days drawn at random, to see whether a small act of one's own goes with safer or closer days.

Act, outcome and length are chosen before, and nothing is compared before the last day is over. No function here tells the kind of a day
before that day: who knows tomorrow's may let it change today.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from steadily.errors import UsageError
from steadily.program.entries import CheckIn, Experiment, Outcome, Point
from steadily.program.experiment_draw import drawn

LENGTHS = (28, 40, 56)
Stage = Literal["coming", "running", "over", "ended early"]


def begin(act: str, outcome: Outcome, n_days: int, today: date) -> Experiment:
    """
    A new experiment; it begins tomorrow, so that nobody knows its first day when they choose it.

    Raises:
        UsageError: It would have another length than `LENGTHS`.
    """
    if n_days not in LENGTHS:
        raise UsageError(f"An experiment runs for {', '.join(map(str, LENGTHS[:-1]))} or {LENGTHS[-1]} days.")
    return Experiment(act.strip(), outcome, today + timedelta(days=1), n_days, secrets.randbits(62))


def last_day(experiment: Experiment) -> date:
    """The day after which it is over, by the rule that was fixed before."""
    return experiment.started + timedelta(days=experiment.n_days - 1)


def stage(experiment: Experiment, today: date) -> Stage:
    """Where it stands."""
    if experiment.ended is not None and experiment.ended <= last_day(experiment):
        return "ended early"
    if today < experiment.started:
        return "coming"
    return "running" if today <= last_day(experiment) else "over"


def is_open(experiment: Experiment, today: date) -> bool:
    """Whether it is under way, or about to begin."""
    return stage(experiment, today) in ("coming", "running")


def day_number(experiment: Experiment, today: date) -> int:
    """The how manieth of its days it is, 1 to `n_days`; 0 before the first."""
    return min(max((today - experiment.started).days + 1, 0), experiment.n_days)


def is_on(experiment: Experiment, day: date, today: date) -> bool | None:
    """
    Whether a day is with it.

    Args:
        experiment: It.
        day: Which day.
        today: The day it is.

    Returns:
        None of a day that is still to come, that is not one of its days, or after which it was ended.
    """
    until = min(today, last_day(experiment), experiment.ended or date.max)
    if not experiment.started <= day <= until:
        return None
    return bool(drawn(experiment.seed, experiment.n_days)[(day - experiment.started).days])


def days_so_far(experiment: Experiment, today: date) -> dict[date, bool]:
    """Its days until today, each with whether it is with it."""
    days = [experiment.started + timedelta(days=n) for n in range(day_number(experiment, today))]
    kinds = drawn(experiment.seed, experiment.n_days)
    until = experiment.ended or date.max
    return {day: bool(kind) for day, kind in zip(days, kinds, strict=False) if day <= until}


def with_answer(experiment: Experiment, day: date, was_done: bool, today: date) -> Experiment:
    """The same, with what was said of today or yesterday; of any other day, and of days that are not its own, nothing is taken."""
    is_near = day in (today, today - timedelta(days=1))
    if not is_near or not is_open(experiment, today) or is_on(experiment, day, today) is None:
        return experiment
    return replace(experiment, done={**experiment.done, day: was_done})


def end_early(experiment: Experiment, today: date) -> Experiment:
    """The same, ended today; one that has not begun, or that is over, stays as it is."""
    return replace(experiment, ended=today) if stage(experiment, today) == "running" else experiment


def answers(experiment: Experiment, check_ins: Iterable[CheckIn], today: date) -> dict[date, int]:
    """What the check-ins of its days until today say of its outcome, by day; a day without one is not there."""
    days = days_so_far(experiment, today)
    found = {one.day: point_of(one, experiment.outcome) for one in check_ins if one.day in days}
    return {day: point for day, point in sorted(found.items()) if point is not None}


def point_of(check_in: CheckIn, outcome: Outcome) -> Point:
    """What a check-in says of an outcome."""
    return check_in.safety if outcome == "safety" else check_in.closeness

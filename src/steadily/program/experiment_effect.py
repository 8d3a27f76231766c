"""
What an experiment shows: how the outcome of the drawn days differs from that of the others, with a 90 % interval.

Days count as they were drawn, whatever was done on them (intention to treat). Drawing is what is known about these days, so drawing is
what the interval rests on, and not a model of moods: the difference is set beside those that the same answers would have shown under
`N_REDRAWS` other draws of the same rule, on the days that have an answer. So neither days that hang together, nor a slow change, nor
weekdays, nor whole-numbered answers, nor days left out without regard to the draw make it too sure of itself.

With z the drawn days and y the answers, both less a straight line in time, the difference is z'y / z'z. A difference d is in the interval
when more than one in ten redraws r have |r'(y - d z)| / |r| at least as great as |z'(y - d z)| / |z|. For each r that holds on an
interval of d around the estimate, whose ends have a closed form; so the ends over all redraws are two order statistics.

Source: Fisher 1935, The Design of Experiments; Edgington & Onghena 2007, Randomization Tests; for the interval Michiels, Heyvaert,
Meulders & Onghena 2017 (10.3758/s13428-016-0714-4), for days without an answer De, Michiels, Tanious & Onghena 2020
(10.3758/s13428-019-01320-3). Departures: the draw (`experiment_draw`), the straight line.
Limits and measured coverage: docs/experiments.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from steadily.program.entries import CheckIn, Experiment
from steadily.program.experiment_draw import Bools, Floats, redraws
from steadily.program.experiments import answers, days_so_far, stage

LEVEL = 0.90
MIN_EACH = 5
"""Fewer answers than this on either kind of day are too few to say anything."""
NOTHING = 1e-9


@dataclass(frozen=True)
class Difference:
    """
    Between drawn days and others, in points.

    Attributes:
        estimate: Drawn less others.
        low: Lower end of the 90 % interval; may be minus infinity where few days have an answer.
        high: Upper end.
        p: How many of the possible draws show a difference as great; 0 to 1.
    """

    estimate: float
    low: float
    high: float
    p: float

    @property
    def is_clear(self) -> bool:
        """Whether no difference at all lies outside the interval."""
        return self.p <= 1 - LEVEL + NOTHING


@dataclass(frozen=True)
class Effect:
    """
    What an experiment shows, once it is over.

    Attributes:
        n_with: Drawn days with an answer.
        n_without: Other days with an answer.
        n_drawn: Drawn days.
        n_done: Drawn days of which the person said that it was done.
        n_done_others: Other days of which they said so.
        is_flat: Whether all answers are the same.
        difference: None where there are too few answers, or they are all the same.
    """

    n_with: int
    n_without: int
    n_drawn: int
    n_done: int
    n_done_others: int
    is_flat: bool
    difference: Difference | None


def effect(experiment: Experiment, check_ins: Iterable[CheckIn], today: date) -> Effect | None:
    """
    What an experiment shows.

    Args:
        experiment: It.
        check_ins: Of its days, or all.
        today: The day it is.

    Returns:
        None before the day after its last, and of one that was ended early: who looks in between, and may stop when it looks good, sees
        differences where there are none far more often than one time in ten.
    """
    if stage(experiment, today) != "over":
        return None
    kinds, said = days_so_far(experiment, today), answers(experiment, check_ins, today)
    n_with = sum(kinds[day] for day in said)
    done = [day for day, was_done in experiment.done.items() if was_done and day in kinds]
    is_enough = min(n_with, len(said) - n_with) >= MIN_EACH
    is_flat = len(set(said.values())) < 2
    return Effect(
        n_with,
        len(said) - n_with,
        sum(kinds.values()),
        sum(kinds[day] for day in done),
        sum(not kinds[day] for day in done),
        is_flat,
        _difference(kinds, said) if is_enough and not is_flat else None,
    )


def _difference(kinds: dict[date, bool], said: dict[date, int]) -> Difference | None:
    places = np.flatnonzero([day in said for day in kinds])
    with_it = np.array(list(kinds.values()))[places]
    found = compare(places, with_it, np.array(list(said.values()), dtype=np.float64), redraws(len(kinds))[:, places])
    return found if np.isfinite([found.low, found.high]).all() else None


def compare(days: np.ndarray, with_it: Bools, points: Floats, others: Bools) -> Difference:
    """
    The difference, and how sure it is.

    Args:
        days: Days with an answer, counted from any day, shape (n,).
        with_it: Whether each is with it, shape (n,).
        points: The answers, shape (n,).
        others: What could have been drawn as well, on the same days, shape (n_redraws, n).
    """
    basis, _ = np.linalg.qr(np.stack([np.ones(len(days)), days - days.mean()], axis=1))
    mine, size = _of_length_one(_straightened(with_it.astype(np.float64)[None], basis))
    theirs, _ = _of_length_one(_straightened(others.astype(np.float64), basis))
    if size[0] < NOTHING:
        return Difference(0.0, -np.inf, np.inf, 1.0)
    found, redrawn, alike = float(mine[0] @ points), theirs @ points, theirs @ mine[0]
    n_needed = int(np.floor((1 - LEVEL) * (len(others) + 1) + NOTHING))
    lows, highs = _ends(found, redrawn, alike)
    n_as_great = int((np.abs(redrawn) >= abs(found) - NOTHING).sum())
    return Difference(
        found / float(size[0]),
        float(np.partition(lows, n_needed - 1)[n_needed - 1]) / float(size[0]),
        float(-np.partition(-highs, n_needed - 1)[n_needed - 1]) / float(size[0]),
        (1 + n_as_great) / (1 + len(others)),
    )


def _straightened(rows: Floats, basis: Floats) -> Floats:
    """Less what lies on a straight line in time."""
    rest: Floats = rows - (rows @ basis) @ basis.T
    return rest


def _of_length_one(rows: Floats) -> tuple[Floats, Floats]:
    """Each row divided by its length, and the lengths; rows of no length become zeros."""
    size = np.sqrt((rows * rows).sum(axis=1))
    return np.where(size[:, None] > NOTHING, rows / np.maximum(size, NOTHING)[:, None], 0.0), size


def _ends(found: float, redrawn: Floats, alike: Floats) -> tuple[Floats, Floats]:
    """
    For each redraw, between which differences it is at least as great as what was found.

    Args:
        found: With what was drawn.
        redrawn: With each redraw.
        alike: How alike each redraw is to what was drawn, -1 to 1; one that is the same or the mirror image always counts.
    """
    is_same = np.abs(alike) > 1 - NOTHING
    one = (found - redrawn) / np.where(is_same, 1.0, 1 - alike)
    other = (found + redrawn) / np.where(is_same, 1.0, 1 + alike)
    lows, highs = np.minimum(one, other), np.maximum(one, other)
    return np.where(is_same, -np.inf, lows), np.where(is_same, np.inf, highs)

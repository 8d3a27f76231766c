"""
Answers to reaching: whether they wait longer than comparable answers, within the same weeks.

**Source.** Regression within clusters with errors by whole weeks (see `uncertainty`). **Formula.** Turns that the other answered.
How far the words around each read as its writer reaching (`reaching.pull`, waits left out) is set against the log of the wait, less what
week, three-hour block, weekday, person, and the length and question mark of the turn and of its answer let expect (so that a
closing "ok" and the next day's new subject are compared with their like). *Going together*: the slope of one on the other,
waits cut at `LONG` so that nights do not decide, its error by weeks. *How much longer*: the typical wait after the `MOST` share of
turns that read most as reaching, divided by that after the others; weeks drawn with replacement, and the interval widened by
Student's t where few weeks hold most of the weight (effective clusters: Carter, Schnepel & Steigerwald 2017,
10.1162/REST_a_00639). **Limits.** A turn that its own writer
follows up counts as writing on, not as a wait. Codes miss much, so the turns picked are a mixture: with a planted factor of 4 the
ratio is about 1.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from steadily.dynamics.reaching import Pull, Turns, Whole, unexpected
from steadily.dynamics.uncertainty import LEVEL, Floats, bootstrap_weeks

LONG = 1.5
"""Log of how many times longer than expected a wait may count: 4.5 times."""
MOST = 0.2
SIZES = 6

Direction = Literal["me", "partner", "both"]


@dataclass(frozen=True)
class Answers:
    """
    The turns that the other answered; arrays of shape (n,).

    Attributes:
        turn: Which turn.
        mine: Whether I wrote it and my partner answered.
        week: Number of its week.
        weight: How much that week counts.
        pull: How far the words read as its writer reaching.
        wait: Log of the wait beyond what is expected.
        cut_wait: The same, cut at `LONG`.
    """

    turn: Whole
    mine: npt.NDArray[np.bool_]
    week: Whole
    weight: Floats
    pull: Floats
    wait: Floats
    cut_wait: Floats


def read_answers(turns: Turns, week: Whole, weight: Floats, words: Pull) -> Answers:
    """
    The turns that the other answered.

    Args:
        turns: All turns.
        week: Number of each turn's week.
        weight: How much each week counts, shape (n_weeks,).
        words: The pull around each turn, waits left out.

    Returns:
        The answered turns, in order.
    """
    turn = np.flatnonzero(turns.answered)
    mine = turns.sign[turn] > 0
    groups = [week[turn], turns.hour[turn], turns.weekday[turn], mine.astype(np.int64)]
    groups += [
        _sizes(turns.length[turn], turns.question[turn]),
        _sizes(turns.length[turn + 1], turns.question[turn + 1]),
    ]
    wait = unexpected(np.log(turns.gap_s[turn]), groups)
    return Answers(
        turn=turn,
        mine=mine,
        week=week[turn],
        weight=weight[week[turn]],
        pull=np.where(mine, words.me[turn], words.partner[turn]),
        wait=wait,
        cut_wait=unexpected(np.minimum(wait, LONG), groups),
    )


def _sizes(length: Floats, question: Floats) -> Whole:
    """Turns of about the same length, those with a question mark apart."""
    edges = np.quantile(length, np.linspace(0, 1, SIZES + 1)[1:-1])
    sizes: Whole = np.digitize(length, edges).astype(np.int64) * 2 + (question > 0)
    return sizes


def go_together(answers: Answers) -> float:
    """
    How sure longer waits go with reaching.

    Args:
        answers: What `read_answers` returns.

    Returns:
        One-sided probability of so steep a slope where they do not.
    """
    from scipy.stats import norm

    pull, weight = answers.pull.copy(), answers.weight
    for part in (answers.mine, ~answers.mine):
        if weight[part].sum() > 0:
            pull[part] -= np.average(pull[part], weights=weight[part])
    up = np.bincount(answers.week, weight * pull * answers.cut_wait)
    down = np.bincount(answers.week, weight * pull**2)
    if down.sum() <= 0:
        return 1.0
    slope = up.sum() / down.sum()
    error = np.sqrt(((up - slope * down) ** 2).sum()) / down.sum()
    return float(norm.sf(slope / error)) if error > 0 else 1.0


def after_reaching(answers: Answers, who: Direction) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """
    The turns that read most as reaching, and those they are compared with.

    Args:
        answers: What `read_answers` returns.
        who: Whose turns.

    Returns:
        Two masks over the answers.
    """
    most, others = np.zeros(len(answers.turn), bool), np.zeros(len(answers.turn), bool)
    for name, part in (("me", answers.mine), ("partner", ~answers.mine)):
        places = np.flatnonzero(part & (answers.weight > 0)) if who in (name, "both") else np.array([], np.int64)
        least_first = places[np.argsort(answers.pull[places])]
        share = answers.weight[least_first].cumsum()
        is_most = share > (1 - MOST) * share[-1] if len(share) else np.array([], bool)
        most[least_first[is_most]], others[least_first[~is_most]] = True, True
    return most, others


def how_much_longer(answers: Answers, who: Direction) -> tuple[float, float, float] | None:
    """
    How many times longer answers to reaching wait than comparable ones.

    Args:
        answers: What `read_answers` returns.
        who: Whose reaching.

    Returns:
        The ratio and its 90 % interval; None with too little to compare.
    """
    most, others = after_reaching(answers, who)
    if not most.any() or not others.any():
        return None
    sums = [
        np.bincount(answers.week[part], values[part], minlength=int(answers.week.max()) + 1)
        for part in (most, others)
        for values in (answers.weight * answers.wait, answers.weight)
    ]
    by_week: Floats = np.column_stack(sums).astype(np.float64)
    by_week = by_week[by_week[:, 1] + by_week[:, 3] > 0]
    interval = bootstrap_weeks(_log_ratio, by_week)
    if interval is None:
        return None
    estimate = float(_log_ratio(by_week.sum(axis=0)[None, :])[0])
    wider = _few_weeks(by_week[:, 1])
    low, high = (estimate + wider * (edge - estimate) for edge in interval)
    return float(np.exp(estimate)), float(np.exp(low)), float(np.exp(high))


def _few_weeks(weight: Floats) -> float:
    """How much wider an interval is where few weeks hold most of the weight: Student's t for their effective number."""
    from scipy.stats import norm, t

    n = max(float(weight.sum() ** 2 / (weight**2).sum()), 2.0)
    tail = (1 - LEVEL) / 2
    return float(t.isf(tail, n - 1) / norm.isf(tail) * np.sqrt(n / (n - 1)))


def _log_ratio(sums: Floats) -> Floats:
    ratio: Floats = sums[:, 0] / sums[:, 1] - sums[:, 2] / sums[:, 3]
    return ratio

"""
Reaching, turn by turn: how much a stretch of a chat reads as one reaching and the other stepping back, and which way round.

**Source.** Demand and withdraw as coded by CIRS2 and SPAFF (EVIDENCE.md §2a), read from codes, lengths and times in place of a
room. **Formula.** Messages of one person within half an hour are one turn. Each turn has its wait until the next one
(against what the hour, the weekday, the week and the person let expect), its length, its behaviors as log-odds, and simply
that it was written; each beside what is usual for that same person in this chat. Seven turns around a moment, near ones
weighing more (`NEAR`), are summed twice. *Lean*: mine minus my partner's, weighed by `LEAN`: who writes on and longer, asks, presses and is
waited for. *Heat*: both together, weighed by `HEAT`: how much asking, pressing, stepping back and uneven waiting there is. The
logistic function of the heat says how far someone reaches; that of the lean shares it between the two. **Limits.** The weights were
fitted by logistic regression to 80 synthetic couples and rounded; small changes of them change little. It orders moments
and weeks of one chat. It is no probability and says nothing about one single message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.conversation import split_sessions
from steadily.dynamics.days import DAY_BEGINS
from steadily.dynamics.uncertainty import Floats

Whole = npt.NDArray[np.int64]

ONE_TURN = timedelta(minutes=30)
"""What the same person writes after a longer pause is a second turn: they wrote on without an answer."""
WAIT_S = (20.0, 86400.0)
"""Waits are cut here: some apps keep no seconds, and beyond a day a wait is a silence."""
NEAR = {-3: 0.4, -2: 0.6, -1: 0.8, 0: 1.0, 1: 0.8, 2: 0.6, 3: 0.4}
"""Turns from the moment → weight: an exchange is three to five turns long."""
CODES = ("request", "demand", "interest", "criticism", "withdrawal")
LEAN: Mapping[str, float] = {
    "turn": 0.8,
    "wait": 0.8,
    "length": 0.35,
    "request": 0.15,
    "demand": 0.15,
    "interest": 0.25,
    "criticism": 0.3,
    "withdrawal": -0.2,
}
HEAT: Mapping[str, float] = {"wait": 0.4, "request": 0.2, "demand": 0.15, "interest": 0.1, "withdrawal": 0.1}
HEAT_USUAL = -3.3
"""Log-odds of the heat where everything is as usual: about one moment in thirty."""
HEAT_OF_LEAN = 0.15
FAR = 3.0
"""Standard deviations at which a value is cut, so that no single turn decides."""
P_EDGE = 0.002
SHRINK = 3.0
"""A week or an hour with so few turns that its mean is half noise: means are pulled to the middle as if by three more turns."""
ROUNDS = 6


@dataclass(frozen=True)
class Turns:
    """
    The turns of one conversation, in order; arrays of shape (n_turns,) but `codes`.

    Attributes:
        sign: 1 where the turn is mine, −1 where it is my partner's.
        first_row: Its first row in the messages.
        last_row: Its last.
        week: Number of its week, from 0; weeks begin on Monday at four.
        hour: Three-hour block of its end, 0 to 7.
        weekday: Of its end, 0 to 6.
        day: Days since 1970 of its beginning.
        gap_s: Seconds until the next turn, cut to `WAIT_S`.
        answered: Whether the next turn is the other's.
        length: log(1 + letters).
        question: 1 where it asks with a question mark.
        codes: Log-odds of `CODES`, shape (5, n_turns).
    """

    sign: Floats
    first_row: Whole
    last_row: Whole
    week: Whole
    hour: Whole
    weekday: Whole
    day: Whole
    gap_s: Floats
    answered: npt.NDArray[np.bool_]
    length: Floats
    question: Floats
    codes: Floats


def read_turns(messages: pl.DataFrame) -> Turns:
    """
    The turns with what the measure reads from them.

    Args:
        messages: One conversation, coded (`dynamics.coded`), in any order of rows.

    Returns:
        The turns, in order of time.
    """
    rows = split_sessions(messages.sort("row"), session_gap=ONE_TURN)
    new = (pl.col("author") != pl.col("author").shift()) | (pl.col("session") != pl.col("session").shift())
    turns = (
        rows.with_columns(turn=new.fill_null(value=True).cum_sum())
        .group_by("turn", maintain_order=True)
        .agg(
            *[pl.col(f"p_{code}").max().cast(pl.Float64).clip(P_EDGE, 1 - P_EDGE) for code in CODES],
            pl.col("author").first(),
            pl.col("row").first().alias("first_row"),
            pl.col("row").last().alias("last_row"),
            started_at=pl.col("sent_at").first(),
            ended_at=pl.col("sent_at").last(),
            begins=pl.col("local_time").first(),
            ends=pl.col("local_time").last(),
            length=pl.col("text").str.len_chars().sum().cast(pl.Float64).log1p(),
            question=pl.col("text").str.contains("[?？؟]").any().cast(pl.Float64),
        )
    )
    day = (turns["begins"] - DAY_BEGINS).dt.date().to_physical().to_numpy().astype(np.int64)
    week = (day + 3) // 7
    gap = (turns["started_at"].shift(-1) - turns["ended_at"]).dt.total_microseconds().cast(pl.Float64) / 1e6
    odds = np.array([turns[f"p_{code}"].to_numpy() for code in CODES]).reshape(len(CODES), turns.height)
    sign = np.where(turns["author"].to_numpy() == "me", 1.0, -1.0)
    return Turns(
        sign=sign,
        first_row=turns["first_row"].to_numpy().astype(np.int64),
        last_row=turns["last_row"].to_numpy().astype(np.int64),
        week=week - week.min() if len(week) else week,
        hour=turns["ends"].dt.hour().to_numpy().astype(np.int64) // 3,
        weekday=turns["ends"].dt.weekday().to_numpy().astype(np.int64) - 1,
        day=day,
        gap_s=np.clip(gap.fill_null(WAIT_S[1]).to_numpy(), *WAIT_S),
        answered=np.append(sign[1:] != sign[:-1], False)[: len(sign)],
        length=turns["length"].fill_null(0.0).to_numpy(),
        question=turns["question"].fill_null(0.0).to_numpy(),
        codes=np.log(odds / (1 - odds)),
    )


def unexpected(values: Floats, groups: list[Whole]) -> Floats:
    """
    What is left of values when the means of several groupings are taken out (an additive fit, by turns).

    Args:
        values: Shape (n,).
        groups: For each grouping, the number of the group of each value.

    Returns:
        The rest, shape (n,), mean about zero.
    """
    rest: Floats = values - values.mean()
    counts = [np.bincount(group) for group in groups]
    for _ in range(ROUNDS):
        for group, n in zip(groups, counts, strict=True):
            rest = rest - (np.bincount(group, rest) / (n + SHRINK))[group]
    return rest


def beside_oneself(values: Floats, sign: Floats) -> Floats:
    """
    Values beside what is usual for the same person, in standard deviations, cut at `FAR`.

    Args:
        values: One per turn.
        sign: Whose turn, 1 or −1.
    """
    mine = sign > 0
    means = [float(values[part].mean()) if part.any() else 0.0 for part in (mine, ~mine)]
    rest = values - np.where(mine, means[0], means[1])
    cut: Floats = np.clip(rest / (rest.std() + 1e-9), -FAR, FAR)
    return cut


def summed(values: Floats, near: Mapping[int, float]) -> Floats:
    """
    Weighted sum of each turn's neighbors.

    Args:
        values: One per turn.
        near: Turns from the moment → weight.
    """
    total, n = np.zeros(len(values)), len(values)
    for step, weight in near.items():
        low, high = max(0, -step), min(n, n - step)
        if low < high:
            total[low:high] += weight * values[low + step : high + step]
    return total


@dataclass(frozen=True)
class Pull:
    """
    How far someone reaches around each turn, and who; arrays of shape (n_turns,).

    Attributes:
        me: How far it reads as me reaching and my partner stepping back, 0 to 1.
        partner: The other way round.
        lean: Log-odds of the two.
    """

    me: Floats
    partner: Floats
    lean: Floats


def pull(turns: Turns, *, with_waits: bool = True, near: Mapping[int, float] = NEAR) -> Pull:
    """
    How far someone reaches around each turn, and who.

    Args:
        turns: What `read_turns` returns, at least one.
        with_waits: Whether waits count; without them it rests on words alone, so that waits can be compared by it.
        near: Which turns around the moment count.

    Returns:
        The pull each way.
    """
    parts = {code: beside_oneself(values, turns.sign) for code, values in zip(CODES, turns.codes, strict=True)}
    parts["length"] = beside_oneself(turns.length, turns.sign)
    if with_waits:
        who = (turns.sign > 0).astype(np.int64)
        waits = unexpected(np.log(turns.gap_s), [turns.week, turns.hour, turns.weekday, who])
        parts["wait"] = beside_oneself(waits, turns.sign)
    nothing = np.zeros(len(turns.sign))
    leaning = sum((LEAN[name] * values for name, values in parts.items()), nothing)
    warming = sum((HEAT[name] * values for name, values in parts.items() if name in HEAT), nothing)
    written = summed(turns.sign, near)
    lean = summed(leaning * turns.sign, near) + LEAN["turn"] * (written - written.mean())
    heat = _logistic(HEAT_USUAL + summed(warming, near) + HEAT_OF_LEAN * np.abs(lean))
    mine = heat * _logistic(lean)
    return Pull(mine, heat - mine, lean)


def _logistic(x: Floats) -> Floats:
    y: Floats = 1 / (1 + np.exp(-x))
    return y

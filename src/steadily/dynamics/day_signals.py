"""
What each day was like between the two: how much was written, how warm, open and strained it was, how soon answers came.

**Source.** Descriptive; the behaviors are those of the codebook. **Formula.** Five signals a day, both partners together.
Contact: log(1 + messages), silent days included, less what is usual for the weekday. Warmth, openness, strain: how probable it is, on
average over the day's messages, that a message carries any behavior of that side. Wait: the mean logarithm of how long turns stood.
Each stands with a weight: a day with few messages tells less of how messages were. The probabilities are used as they are, and not only
whether they pass a line: a cautious model that misses half of what is there still moves with it. **Limits.** Words on a screen. A stretch
of a week or more without a message weighs nothing unless such stretches are common in these months: a lost phone, a journey together and
a silence look the same in a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.conversation import SESSION_GAP
from steadily.dynamics.coded import GROUPS
from steadily.dynamics.days import daily_counts, with_days
from steadily.dynamics.uncertainty import Floats

Signal = Literal["contact", "warmth", "openness", "strain", "wait"]
SIGNALS: tuple[Signal, ...] = get_args(Signal)
CARRIED_BY: dict[Signal, tuple[str, ...]] = {
    "warmth": GROUPS["warm"],
    "openness": (*GROUPS["open"], *GROUPS["bid"]),
    "strain": (*GROUPS["harsh"], *GROUPS["distance"], "demand"),
}
"""Signal → the behaviors any of which carries it. Unasked advice is pressure, but no sign of strain by itself."""
ALIKE = 0.05
"""How much messages of one day resemble each other: twenty of them tell as much about their day as ten that do not."""
SHORT_S, LONG_S = 30.0, 86400.0
"""Seconds added to each wait, since some apps round to the minute, and the wait from which on all count as a day."""
LONG_SILENCE_DAYS = 7
COMMON_SILENCES = 3
SEASON_DAYS = 90
"""Silences of a week or more count only where so many of them begin within so many days."""
WINDOW_DAYS = 29
"""The slow course of a signal is its mean over two weeks before and after."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class DaySignals:
    """
    The days of one conversation.

    Attributes:
        days: One row per day, silent days included: `day`, `n_messages`, `n_coded`, `n_turns`, and for each of `SIGNALS` its value
            (`contact`: log messages; `warmth`, `openness`, `strain`: 0 to 1; `wait`: log seconds) and its weight (`w_…`).
        values: The signals in the order of `SIGNALS`, shape (n_days, 5); contact less what is usual for the weekday.
        weights: Their weights, same shape; 0 where a day says nothing.
    """

    days: pl.DataFrame
    values: Floats
    weights: Floats


def day_signals(messages: pl.DataFrame) -> DaySignals:
    """
    Every day of one conversation.

    Args:
        messages: One conversation, coded, in any order of rows. Reads `conversation_id`, `row`, `sent_at`, `local_time`, `author`,
            `kind`, `text`, `is_coded`, and `p_…` of `CARRIED_BY`.

    Returns:
        The days from the first to the last.
    """
    # Sums of probabilities depend in their last digit on the order of rows, and a change of phase may depend on that digit.
    messages = messages.sort("row")
    days = (
        daily_counts(messages)
        .select("day", "n_messages")
        .join(_texts(messages), on="day", how="left", maintain_order="left")
        .join(_waits(messages), on="day", how="left", maintain_order="left")
        .with_columns(pl.col("n_coded", "n_turns").fill_null(0), pl.col(*CARRIED_BY, "wait").fill_null(0.0))
        .with_columns(contact=pl.col("n_messages").cast(pl.Float64).log1p())
    )
    heard = {signal: _weight(days[count].to_numpy()) for signal, count in _COUNTS.items()}
    weight = {"contact": (~_lost_days(days["n_messages"].to_numpy())).astype(np.float64), **heard}
    days = days.with_columns(pl.Series(f"w_{signal}", weight[signal], dtype=pl.Float64) for signal in SIGNALS)
    values = days.select(SIGNALS).to_numpy().astype(np.float64)
    weights = days.select(f"w_{signal}" for signal in SIGNALS).to_numpy().astype(np.float64)
    values[:, 0] -= _weekday_course(values[:, 0], weights[:, 0], days["day"].dt.weekday().to_numpy())
    return DaySignals(days, values, weights)


_COUNTS: dict[Signal, str] = {"warmth": "n_coded", "openness": "n_coded", "strain": "n_coded", "wait": "n_turns"}


def side_of(signal: Signal) -> pl.Expr:
    """How probable it is that a message carries a signal of `CARRIED_BY`: the most probable of its behaviors."""
    return pl.max_horizontal(*(f"p_{label}" for label in CARRIED_BY[signal])).cast(pl.Float64)


def slow_course(values: Floats, weights: Floats) -> Floats:
    """
    The mean of each signal over the days around each day.

    Args:
        values: Shape (n_days, k).
        weights: Same shape.

    Returns:
        Same shape; NaN where nothing is known within the window.
    """
    half = WINDOW_DAYS // 2
    n_days = len(values)
    first, last = np.maximum(np.arange(n_days) - half, 0), np.minimum(np.arange(n_days) + half + 1, n_days)
    zero = np.zeros((1, values.shape[1]))
    total = np.concatenate((zero, np.cumsum(weights * values, axis=0)))
    weight = np.concatenate((zero, np.cumsum(weights, axis=0)))
    with np.errstate(invalid="ignore", divide="ignore"):
        course: Floats = (total[last] - total[first]) / (weight[last] - weight[first])
    return course


def _texts(messages: pl.DataFrame) -> pl.DataFrame:
    sides = {signal: side_of(signal) for signal in CARRIED_BY}
    coded = with_days(messages.filter("is_coded")).select("day", **sides)
    return coded.group_by("day").agg(pl.col(*CARRIED_BY).mean(), n_coded=pl.len())


def _waits(messages: pl.DataFrame) -> pl.DataFrame:
    """The waits of `waits`, by the day on which they began: each turn waits until the next message of either."""
    rows = with_days(messages)
    after = pl.col("sent_at").shift(-1) - pl.col("sent_at")
    ends = (pl.col("author") != pl.col("author").shift(-1)) | (after > SESSION_GAP)
    stood = (SHORT_S + (after.dt.total_microseconds() / 1e6).clip(upper_bound=LONG_S)).log()
    return (
        rows.select("day", ends=ends, wait=stood)
        .filter("ends")
        .group_by("day")
        .agg(pl.col("wait").mean(), n_turns=pl.len())
    )


def _weight(count: npt.NDArray[np.uint32]) -> Floats:
    weight: Floats = count / (1 + ALIKE * count.astype(np.float64))
    return weight


def _lost_days(n_messages: npt.NDArray[np.uint32]) -> Bools:
    """Days inside a silence of a week or more, where such silences are not common."""
    lost = np.zeros(len(n_messages), dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], n_messages == 0, [False])).astype(np.int8)))
    begins, ends = edges[::2], edges[1::2]
    long = ends - begins >= LONG_SILENCE_DAYS
    begins, ends = begins[long], ends[long]
    near = np.searchsorted(begins, begins + SEASON_DAYS // 2, "right") - np.searchsorted(
        begins, begins - SEASON_DAYS // 2
    )
    for begin, end in zip(begins[near < COMMON_SILENCES], ends[near < COMMON_SILENCES], strict=True):
        lost[begin:end] = True
    return lost


def _weekday_course(contact: Floats, weight: Floats, weekday: npt.NDArray[np.int8]) -> Floats:
    """How far each weekday usually lies above or below the days around it."""
    rest = np.nan_to_num(contact - slow_course(contact[:, None], weight[:, None])[:, 0])
    total = np.bincount(weekday, weight * rest, minlength=8)
    known = np.bincount(weekday, weight, minlength=8)
    course: Floats = np.divide(total, known, out=np.zeros(8), where=known > 0)[weekday]
    return course

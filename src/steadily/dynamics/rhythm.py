"""
Rhythm: at which hours of the week the two of you write.

**Source.** Descriptive. **Formula.** Messages by weekday and hour of the local clock; the finding is the three-hour stretch of
the day that holds most of them, its share with an interval from drawing whole weeks. **Limits.** Times are those of the conversation's
zone; for someone who travels they are off. Writing at an hour says nothing of how the hour felt.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from steadily.conversation import spoken
from steadily.dynamics.days import with_days
from steadily.dynamics.finding import Finding, spread_rows, too_little
from steadily.dynamics.uncertainty import Floats, bootstrap_weeks

STRETCH_H = 3


def rhythm(messages: pl.DataFrame) -> pl.DataFrame:
    """
    Messages by weekday and hour.

    Args:
        messages: Reads `conversation_id`, `local_time`, `author`, `kind`.

    Returns:
        One row per conversation, `weekday` (1 Monday … 7 Sunday) and `hour` (0 … 23) that occurs: `n_messages`.
    """
    return (
        spoken(messages)
        .group_by(
            "conversation_id",
            weekday=pl.col("local_time").dt.weekday(),
            hour=pl.col("local_time").dt.hour(),
        )
        .agg(n_messages=pl.len())
        .sort("conversation_id", "weekday", "hour")
    )


def find_rhythm(messages: pl.DataFrame) -> list[Finding]:
    """
    The three hours of the day with most messages.

    Args:
        messages: One conversation.

    Returns:
        `rhythm.peak`: share of all messages in those hours; facts `hour` (its first hour) and `weekday` (the fullest).
    """
    rows = with_days(messages).with_columns(hour=pl.col("local_time").dt.hour())
    by_hour = np.bincount(rows["hour"], minlength=24)
    circle = np.concatenate((by_hour, by_hour[: STRETCH_H - 1]))
    start = int(np.convolve(circle, np.ones(STRETCH_H, int), "valid").argmax())
    inside = pl.col("hour").is_in([(start + offset) % 24 for offset in range(STRETCH_H)])
    weeks = rows.group_by("week", maintain_order=True).agg(inside.sum().alias("k"), pl.len().alias("n"))
    interval = bootstrap_weeks(_share, weeks.select("k", "n").to_numpy())
    if interval is None:
        return [too_little("rhythm.peak", rows.height, "share")]
    weekday = rows.group_by(pl.col("local_time").dt.weekday()).len().sort("len", descending=True).row(0)[0]
    share = int(weeks["k"].sum()) / int(weeks["n"].sum())
    facts = {"hour": start, "weekday": int(weekday)}
    return [
        Finding("rhythm.peak", share, interval, rows.height, "share", spread_rows(rows.filter(inside)["row"]), facts)
    ]


def _share(sums: Floats) -> Floats:
    shares: Floats = sums[:, 0] / sums[:, 1]
    return shares

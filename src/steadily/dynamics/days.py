"""The calendar of a conversation: days, weeks, and where a day begins."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from steadily.conversation import spoken

DAY_BEGINS = timedelta(hours=4)
"""A day begins at four in the morning: the tail of a late evening belongs to the evening."""


def with_days(messages: pl.DataFrame) -> pl.DataFrame:
    """
    The spoken rows with the day and the week they belong to.

    Args:
        messages: Reads `local_time`, `author`, `kind`.

    Returns:
        The spoken rows with `day` (a date; days begin at four in the morning) and `week` (the date of its Monday).
    """
    day = (pl.col("local_time") - DAY_BEGINS).dt.date()
    return spoken(messages).with_columns(day=day, week=day.dt.truncate("1w"))


def daily_counts(messages: pl.DataFrame) -> pl.DataFrame:
    """
    Messages per day, silent days included.

    Args:
        messages: Reads `conversation_id`, `local_time`, `author`, `kind`.

    Returns:
        One row per conversation and day from its first to its last: `conversation_id`, `day`, `n_messages`, `n_me`.
    """
    counted = (
        with_days(messages)
        .group_by("conversation_id", "day")
        .agg(n_messages=pl.len(), n_me=(pl.col("author") == "me").sum())
    )
    span = counted.group_by("conversation_id").agg(day=pl.date_ranges(pl.col("day").min(), pl.col("day").max()).first())
    return (
        span.explode("day")
        .join(counted, on=["conversation_id", "day"], how="left")
        .with_columns(pl.col("n_messages", "n_me").fill_null(0).cast(pl.UInt32))
        .sort("conversation_id", "day")
    )

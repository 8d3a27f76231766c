"""
Openings: who writes first on a day, and who breaks a silence.

**Source.** Initiation is a usual measure of message studies; we know of no study that ties it to how two people fare, so
none is claimed. **Formula.** The author of the first message of each day (days begin at four in the morning); the author of the
first message after more than `SILENCE` without any. Shares with Wilson intervals. **Limits.** Shifts, time zones and
living together decide much of it; a person who opens by phone or in the kitchen is not seen.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from steadily.conversation import spoken
from steadily.dynamics.days import with_days
from steadily.dynamics.finding import Finding, spread_rows, too_little
from steadily.dynamics.uncertainty import wilson

SILENCE = timedelta(hours=24)
MIN_DAYS = 14
MIN_SILENCES = 5


def day_openings(messages: pl.DataFrame) -> pl.DataFrame:
    """
    The first message of each day.

    Args:
        messages: Reads `conversation_id`, `row`, `local_time`, `author`, `kind`.

    Returns:
        One row per conversation and day with a message: `conversation_id`, `day`, `author`, `row`.
    """
    return (
        with_days(messages)
        .group_by("conversation_id", "day", maintain_order=True)
        .agg(pl.col("author").first(), pl.col("row").first())
    )


def reopenings(messages: pl.DataFrame, *, silence: timedelta = SILENCE) -> pl.DataFrame:
    """
    The first message after each silence.

    Args:
        messages: Reads `conversation_id`, `row`, `sent_at`, `author`, `kind`.
        silence: How long nobody wrote, at least.

    Returns:
        One row per silence: `conversation_id`, `author` (who wrote again), `row`, `silence_s`, `previous_author`.
    """
    pause = pl.col("sent_at").diff().over("conversation_id")
    return (
        spoken(messages)
        .with_columns(
            silence_s=pause.dt.total_seconds().cast(pl.Float64),
            previous_author=pl.col("author").shift().over("conversation_id"),
        )
        .filter(pl.col("silence_s") > silence.total_seconds())
        .select("conversation_id", "author", "row", "silence_s", "previous_author")
    )


def find_openings(messages: pl.DataFrame) -> list[Finding]:
    """
    My share of the days I opened, and of the silences I ended.

    Args:
        messages: One conversation.

    Returns:
        `openings.day` and `openings.silence`.
    """
    return [
        _mine("openings.day", day_openings(messages), MIN_DAYS),
        _mine("openings.silence", reopenings(messages), MIN_SILENCES),
    ]


def _mine(measure: str, openings: pl.DataFrame, least: int) -> Finding:
    n = openings.height
    if n < least:
        return too_little(measure, n, "share")
    mine = openings.filter(pl.col("author") == "me")
    facts = {"n_me": mine.height, "n_partner": n - mine.height}
    return Finding(measure, mine.height / n, wilson(mine.height, n), n, "share", spread_rows(openings["row"]), facts)

"""
Silences: the longest stretches in which neither wrote, and how usual such stretches are.

**Source.** Descriptive. **Formula.** A silence is more than a day without a message from either. How often: silences per 30 days
with an exact Poisson interval; the longest with its dates. **Limits.** Two people who are together need no messages: a silence on
the chat may be a good holiday. The export cannot tell.
"""

from __future__ import annotations

import polars as pl

from steadily.conversation import spoken
from steadily.dynamics.finding import Finding, spread_rows, too_little
from steadily.dynamics.openings import SILENCE, reopenings
from steadily.dynamics.uncertainty import poisson_rate

MONTH_DAYS = 30
MIN_DAYS = 28
DAY_S = 86400


def longest_silences(messages: pl.DataFrame, *, most: int = 5) -> pl.DataFrame:
    """
    The longest silences.

    Args:
        messages: Reads `conversation_id`, `row`, `sent_at`, `local_time`, `author`, `kind`.
        most: How many per conversation.

    Returns:
        One row per silence, longest first: `conversation_id`, `silence_s`, `row` (the message that ended it),
        `previous_row`, `from_time`, `to_time` (local clock).
    """
    rows = spoken(messages).with_columns(
        silence_s=pl.col("sent_at").diff().over("conversation_id").dt.total_seconds().cast(pl.Float64),
        previous_row=pl.col("row").shift().over("conversation_id"),
        from_time=pl.col("local_time").shift().over("conversation_id"),
    )
    return (
        rows.filter(pl.col("silence_s") > SILENCE.total_seconds())
        .sort("silence_s", descending=True, maintain_order=True)
        .group_by("conversation_id", maintain_order=True)
        .head(most)
        .select("conversation_id", "silence_s", "row", "previous_row", "from_time", to_time="local_time")
    )


def find_silences(messages: pl.DataFrame) -> list[Finding]:
    """
    The longest silence, and how often there is one.

    Args:
        messages: One conversation.

    Returns:
        `silences.longest` (days) and `silences.rate` (per 30 days).
    """
    found = reopenings(messages)
    times = spoken(messages)["sent_at"]
    n_days = (times[-1] - times[0]).total_seconds() / DAY_S
    if n_days < MIN_DAYS:
        return [too_little("silences.rate", found.height, "per 30 days")]
    months = n_days / MONTH_DAYS
    rows = spread_rows(found["row"])
    rate = Finding(
        "silences.rate", found.height / months, poisson_rate(found.height, months), found.height, "per 30 days", rows
    )
    longest = [_longest(row) for row in longest_silences(messages, most=1).iter_rows(named=True)]
    return [*longest, rate]


def _longest(row: dict[str, object]) -> Finding:
    days = float(str(row["silence_s"])) / DAY_S
    evidence = (int(str(row["previous_row"])), int(str(row["row"])))
    facts = {"from": str(row["from_time"])[:10], "to": str(row["to_time"])[:10]}
    return Finding("silences.longest", days, (days, days), 1, "days", evidence, facts)

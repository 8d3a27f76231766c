"""
Coverage: what stretch of time the export shows, and where it shows nothing.

**Source.** Bookkeeping; no claim from research. **Formula.** A day counts when either of the two wrote, called or sent something.
A gap is a run of days without anything, at least `GAP_DAYS` long. **Limits.** A gap can be silence, time spent together,
another app, a lost phone or a cut export; the file cannot tell which.
"""

from __future__ import annotations

import polars as pl

from steadily.dynamics.days import daily_counts, with_days
from steadily.dynamics.finding import Finding

GAP_DAYS = 7


def gaps(messages: pl.DataFrame, *, gap_days: int = GAP_DAYS) -> pl.DataFrame:
    """
    Runs of days on which nothing was written.

    Args:
        messages: Reads `conversation_id`, `row`, `local_time`, `author`, `kind`.
        gap_days: The shortest run that counts, in days.

    Returns:
        One row per gap, longest first: `conversation_id`, `last_day` before it, `next_day` after it, `n_days` silent
        days, `last_row`, `next_row`.
    """
    per_day = (
        with_days(messages)
        .group_by("conversation_id", "day", maintain_order=True)
        .agg(first_row=pl.col("row").first(), last_row=pl.col("row").last())
    )
    before = per_day.with_columns(
        next_day=pl.col("day").shift(-1).over("conversation_id"),
        next_row=pl.col("first_row").shift(-1).over("conversation_id"),
    )
    return (
        before.with_columns(n_days=(pl.col("next_day") - pl.col("day")).dt.total_days() - 1)
        .filter(pl.col("n_days") >= gap_days)
        .select("conversation_id", "next_day", "n_days", "last_row", "next_row", last_day="day")
        .sort("n_days", descending=True, maintain_order=True)
    )


def find_coverage(messages: pl.DataFrame) -> list[Finding]:
    """
    Days with contact, and the longest gap.

    Args:
        messages: One conversation.

    Returns:
        `coverage.days`, and `coverage.gap` for each of at most three gaps.
    """
    days = daily_counts(messages)
    n_days, n_written = days.height, int((days["n_messages"] > 0).sum())
    findings = [
        Finding(
            "coverage.days",
            float(n_written),
            (float(n_written), float(n_written)),
            n_days,
            "days",
            facts={
                "first": str(days["day"][0]),
                "last": str(days["day"][-1]),
                "n_messages": int(days["n_messages"].sum()),
            },
        )
    ]
    for gap in gaps(messages).head(3).iter_rows(named=True):
        length = float(gap["n_days"])
        facts = {"last_day": str(gap["last_day"]), "next_day": str(gap["next_day"])}
        rows = (gap["last_row"], gap["next_row"])
        findings.append(Finding("coverage.gap", length, (length, length), 1, "days", rows, facts))
    return findings

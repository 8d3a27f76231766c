"""
Balance: how the writing is shared between the two.

**Source.** Descriptive; partners' own sense of give and take matters more than counts. **Formula.** My share of all messages,
and of all characters written; intervals from drawing whole weeks. **Limits.** Some people write in many short lines,
some in one long one: read both shares together. Voice messages and calls count as messages, not as words.
"""

from __future__ import annotations

import polars as pl

from steadily.dynamics.days import with_days
from steadily.dynamics.finding import Finding, spread_rows, too_little
from steadily.dynamics.uncertainty import Floats, bootstrap_weeks


def weekly_balance(messages: pl.DataFrame) -> pl.DataFrame:
    """
    Who wrote how much, week by week.

    Args:
        messages: Reads `conversation_id`, `local_time`, `author`, `kind`, `text`.

    Returns:
        One row per conversation and week with a message: `conversation_id`, `week`, `n_me`, `n_messages`,
        `characters_me`, `characters`.
    """
    mine = pl.col("author") == "me"
    size = pl.col("text").str.len_chars().fill_null(0).cast(pl.UInt64)
    return (
        with_days(messages)
        .with_columns(size=size)
        .group_by("conversation_id", "week", maintain_order=True)
        .agg(
            n_me=mine.sum(),
            n_messages=pl.len(),
            characters_me=pl.col("size").filter(mine).sum(),
            characters=pl.col("size").sum(),
        )
    )


def find_balance(messages: pl.DataFrame) -> list[Finding]:
    """
    My share of messages and of what was written.

    Args:
        messages: One conversation.

    Returns:
        `balance.messages` and `balance.words`.
    """
    weeks = weekly_balance(messages)
    rows = spread_rows(with_days(messages)["row"])
    n = int(weeks["n_messages"].sum())
    findings = []
    for measure, part, whole in (("messages", "n_me", "n_messages"), ("words", "characters_me", "characters")):
        total = int(weeks[whole].sum())
        interval = bootstrap_weeks(_share, weeks.select(part, whole).cast(pl.Float64).to_numpy())
        if interval is None or not total:
            findings.append(too_little(f"balance.{measure}", n, "share"))
            continue
        share = int(weeks[part].sum()) / total
        facts = {"n_me": int(weeks["n_me"].sum()), "n_partner": n - int(weeks["n_me"].sum())}
        findings.append(Finding(f"balance.{measure}", share, interval, n, "share", rows, facts))
    return findings


def _share(sums: Floats) -> Floats:
    shares: Floats = sums[:, 0] / sums[:, 1]
    return shares

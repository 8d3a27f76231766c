"""What an export keeps of a chat: apps round times and leave things out, and phones get lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from steadily.synthetic.plan import App


def as_exported(messages: pl.DataFrame, app: App, missing: Sequence[tuple[date, date]]) -> pl.DataFrame:
    """
    The rows that an export would hold, numbered anew.

    Args:
        messages: The whole chat.
        app: Which app it is from.
        missing: Stretches of local days that are lost: first day, and first day after.
    """
    if app != "signal":
        messages = messages.filter(pl.col("kind") != "reaction")
    if app == "sms":
        messages = messages.filter(pl.col("kind") != "call")
    if app == "whatsapp":
        messages = messages.with_columns(pl.col("sent_at", "local_time").dt.truncate("1m"))
    day = pl.col("local_time").dt.date()
    for first, after in missing:
        messages = messages.filter((day < first) | (day >= after))
    rows = messages.select(old="row", new=pl.int_range(pl.len(), dtype=pl.UInt32))
    return (
        messages.join(rows, left_on="reply_to", right_on="old", how="left", maintain_order="left")
        .with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32), reply_to=pl.col("new"))
        .drop("new")
    )

"""Sessions and turns: how a run of messages is cut."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

SESSION_GAP = timedelta(hours=6)
"""A pause longer than this ends a session. A convention, not a measured threshold: shorter than a night's sleep."""

SPOKEN = ("text", "media", "call", "deleted")
"""Kinds by which a person takes a turn. System rows and reactions take none."""


def spoken(messages: pl.DataFrame) -> pl.DataFrame:
    """
    Only the rows by which one of the two took a turn, in order.

    Args:
        messages: Reads `author`, `kind`.

    Returns:
        The same columns, fewer rows.
    """
    return messages.filter(pl.col("author").is_not_null() & pl.col("kind").is_in(SPOKEN))


def split_sessions(messages: pl.DataFrame, *, session_gap: timedelta = SESSION_GAP) -> pl.DataFrame:
    """
    Number the sessions: stretches without a pause longer than *session_gap*.

    Args:
        messages: One row per message, sorted. Reads `conversation_id`, `sent_at`, `author`, `kind`.
        session_gap: The longest pause inside a session.

    Returns:
        The spoken rows with `session` (0, 1, 2 … within each conversation) added.
    """
    pause = pl.col("sent_at").diff().over("conversation_id")
    opens = (pause > session_gap).fill_null(value=False)
    return spoken(messages).with_columns(session=opens.cum_sum().over("conversation_id").cast(pl.UInt32))


def split_turns(messages: pl.DataFrame, *, session_gap: timedelta = SESSION_GAP) -> pl.DataFrame:
    """
    Gather messages into turns: one partner's messages in a row, within one session.

    Args:
        messages: One row per message, sorted. Reads `conversation_id`, `row`, `sent_at`, `author`, `kind`, `text`.
        session_gap: The longest pause inside a session.

    Returns:
        One row per turn, in order: `conversation_id`, `session`, `turn`, `author`, `started_at`, `ended_at` (UTC),
        `first_row`, `last_row`, `n_messages`, `n_characters`.
    """
    rows = split_sessions(messages, session_gap=session_gap)
    changed = (pl.col("author") != pl.col("author").shift()) | (pl.col("session") != pl.col("session").shift())
    turn = changed.fill_null(value=True).cum_sum().over("conversation_id").cast(pl.UInt32) - 1
    return (
        rows.with_columns(turn=turn)
        .group_by("conversation_id", "turn", maintain_order=True)
        .agg(
            pl.col("session").first(),
            pl.col("author").first(),
            started_at=pl.col("sent_at").first(),
            ended_at=pl.col("sent_at").last(),
            first_row=pl.col("row").first(),
            last_row=pl.col("row").last(),
            n_messages=pl.len().cast(pl.UInt32),
            n_characters=pl.col("text").str.len_chars().sum(),
        )
    )

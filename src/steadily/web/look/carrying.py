"""What a person said of single messages, taken along when a newer export takes the place of the one before."""

from __future__ import annotations

import polars as pl

from steadily.conversation import Conversation
from steadily.vault import Vault
from steadily.web.look.chats import corrections, the_chat

SAME = ("minute", "author", "text", "place")
"""By these a message is known again: apps keep minutes or seconds, and rows move when older messages are added."""


def carried(vault: Vault, conversation: Conversation) -> dict[int, frozenset[str]]:
    """
    Corrections of the chat in the vault, by row of a newer one.

    Args:
        vault: What has been kept until now.
        conversation: What takes its place.

    Returns:
        Those whose message is there again; of a chat between other people there are none.
    """
    said, before = corrections(vault), the_chat(vault)
    if not said or before is None:
        return {}
    old = _known(before.conversation.messages).filter(pl.col("row").is_in(list(said)))
    found = old.join(_known(conversation.messages), on=SAME, how="inner", nulls_equal=True)
    return {new: said[row] for row, new in found.select("row", "row_right").iter_rows()}


def _known(messages: pl.DataFrame) -> pl.DataFrame:
    minute = pl.col("sent_at").dt.truncate("1m").alias("minute")
    known = messages.select("row", "author", "text", minute)
    return known.with_columns(place=pl.int_range(pl.len()).over("minute", "author", "text"))

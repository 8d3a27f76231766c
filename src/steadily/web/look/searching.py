"""The conversation by words, dates and behavior."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.codebook import LABELS
from steadily.web.look.chats import Chat

MOST_SHOWN = 100


def search(
    chat: Chat,
    there: npt.NDArray[np.bool_],
    *,
    words: str = "",
    behavior: str = "",
    who: str = "",
    first: date | None = None,
    last: date | None = None,
) -> tuple[list[int], int]:
    """
    Messages that fit everything asked for, the latest first to be kept where there are many.

    Returns:
        At most `MOST_SHOWN` rows in order, and how many fit.
    """
    table = chat.conversation.messages
    fits = pl.lit(value=True)
    for word in words.lower().split():
        fits &= pl.col("text").str.to_lowercase().str.contains(word, literal=True).fill_null(value=False)
    if behavior:
        fits &= pl.Series(there[:, LABELS.index(behavior)])
    if who:
        fits &= (pl.col("author") == who).fill_null(value=False)
    if first:
        fits &= pl.col("local_time").dt.date() >= first
    if last:
        fits &= pl.col("local_time").dt.date() <= last
    rows = table.filter(fits)["row"]
    return rows.tail(MOST_SHOWN).to_list(), len(rows)

"""Messages as they are shown: who, when, the words, and what they were read as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.codebook import BEHAVIORS, Behavior
from steadily.web.look.chats import Chat

NO_WORDS = {"media": "attachment", "call": "a call", "deleted": "deleted"}


@dataclass(frozen=True)
class Shown:
    """
    One message.

    Attributes:
        row: Its row in the conversation.
        at: When, on the conversation's clock.
        sent_at: When, as an instant.
        who: You, or the partner's name.
        mine: Whether I wrote it.
        by_app: Whether the app wrote it.
        text: The words, or what was sent instead.
        marks: What it was read as.
    """

    row: int
    at: datetime
    sent_at: datetime
    who: str
    mine: bool
    by_app: bool
    text: str
    marks: tuple[Behavior, ...]


def shown(chat: Chat, rows: Sequence[int], there: npt.NDArray[np.bool_]) -> list[Shown]:
    """Messages of a chat by row, in order."""
    found = chat.conversation.messages.filter(pl.col("row").is_in(list(rows))).select(
        "row", "local_time", "sent_at", "author", "kind", "text", "media"
    )
    partner = chat.conversation.partners.partner
    return [
        Shown(
            row,
            at,
            sent_at,
            {"me": "You", "partner": partner}.get(author, ""),
            author == "me",
            author is None,
            text or f"({media or NO_WORDS.get(kind, 'no words')})",
            tuple(one for one, is_there in zip(BEHAVIORS, there[row], strict=True) if is_there),
        )
        for row, at, sent_at, author, kind, text, media in found.iter_rows()
    ]

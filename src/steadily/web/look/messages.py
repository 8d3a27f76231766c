"""Messages as they are shown: who, when, the words, and what they were read as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.behaviors.weights import manifest
from steadily.codebook import BEHAVIORS, Behavior
from steadily.web.look.chats import Chat

SURE_ENOUGH = 0.9
"""From which probability on a message is marked as dangerous: a grave word in the margin of a harmless line hurts."""
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
    partner, thresholds = chat.conversation.partners.partner, manifest()["fast"]["thresholds"]
    return [
        Shown(
            row,
            at,
            sent_at,
            {"me": "You", "partner": partner}.get(author, ""),
            author == "me",
            author is None,
            text or f"({media or NO_WORDS.get(kind, 'no words')})",
            tuple(
                one
                for place, one in enumerate(BEHAVIORS)
                if there[row, place] and not _is_doubtful(one, float(chat.p[row, place]), thresholds[place])
            ),
        )
        for row, at, sent_at, author, kind, text, media in found.iter_rows()
    ]


def _is_doubtful(behavior: Behavior, p: float, threshold: float) -> bool:
    """Whether the model alone says that a message is dangerous, and not surely; a person's own word is below its threshold."""
    return behavior.group == "danger" and threshold <= p < SURE_ENOUGH

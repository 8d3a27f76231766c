"""Conversations built from plain tuples, for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import polars as pl

from steadily.conversation import SCHEMA, Conversation, Partners

MakeConversation = Callable[..., Conversation]


def conversation_of(
    rows: Sequence[tuple[datetime, str, str]], *, kinds: Sequence[str] | None = None, zone: str = "UTC"
) -> Conversation:
    """A conversation from (time in UTC, author, text); zone UTC unless said otherwise."""
    height = len(rows)
    messages = pl.DataFrame(
        {
            "conversation_id": ["0123456789ab"] * height,
            "row": range(height),
            "sent_at": [at.replace(tzinfo=UTC) for at, _, _ in rows],
            "local_time": [at for at, _, _ in rows],
            "author": [author for _, author, _ in rows],
            "kind": kinds or ["text"] * height,
            "text": [text for _, _, text in rows],
            "media": [None] * height,
            "call_s": [None] * height,
            "edited": [False] * height,
            "reply_to": [None] * height,
            "source": [0] * height,
            "line": range(1, height + 1),
        },
        schema=SCHEMA,
    )
    return Conversation(messages, Partners("Alice", "Bob"), zone)

"""Fixtures that many tests share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from steadily.conversation import SCHEMA, Conversation, Partners

sys.path.insert(0, str(Path(__file__).parent))

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


@pytest.fixture
def make() -> MakeConversation:
    """The function that builds a conversation from plain tuples."""
    return conversation_of


@pytest.fixture
def chat(request: pytest.FixtureRequest) -> Conversation:
    """The test's own docstring, from its second paragraph on, as `day HH:MM author: text` (Alice is me, day counts from 1)."""
    lines = [line.strip() for line in str(request.function.__doc__).split("\n\n", 1)[1].splitlines() if line.strip()]
    rows = []
    for line in lines:
        day, clock, author, text = line.split(" ", 3)
        hour, minute = map(int, clock.split(":"))
        at = datetime(2026, 3, 1) + timedelta(days=int(day) - 1, hours=hour, minutes=minute)
        rows.append((at, "me" if author == "Alice:" else "partner", text))
    return conversation_of(rows)

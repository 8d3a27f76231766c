"""Fixtures that many tests share."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from conversations import MakeConversation, conversation_of
from steadily.conversation import Conversation


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

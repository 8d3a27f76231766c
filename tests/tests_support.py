"""Small conversations for tests that need just any."""

from __future__ import annotations

from datetime import datetime, timedelta

from conftest import conversation_of
from steadily.conversation import Conversation


def small_conversation(n: int = 400, days: int = 100) -> Conversation:
    """So many messages over so many days, authors in turn."""
    start = datetime(2025, 1, 6, 9)
    step = timedelta(days=days) / n
    return conversation_of(
        [(start + step * place, "me" if place % 2 else "partner", f"message {place}") for place in range(n)]
    )

"""Turns and sessions, and what a conversation insists on."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from conversations import MakeConversation
from steadily.conversation import Conversation, Partners, empty_messages, split_sessions, split_turns
from steadily.errors import SteadilyError


def test_messages_in_a_row_are_one_turn(chat: Conversation) -> None:
    """A burst by one person is one turn; the other's answer the next.

    1 09:00 Alice: hey
    1 09:01 Alice: you there
    1 09:05 Bob: yes
    1 09:06 Alice: good
    """
    turns = split_turns(chat.messages)

    assert turns.select("author", "n_messages", "first_row", "last_row").rows() == [
        ("me", 2, 0, 1),
        ("partner", 1, 2, 2),
        ("me", 1, 3, 3),
    ]


def test_a_long_pause_opens_a_session_and_a_turn(chat: Conversation) -> None:
    """The same person after more than six hours begins a new turn in a new session.

    1 09:00 Alice: hey
    1 15:00 Alice: still here
    1 21:01 Alice: and now
    """
    assert split_sessions(chat.messages)["session"].to_list() == [0, 0, 1]
    assert split_turns(chat.messages)["n_messages"].to_list() == [2, 1]


def test_system_rows_and_reactions_take_no_turn(make: MakeConversation) -> None:
    """Only what a person said or sent counts, and a pause is measured between those."""
    from datetime import datetime

    start = datetime(2026, 3, 1, 9)
    rows = [(start + timedelta(hours=h), who, "x") for h, who in ((0, "me"), (4, "partner"), (7, "me"))]
    conversation = make(rows, kinds=["text", "reaction", "text"])

    assert split_sessions(conversation.messages)["session"].to_list() == [0, 1]


def test_a_conversation_checks_its_table_once(make: MakeConversation) -> None:
    """Other columns, or rows out of order, are refused with what to do."""
    from datetime import datetime

    good = make([(datetime(2026, 3, 1, 9), "me", "a"), (datetime(2026, 3, 1, 10), "partner", "b")])
    partners = Partners("A", "B")

    with pytest.raises(SteadilyError, match="columns"):
        Conversation(good.messages.drop("line"), partners, "UTC")
    with pytest.raises(SteadilyError, match="sorted"):
        Conversation(good.messages.reverse(), partners, "UTC")
    assert Conversation(empty_messages(), partners, "UTC").span is None


def test_names_live_in_one_place(make: MakeConversation) -> None:
    """Neither the table nor the printed form of a conversation holds a name or a word."""
    from datetime import datetime

    conversation = make([(datetime(2026, 3, 1, 9), "me", "secret"), (datetime(2026, 3, 1, 10), "partner", "b")])

    assert "Alice" not in repr(conversation)
    assert "secret" not in repr(conversation)
    assert not any("Alice" in str(row) for row in conversation.messages.iter_rows())


def test_swapping_twice_is_nothing(make: MakeConversation) -> None:
    """Seen from the other side and back again."""
    from datetime import datetime

    conversation = make([(datetime(2026, 3, 1, 9), "me", "a"), (datetime(2026, 3, 1, 10), "partner", "b")])

    assert conversation.swapped().messages["author"].to_list() == ["partner", "me"]
    assert conversation.swapped().swapped().messages.equals(conversation.messages)
    assert conversation.swapped().partners.me == "Bob"


def test_two_conversations_in_one_frame_stay_apart(make: MakeConversation) -> None:
    """Sessions and turns never reach across `conversation_id`."""
    from datetime import datetime

    one = make([(datetime(2026, 3, 1, 9), "me", "a"), (datetime(2026, 3, 1, 9, 5), "partner", "b")]).messages
    other = one.with_columns(conversation_id=pl.lit("ba9876543210"))
    both = split_turns(pl.concat([one, other]))

    assert both.group_by("conversation_id").len()["len"].to_list() == [2, 2]
    assert both["turn"].to_list() == [0, 1, 0, 1]

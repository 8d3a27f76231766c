"""Telegram's JSON, beyond what golden files show."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.readers import telegram_json
from steadily.readers.reader import ReadOptions
from steadily.readers.source import HEAD_BYTES, from_bytes
from steadily.readers.transcript import Transcript

NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
"""Those that the stream parser takes: a number beyond 64 bits ends the reading there, as a break does."""
ODD = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text() | st.sampled_from(["9" * 5000, "0000-00-00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def message(number: int, who: str = "Nadia", **fields: Any) -> dict[str, Any]:
    """A message, a minute after the one before it."""
    unix = str(1714550400 + 60 * number)
    said = {"id": number, "type": "message", "date_unixtime": unix, "from": who, "from_id": f"user{who}", "text": "hm"}
    return said | fields


def chat(*messages: object, **fields: Any) -> dict[str, Any]:
    """A chat of two."""
    return {"name": "Nadia", "type": "personal_chat", "id": 9, "messages": list(messages)} | fields


def read(data: object) -> list[Transcript]:
    """What becomes of a file that holds *data*."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    source = from_bytes(raw, "result.json")
    assert telegram_json.sniff(source)
    return list(telegram_json.read([source], ReadOptions()))


@given(name=st.sampled_from(["id", "type", "date_unixtime", "from_id", "from", "text", "reactions", "edited"]), odd=ODD)
def test_it_survives_any_value_in_any_field(name: str, odd: object) -> None:
    """A field of another type costs at most its own message."""
    (found,) = read(chat(message(1), message(2, "Jonas") | {name: odd}, message(3)))

    assert found.tally.balanced
    assert found.rows["line"].to_list().count(3) == 1


@given(cut=st.integers(0, 900))
def test_it_reads_all_that_stands_before_the_break(cut: int) -> None:
    """A file cut anywhere behind its first message keeps every whole message, and says that it breaks off."""
    whole = json.dumps(chat(*(message(number) for number in range(1, 9)))).encode()
    start = whole.index(b"}") + 1
    part = whole[: min(start + cut, len(whole) - 1)]

    (found,) = read(part)

    assert found.rows.height == part.count(b'"text": "hm"}')
    assert any("breaks off" in issue.problem for issue in found.issues)


def test_it_reads_the_left_chats_of_an_archive_that_breaks_off_in_them() -> None:
    """A break in the second list takes nothing from the first, and of the chat it is in only what comes after."""
    archive = {"chats": {"list": [chat(message(1))]}, "left_chats": {"list": [chat(message(1), message(2), id=10)]}}

    found = read(json.dumps(archive).encode()[:-60])

    assert [(one.chat, one.rows.height, len(one.issues)) for one in found] == [("9", 1, 0), ("10", 1, 1)]


def test_it_tells_of_an_archive_that_breaks_off_between_two_chats() -> None:
    """Where no chat is cut, the last whole one carries the word that there may have been more."""
    archive = {"chats": {"about": "", "list": [chat(message(1)), chat(message(1), id=10)]}}

    found = read(json.dumps(archive).encode()[:-3])

    assert [(one.chat, one.rows.height, len(one.issues)) for one in found] == [("9", 1, 0), ("10", 1, 1)]


def test_it_knows_an_archive_whose_chats_stand_behind_many_contacts() -> None:
    """The first 64 KiB may hold nothing but the account and its contacts."""
    contacts = [{"first_name": "Somebody", "phone_number": "+1 555 0199"}] * (HEAD_BYTES // 40)
    account = {"about": "x", "personal_information": {"user_id": 77}, "contacts": {"list": contacts}}

    (found,) = read(account | {"chats": {"about": "", "list": [chat(message(1))]}})

    assert (found.me, found.rows.height) == ("user77", 1)


def test_it_puts_reactions_where_their_own_time_is() -> None:
    """The local time of a reaction is moved as its message's local time is, and rows stay in order."""
    recent = [{"from": "Jonas", "from_id": "userJonas", "date": "2024-05-01T10:02:30"}]
    liked = message(1, date="2024-05-01T10:01:00", reactions=[{"type": "emoji", "emoji": "👍", "recent": recent}])

    (found,) = read(chat(liked, message(2), message(3)))

    assert found.rows["kind"].to_list() == ["text", "text", "reaction", "text"]
    assert str(found.rows["at"][2]) == "2024-05-01 08:02:30"


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"[]",
        b'{"guild": {"id": "0"}, "channel": {"id": "1", "type": "DirectTextChat"}, "messages": []}',
        b'{"participants": [], "messages": [{"sender_name": "A", "timestamp_ms": 1, "content": "hi", "type": "Generic"}]}',
        b'{"name": "x", "type": "dm", "id": 1, "messages": []}',
        b'{"messages": [{"text": "\\"type\\": \\"personal_chat\\""}]}',
        b"\xff\xfe{\x00",
    ],
)
def test_it_leaves_other_files_alone(head: bytes) -> None:
    """Other apps' JSON, and words that look like this format's."""
    assert not telegram_json.sniff(from_bytes(head, "result.json"))

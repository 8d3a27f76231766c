"""DiscordChatExporter's JSON, beyond what golden files show."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.errors import InputError
from steadily.readers import discord
from steadily.readers.assembly import read_export
from steadily.readers.reader import ReadOptions
from steadily.readers.source import Source, from_bytes
from steadily.readers.transcript import Transcript

PACKAGES = [
    b'[{"ID": 1100000000000000000, "Timestamp": "2024-05-01 10:00:00", "Contents": "hi", "Attachments": ""}]',
    b"\xef\xbb\xbfID,Timestamp,Contents,Attachments\n1100000000000000000,2020-05-01 10:00:00.000000+00:00,hi,\n",
]
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
"""Those that the stream parser takes: a number beyond 64 bits ends the reading there, as a break does."""
ODD = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text() | st.sampled_from(["9" * 5000, "0000-00-00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def message(number: int, **fields: Any) -> dict[str, Any]:
    """A message, a minute after the one before it."""
    at = f"2024-05-01T10:{number:02d}:00+02:00"
    who = {"id": str(number % 2), "name": f"p{number % 2}", "nickname": f"P{number % 2}"}
    return {"id": str(number), "type": "Default", "timestamp": at, "content": "hm", "author": who} | fields


def export(*messages: object, name: str = "kit [9].json", channel: str = "9") -> Source:
    """A file of one channel."""
    about = {"id": channel, "type": "DirectTextChat", "name": "kit"}
    whole = {"guild": {"id": "0"}, "channel": about, "messages": list(messages)}
    return from_bytes(json.dumps(whole).encode(), name)


def read(*sources: Source) -> list[Transcript]:
    """What becomes of files."""
    assert all(map(discord.sniff, sources))
    return list(discord.read(sources, ReadOptions()))


@pytest.mark.parametrize("package", PACKAGES)
def test_it_refuses_discords_own_package_and_says_why(package: bytes, tmp_path: Path) -> None:
    """One's own messages alone say nothing about two people; what to do instead is said."""
    path = tmp_path / "messages.csv"
    path.write_bytes(package)

    with pytest.raises(InputError, match=r"only the messages that you sent.*DiscordChatExporter"):
        read_export([path])


@pytest.mark.parametrize("package", PACKAGES)
def test_it_reads_an_export_that_lies_beside_the_package(package: bytes) -> None:
    """The package is refused only where nothing else is there."""
    (found,) = read(from_bytes(package), export(message(1)))

    assert found.rows.height == 1


def test_it_joins_parts_in_their_order_and_counts_each_message_once() -> None:
    """Parts of one channel in any order, an older export of it beside them; another channel stays apart."""
    parts = [export(message(3), name="kit [9] [part 10].json"), export(message(2), name="kit [9] [part 2].json")]
    older = export(message(1), message(2), name="kit [9] [part 1].json")

    first, second = read(*parts, older, export(message(1), channel="8"))

    assert first.rows["key"].to_list() == ["1", "2", "3"]
    assert (first.tally.n_units, first.tally.n_issues, second.chat) == (4, 1, "8")


def test_it_keeps_two_given_files_apart() -> None:
    """Two inputs are two transcripts, which are merged later."""
    given = [replace(export(message(1)), family=family) for family in ([from_bytes(b"1")], [from_bytes(b"2")])]

    assert len(read(*given)) == 2


@given(name=st.sampled_from(["id", "type", "timestamp", "content", "author", "attachments", "reactions"]), odd=ODD)
def test_it_survives_any_value_in_any_field(name: str, odd: object) -> None:
    """A field of another type costs at most its own message."""
    (found,) = read(export(message(2), message(3, **{name: odd}), message(4)))

    assert found.tally.balanced
    assert {"2", "4"} <= set(found.rows["key"])


@given(cut=st.integers(1, 700))
def test_it_reads_all_that_stands_before_the_break(cut: int) -> None:
    """A file cut anywhere behind its head keeps every whole message, and says that it breaks off."""
    part = export(*map(message, range(6))).read()[:-cut]

    (found,) = read(from_bytes(part))

    assert found.rows.height == part.count(b'"}}')
    assert any("breaks off" in issue.problem for issue in found.issues)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"ID,Time,Text\n",
        b'{"name": "x", "type": "personal_chat", "id": 1, "messages": []}',
        b'[{"ID": 7, "Timestamp": "2024-05-01", "Contents": "a table of my own"}]',
        b'{"text": "{\\"guild\\": {"}',
        b"\xff\xfe{\x00",
    ],
)
def test_it_leaves_other_files_alone(head: bytes) -> None:
    """Other apps' files, and words that look like this format's."""
    assert not discord.sniff(from_bytes(head, "x.json"))

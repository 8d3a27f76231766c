"""Several exports of one couple: each message once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from steadily.conversation import Conversation
from steadily.errors import ChoiceNeeded
from steadily.readers.assembly import read_export

START = datetime(2024, 5, 1, 8, 0)
WORDS = "tea train garden boiler moon biscuit ladder soup letter rain".split()


def lines(first: int, last: int, *, hours: int = 0) -> list[str]:
    """Messages number *first* to *last* as WhatsApp lines; the same number is always the same message."""
    found = []
    for number in range(first, last):
        at = START + timedelta(minutes=37 * number // 3, hours=hours)
        who = "Ana" if number % 3 else "Bob"
        text = f"about the {WORDS[number % 10]} and number {number}" if number % 4 else "ok"
        found.append(f"{at:%d/%m/%Y, %H:%M} - {who}: {text}")
    return found


def put(folder: Path, name: str, rows: list[str]) -> Path:
    """Write a WhatsApp text."""
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def read(*paths: Path) -> Conversation:
    """Read as Ana, in UTC."""
    return read_export(paths, me=["Ana"], zone="UTC")


def test_a_newer_export_extends_the_older(tmp_path: Path) -> None:
    """What both hold counts once, in either order of the files."""
    old, new = put(tmp_path, "old.txt", lines(0, 300)), put(tmp_path, "new.txt", lines(100, 500))
    whole = read(put(tmp_path, "whole.txt", lines(0, 500)))

    for paths in ((old, new), (new, old)):
        merged = read(*paths)
        assert merged.messages["text"].to_list() == whole.messages["text"].to_list()
        assert merged.messages["sent_at"].to_list() == whole.messages["sent_at"].to_list()
        assert merged.sources[1].n_duplicates == 200


def test_parts_of_a_split_export_join(tmp_path: Path) -> None:
    """Parts that do not overlap simply follow each other."""
    parts = [put(tmp_path, f"part{n}.txt", lines(n * 100, n * 100 + 100)) for n in range(3)]

    assert read(*parts).messages.height == 300


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    """Repeated words in one minute are kept as often as one export has them."""
    rows = ["01/05/2024, 08:00 - Ana: ok"] * 3 + ["01/05/2024, 08:00 - Bob: ok"] * 2
    once, twice = put(tmp_path, "a.txt", rows), put(tmp_path, "b.txt", rows)

    assert read(once, twice).messages["author"].to_list() == read(once).messages["author"].to_list()


def test_a_message_edited_or_deleted_later_is_the_same_message(tmp_path: Path) -> None:
    """The newer export's form is kept, once."""
    old = put(
        tmp_path,
        "old.txt",
        ["01/05/2024, 08:00 - Ana: frist", "01/05/2024, 08:01 - Bob: regret", "01/05/2024, 08:02 - Ana: x"],
    )
    new = put(
        tmp_path,
        "new.txt",
        [
            "01/05/2024, 08:00 - Ana: first <This message was edited>",
            "01/05/2024, 08:01 - Bob: This message was deleted",
            "01/05/2024, 08:02 - Ana: x",
            "02/05/2024, 08:02 - Bob: y",
        ],
    )

    merged = read(old, new)

    assert merged.messages.select("kind", "text", "edited").rows() == [
        ("text", "first", True),
        ("deleted", None, False),
        ("text", "x", False),
        ("text", "y", False),
    ]


def test_exports_of_phones_in_two_zones_fall_together(tmp_path: Path) -> None:
    """The second phone's clock was five hours ahead: shared messages show it, and it is said."""
    one, other = put(tmp_path, "one.txt", lines(0, 300)), put(tmp_path, "two.txt", lines(0, 400, hours=5))

    merged = read(one, other)

    assert merged.messages.height == 400
    assert any("5 hours" in issue.problem for issue in merged.issues)


def test_two_apps_make_one_conversation(tmp_path: Path) -> None:
    """WhatsApp and SMS of the same couple, where one knows a name and the other a number too."""
    chat = put(tmp_path, "WhatsApp Chat with Bob.txt", lines(0, 50))
    when = int(START.replace(tzinfo=UTC).timestamp() * 1000) + 90_000
    sms = tmp_path / "sms.xml"
    sms.write_text(
        f'<smses count="2"><sms address="+15550102" date="{when}" type="2" body="from the train" contact_name="Bob" />'
        f'<sms address="+15550102" date="{when + 60000}" type="1" body="ok" contact_name="Bob" /></smses>'
    )

    merged = read_export([chat, sms], zone="UTC")

    assert merged.messages.height == 52
    assert {source.app for source in merged.sources} == {"WhatsApp", "SMS"}
    assert merged.messages.filter(merged.messages["source"] == 0)["author"].to_list() == ["me", "partner"]
    assert merged.messages["row"].to_list() == list(range(52))


def test_two_forms_of_one_app_count_each_message_once(tmp_path: Path) -> None:
    """WhatsApp's text (minutes, local) and an exporter's JSON (seconds, UTC, with reactions) are one chat."""
    text = put(
        tmp_path,
        "WhatsApp Chat with Bob.txt",
        ["01/05/2024, 08:00 - Ana: morning love", "01/05/2024, 08:01 - Bob: hey"],
    )
    at = int(START.replace(tzinfo=UTC).timestamp())
    messages = {
        "1": {"from_me": True, "timestamp": at + 12, "data": "morning love", "key_id": "A", "reactions": {"Bob": "❤"}},
        "2": {"from_me": False, "timestamp": at + 75, "data": "hey", "key_id": "B", "reply": "A"},
    }
    exported = tmp_path / "result.json"
    exported.write_text(json.dumps({"15550102@s.whatsapp.net": {"name": "Bob", "messages": messages}}))

    merged = read_export([text, exported], zone="UTC")

    assert merged.messages.filter(merged.messages["kind"] == "text")["text"].to_list() == ["morning love", "hey"]


def test_chats_with_different_people_are_not_merged(tmp_path: Path) -> None:
    """Two names that share nothing are asked about."""
    bob = put(tmp_path, "bob.txt", lines(0, 20))
    cleo = put(tmp_path, "cleo.txt", [line.replace("Bob", "Cleo") for line in lines(0, 20)])

    with pytest.raises(ChoiceNeeded):
        read(bob, cleo)
    both = read_export([bob, cleo], me=["Ana"], partner=["Bob", "Cleo"], zone="UTC")

    assert both.partners.partner_aliases >= {"Bob", "Cleo"}

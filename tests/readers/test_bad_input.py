"""What people really point at: each gets a clear message, or what can be read is read and the rest is told of."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

import pytest

from steadily.errors import (
    ChoiceNeeded,
    EncryptedArchive,
    InputError,
    NoMessages,
    UnknownFormat,
    UnreadableFile,
    UnsafeArchive,
    UsageError,
)
from steadily.readers.assembly import read_export

PAIR = "13/06/2018, 21:24 - Ana: hi\n13/06/2018, 21:25 - Bob: hello\n"
SECRET = "the secret words"


def put(folder: Path, name: str, data: str | bytes) -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnreadableFile),
        (os.urandom(5000), UnknownFormat),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), UnknownFormat),
        (b"just some prose\nwithout any names\n" * 9, UnknownFormat),
        (b"PK\x03\x04 not really a zip", UnreadableFile),
        (b'{"a": 1}', InputError),
        (b"13/06/2018, 21:24 - Ana: only one of us\n", NoMessages),
        (b"13/06/2018, 21:24 - You changed something.\n", InputError),
    ],
)
def test_it_says_what_is_wrong(tmp_path: Path, data: bytes, error: type[Exception]) -> None:
    """Empty, binary, prose, a broken zip, one person only: a sentence with a remedy, no traceback."""
    path = put(tmp_path, "chat.txt", data)

    with pytest.raises(error) as raised:
        read_export([path], me=["Ana"])

    assert str(raised.value).endswith((".", "."))
    assert "chat.txt" not in str(raised.value)


def test_it_names_no_names_and_quotes_no_words(tmp_path: Path) -> None:
    """Neither file names, people's names nor message text get into an error's message."""
    chat = "".join(f"13/06/2018, 21:2{n} - {who}: {SECRET}\n" for n, who in enumerate(["Ana", "Bob", "Cleo"]))
    path = put(tmp_path, "WhatsApp Chat with Bobby.txt", chat)

    with pytest.raises(ChoiceNeeded) as raised:
        read_export([path], me=["Ana"])

    assert raised.value.what == "partner"
    assert {choice.label for choice in raised.value.choices} == {"Bob", "Cleo"}
    for word in ("Ana", "Bob", "Cleo", SECRET):
        assert word not in str(raised.value)


def test_it_offers_the_pairs_of_a_group(tmp_path: Path) -> None:
    """Of a group, the two people chosen are read; the others' messages are counted, not used."""
    chat = "".join(f"13/06/2018, 21:2{n} - {who}: hi\n" for n, who in enumerate(["Ana", "Bob", "Cleo", "Bob"]))
    path = put(tmp_path, "group.txt", chat)

    conversation = read_export([path], me=["Ana"], partner=["Bob"])

    assert conversation.messages["author"].to_list() == ["me", "partner", "partner"]
    assert any(issue.n_lines == 1 and "other people" in issue.problem for issue in conversation.issues)


def test_it_asks_who_is_me(tmp_path: Path) -> None:
    """Nothing in the file tells which of the two is the reader."""
    with pytest.raises(ChoiceNeeded) as raised:
        read_export([put(tmp_path, "chat.txt", PAIR)])

    assert raised.value.what == "me"


def test_it_knows_me_from_the_name_of_the_file(tmp_path: Path) -> None:
    """`WhatsApp Chat with Bob.txt`: the other one is me."""
    conversation = read_export([put(tmp_path, "WhatsApp Chat with Bob.txt", PAIR)])

    assert (conversation.partners.me, conversation.partners.partner) == ("Ana", "Bob")


def test_it_refuses_a_missing_file_and_a_strange_one(tmp_path: Path) -> None:
    """A path that is not there, and one that is no file."""
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UnreadableFile, match="does not exist"):
        read_export([tmp_path / "nothing.txt"])
    with pytest.raises(UnreadableFile, match="neither a file nor a folder"):
        read_export([tmp_path / "pipe"])


def test_it_refuses_a_locked_archive(tmp_path: Path) -> None:
    """A zip with a password is told from a damaged one."""
    path = tmp_path / "chat.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", PAIR)
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, 6, 1)
    struct.pack_into("<H", data, central + 8, 1)
    path.write_bytes(bytes(data))

    with pytest.raises(EncryptedArchive, match="password"):
        read_export([path])


def test_it_refuses_a_zip_bomb(tmp_path: Path) -> None:
    """A member that unpacks to hundreds of times its size is not opened."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("_chat.txt", "w") as member:
        for _ in range(80):
            member.write(bytes(1 << 20))

    with pytest.raises(UnsafeArchive, match="far more"):
        read_export([path])


def test_it_refuses_a_member_that_unpacks_to_more_than_it_says(tmp_path: Path) -> None:
    """A lie about the size ends the reading, not the memory."""
    path = tmp_path / "liar.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", PAIR * 2000)
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 200)
    path.write_bytes(bytes(data))

    with pytest.raises(InputError):
        read_export([path], me=["Ana"])


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "C:/evil.txt", "..\\evil.txt"])
def test_it_refuses_paths_that_escape(tmp_path: Path, name: str) -> None:
    """A member that would land outside its folder makes the whole archive unwelcome."""
    path = tmp_path / "chat.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", PAIR)
        archive.writestr(name, "x")

    with pytest.raises(UnsafeArchive, match="outside its folder"):
        read_export([path])


def test_it_reads_what_stands_before_a_damaged_member(tmp_path: Path) -> None:
    """A zip whose bytes are broken in the middle is told as damage."""
    path = tmp_path / "chat.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_chat.txt", "".join(f"13/06/2018, 21:24 - Ana: {os.urandom(30).hex()}\n" for _ in range(4000))
        )
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40] = bytes(40)
    path.write_bytes(bytes(data))

    with pytest.raises(UnreadableFile, match="damaged"):
        read_export([path], me=["Ana"])


def test_it_reads_a_hundred_megabytes_on_one_line(tmp_path: Path) -> None:
    """One endless line is one long message, in bounded memory."""
    path = put(tmp_path, "chat.txt", PAIR + "13/06/2018, 21:26 - Ana: " + "x" * 100_000_000)

    conversation = read_export([path], me=["Ana"])

    assert conversation.messages["text"].str.len_bytes().to_list() == [2, 5, 100_000_000]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_it_honors_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with a mark and UTF-16 read the same."""
    path = put(tmp_path, "chat.txt", PAIR.replace("hello", "grüße 😀").encode(encoding))

    assert read_export([path], me=["Ana"]).messages["text"].to_list() == ["hi", "grüße 😀"]


def test_it_mends_what_another_encoding_broke(tmp_path: Path) -> None:
    """Latin-1 bytes show as U+FFFD, are told of, and take nothing else with them."""
    path = put(tmp_path, "chat.txt", PAIR.encode() + "14/06/2018, 21:26 - Ana: café\n".encode("latin-1"))

    conversation = read_export([path], me=["Ana"])

    assert conversation.messages["text"].to_list() == ["hi", "hello", "caf\ufffd"]
    assert any("encoding" in issue.problem for issue in conversation.issues)


def test_it_drops_nul_bytes_and_keeps_the_rest(tmp_path: Path) -> None:
    """NUL bytes inside a message vanish; the message stays."""
    path = put(tmp_path, "chat.txt", PAIR.replace("hello", "he\0llo"))

    assert read_export([path], me=["Ana"]).messages["text"].to_list() == ["hi", "hello"]


def test_it_tells_of_dates_that_cannot_be(tmp_path: Path) -> None:
    """1970, the year 3000 and the 45th: left out with their lines, and listed."""
    bad = "01/01/1970, 10:00 - Ana: epoch\n13/06/3000, 10:00 - Ana: far\nsecond line\n45/13/2018, 10:00 - Ana: never\n"
    path = put(tmp_path, "chat.txt", PAIR + bad + "14/06/2018, 21:25 - Bob: after\n")

    conversation = read_export([path], me=["Ana"])

    assert conversation.messages["text"].to_list() == ["hi", "hello", "after"]
    assert sum(issue.n_lines for issue in conversation.issues if issue.weight == "lost") == 4


def test_it_reads_a_file_in_which_two_formats_meet(tmp_path: Path) -> None:
    """Two phones' forms pasted into one file: both are read."""
    path = put(tmp_path, "chat.txt", PAIR + "[14.06.18, 21:26:10] Ana: from another phone\n")

    assert read_export([path], me=["Ana"]).messages["text"].to_list() == ["hi", "hello", "from another phone"]


def test_it_asks_for_the_columns_of_a_table_it_does_not_know(tmp_path: Path) -> None:
    """A table with other names is a question about options, answered with --columns."""
    path = put(tmp_path, "t.csv", "Alpha;Beta;Gamma\n2024-05-01 10:00;Ana;hi\n2024-05-01 10:01;Bob;hello\n")

    with pytest.raises(UsageError, match="--columns"):
        read_export([path], me=["Ana"])
    conversation = read_export([path], me=["Ana"], columns={"time": "Alpha", "sender": "Beta", "text": "Gamma"})

    assert conversation.messages["text"].to_list() == ["hi", "hello"]


def test_it_refuses_a_zone_that_is_none(tmp_path: Path) -> None:
    """A wrong zone is a wrong option."""
    with pytest.raises(UsageError, match="time zone"):
        read_export([put(tmp_path, "chat.txt", PAIR)], me=["Ana"], zone="Middle/Earth")


def test_it_searches_a_folder_and_offers_a_choice(tmp_path: Path) -> None:
    """A folder with two chats and other things: the chats are offered, one is taken by name."""
    put(tmp_path, "WhatsApp Chat with Bob.txt", PAIR)
    put(tmp_path, "WhatsApp Chat with Cleo.txt", PAIR.replace("Bob", "Cleo") * 3)
    put(tmp_path, "notes.txt", "nothing here")
    put(tmp_path, "photo.jpg", b"\xff\xd8")

    with pytest.raises(ChoiceNeeded) as raised:
        read_export([tmp_path])
    conversation = read_export([tmp_path], chat="Cleo")

    assert [choice.label for choice in raised.value.choices] == ["Cleo", "Bob"]
    assert conversation.partners.partner == "Cleo"


def test_it_reads_a_zip_as_it_is(tmp_path: Path) -> None:
    """WhatsApp's zip, with what macOS adds to it."""
    path = tmp_path / "WhatsApp Chat - Bob.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", PAIR)
        archive.writestr("__MACOSX/._chat.txt", b"\0\1\2")
        archive.writestr("00001-PHOTO.jpg", b"\xff\xd8")

    conversation = read_export([path])

    assert conversation.partners.partner == "Bob"
    assert conversation.messages.height == 2

"""The heads of WhatsApp lines, as phones in many languages write them."""

from __future__ import annotations

from datetime import datetime

import polars as pl
import pytest

from steadily.readers.reader import ReadOptions
from steadily.readers.source import from_bytes
from steadily.readers.transcript import Transcript
from steadily.readers.whatsapp_txt import READER


def read(text: str | bytes, **options: object) -> Transcript:
    """The one transcript in a text."""
    data = text if isinstance(text, bytes) else text.encode()
    (transcript,) = READER.read([from_bytes(data)], ReadOptions(**options))
    return transcript


HEADS = [
    ("13/06/2018, 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13/06/18, 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("6/13/18, 9:25 PM - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("6/13/18, 9:25\u202fPM - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("6/13/18, 9:25\u00a0pm - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("2018-06-13, 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("2018-06-13 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("2018/06/13, 9:25 pm - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("2018-06-13, 9:25 p.m. - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13.06.18, 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13.06.18 21.25.15: Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("13. 6. 2018, 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13.6.2018 klo 21.25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13.6.2018 kl. 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13/06/2018 à 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13/06/2018 9:25 p. m. - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13/06/2018 9:25 p.\u00a0m. - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13/06/18 21.25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13.06.2018, 21:25 – Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13.06.18, 9:25 nachm. - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13.06.18, 9:25 vorm. - Ana: hi", datetime(2018, 6, 13, 9, 25)),
    ("13.06.18, 12:25 mittags - Ana: hi", datetime(2018, 6, 13, 12, 25)),
    ("13.06.18, 9:25 abends - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13.06.18, 12:25 nachts - Ana: hi", datetime(2018, 6, 13, 0, 25)),
    ("2018/6/13 下午9:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("2018/6/13, 上午9:25 - Ana: hi", datetime(2018, 6, 13, 9, 25)),
    ("2018/06/13 午後9:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("2018. 6. 13. 오후 9:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("2018. 06. 13. 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13.06.18 г., 21:25 - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("[13/06/2018, 21:25:15] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("\u200e[13/06/2018, 21:25:15] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("\ufeff[13/06/2018, 21:25:15] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("[13.06.18, 21:25:15] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("[13/6/18 9:25:15 PM] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("[13/6/18 9:25:15\u202fp.\u00a0m.] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("[13/6/2018, klo 21.25.15] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("[2018/06/13 21:25:15] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("[2018-06-13, 21:25:15] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("[6/13/2561 BE 21:25:15] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("[13/6/2561 21:25:15] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("[6/13/R4 21:25:15] Ana: hi", datetime(2022, 6, 13, 21, 25, 15)),
    ("[21:25, 13.6.2018] Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("[9:25 PM, 6/13/2018] Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("١٣/٠٦/٢٠١٨، ٩:٢٥ م - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("١٣/٠٦/٢٠١٨، ٩:٢٥\u00a0ص - Ana: hi", datetime(2018, 6, 13, 9, 25)),
    ("\u200f[١٣/٠٦/٢٠١٨، ٢١:٢٥:١٥] Ana: hi", datetime(2018, 6, 13, 21, 25, 15)),
    ("۲۰۱۸/۰۶/۱۳، ۲۱:۲۵ - Ana: hi", datetime(2018, 6, 13, 21, 25)),
    ("13/06/2018, 00:04 AM - Ana: hi", datetime(2018, 6, 13, 0, 4)),
    ("13/06/2018, 23:59 PM - Ana: hi", datetime(2018, 6, 13, 23, 59)),
    ("13/06/18 18.00 - Ana: hi", datetime(2018, 6, 13, 18, 0)),
]


@pytest.mark.parametrize(("line", "at"), HEADS)
def test_it_reads_the_head(line: str, at: datetime) -> None:
    """Date, time, sender and text come out, whatever the phone's language."""
    transcript = read(line + "\n")

    assert transcript.rows.select("at", "sender", "text").rows() == [(at, "Ana", "hi")]


@pytest.mark.parametrize(("line", "at"), HEADS)
def test_it_reads_the_same_with_windows_line_ends_and_a_second_line(line: str, at: datetime) -> None:
    """CRLF leaves no trace, and a second line belongs to the message."""
    transcript = read(f"{line}\r\nmore - of: it\r\n")

    assert transcript.rows.select("at", "text").rows() == [(at, "hi\nmore - of: it")]


SENDERS = [
    ("~\u202fAna B", "Ana B"),
    ("\u202a+49 30 23125 01\u202c", "+49 30 23125 01"),
    ("Ana: Banana", "Ana"),
    ("Dr. Ana-Lu O'Neil 🌿", "Dr. Ana-Lu O'Neil 🌿"),
    ("آنا", "آنا"),
    ("A" * 58, "A" * 58),
]


@pytest.mark.parametrize(("written", "name"), SENDERS)
def test_it_cleans_names(written: str, name: str) -> None:
    """Marks, the tilde of people who are not contacts, and further colons do not end up in names."""
    transcript = read(f"13/06/2018, 21:25 - {written}: hi\n")

    assert transcript.rows["sender"].to_list() == [name]


NOTICES = [
    'Ana changed the subject from "tea: two" to "tea"',
    "Ana changed the subject from „Tee: zwei“ to „Tee“",
    "Messages and calls are end-to-end encrypted. Tap to learn more.",
    "You blocked this contact. Tap to unblock.",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_it_knows_notices_from_people(notice: str) -> None:
    """The app's own lines are system rows without a sender."""
    transcript = read(f"13/06/2018, 21:24 - {notice}\n13/06/2018, 21:25 - Ana: hi\n")

    assert transcript.rows.select("sender", "kind").rows() == [(None, "system"), ("Ana", "text")]


def test_it_accepts_a_colon_without_space_from_a_known_sender() -> None:
    """`Name:text` counts when the name is known from other messages."""
    transcript = read("13/06/2018, 21:24 - Ana: hi\n13/06/2018, 21:25 - Ana:there\n13/06/2018, 21:26 - Bob:\n")

    assert transcript.rows.select("sender", "text").rows() == [("Ana", "hi"), ("Ana", "there"), ("Bob", None)]


def test_it_tells_of_lines_that_look_like_a_head_but_are_in_no_known_form() -> None:
    """An unknown word beside the clock is said aloud, not swallowed."""
    transcript = read("13/06/2018, 21:24 - Ana: hi\n13/06/2018, 9:25 qqq - Ana: lost?\n")

    assert transcript.rows.height == 1
    assert any("look like the start of a message" in issue.problem for issue in transcript.issues)


def test_it_asks_when_dates_can_be_read_two_ways() -> None:
    """Both orders run forward: day first is taken, and the person is told how to change it."""
    text = "03/04/2024, 10:00 - Ana: a\n04/04/2024, 10:00 - Bob: b\n"

    guessed, told = read(text), read(text, date_order="mdy")

    assert guessed.rows["at"][0] == datetime(2024, 4, 3, 10)
    assert any("--date-order" in issue.remedy for issue in guessed.issues)
    assert told.rows["at"][0] == datetime(2024, 3, 4, 10)


def test_it_takes_the_order_in_which_time_runs_forward() -> None:
    """No number is over 12, but only one order never goes back."""
    text = "".join(f"{month}/{day}/24, 10:00 - Ana: x\n" for month in (1, 2, 3) for day in (2, 5, 9, 11))

    transcript = read(text)

    assert transcript.rows["at"].is_sorted()
    assert transcript.rows["at"][-1] == datetime(2024, 3, 11, 10)


def test_it_keeps_rows_in_file_order_within_a_minute() -> None:
    """Same-minute order matters and is kept."""
    text = "".join(f"13/06/2018, 21:25 - {name}: {n}\n" for n, name in enumerate(["Ana", "Bob"] * 20))

    assert read(text).rows["text"].to_list() == [str(n) for n in range(40)]


def test_it_states_the_cap_of_an_export() -> None:
    """40,000 messages without media is WhatsApp's limit: the older ones are not in the file."""
    lines = [f"13/06/2018, {n // 2400:02d}:{n // 40 % 60:02d} - Ana: {n}\n" for n in range(40_000)]

    transcript = read("".join(lines))

    assert [issue.weight for issue in transcript.issues if "40,000" in issue.problem] == ["coverage"]
    assert transcript.rows.height == 40_000
    assert transcript.rows["kind"].unique().to_list() == ["text"]
    assert transcript.rows.select(pl.col("line").is_sorted()).item()

"""Whatever two people write, nothing of it is lost, and its order stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from steadily.readers.clock import add_instants
from steadily.readers.reader import ReadOptions
from steadily.readers.source import from_bytes
from steadily.readers.whatsapp_txt import READER
from steadily.readers.whatsapp_txt.header import DATE_FIRST

START = datetime(2024, 3, 1, 8)
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"])
NOT_IN_TEXT = "\x00\r\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
LETTERS = st.characters(exclude_characters=NOT_IN_TEXT, exclude_categories=("Cs",))
WORDS = st.text(LETTERS, min_size=1, max_size=60)
NAMES = st.sampled_from(
    [("Ana", "Bob"), ("Zoë K.", "🌿 plant 🌿"), ("ليلى", "سامي"), ("A b: c".replace(":", ""), "名前")]
)
HEADS = st.sampled_from(
    ["{:%d/%m/%Y, %H:%M} - ", "[{:%d/%m/%Y, %H:%M:%S}] ", "{:%Y-%m-%d %H:%M} - ", "[{:%d.%m.%y, %H:%M:%S}] "]
)


def looks_like_an_app_line(text: str) -> bool:
    """Texts that the app itself may write, or that begin a line as a head does: not told apart from it by anyone."""
    from steadily.readers.whatsapp_txt.bodies import classify

    digits_folded = "".join("0" if letter.isdigit() else letter for letter in text)
    starts = any(DATE_FIRST.match(line.lstrip()) for line in digits_folded.split("\n"))
    return starts or classify(text).kind != "text" or classify(text).edited


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.booleans(), WORDS, st.integers(0, 400)), min_size=1, max_size=40), NAMES, HEADS)
def test_no_message_is_lost_and_the_order_stays(
    messages: list[tuple[bool, str, int]], names: tuple[str, str], head: str
) -> None:
    """Written as WhatsApp writes it and read again: the same senders, words and times in the same order."""
    at, expected, lines = START, [], []
    for first, written, minutes in messages:
        text = written.strip() or "x"
        text = "plain words" if looks_like_an_app_line(text) else text
        at += timedelta(minutes=minutes)
        expected.append((at, names[0] if first else names[1], text))
        lines.append(head.format(at) + (names[0] if first else names[1]) + ": " + text)
    source = from_bytes(("\n".join(lines) + "\n").encode())

    (transcript,) = READER.read([source], ReadOptions(date_order="ymd" if head.startswith("{:%Y") else "dmy"))

    found = transcript.rows.select("at", "sender", "text").rows()
    assert [(name, text.rstrip("\n")) for _, name, text in found] == [(name, text) for _, name, text in expected]
    assert [at for at, _, _ in found] == [at for at, _, _ in expected]
    assert transcript.tally.balanced


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 300_000), min_size=1, max_size=60),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"]),
)
def test_a_clock_turned_into_instants_and_back_is_the_same_clock(minutes: list[int], zone: str) -> None:
    """Local times become instants whose local time is what it was, skipped hours of spring aside."""
    import polars as pl

    at = [START + timedelta(minutes=minute) for minute in sorted(minutes)]
    rows = add_instants(pl.DataFrame({"at": pl.Series(at, dtype=pl.Datetime("us"))}), clock="local", zone=zone)

    back = rows["sent_at"].dt.convert_time_zone(zone).dt.replace_time_zone(None)
    apart = (back - rows["local_time"]).dt.total_minutes().abs()
    assert apart.is_in([0, 60]).all()
    assert rows["sent_at"].null_count() == 0


def test_the_repeated_hour_of_autumn_is_read_in_order() -> None:
    """01:50, 02:10, 02:50, 02:05, 03:10 on the night the clocks go back: the second pass follows the first."""
    import polars as pl

    night = datetime(2024, 10, 27)
    at = [night + timedelta(hours=h, minutes=m) for h, m in ((1, 50), (2, 10), (2, 50), (2, 5), (2, 40), (3, 10))]

    rows = add_instants(
        pl.DataFrame({"at": pl.Series(at, dtype=pl.Datetime("us"))}), clock="local", zone="Europe/Berlin"
    )

    hours = [(one.hour, one.minute) for one in rows["sent_at"]]
    assert hours == [(23, 50), (0, 10), (0, 50), (1, 5), (1, 40), (2, 10)]

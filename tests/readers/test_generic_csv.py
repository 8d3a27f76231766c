"""A table of one's own: what golden files cannot show."""

from __future__ import annotations

from steadily.readers.generic_csv import READER
from steadily.readers.reader import ReadOptions
from steadily.readers.source import from_bytes
from steadily.readers.transcript import Transcript


def _read(text: str) -> Transcript:
    (transcript,) = READER.read([from_bytes(text.encode(), "mine.csv", "file 1 (.csv)")], ReadOptions())
    return transcript


def test_it_says_where_a_quotation_mark_may_lack_its_pair() -> None:
    """Rows swallowed by an open quotation mark are not silently one long message."""
    rows = "2024-05-01 10:00,Ana,hi\n" * 300

    transcript = _read('time,sender,text\n2024-05-01 09:00,Rui,"oh\n' + rows)

    assert any(issue.line == 2 and "quotation mark" in issue.problem for issue in transcript.issues)


def test_one_form_of_time_reads_all_rows() -> None:
    """Hours of one digit are no ISO 8601; they do not cost their rows."""
    rows = "".join(f"2024-05-01 {hour}:00,Ana,hi\n" for hour in range(6, 14))

    transcript = _read("time,sender,text\n" + rows)

    assert [at.hour for at in transcript.rows["at"]] == list(range(6, 14))

"""LINE's text: what golden files cannot show."""

from __future__ import annotations

import pytest

from steadily.readers.line_txt import READER
from steadily.readers.reader import ReadOptions
from steadily.readers.source import from_bytes


@pytest.mark.parametrize("first", ['"', '"so', '"hi" she said', '"" x'])
def test_a_quotation_mark_without_its_pair_swallows_no_rows(first: str) -> None:
    """A message that only begins with a quotation mark ends at the next row."""
    rows = "".join(f"08:{n}\tHana\tword {n}\n" for n in range(10, 60))
    source = from_bytes(f"2024.01.02 Tuesday\n08:00\tKen\t{first}\n{rows}".encode(), "line.txt", "file 1 (.txt)")

    (transcript,) = READER.read([source], ReadOptions())

    assert transcript.rows.height == 51
    assert transcript.rows["text"][0] == first


def test_the_longest_name_unsent_the_message() -> None:
    """Of two names that begin alike, the longer one is meant."""
    text = "2024.01.02 Tuesday\n08:00\tAn\thi\n08:01\tAnna\thi\n08:02\t\tAnna unsent a message.\n"

    (transcript,) = READER.read([from_bytes(text.encode(), "line.txt", "file 1 (.txt)")], ReadOptions())

    assert transcript.rows["sender"].to_list()[-1] == "Anna"

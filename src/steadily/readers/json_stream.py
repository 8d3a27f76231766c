"""JSON files read item by item, so that a large one needs little memory and a broken one gives what it holds."""

from __future__ import annotations

import codecs
import json
from collections.abc import Collection, Iterator
from typing import IO, Any

import ijson
from ijson.common import JSONError

from steadily.readers.epochs import NUMBER
from steadily.readers.source import Source
from steadily.readers.text_lines import TextLines
from steadily.readers.transcript import TranscriptBuilder

BROKEN = "The file breaks off or is damaged here; what stands before it was read."
BROKEN_REMEDY = "Export the chat again if the newest messages are missing."


STREAM_ERRORS = (JSONError, UnicodeDecodeError, ValueError, OverflowError, RecursionError)
"""What a broken JSON stream raises."""


class JsonItems:
    """
    The items under one prefix of a JSON file, in order.

    Args:
        source: The file.
        prefix: Where the items are, in ijson's notation: `messages.item`.
        pairs: Whether to yield the keys and values of the object there, as pairs, instead of items.

    Attributes:
        broken: Set once the end is reached: whether the file broke off or is no JSON from some point on.
        n_items: Items yielded so far.
    """

    def __init__(self, source: Source, prefix: str, *, pairs: bool = False) -> None:
        self._source = source
        self._prefix = prefix
        self._parse = ijson.kvitems if pairs else ijson.items
        self.broken = False
        self.n_items = 0

    def __iter__(self) -> Iterator[Any]:
        with self._source.open() as stream:
            try:
                for item in self._parse(without_mark(stream), self._prefix):
                    self.n_items += 1
                    yield item
            except STREAM_ERRORS:
                self.broken = True

    def report(self, builder: TranscriptBuilder) -> None:
        """Add an issue to *builder* if the file broke off."""
        if self.broken:
            builder.issue(self.n_items + 1, BROKEN, BROKEN_REMEDY, counts=False)


def cut_off_key(source: Source, whole: Collection[str]) -> str:
    """The last key of the object that a broken file holds, unless it is among those that are whole; then, empty."""
    key = ""
    with source.open() as stream:
        try:
            for prefix, event, value in ijson.parse(without_mark(stream)):
                key = value if event == "map_key" and not prefix else key
        except STREAM_ERRORS:
            pass
    return "" if key in whole else key


class JsonLines:
    """
    A file that holds one JSON value a line.

    Attributes:
        bad: Line numbers of non-blank lines that hold no JSON; known at the end.
        n_lines: Non-blank lines seen so far.
    """

    def __init__(self, source: Source) -> None:
        self._lines = TextLines(source)
        self.bad: list[int] = []

    @property
    def n_lines(self) -> int:
        """Non-blank lines seen so far."""
        return self._lines.n_lines

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        for number, line in enumerate(self._lines, start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                self.bad.append(number)
            else:
                yield number, value

    def report(self, builder: TranscriptBuilder, *, counts: bool = True) -> None:
        """Add an issue to *builder* for each line that could not be read, and for bytes that could not be decoded."""
        for number in self.bad:
            builder.issue(number, "This line is damaged or cut off.", BROKEN_REMEDY, counts=counts)
        self._lines.report(builder)


def without_mark(stream: IO[bytes]) -> IO[bytes]:
    """The stream positioned after a UTF-8 byte order mark, if it has one."""
    start = stream.read(len(codecs.BOM_UTF8))
    if start != codecs.BOM_UTF8:
        stream.seek(0)
    return stream


def as_text(value: object) -> str | None:
    """The value if it is a string that holds something, else None."""
    return value if isinstance(value, str) and value else None


def as_list(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def as_dict(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_seconds(value: object) -> float | None:
    """A duration in seconds: a number that is finite and not negative, else None."""
    if isinstance(value, bool) or not isinstance(value, str | NUMBER):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 <= seconds < 1e7 else None

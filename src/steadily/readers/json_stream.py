"""JSON files read item by item, so that a large one needs little memory and a broken one gives what it holds."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO, Any

import ijson
from ijson.common import JSONError

from steadily.readers.source import Source
from steadily.readers.transcript import TranscriptBuilder

BROKEN = "The file breaks off or is damaged here; what stands before it was read."
BROKEN_REMEDY = "Export the chat again if the newest messages are missing."


class JsonItems:
    """
    The items under one prefix of a JSON file, in order.

    Args:
        source: The file.
        prefix: Where the items are, in ijson's notation: `messages.item`; the empty string with *many* for JSON lines.
        many: Whether the file holds several JSON values one after the other.

    Attributes:
        broken: Set once the end is reached: whether the file broke off or is no JSON from some point on.
        n_items: Items yielded so far.
    """

    def __init__(self, source: Source, prefix: str, *, many: bool = False) -> None:
        self._source = source
        self._prefix = prefix
        self._many = many
        self.broken = False
        self.n_items = 0

    def __iter__(self) -> Iterator[Any]:
        with self._source.open() as stream:
            try:
                for item in ijson.items(without_mark(stream), self._prefix, multiple_values=self._many, use_float=True):
                    self.n_items += 1
                    yield item
            except (JSONError, UnicodeDecodeError, ValueError, OverflowError, RecursionError):
                self.broken = True

    def report(self, builder: TranscriptBuilder) -> None:
        """Add an issue to *builder* if the file broke off."""
        if self.broken:
            builder.issue(self.n_items + 1, BROKEN, BROKEN_REMEDY, counts=False)


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
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 <= seconds < 1e7 else None

"""Reading JSON Lines a few at a time, from a file or from standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from steadily.errors import UnreadableFile


def lines(file: Path) -> Iterator[str]:
    """
    The lines of a file that hold something; `-` is standard input.

    Raises:
        UnreadableFile: It cannot be opened.
    """
    try:
        stream = sys.stdin.buffer if str(file) == "-" else file.open("rb")
    except OSError:
        raise UnreadableFile("The file cannot be opened. Check its path and that you may read it.") from None
    with stream:
        for line in stream:
            text = line.decode("utf-8", "replace").removeprefix("\ufeff")
            if text.strip():
                yield text


def chunks(read: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """The same, *size* at a time."""
    iterator = iter(read)
    while chunk := tuple(islice(iterator, size)):
        yield chunk


def object_of(line: str) -> dict[str, Any]:
    """The object of a line; where there is none, one that says so under `problem`."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "problem": "this line is not JSON"}
    return value if isinstance(value, dict) else {"id": None, "problem": "this line is not an object"}

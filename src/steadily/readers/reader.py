"""What every reader is: a name, a test whether a source is its own, and a function that reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from steadily.readers.source import Source
from steadily.readers.transcript import Transcript

DateOrder = Literal["dmy", "mdy", "ymd"]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (bytes or messages)."""


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class ReadOptions:
    """
    What a person decided about how to read.

    Attributes:
        date_order: The order of day, month and year; None lets the file's own evidence decide.
        columns: For CSV and JSON of one's own: field (`time`, `sender`, `text`) → the name of the column in the file.
        me: Names given with `--me`; most readers need none.
        progress: Told how far reading has come.
    """

    date_order: DateOrder | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    me: tuple[str, ...] = ()
    progress: Progress = no_progress


@dataclass(frozen=True)
class Reader:
    """
    One export format.

    Attributes:
        name: Its name in the registry, and of its golden folder: `telegram_json`.
        app: The app, as people call it.
        form: The file it reads, as people see it: `result.json`.
        page: The page under docs/exporting/ that says how to get such a file.
        sniff: Whether a source is in this format, told from its first 64 KiB (`source.head`), not from its name alone.
        read: Reads all sources of one input that this reader recognized, and yields one transcript a chat.
    """

    name: str
    app: str
    form: str
    page: str
    sniff: Callable[[Source], bool]
    read: Callable[[Sequence[Source], ReadOptions], Iterator[Transcript]]

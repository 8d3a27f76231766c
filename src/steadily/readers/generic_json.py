"""
JSON of one's own: a list of objects, or an object that holds one, with a field each for time, sender and text; or one
object a line.

Fields are found by their usual names, or named by the person (`--columns time=A,sender=B,text=C`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any

import ijson

from steadily.errors import UsageError
from steadily.readers.json_stream import STREAM_ERRORS, JsonItems, JsonLines, as_dict, without_mark
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.tabular import Table, find_columns, joined
from steadily.readers.transcript import Transcript, TranscriptBuilder

MOST_EVENTS = 20_000
SPACE = b"\xef\xbb\xbf \t\r\n"


def sniff(source: Source) -> bool:
    """Whether it is JSON that may hold messages."""
    head = source.head.lstrip(SPACE)
    return head[:1] in (b"[", b"{") and b"\x00" not in head and bool(_is_lines(source) or _prefix(source) is not None)


def _is_lines(source: Source) -> bool:
    """Whether each line is an object of its own."""
    first, separator, rest = source.head.lstrip(SPACE).partition(b"\n")
    if not separator and len(first) != len(source.head.lstrip(SPACE)):
        return False
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return False
    if not isinstance(record, dict):
        return False
    return rest.lstrip(SPACE).startswith(b"{") or find_columns(map(str, record), {}) is not None


def _prefix(source: Source, given: Mapping[str, str] = MappingProxyType({})) -> str | None:
    """Where the messages are, in ijson's notation: the first list of objects with the fields, or else the first list of objects."""
    names: dict[str, list[str]] = {}
    previous = ""
    with source.open() as stream:
        try:
            events = ijson.parse(without_mark(stream))
            for prefix, event, value in islice(events, MOST_EVENTS):
                if event == "start_map" and (previous == "start_array" or prefix in names):
                    names[prefix] = []
                elif event == "map_key" and prefix in names:
                    names[prefix].append(value)
                elif event == "end_map" and prefix in names and find_columns(names[prefix], given):
                    return str(prefix)
                previous = event
        except STREAM_ERRORS:
            pass
    return next(iter(names), None)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each file."""
    for source in sources:
        options.progress("Reading", 0, source.size)
        yield _records(source, options)


def _records(source: Source, options: ReadOptions) -> Transcript:
    builder = TranscriptBuilder("Other", chat=source.path, clock="local", label=source.label, given=source.given)
    table = Table(builder, options.date_order)
    prefix = None if _is_lines(source) else _prefix(source, options.columns)
    stream: JsonLines | JsonItems = JsonLines(source) if prefix is None else JsonItems(source, prefix)
    columns: dict[str, str] | None = None
    n_seen = 0
    for item in stream:
        n_seen += 1
        line, record = (item[0], as_dict(item[1])) if isinstance(stream, JsonLines) else (n_seen, as_dict(item))
        columns = columns or find_columns(map(str, record), options.columns)
        if columns is None:
            builder.issue(line, "This record has no fields for time, sender and text.", "It was left out.")
            continue
        time, clock = (record.get(columns.get(field, "")) for field in ("time", "clock"))
        table.add(line, joined(time, clock), _value(record.get(columns["sender"])), _words(record.get(columns["text"])))
    if columns is None:
        raise UsageError(
            f"{source.label}: it is not clear which fields hold the time, the sender and the text. "
            "Say it with --columns time=A,sender=B,text=C."
        )
    table.finish()
    stream.report(builder)
    return builder.build(n_units=stream.n_lines if isinstance(stream, JsonLines) else n_seen)


def _value(value: Any) -> Any:
    """A plain value as it stands; of an object (a sender with an id and a name), its name."""
    record = as_dict(value)
    return (
        next((record[key] for key in ("name", "display_name", "username", "id") if key in record), None)
        if record
        else value
    )


def _words(value: Any) -> Any:
    """A text as it stands; of a text in parts (strings, or objects that hold one), all of it."""
    if isinstance(value, list):
        return "".join(str(_words(part)) for part in value if isinstance(part, str | dict)) or None
    record = as_dict(value)
    return next((record[key] for key in ("text", "body", "content", "value") if key in record), "") if record else value


READER = Reader(
    name="generic_json",
    app="Any app",
    form="JSON with fields for time, sender and text",
    page="other",
    sniff=sniff,
    read=read,
)

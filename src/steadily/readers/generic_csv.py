"""
A table of one's own: CSV, TSV or semicolons, with a column each for time, sender and text.

Columns are found by their usual names, or named by the person (`--columns time=A,sender=B,text=C`). Times may be ISO
8601, numbers since 1970 in s, ms, µs or ns, or day, month and year in an order that the table itself shows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from steadily.errors import UsageError
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.tabular import Table, find_columns, joined
from steadily.readers.text_lines import TextLines, head_lines
from steadily.readers.transcript import Transcript, TranscriptBuilder

DELIMITERS = ",;\t|"
LARGEST_CELL = 1 << 24
LONG_RECORD = 100
"""Lines in one record from which on a quotation mark without its pair is likely."""


def sniff(source: Source) -> bool:
    """Whether the first line names columns."""
    lines = head_lines(source)
    if b"\x00" in source.head or not lines:
        return False
    names = _cells(lines[0], _delimiter(lines[0]))
    return len(names) >= 3 and (find_columns(names, {}) is not None or source.suffix in (".csv", ".tsv"))


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each file."""
    csv.field_size_limit(LARGEST_CELL)
    for source in sources:
        options.progress("Reading", 0, source.size)
        yield _table(source, options)


def _table(source: Source, options: ReadOptions) -> Transcript:
    first = head_lines(source)[0]
    delimiter = _delimiter(first)
    names = _cells(first, delimiter)
    columns = find_columns(names, options.columns)
    if columns is None:
        raise UsageError(
            f"{source.label}: it is not clear which columns hold the time, the sender and the text. "
            "Say it with --columns time=A,sender=B,text=C."
        )
    builder = TranscriptBuilder("Other", chat=source.path, clock="local", label=source.label, given=source.given)
    table, lines = Table(builder, options.date_order), TextLines(source)
    places = {field: names.index(name) for field, name in columns.items()}
    builder.structure()
    n_records = 1
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    try:
        next(reader, None)
        for number, record in enumerate(reader, start=2):
            if not any(cell.strip() for cell in record):
                continue
            n_records += 1
            if len(record) <= max(places.values()):
                builder.issue(number, "This row has fewer columns than the first line.", "It was left out.")
            else:
                _add(table, number, {field: record[place].strip("\n") for field, place in places.items()})
    except csv.Error:
        builder.issue(
            n_records + 1, "From here on the table is damaged.", "What stands before it was read.", counts=False
        )
    table.finish()
    lines.report(builder)
    return builder.build(n_units=n_records)


def _add(table: Table, number: int, cells: dict[str, str]) -> None:
    time = joined(cells["time"], cells["clock"]) if "clock" in cells else cells["time"]
    table.add(number, time, cells["sender"], cells["text"])
    if any(cell.count("\n") >= LONG_RECORD for cell in cells.values()):
        problem = "This row is very long; a quotation mark may lack its pair, and the rows after it may be inside."
        table.builder.issue(number, problem, "Look at the file here.", counts=False, weight="decided")


READER = Reader(
    name="generic_csv",
    app="Any app",
    form="a CSV table with columns for time, sender and text",
    page="other",
    sniff=sniff,
    read=read,
)

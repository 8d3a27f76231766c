"""
Text that was copied or typed: `Ana: how are you?`, a line a message, with or without times.

Where lines carry no times, each message is put one minute after the one before, from noon of January 1, 2000: order is
kept, and measures of time mean nothing. That is said aloud.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.tabular import Table
from steadily.readers.text_lines import BIDI, TextLines, head_lines
from steadily.readers.transcript import Transcript, TranscriptBuilder

DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[T,\s]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
TIMED = re.compile(rf"^[\[(]?(?P<at>{DATE})[\])]?\s*(?:[-–|]\s*)?(?P<name>[^:\s][^:\n]{{0,39}}):\s?(?P<text>.*)$")
NAMED = re.compile(r"^(?P<name>[^\W\d_][^:：\n\t/]{0,29})(?::(?=\s|$)|：)\s*(?P<text>.*)$")
MOST_NAMES = 2
FIRST = datetime(2000, 1, 1, 12)


def sniff(source: Source) -> bool:
    """Whether lines begin with one of two names and a colon."""
    if b"\x00" in source.head:
        return False
    lines = [line.translate(BIDI) for line in head_lines(source)[:400] if line.strip()]
    names = Counter(match["name"].strip().casefold() for match in map(_row, lines) if match)
    return len(names) >= MOST_NAMES and sum(n for _, n in names.most_common(MOST_NAMES)) * 3 >= len(lines)


def _row(line: str) -> re.Match[str] | None:
    return TIMED.match(line) or NAMED.match(line)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each text."""
    for source in sources:
        options.progress("Reading", 0, source.size)
        yield _text(source, options)


def _text(source: Source, options: ReadOptions) -> Transcript:
    builder = TranscriptBuilder("Pasted text", chat=source.path, clock="local", label=source.label, given=source.given)
    timed = sum(bool(TIMED.match(line.translate(BIDI))) for line in head_lines(source)) >= MOST_NAMES
    names = _names(source, timed)
    spelling: dict[str, str] = {}
    table, lines = Table(builder, options.date_order), TextLines(source)
    found: list[tuple[int, str, str, list[str]]] = []
    for number, raw in enumerate(lines, start=1):
        line = raw.translate(BIDI)
        row = TIMED.match(line) if timed else NAMED.match(line)
        if row and row["name"].strip().casefold() in names:
            at = row["at"] if timed else ""
            name = row["name"].strip()
            found.append((number, at, spelling.setdefault(name.casefold(), name), [row["text"] or ""]))
        elif found:
            found[-1][3].append(raw)
            builder.continuation(bool(raw.strip()))
        elif raw.strip():
            builder.issue(number, "This line stands before the first name.", "It was left out.")
    for place, (number, at, name, parts) in enumerate(found):
        text = "\n".join(parts).strip() or None
        if timed:
            table.add(number, at, name, text)
        else:
            builder.names.setdefault(name, name)
            builder.row(number, FIRST + timedelta(minutes=place), name, "text", text)
    if timed:
        table.finish()
    else:
        problem = "These lines carry no times; they were put one minute apart."
        builder.issue(0, problem, "What is said about times means nothing here.", counts=False, weight="coverage")
    lines.report(builder)
    return builder.build(n_units=lines.n_lines)


def _names(source: Source, timed: bool) -> set[str]:
    """Without times, the names that come at least twice, or the two most frequent; with times, all."""
    pattern = TIMED if timed else NAMED
    counts: Counter[str] = Counter()
    for line in TextLines(source):
        match = pattern.match(line.translate(BIDI))
        if match:
            counts[match["name"].strip().casefold()] += 1
    return set(counts) if timed else {name for name, _ in counts.most_common(MOST_NAMES)}


READER = Reader(
    name="pasted_text",
    app="Any app",
    form="text copied from a screen: a name, a colon, the words",
    page="other",
    sniff=sniff,
    read=read,
)

"""
Signal, by signal-export (`sigexport`): `chat.md`, or `data.json` with one object a line.

Facts used: `[YYYY-MM-DD HH:MM:SS] NAME: TEXT` in local time, oneself `Me`, lines ending in two spaces; a quoted
message as `> …` lines before the text; reactions `(- NAME: 👍 -)` after it; stickers `(( 👍 ))`; media
`![f](./media/f)` or `[f](./media/f)`. The folder is named after the contact. The fields of `data.json` beyond `date`,
`sender`, `body`, `quote`, `attachments`, `reactions` and `sticker` are unverified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from steadily.readers.epochs import from_iso, from_unix
from steadily.readers.json_stream import JsonLines, as_dict, as_list, as_text
from steadily.readers.media_kinds import of_name
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.text_lines import TextLines, head_lines
from steadily.readers.transcript import Transcript, TranscriptBuilder

ROW = re.compile(r"^\[(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?)\] ([^:\n]{1,80}): ?(.*)$")
REACTIONS = re.compile(r"\(- (?P<all>[^()\n]{1,400}?) -\)\s*$")
STICKER = re.compile(r"^\(\( (?P<emoji>.{1,20}) \)\)$")
LINKED = re.compile(r"!?\[[^\]\n]*\]\(\.?/?(?P<path>media/[^)\n]+)\)")
JSON_KEYS = (b'"sender"', b'"body"', b'"date"')
MYSELF = "Me"


def sniff(source: Source) -> bool:
    """Whether it is a chat.md or data.json of signal-export."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        first = head.split(b"\n", 1)[0]
        return all(key in first for key in JSON_KEYS) and b'"attachments"' in first
    lines = [line for line in head_lines(source)[:300] if line.strip()]
    if not lines or not ROW.match(lines[0]):
        return False
    rows = [match for match in map(ROW.match, lines) if match]
    marked = any(LINKED.search(line) or REACTIONS.search(line) or STICKER.match(line.strip()) for line in lines)
    return any(row[2] == MYSELF for row in rows) or (source.name == "chat.md" and bool(rows)) or marked


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each file."""
    for number, source in enumerate(sources):
        options.progress("Reading", number, len(sources))
        is_json = source.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        yield _read_json(source) if is_json else _read_markdown(source)


def _builder(source: Source) -> TranscriptBuilder:
    title = source.folder.rsplit("/", 1)[-1] or source.container.removesuffix("chat.md").removesuffix("data.json")
    builder = TranscriptBuilder(
        "Signal", chat=source.path, title=title, clock="local", label=source.label, given=source.given
    )
    builder.me = MYSELF
    return builder


def _read_markdown(source: Source) -> Transcript:
    builder, lines = _builder(source), TextLines(source)
    pending: tuple[int, datetime, str, list[str]] | None = None
    for number, line in enumerate(lines, start=1):
        row = ROW.match(line)
        at = from_iso(row[1]) if row else None
        if row and at:
            _flush(builder, pending)
            pending = (number, at, row[2].strip(), [row[3]])
        elif not line.strip():
            if pending:
                pending[3].append("")
        elif pending:
            pending[3].append(line)
            builder.continuation()
        else:
            builder.issue(number, "This line stands before the first message.", "It was left out.")
    _flush(builder, pending)
    lines.report(builder)
    return builder.build(n_units=lines.n_lines)


def _flush(builder: TranscriptBuilder, pending: tuple[int, datetime, str, list[str]] | None) -> None:
    if pending is None:
        return
    number, at, sender, parts = pending
    builder.names.setdefault(sender, sender)
    lines = [part.rstrip() for part in parts]
    while len(lines) > 1 and (not lines[0] or lines[0].startswith(">")):
        lines = lines[1:]
    text = "\n".join(lines).strip()
    reactions = REACTIONS.search(text)
    text = text[: reactions.start()].strip() if reactions else text
    media = [of_name(match["path"]) for match in LINKED.finditer(text)]
    sticker = STICKER.match(text)
    media = ["sticker"] if sticker else media
    words = LINKED.sub("", text).strip() or None
    key = str(number)
    builder.message(number, at, sender, sticker["emoji"] if sticker else words, media, key=key)
    for name, emoji in _pairs(reactions["all"]) if reactions else ():
        builder.names.setdefault(name, name)
        builder.row(number, at, name, "reaction", emoji, reply_key=key, counts=False)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """`Ana: 👍, Me: ❤` as pairs."""
    for part in text.split(", "):
        name, colon, emoji = part.partition(": ")
        if colon and name and emoji:
            yield name.strip(), emoji.strip()


def _read_json(source: Source) -> Transcript:
    builder, lines = _builder(source), JsonLines(source)
    for line, value in lines:
        _record(builder, line, as_dict(value))
    lines.report(builder)
    return builder.build(n_units=lines.n_lines)


def _record(builder: TranscriptBuilder, line: int, record: dict[str, Any]) -> None:
    value = record.get("date")
    at = from_unix(value) or from_iso(value)
    sender = as_text(record.get("sender"))
    if at is None or sender is None:
        builder.issue(line, "This message lacks a time or a sender.", "It was left out.")
        return
    builder.names.setdefault(sender, sender)
    key = str(line)
    media = [
        of_name(str(as_dict(one).get("path") or as_dict(one).get("name") or ""))
        for one in as_list(record.get("attachments"))
    ]
    sticker = as_text(record.get("sticker"))
    media += ["sticker"] if sticker else []
    text = as_text(record.get("body"))
    builder.message(line, at, sender, text, media, key=key)
    for one in map(as_dict, as_list(record.get("reactions"))):
        name, emoji = as_text(one.get("name")), as_text(one.get("emoji"))
        if name and emoji:
            builder.names.setdefault(name, name)
            builder.row(line, at, name, "reaction", emoji, reply_key=key, counts=False)


READER = Reader(
    name="sigexport",
    app="Signal",
    form="chat.md or data.json (signal-export)",
    page="signal",
    sniff=sniff,
    read=read,
)

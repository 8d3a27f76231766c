"""
Signal, by sigtop: its text, short text and JSON.

Facts used: the long text has blocks of `From: NAME (number)`, `Type: …`, `Sent: Mon, 2 Jan 2006 15:04:05 -0700`,
`Received: …`, `Edited: …`, `Attachment: …`, `Reaction: …`, a blank line and the body indented or not; the short text
`2006-01-02 15:04 NAME: TEXT` with further lines indented; JSON is an array of Signal Desktop's own message records
(`sent_at` ms, `type` incoming or outgoing, `body`, `attachments`, `reactions`), whose bodies are empty since Desktop
7.42.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from steadily.readers.epochs import from_epoch, from_iso
from steadily.readers.json_stream import JsonItems, as_dict, as_list, as_text
from steadily.readers.media_kinds import of_mime, of_name
from steadily.readers.month_names import NUMBER_OF_MONTH
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.text_lines import TextLines, head_lines
from steadily.readers.transcript import Transcript, TranscriptBuilder

MIME = re.compile(r"\b(?:image|video|audio)/[\w.+-]+")
FIELD = re.compile(
    r"^(Conversation|From|To|Type|Sent|Received|Edited|Version|Quote|Mention|Attachment|Reaction|Preview|Story|Poll): ?(.*)$"
)
SENT = re.compile(
    r"^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})|^(\d{4}-\d{2}-\d{2}[ T].*)$"
)
SHORT = re.compile(r"^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?) ([^:\n]{1,80}): ?(.*)$")
NUMBER = re.compile(r" \(\+?[\d\s]+\)$")
REACTION = re.compile(r"^(\S+) from (.+)$")
DESKTOP = (b'"sent_at"', b'"conversationId"')
SELVES = frozenset({"You", "Me"})
MYSELF = "Me"


def sniff(source: Source) -> bool:
    """Whether sigtop wrote it."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"["):
        return all(key in head for key in DESKTOP) and b'"type"' in head
    lines = [line for line in head_lines(source)[:200] if line.strip()]
    fields = {match[1] for match in map(FIELD.match, lines[:20]) if match}
    if {"From", "Type", "Sent"} <= fields:
        return True
    return (
        bool(lines) and bool(SHORT.match(lines[0])) and sum(bool(SHORT.match(line)) for line in lines) * 3 >= len(lines)
    )


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each file."""
    for number, source in enumerate(sources):
        options.progress("Reading", number, len(sources))
        if source.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            yield _read_json(source)
        elif any(line.startswith("From:") for line in head_lines(source)[:50]):
            yield _Long(source).read()
        else:
            yield _read_short(source)


def _builder(source: Source, clock: str) -> TranscriptBuilder:
    title = NUMBER.sub("", re.sub(r"\.(?:txt|json)$", "", source.name))
    builder = TranscriptBuilder(
        "Signal",
        chat=source.path,
        title=title,
        clock="utc" if clock == "utc" else "local",
        label=source.label,
        given=source.given,
    )
    builder.me = MYSELF
    return builder


def _person(builder: TranscriptBuilder, name: str) -> str:
    name = NUMBER.sub("", name.strip())
    name = MYSELF if name in SELVES else name
    builder.names.setdefault(name, name)
    return name


class _Long:
    """The long text: fields, a blank line, the body."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.builder = _builder(source, "utc")
        self.fields: dict[str, list[str]] = {}
        self.body: list[str] | None = None
        self.start = 0

    def read(self) -> Transcript:
        lines = TextLines(self.source)
        for number, line in enumerate(lines, start=1):
            self._line(number, line)
        self._flush()
        lines.report(self.builder)
        return self.builder.build(n_units=lines.n_lines)

    def _line(self, number: int, line: str) -> None:
        match = FIELD.match(line)
        if match and match[1] == "From":
            self._flush()
            self.fields, self.body, self.start = {"From": [match[2]]}, None, number
        elif self.body is not None:
            self.body.append(line)
            if line.strip():
                self.builder.continuation()
        elif not line.strip():
            self.body = [] if self.fields else None
        elif self.fields:
            name, value = (match[1], match[2]) if match else ("", line)
            self.fields.setdefault(name, []).append(value)
            self.builder.continuation()
        elif match:
            self.builder.structure()
        else:
            self.builder.issue(number, "This line stands before the first message.", "It was left out.")

    def _flush(self) -> None:
        if not self.fields:
            return
        fields, self.fields = self.fields, {}
        at = _sent(fields.get("Sent", [""])[0])
        if at is None:
            self.builder.issue(
                self.start, "The time of this message is missing or cannot be.", "The message was left out."
            )
            return
        sender = _person(self.builder, fields["From"][0])
        text = "\n".join(line.strip() for line in self.body or []).strip() or None
        media = [_media(value) for value in fields.get("Attachment", [])]
        edited = "Edited" in fields or "Version" in fields
        kind = fields.get("Type", [""])[0]
        key = str(self.start)
        if kind not in ("incoming", "outgoing", ""):
            self.builder.row(self.start, at, None, "system", text)
            return
        self.builder.message(self.start, at, sender, text, media, edited=edited, key=key)
        for match in filter(None, map(REACTION.match, fields.get("Reaction", []))):
            name = _person(self.builder, match[2])
            self.builder.row(self.start, at, name, "reaction", match[1], reply_key=key, counts=False)


def _sent(text: str) -> datetime | None:
    match = SENT.match(text.strip())
    if match is None:
        return None
    if match[10]:
        return from_iso(re.sub(r" ([+-]\d{2})(\d{2})$", r"\1:\2", match[10]))
    try:
        moment = datetime(
            int(match[3]),
            NUMBER_OF_MONTH[match[2].casefold()],
            int(match[1]),
            int(match[4]),
            int(match[5]),
            int(match[6]),
        )
        ahead = timedelta(hours=int(match[8]), minutes=int(match[9]))
        return moment - ahead if match[7] == "+" else moment + ahead
    except (ValueError, KeyError, OverflowError):
        return None


def _media(value: str) -> str:
    kind = MIME.search(value)
    return of_mime(kind[0]) if kind else of_name(value.rsplit(" (", 1)[0])


def _read_short(source: Source) -> Transcript:
    builder, lines = _builder(source, "local"), TextLines(source)
    pending: tuple[int, datetime, str, list[str]] | None = None

    def flush() -> None:
        if pending:
            number, at, sender, parts = pending
            builder.row(number, at, _person(builder, sender), "text", "\n".join(parts).strip() or None)

    for number, line in enumerate(lines, start=1):
        row = SHORT.match(line)
        at = from_iso(row[1]) if row else None
        if row and at:
            flush()
            pending = (number, at, row[2], [row[3]])
        elif pending and line.strip():
            pending[3].append(line.strip())
            builder.continuation()
        elif line.strip():
            builder.issue(number, "This line stands before the first message.", "It was left out.")
    flush()
    lines.report(builder)
    return builder.build(n_units=lines.n_lines)


def _read_json(source: Source) -> Transcript:
    builder = _builder(source, "utc")
    items = JsonItems(source, "item")
    n_empty = 0
    for line, record in enumerate(map(as_dict, items), start=1):
        n_empty += _record(builder, line, record)
    if n_empty and n_empty * 2 > items.n_items:
        problem = "Most messages in this file hold no words."
        builder.issue(
            0, problem, "Signal Desktop changed its store; export as text instead.", counts=False, weight="coverage"
        )
    items.report(builder)
    return builder.build(n_units=items.n_items)


def _record(builder: TranscriptBuilder, line: int, record: dict[str, Any]) -> bool:
    """Add one record; whether it is a message without words or attachments."""
    at = from_epoch(record.get("sent_at"), "ms")
    if at is None:
        builder.issue(line, "The time of this message is missing or cannot be.", "The message was left out.")
        return False
    kind = record.get("type")
    if kind not in ("incoming", "outgoing"):
        builder.row(line, at, None, "system", as_text(record.get("body")))
        return False
    sender = (
        MYSELF
        if kind == "outgoing"
        else as_text(record.get("sourceName")) or as_text(record.get("source")) or builder.title
    )
    sender = _person(builder, sender or "partner")
    media = [of_mime(str(as_dict(one).get("contentType", ""))) for one in as_list(record.get("attachments"))]
    text = as_text(record.get("body"))
    if record.get("deletedForEveryone") is True:
        builder.row(line, at, sender, "deleted", key=str(record.get("sent_at")))
        return False
    edited = bool(as_list(record.get("editHistory")))
    quote = as_dict(record.get("quote")).get("id")
    reply = str(quote) if isinstance(quote, int) else None
    builder.message(line, at, sender, text, media, edited=edited, key=str(record.get("sent_at")), reply_key=reply)
    return not media and text is None


READER = Reader(
    name="sigtop",
    app="Signal",
    form="text, short text or JSON (sigtop)",
    page="signal",
    sniff=sniff,
    read=read,
)

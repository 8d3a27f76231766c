"""
iMessage and SMS on a Mac or in an iPhone backup: the database `chat.db` (in a backup
`3d0d7e5fb2ce288813306e4d4636395e047a3d28`).

Facts used: `date` counts from 2001-01-01 UTC, in ns since High Sierra, in seconds before (told apart by size), 0 when
unset. `text` is often NULL since Ventura and then stands in `attributedBody`. `chat.style` 45 is one-to-one, 43 a
group; one person may have several chats (SMS, iMessage, RCS, e-mail), which are joined by handle.
`associated_message_type` 2000–2006 are tapbacks, 2007 a sticker, 3000–3007 their removal; their target is
`p:PART/GUID` or `bp:GUID`. `item_type` or `group_action_type` other than 0 are the app's own rows. `date_retracted`,
and `message_summary_info` (a property list) with `rp`, tell of unsent messages; `date_edited` of edited ones.
"""

from __future__ import annotations

import plistlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from steadily.errors import UnreadableFile
from steadily.readers.epochs import APPLE, from_epoch
from steadily.readers.json_stream import as_dict
from steadily.readers.media_kinds import of_mime
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.tapbacks import EMOJI, spelled_tapback
from steadily.readers.transcript import Transcript, TranscriptBuilder
from steadily.readers.typedstream import first_string

MAGIC = b"SQLite format 3\x00"
TABLES = (b"chat_message_join", b"message", b"handle")
NANOSECONDS_FROM = 1e11
GROUP_STYLE = 43
MYSELF = "me"
TAPBACKS = dict(zip(range(2000, 2006), EMOJI.values(), strict=True))
CUSTOM, STICKER_BACK, FIRST_REMOVAL, STICKER = 2006, 2007, 3000, 1000
TARGET = re.compile(r"^(?:p:\d+/|bp:)?(.+)$")
SLOT = "\ufffc"
OPTIONAL = (
    "attributedBody", "item_type", "group_action_type", "cache_has_attachments", "associated_message_guid", "associated_message_type",
    "associated_message_emoji", "thread_originator_guid", "date_edited", "date_retracted", "message_summary_info", "balloon_bundle_id",
    "service", "text",
)  # fmt: skip
NEEDED = ("ROWID", "guid", "date", "is_from_me", "handle_id")
LINK = "URLBalloonProvider"
Record = dict[str, Any]


def sniff(source: Source) -> bool:
    """Whether it is a database with the tables of Messages (their definitions stand near the file's head)."""
    return source.head.startswith(MAGIC) and all(table in source.head for table in TABLES)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each person or group, all chats with the same person together."""
    for source in sources:
        options.progress("Reading", 0, source.size)
        with source.as_file() as path:
            try:
                yield from _Database(source, path).chats()
            except (sqlite3.Error, UnicodeError) as error:
                raise UnreadableFile(
                    f"{source.label} is a damaged or unfinished database ({type(error).__name__}). "
                    "Close Messages, copy chat.db together with chat.db-wal and chat.db-shm, and try the copy."
                ) from error


class _Database:
    """One chat.db, opened read-only."""

    def __init__(self, source: Source, path: Path) -> None:
        self.source = source
        self.connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        self.connection.row_factory = sqlite3.Row
        self.connection.text_factory = lambda data: data.decode("utf-8", "replace")

    def chats(self) -> Iterator[Transcript]:
        """Every person or group that has messages."""
        with closing(self.connection):
            columns = self._columns("message")
            missing = [name for name in NEEDED if name not in columns]
            if missing:
                raise UnreadableFile(
                    f"{self.source.label} lacks parts of Messages' database ({', '.join(missing)}). "
                    "It may be from a version that is not known; please tell us which."
                )
            handles = {row["ROWID"]: str(row["id"]) for row in self.connection.execute("SELECT ROWID, id FROM handle")}
            for chat_ids, title, is_group in self._people(handles):
                builder = self._builder(title, is_group=is_group)
                records = list(self._records(chat_ids, columns))
                for line, record in enumerate(records, start=1):
                    _row(builder, line, record, handles)
                yield builder.build(n_units=len(records))

    def _columns(self, table: str) -> set[str]:
        return {str(row["name"]) for row in self.connection.execute(f"PRAGMA table_info({table})")}

    def _builder(self, title: str, *, is_group: bool) -> TranscriptBuilder:
        source = self.source
        builder = TranscriptBuilder(
            "iMessage", chat=title, title=title, clock="utc", label=source.label, given=source.given
        )
        builder.me, builder.is_group = MYSELF, is_group
        builder.names[MYSELF] = "Me"
        return builder

    def _people(self, handles: dict[int, str]) -> Iterator[tuple[list[int], str, bool]]:
        """Chats gathered: those of one person together, each group by itself."""
        known = self._columns("chat")
        name = "display_name" if "display_name" in known else "NULL"
        rows = self.connection.execute(
            f"SELECT ROWID, style, chat_identifier, {name} AS display_name FROM chat ORDER BY ROWID"
        )
        members: dict[int, list[str]] = {}
        for row in self.connection.execute("SELECT chat_id, handle_id FROM chat_handle_join"):
            members.setdefault(row["chat_id"], []).append(handles.get(row["handle_id"], ""))
        people: dict[str, list[int]] = {}
        for row in rows:
            inside = [one for one in members.get(row["ROWID"], []) if one]
            if row["style"] == GROUP_STYLE or len(set(inside)) > 1:
                yield [row["ROWID"]], str(row["display_name"] or row["chat_identifier"]), True
            else:
                people.setdefault(inside[0] if inside else str(row["chat_identifier"]), []).append(row["ROWID"])
        for person, chat_ids in people.items():
            yield chat_ids, person, False

    def _records(self, chat_ids: list[int], columns: set[str]) -> Iterator[Record]:
        fields = ", ".join([*(f"m.{name}" for name in NEEDED), *(f"m.{name}" for name in OPTIONAL if name in columns)])
        attached = self._attachments()
        marks = ", ".join("?" * len(chat_ids))
        query = (
            f"SELECT DISTINCT {fields} FROM message m JOIN chat_message_join j ON j.message_id = m.ROWID "
            f"WHERE j.chat_id IN ({marks}) ORDER BY m.date, m.ROWID"
        )
        seen: set[str] = set()
        for row in self.connection.execute(query, chat_ids):
            record = dict(row)
            guid = str(record["guid"])
            if guid not in seen:
                seen.add(guid)
                record["media"] = attached.get(record["ROWID"], [])
                yield record

    def _attachments(self) -> dict[int, list[str]]:
        if not {"message_attachment_join", "attachment"} <= self._tables():
            return {}
        query = (
            "SELECT j.message_id, a.* FROM message_attachment_join j "
            "JOIN attachment a ON a.ROWID = j.attachment_id ORDER BY j.message_id, a.ROWID"
        )
        found: dict[int, list[str]] = {}
        for row in self.connection.execute(query):
            found.setdefault(row["message_id"], []).append(_media(dict(row)))
        return found

    def _tables(self) -> set[str]:
        return {
            str(row["name"]) for row in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }


def _media(attachment: Record) -> str:
    if attachment.get("is_sticker") == 1:
        return "sticker"
    if str(attachment.get("uti") or "").startswith("com.apple.coreaudio"):
        return "audio"
    return of_mime(str(attachment.get("mime_type") or ""))


def _row(builder: TranscriptBuilder, line: int, record: Record, handles: dict[int, str]) -> None:
    at = _time(record.get("date"))
    if at is None:
        builder.issue(line, "The time of this message is missing or cannot be.", "The message was left out.")
        return
    sender = MYSELF if record.get("is_from_me") == 1 else handles.get(_number(record.get("handle_id")))
    if sender is None and not builder.is_group:
        sender = builder.title
    key = str(record["guid"])
    text = _text(record)
    if _number(record.get("item_type")) or _number(record.get("group_action_type")) or sender is None:
        builder.row(line, at, None, "system", text, key=key)
        return
    builder.names.setdefault(sender, sender)
    kind = _number(record.get("associated_message_type"))
    if kind >= CUSTOM - len(TAPBACKS):
        _tapback(builder, line, at, sender, kind, record)
    elif (emoji := spelled_tapback(text)) is not None:
        builder.row(line, at, sender, "reaction", emoji, key=key)
    elif _is_unsent(record):
        builder.row(line, at, sender, "deleted", key=key)
    else:
        _said(builder, line, at, sender, text, record)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _time(value: object) -> datetime | None:
    if not isinstance(value, int) or isinstance(value, bool) or value == 0:
        return None
    return from_epoch(value, "ns" if abs(value) > NANOSECONDS_FROM else "s", epoch=APPLE)


def _text(record: Record) -> str | None:
    text = record.get("text")
    body = record.get("attributedBody")
    if not isinstance(text, str) or not text:
        text = first_string(body) if isinstance(body, bytes) else None
    return (text.replace(SLOT, "").strip("\n") or None) if text else None


def _tapback(builder: TranscriptBuilder, line: int, at: datetime, sender: str, kind: int, record: Record) -> None:
    """A tapback is a reaction; its removal is structure, and the reaction it takes back stays, as it was seen."""
    if kind >= FIRST_REMOVAL:
        builder.structure()
        return
    emoji = record.get("associated_message_emoji") if kind == CUSTOM else TAPBACKS.get(kind, "(sticker)")
    target = TARGET.match(str(record.get("associated_message_guid") or ""))
    text = emoji if isinstance(emoji, str) and emoji else "(emoji)"
    builder.row(line, at, sender, "reaction", text, reply_key=target[1] if target else None)


def _is_unsent(record: Record) -> bool:
    if _number(record.get("date_retracted")):
        return True
    summary = record.get("message_summary_info")
    if not isinstance(summary, bytes) or _text(record):
        return False
    try:
        return bool(as_dict(plistlib.loads(summary)).get("rp"))
    except Exception as error:  # a damaged property list raises almost anything; the message itself is whole
        if isinstance(error, MemoryError):
            raise
        return False


def _said(builder: TranscriptBuilder, line: int, at: datetime, sender: str, text: str | None, record: Record) -> None:
    media = list(record["media"])
    kind = _number(record.get("associated_message_type"))
    if kind == STICKER:
        media = ["sticker"]
    elif not media and LINK in str(record.get("balloon_bundle_id") or "") and text is None:
        media = ["link"]
    elif not media and text is None and _number(record.get("cache_has_attachments")):
        media = ["other"]
    reply = record.get("thread_originator_guid")
    builder.message(
        line,
        at,
        sender,
        text,
        media,
        edited=bool(_number(record.get("date_edited"))),
        key=str(record["guid"]),
        reply_key=reply if isinstance(reply, str) and reply else None,
    )


READER = Reader(
    name="imessage_db",
    app="iMessage",
    form="chat.db",
    page="imessage",
    sniff=sniff,
    read=read,
)

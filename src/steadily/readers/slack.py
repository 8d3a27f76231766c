"""
Slack: the workspace export, its direct messages.

Facts used: `dms.json` and `users.json` at the top; a folder per conversation, named by its id, with one
`YYYY-MM-DD.json` per day: a list of messages with `ts` (`seconds.micros`, also the message's id), `user`, `text`,
`subtype`, `thread_ts`, `files`, `reactions`, `edited`. People are written `<@U…>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from steadily.readers.epochs import from_epoch
from steadily.readers.json_stream import JsonItems, as_dict, as_list, as_text
from steadily.readers.media_kinds import of_mime
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

DAY_FILE = re.compile(r"^\d{4}-\d{2}-\d{2}\.json$")
MESSAGE = re.compile(rb'"ts"\s*:\s*"\d{9,11}\.\d{3,6}"')
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
LINK = re.compile(r"<((?:https?|mailto):[^>|]+)(?:\|[^>]*)?>")
SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message", "bot_message", "reply_broadcast"})
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def sniff(source: Source) -> bool:
    """Whether it is one day of a Slack conversation."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"[") and bool(MESSAGE.search(head)) and b'"type"' in head


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each folder of days."""
    folders: dict[tuple[int, str], list[Source]] = {}
    for source in sources:
        folders.setdefault((id(source.family), source.folder), []).append(source)
    for number, days in enumerate(folders.values()):
        options.progress("Reading", number, len(folders))
        yield _conversation(sorted(days, key=lambda day: day.name))


def _conversation(days: Sequence[Source]) -> Transcript:
    first = days[0]
    chat = first.folder.rsplit("/", 1)[-1]
    builder = TranscriptBuilder("Slack", chat=chat, title=chat, clock="utc", label=first.label, given=first.given)
    names = _names(first)
    members = _members(first, chat)
    builder.is_group = len(members) > 2
    builder.title = ", ".join(names.get(member, member) for member in members) or chat
    n_seen = 0
    for day in days:
        items = JsonItems(day, "item")
        for record in items:
            n_seen += 1
            _message(builder, n_seen, as_dict(record), names)
        items.report(builder)
    return builder.build(n_units=n_seen)


def _beside(source: Source, name: str) -> Iterator[dict[str, Any]]:
    """The records of a list at the top of the export."""
    for one in source.family:
        if one.name == name:
            yield from (record for record in map(as_dict, JsonItems(one, "item")) if record)


def _names(source: Source) -> dict[str, str]:
    names = {}
    for user in _beside(source, "users.json"):
        profile = as_dict(user.get("profile"))
        name = as_text(profile.get("display_name")) or as_text(user.get("real_name")) or as_text(user.get("name"))
        names[str(user.get("id"))] = name or str(user.get("id"))
    return names


def _members(source: Source, chat: str) -> list[str]:
    for listing in ("dms.json", "mpims.json", "channels.json", "groups.json"):
        for record in _beside(source, listing):
            if chat in (record.get("id"), record.get("name")):
                return [str(member) for member in as_list(record.get("members"))]
    return []


def _message(builder: TranscriptBuilder, line: int, record: dict[str, Any], names: dict[str, str]) -> None:
    ts = record.get("ts")
    at = from_epoch(ts, "s")
    if at is None:
        builder.issue(line, "The time of this message is missing or cannot be.", "The message was left out.")
        return
    sender = as_text(record.get("user")) or as_text(record.get("bot_id"))
    text = _plain(as_text(record.get("text")), names)
    subtype = record.get("subtype") or ""
    if subtype == "tombstone" and sender:
        builder.row(line, at, sender, "deleted", key=str(ts))
        return
    if sender is None or subtype not in SPOKEN:
        builder.row(line, at, None, "system", text)
        return
    builder.names.setdefault(sender, names.get(sender, sender))
    media = [of_mime(str(as_dict(file).get("mimetype", ""))) for file in as_list(record.get("files"))]
    thread = record.get("thread_ts")
    reply = str(thread) if thread and thread != ts else None
    builder.message(line, at, sender, text, media, edited=bool(record.get("edited")), key=str(ts), reply_key=reply)
    for reaction in map(as_dict, as_list(record.get("reactions"))):
        emoji = as_text(reaction.get("name"))
        for user in as_list(reaction.get("users")) if emoji else []:
            builder.names.setdefault(str(user), names.get(str(user), str(user)))
            builder.row(line, at, str(user), "reaction", f":{emoji}:", reply_key=str(ts), counts=False)


def _plain(text: str | None, names: dict[str, str]) -> str | None:
    if text is None:
        return None
    text = MENTION.sub(lambda match: f"@{names.get(match[1], match[1])}", text)
    text = LINK.sub(r"\1", text)
    for entity, letter in ENTITIES:
        text = text.replace(entity, letter)
    return text


READER = Reader(
    name="slack",
    app="Slack",
    form="a workspace export: a folder per conversation, a file per day",
    page="slack",
    sniff=sniff,
    read=read,
)

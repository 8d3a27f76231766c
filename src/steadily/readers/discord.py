"""
Discord, by DiscordChatExporter: its JSON, also in partitions.

Facts used: `{guild, channel: {id, type, name}, messages: [{id, type, timestamp (ISO 8601 with offset),
timestampEdited, callEndedTimestamp, content, author: {id, name, nickname}, attachments, stickers, reactions: [{emoji:
{name}, count, users}], reference: {messageId}}]}`; `DirectTextChat` is a chat of two. Discord's own data package
holds one's own messages only, so it is refused with that explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from steadily.errors import UnknownFormat
from steadily.readers.epochs import from_iso
from steadily.readers.json_stream import JsonItems, as_dict, as_list, as_text
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

EXPORT = re.compile(rb'^\s*\{\s*"guild"\s*:\s*\{')
PACKAGE = re.compile(rb'^\s*\[\s*\{\s*"ID"\s*:\s*"?\d{15,20}"?\s*,\s*"Timestamp"\s*:')
FIELD = re.compile(rb'"(type|name|id)"\s*:\s*"((?:[^"\\]|\\.)*)"')
SPOKEN = frozenset({"Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "ThreadStarterMessage"})
PART = re.compile(r"\[part (\d+)\]", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """Whether DiscordChatExporter wrote it, or it is a part of Discord's own data package."""
    head = source.head.removeprefix(b"\xef\xbb\xbf")
    return bool(PACKAGE.match(head)) or (bool(EXPORT.match(head)) and b'"channel"' in head)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each channel, its partitions together."""
    exports = [source for source in sources if not PACKAGE.match(source.head.removeprefix(b"\xef\xbb\xbf"))]
    if not exports:
        raise UnknownFormat(
            f"{sources[0].label} is Discord's own data package, which holds only the messages that you sent. "
            "Export the conversation with DiscordChatExporter as JSON (docs/exporting/discord.md)."
        )
    channels: dict[tuple[int, str], list[Source]] = {}
    for source in exports:
        channels.setdefault((id(source.family), _channel(source).get("id", source.path)), []).append(source)
    for number, parts in enumerate(channels.values()):
        options.progress("Reading", number, len(channels))
        yield _chat(sorted(parts, key=_part_number))


def _part_number(source: Source) -> int:
    match = PART.search(source.name)
    return int(match[1][:9]) if match else 0


def _channel(source: Source) -> dict[str, str]:
    """`id`, `type` and `name` of the channel, which stand in the file's head."""
    block = source.head.partition(b'"channel"')[2].partition(b"}")[0]
    return {name.decode(): value.decode("utf-8", "replace") for name, value in reversed(FIELD.findall(block))}


def _chat(parts: Sequence[Source]) -> Transcript:
    first, channel = parts[0], _channel(parts[0])
    builder = TranscriptBuilder(
        "Discord",
        chat=channel.get("id", first.path),
        title=channel.get("name", ""),
        clock="utc",
        label=first.label,
        given=first.given,
    )
    builder.is_group = channel.get("type", "DirectTextChat") != "DirectTextChat"
    found: list[tuple[datetime, int, dict[str, Any]]] = []
    n_seen = 0
    for part in parts:
        items = JsonItems(part, "messages.item")
        for record in map(as_dict, items):
            n_seen += 1
            at = from_iso(record.get("timestamp"))
            if at is None:
                builder.issue(n_seen, "The time of this message is missing or cannot be.", "The message was left out.")
            else:
                found.append((at, n_seen, record))
        items.report(builder)
    found.sort(key=lambda one: one[0])
    for at, line, record in found:
        _message(builder, line, at, record)
    return builder.build(n_units=n_seen)


def _person(builder: TranscriptBuilder, record: dict[str, Any]) -> str | None:
    identity = as_text(record.get("id"))
    if identity:
        builder.names.setdefault(identity, as_text(record.get("nickname")) or as_text(record.get("name")) or identity)
    return identity


def _message(builder: TranscriptBuilder, line: int, at: datetime, record: dict[str, Any]) -> None:
    sender = _person(builder, as_dict(record.get("author")))
    key = as_text(record.get("id"))
    kind = record.get("type")
    if sender is None or (kind not in SPOKEN and kind != "Call"):
        builder.row(line, at, None, "system", as_text(record.get("content")), key=key)
        return
    if kind == "Call":
        ended = from_iso(record.get("callEndedTimestamp"))
        seconds = max((ended - at).total_seconds(), 0.0) if ended else None
        builder.row(line, at, sender, "call", call_s=seconds if seconds is None or seconds < 1e7 else None, key=key)
        return
    media = [_media(str(as_dict(one).get("fileName", ""))) for one in as_list(record.get("attachments"))]
    media += ["sticker" for _ in as_list(record.get("stickers"))]
    builder.row(
        line,
        at,
        sender,
        "media" if media else "text",
        as_text(record.get("content")),
        media=media[0] if media else None,
        edited=bool(record.get("timestampEdited")),
        key=key,
        reply_key=as_text(as_dict(record.get("reference")).get("messageId")),
    )
    for further in media[1:]:
        builder.row(line, at, sender, "media", media=further, counts=False)
    for reaction in map(as_dict, as_list(record.get("reactions"))):
        emoji = as_text(as_dict(reaction.get("emoji")).get("name"))
        for user in map(as_dict, as_list(reaction.get("users"))):
            who = _person(builder, user)
            if emoji and who:
                builder.row(line, at, who, "reaction", emoji, reply_key=key, counts=False)


def _media(name: str) -> str:
    endings = {
        "image": "jpg jpeg png webp heic bmp",
        "video": "mp4 mov webm mkv",
        "audio": "mp3 ogg wav m4a flac",
        "gif": "gif",
    }
    ending = name.rsplit(".", 1)[-1].lower()
    return next((media for media, known in endings.items() if ending in known.split()), "document")


READER = Reader(
    name="discord",
    app="Discord",
    form="JSON of DiscordChatExporter",
    page="discord",
    sniff=sniff,
    read=read,
)

"""
Discord, by DiscordChatExporter: its JSON, also in partitions.

Facts used: `{guild, channel: {id, type, name}, messages: [{id, type, timestamp (ISO 8601 with offset),
timestampEdited, callEndedTimestamp, content, author: {id, name, nickname}, attachments, stickers, reactions: [{emoji:
{name}, count, users}], reference: {messageId}, forwardedMessage: {content, attachments}}]}`; `DirectTextChat` is a
chat of two; a type that the exporter does not know is a number. Older exports have no `users`. Discord's own data
package (`messages.json`, before 2024 `messages.csv`) holds one's own messages only, so it is refused with that
explanation. Unverified: that a call whose end is missing was still going on.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from steadily.errors import UnknownFormat
from steadily.readers.epochs import from_iso
from steadily.readers.json_stream import BROKEN, BROKEN_REMEDY, JsonItems, as_dict, as_list, as_seconds, as_text
from steadily.readers.media_kinds import of_name
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

EXPORT = re.compile(rb'\s*\{\s*"guild"\s*:\s*\{')
PACKAGE = re.compile(
    rb'\s*\[\s*\{\s*"ID"\s*:\s*"?\d{15,20}"?\s*,\s*"Timestamp"\s*:|"?ID"?,"?Timestamp"?,"?Contents"?,"?Attachments\b'
)
SPOKEN = frozenset({"Default", "Reply", "20", "ChatInputCommand", "23", "ContextMenuCommand"})
PART = re.compile(r"\[part (\d+)\]", re.IGNORECASE)
NO_TIME, LEFT_OUT = "The time of this message is missing or cannot be.", "The message was left out."
NO_SENDER = "Who sent this message is missing."
TWICE, TWICE_REMEDY = "This message stands in the files twice.", "It was counted once."


def sniff(source: Source) -> bool:
    """Whether DiscordChatExporter wrote it, or it is a part of Discord's own data package."""
    head = source.head.removeprefix(codecs.BOM_UTF8)
    return bool(PACKAGE.match(head)) or (bool(EXPORT.match(head)) and b'"channel"' in head)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """
    One transcript for each channel, its partitions together.

    Raises:
        UnknownFormat: All there is is Discord's own data package.
    """
    exports = [source for source in sources if not PACKAGE.match(source.head.removeprefix(codecs.BOM_UTF8))]
    if sources and not exports:
        raise UnknownFormat(
            f"{sources[0].label} is Discord's own data package, which holds only the messages that you sent. "
            "Export the conversation with DiscordChatExporter as JSON (docs/exporting/discord.md)."
        )
    channels: dict[tuple[int, str], list[tuple[Source, dict[str, Any]]]] = {}
    for source in exports:
        channel = as_dict(next(iter(JsonItems(source, "channel")), None))
        identity = as_text(channel.get("id")) or source.path
        channels.setdefault((id(source.family), identity), []).append((source, channel))
    for number, ((_, identity), parts) in enumerate(channels.items()):
        options.progress("Reading", number, len(channels))
        parts.sort(key=lambda part: _part_number(part[0]))
        yield _chat(identity, parts[0][1], [source for source, _ in parts])


def _part_number(source: Source) -> int:
    match = PART.search(source.name)
    return int(match[1][:9]) if match else 0


def _chat(identity: str, channel: dict[str, Any], parts: Sequence[Source]) -> Transcript:
    builder = TranscriptBuilder(
        "Discord",
        chat=identity,
        title=as_text(channel.get("name")) or "",
        clock="utc",
        label=parts[0].label,
        given=parts[0].given,
    )
    builder.is_group = channel.get("type", "DirectTextChat") != "DirectTextChat"
    found: list[tuple[datetime, int, dict[str, Any]]] = []
    seen: set[str] = set()
    n_seen = 0
    for part in parts:
        items = JsonItems(part, "messages.item")
        for record in map(as_dict, items):
            n_seen += 1
            at, key = from_iso(record.get("timestamp")), as_text(record.get("id"))
            if at is None:
                builder.issue(n_seen, NO_TIME, LEFT_OUT)
            elif key in seen:
                builder.issue(n_seen, TWICE, TWICE_REMEDY, weight="decided")
            else:
                seen |= {key} if key else set()
                found.append((at, n_seen, record))
        if items.broken:
            builder.issue(n_seen + 1, BROKEN, BROKEN_REMEDY, counts=False)
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
    key, kind = as_text(record.get("id")), as_text(record.get("type"))
    if kind not in SPOKEN and kind != "Call":
        builder.row(line, at, None, "system", as_text(record.get("content")), key=key)
        return
    sender = _person(builder, as_dict(record.get("author")))
    if sender is None:
        builder.issue(line, NO_SENDER, LEFT_OUT)
    elif kind == "Call":
        ended = from_iso(record.get("callEndedTimestamp"))
        builder.row(
            line, at, sender, "call", call_s=as_seconds((ended - at).total_seconds()) if ended else None, key=key
        )
    else:
        _said(builder, line, at, sender, record)
        _reactions(builder, line, at, key, as_list(record.get("reactions")))


def _said(builder: TranscriptBuilder, line: int, at: datetime, sender: str, record: dict[str, Any]) -> None:
    """A message's words and first file, and a row for each further file."""
    forwarded = as_dict(record.get("forwardedMessage"))
    text = as_text(record.get("content")) or as_text(forwarded.get("content"))
    media = [*_media(record), *_media(forwarded)]
    if not media and not text:
        media = ["link" if as_list(record.get("embeds")) else "other"]
    builder.message(
        line,
        at,
        sender,
        text,
        media,
        edited=bool(record.get("timestampEdited")),
        key=as_text(record.get("id")),
        reply_key=as_text(as_dict(record.get("reference")).get("messageId")) if record["type"] == "Reply" else None,
    )


def _reactions(builder: TranscriptBuilder, line: int, at: datetime, key: str | None, reactions: list[Any]) -> None:
    for reaction in map(as_dict, reactions):
        emoji = as_text(as_dict(reaction.get("emoji")).get("name"))
        for user in map(as_dict, as_list(reaction.get("users"))):
            who = _person(builder, user)
            if emoji and who:
                builder.row(line, at, who, "reaction", emoji, reply_key=key, counts=False)


def _media(record: dict[str, Any]) -> list[str]:
    """What is attached to a message, file by file."""
    names = [as_text(as_dict(one).get("fileName")) or "" for one in as_list(record.get("attachments"))]
    return [of_name(name) for name in names] + ["sticker"] * len(as_list(record.get("stickers")))


READER = Reader(
    name="discord",
    app="Discord",
    form="JSON of DiscordChatExporter",
    page="discord",
    sniff=sniff,
    read=read,
)

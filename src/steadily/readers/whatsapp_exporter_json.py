"""
WhatsApp-Chat-Exporter (a tool that reads a phone's backup): its JSON.

Facts used: one object from chat id (`…@s.whatsapp.net`, groups `…@g.us`) to `{name, messages: {id: {from_me,
timestamp (s, UTC), data, media, mime, meta, reply, reactions, sender, key_id, caption}}}`. Unlike WhatsApp's own
export it holds replies and reactions. `meta` marks notices; the words for deleted messages are the tool's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from steadily.readers.epochs import from_unix
from steadily.readers.json_stream import JsonItems, as_dict, as_text, cut_off_key
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

CHAT = re.compile(rb'^\s*\{\s*"[^"\\]{3,80}@(?:s\.whatsapp\.net|g\.us|lid|broadcast|newsletter)"\s*:\s*\{')
DELETED = frozenset({"message deleted", "the message is deleted", "this message was deleted"})
MYSELF = "me"
LONGEST_MARKUP = re.compile(r"<br\s*/?>", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """Whether it is a result of WhatsApp-Chat-Exporter."""
    return bool(CHAT.match(source.head.removeprefix(b"\xef\xbb\xbf"))) and b'"from_me"' in source.head


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each chat of each file."""
    for source in sources:
        options.progress("Reading", 0, 1)
        yield from _chats(source)


def _chats(source: Source) -> Iterator[Transcript]:
    pairs = JsonItems(source, "", pairs=True)
    whole: set[str] = set()
    for chat, record in pairs:
        whole.add(chat)
        yield _chat(source, str(chat), as_dict(record))
    if pairs.broken:
        chat = cut_off_key(source, whole)
        messages = JsonItems(source, f"{chat}.messages", pairs=True)
        name = next(iter(JsonItems(source, f"{chat}.name")), None)
        yield _chat(source, chat, {"name": name, "messages": dict(messages)}, messages)


def _chat(source: Source, chat: str, record: dict[str, Any], items: JsonItems | None = None) -> Transcript:
    title = as_text(record.get("name")) or chat.split("@", maxsplit=1)[0]
    builder = TranscriptBuilder("WhatsApp", chat=chat, title=title, clock="utc", label=source.label, given=source.given)
    builder.me = MYSELF
    builder.names[MYSELF] = "Me"
    builder.is_group = chat.endswith("@g.us")
    messages = as_dict(record.get("messages"))
    for line, (key, message) in enumerate(messages.items(), start=1):
        _message(builder, line, str(key), as_dict(message))
    if items:
        items.report(builder)
    return builder.build(n_units=len(messages))


def _message(builder: TranscriptBuilder, line: int, key: str, message: dict[str, Any]) -> None:
    value = message.get("timestamp")
    at = from_unix(value)
    if at is None:
        builder.issue(line, "The time of this message is missing or cannot be.", "The message was left out.")
        return
    data = as_text(message.get("data"))
    text = LONGEST_MARKUP.sub("\n", data) if data else None
    identity = as_text(message.get("key_id")) or key
    if message.get("meta") is True:
        kind = "deleted" if text and text.strip().rstrip(".").lower() in DELETED else "system"
        builder.row(
            line,
            at,
            _sender(builder, message) if kind == "deleted" else None,
            kind,
            None if kind == "deleted" else text,
        )
        return
    sender = _sender(builder, message)
    reply = as_text(message.get("reply"))
    if message.get("media") is True or message.get("sticker") is True:
        media = "sticker" if message.get("sticker") is True else _media(str(message.get("mime", "")))
        caption = as_text(message.get("caption"))
        builder.row(line, at, sender, "media", caption, media=media, key=identity, reply_key=reply)
    else:
        builder.row(line, at, sender, "text", text, key=identity, reply_key=reply)
    _reactions(builder, line, at, identity, as_dict(message.get("reactions")))


def _sender(builder: TranscriptBuilder, message: dict[str, Any]) -> str:
    if message.get("from_me") is True:
        return MYSELF
    name = as_text(message.get("sender")) or builder.title
    builder.names.setdefault(name, name)
    return name


def _media(mime: str) -> str:
    first = mime.split("/", maxsplit=1)[0]
    if mime == "image/webp":
        return "sticker"
    return first if first in ("image", "video", "audio") else "other" if not mime or mime == "None" else "document"


def _reactions(builder: TranscriptBuilder, line: int, at: datetime, key: str, reactions: dict[str, Any]) -> None:
    for name, emoji in reactions.items():
        if isinstance(emoji, str) and emoji:
            sender = MYSELF if name in ("You", "Me") else name
            builder.names.setdefault(sender, sender)
            builder.row(line, at, sender, "reaction", emoji, reply_key=key, counts=False)


READER = Reader(
    name="whatsapp_exporter_json",
    app="WhatsApp",
    form="result.json (WhatsApp-Chat-Exporter)",
    page="whatsapp",
    sniff=sniff,
    read=read,
)

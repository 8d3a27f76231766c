"""
Snapchat: `chat_history.json` of "My Data".

Facts used: newest first; per message `From`, `Media Type`, `Created` ("2024-05-01 10:00:00 UTC"), `Content`,
`IsSender`, `Conversation Title`, and `Created(microseconds)`, which really holds milliseconds. Only saved text is in
it. An older form has `Received Saved Chat History` and `Sent Saved Chat History`, with HTML entities in the text.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from steadily.readers.epochs import from_iso, from_unix
from steadily.readers.json_stream import JsonItems as Items
from steadily.readers.json_stream import as_dict, as_list, as_text, cut_off_key
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

OLD = (b'"Received Saved Chat History"', b'"Sent Saved Chat History"')
NEW = (b'"IsSender"', b'"Media Type"')
MEDIA = {
    "MEDIA": "other",
    "IMAGE": "image",
    "VIDEO": "video",
    "NOTE": "audio",
    "AUDIO": "audio",
    "STICKER": "sticker",
    "SHARE": "link",
    "SHARESAVEDSTORY": "link",
    "LOCATION": "location",
}
SYSTEM = frozenset({"STATUS", "STATUSERASEDMESSAGE", "STATUSPARTICIPANTREMOVED", "STATUSSAVETOCAMERAROLL"})
MYSELF = "me"


def sniff(source: Source) -> bool:
    """Whether it is a Snapchat chat history."""
    head = source.head
    starts = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return starts and (all(sign in head for sign in NEW) or any(sign in head for sign in OLD))


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each person or group."""
    for source in sources:
        options.progress("Reading", 0, 1)
        yield from _old(source) if any(sign in source.head for sign in OLD) else _new(source)


def _builder(source: Source, chat: str) -> TranscriptBuilder:
    builder = TranscriptBuilder("Snapchat", chat=chat, title=chat, clock="utc", label=source.label, given=source.given)
    builder.me = MYSELF
    builder.names[MYSELF] = "Me"
    return builder


def _new(source: Source) -> Iterator[Transcript]:
    """The present form: an object from the other's name to a list of messages."""
    pairs = Items(source, "", pairs=True)
    whole: set[str] = set()
    for chat, messages in pairs:
        whole.add(chat)
        yield _chat(_builder(source, chat), [as_dict(message) for message in as_list(messages)])
    if pairs.broken:
        chat = cut_off_key(source, whole)
        messages = Items(source, f"{chat}.item")
        yield _chat(_builder(source, chat), [as_dict(message) for message in messages], messages)


def _old(source: Source) -> Iterator[Transcript]:
    """The older form: two lists, received and sent, told apart by `From` and `To`."""
    chats: dict[str, list[dict[str, Any]]] = {}
    broken = None
    for section, other in (("Received Saved Chat History", "From"), ("Sent Saved Chat History", "To")):
        items = Items(source, f"{section}.item")
        for record in map(as_dict, items):
            chat = as_text(record.get(other)) or "unknown"
            text = as_text(record.get("Text"))
            message = {
                **record,
                "Content": html.unescape(text) if text else None,
                "IsSender": other == "To",
                "From": chat,
            }
            chats.setdefault(chat, []).append(message)
        broken = broken or (items if items.broken else None)
    if broken and not chats:
        chats[""] = []
    for chat, messages in chats.items():
        yield _chat(_builder(source, chat), messages, broken)


def _chat(builder: TranscriptBuilder, messages: list[dict[str, Any]], items: Items | None = None) -> Transcript:
    title = next((text for text in (as_text(one.get("Conversation Title")) for one in messages) if text), None)
    builder.title = title or builder.chat
    builder.is_group = title is not None
    found = []
    for line, message in enumerate(messages, start=1):
        at = _time(message)
        if at is None:
            builder.issue(line, "The time of this message is missing or cannot be.", "The message was left out.")
        else:
            found.append((at, line, message))
    found.reverse()
    found.sort(key=lambda one: one[0])
    for at, line, message in found:
        _message(builder, line, at, message)
    if items:
        items.report(builder)
    return builder.build(n_units=len(messages))


def _time(message: dict[str, Any]) -> datetime | None:
    value = message.get("Created(microseconds)")
    if value and (at := from_unix(value)):
        return at
    text = as_text(message.get("Created"))
    return from_iso(text.removesuffix(" UTC")) if text else None


def _message(builder: TranscriptBuilder, line: int, at: datetime, message: dict[str, Any]) -> None:
    kind = str(message.get("Media Type") or "TEXT").upper().replace("_", "").replace(" ", "")
    text = as_text(message.get("Content"))
    if kind in SYSTEM:
        builder.row(line, at, None, "system", text)
        return
    sender = MYSELF if message.get("IsSender") is True else as_text(message.get("From")) or builder.chat
    builder.names.setdefault(sender, sender)
    if kind == "TEXT":
        builder.row(line, at, sender, "text", text)
    elif "CALL" in kind:
        builder.row(line, at, sender, "call", call_s=0.0 if "MISSED" in kind else None)
    else:
        builder.row(line, at, sender, "media", text, media=MEDIA.get(kind, "other"))


READER = Reader(
    name="snapchat",
    app="Snapchat",
    form="chat_history.json (My Data)",
    page="snapchat",
    sniff=sniff,
    read=read,
)

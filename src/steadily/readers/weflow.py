"""
WeChat: the JSON that WeFlow writes (WeChat has no export of its own).

Facts used: an object with `session` and `messages`; each message has `createTime` (s, UTC), `localType` (1 text, 3
image, 34 voice, 43 video, 47 sticker, 48 location, 49 link or file, 50 call, 10000 notice), `isSend`, `content` and
the sender's names. Field names beyond these are unverified; several are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from steadily.readers.epochs import from_unix
from steadily.readers.json_stream import JsonItems, as_dict, as_text
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

MEDIA_OF_TYPE = {3: "image", 34: "audio", 42: "contact", 43: "video", 47: "sticker", 48: "location", 49: "link"}
TEXT, CALL, NOTICES = 1, 50, (10000, 10002)
REVOKED = re.compile(r"撤回了一条消息|recalled a message")
MYSELF = "me"


def sniff(source: Source) -> bool:
    """Whether it is a chat that WeFlow wrote."""
    head = source.head
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"createTime"' in head and b'"localType"' in head


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each file."""
    for source in sources:
        options.progress("Reading", 0, 1)
        yield _chat(source)


def _chat(source: Source) -> Transcript:
    builder = TranscriptBuilder("WeChat", chat=source.path, clock="utc", label=source.label, given=source.given)
    session = next((as_dict(item) for item in JsonItems(source, "session")), {})
    builder.title = _first(session, "displayName", "remark", "nickname") or ""
    builder.is_group = str(session.get("wxid", session.get("username", ""))).endswith("@chatroom")
    builder.me = MYSELF
    builder.names[MYSELF] = "Me"
    found = []
    items = JsonItems(source, "messages.item")
    for line, record in enumerate(items, start=1):
        message = as_dict(record)
        at = from_unix(message.get("createTime"))
        if at is None:
            builder.issue(line, "The time of this message is missing or cannot be.", "The message was left out.")
        else:
            found.append((at, line, message))
    found.sort(key=lambda one: one[0])
    for at, line, message in found:
        kind, text, media = _content(message)
        sender = None if kind == "system" else _sender(builder, message)
        key = _first(message, "localId", "serverId", "platformMessageId")
        builder.row(line, at, sender, kind, text, media=media, call_s=None, key=key)
    items.report(builder)
    return builder.build(n_units=items.n_items)


def _first(record: dict[str, Any], *names: str) -> str | None:
    for name in names:
        value = record.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            return str(value)
    return None


def _content(message: dict[str, Any]) -> tuple[str, str | None, str | None]:
    kind = message.get("localType")
    text = as_text(message.get("content")) or as_text(message.get("parsedContent"))
    if kind in NOTICES:
        return (
            ("deleted" if text and REVOKED.search(text) else "system"),
            None if text and REVOKED.search(text) else text,
            None,
        )
    if kind == CALL:
        return "call", None, None
    if isinstance(kind, int) and kind in MEDIA_OF_TYPE:
        return "media", None, MEDIA_OF_TYPE[kind]
    return ("text", text, None) if kind == TEXT else ("system", text, None)


def _sender(builder: TranscriptBuilder, message: dict[str, Any]) -> str:
    if message.get("isSend") in (1, True):
        return MYSELF
    sender = _first(message, "senderUsername", "sender") or "partner"
    builder.names.setdefault(sender, _first(message, "senderDisplayName", "senderNickname") or builder.title or sender)
    return sender


READER = Reader(
    name="weflow",
    app="WeChat",
    form="the JSON that WeFlow writes",
    page="wechat",
    sniff=sniff,
    read=read,
)

"""
Telegram Desktop's export as JSON: one chat, or the archive of an account.

Facts used: `result.json` is `{name, type, id, messages}`, or holds chats under `chats.list` and `left_chats.list`. A
message is of type `message`, `service` or `unsupported`; `date` is local without a zone, `date_unixtime` (string,
seconds, UTC) is absent in exports from before about 2021, and then the chat is read as local. `from` is null for
deleted accounts; `from_id` is `user123`, in old exports a bare number. `text` is a string, or a list of strings and
`{type, text}`, joined without spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

import ijson

from steadily.readers.epochs import from_epoch, from_iso
from steadily.readers.json_stream import STREAM_ERRORS, JsonItems, as_dict, as_list, as_seconds, as_text, without_mark
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

ONE_CHAT = re.compile(rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|private_\w+|public_\w+)"')
ARCHIVE = re.compile(rb'"(?:chats|left_chats)"\s*:\s*\{\s*(?:"about"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*)?"list"\s*:')
ACCOUNT = re.compile(rb'"personal_information"\s*:\s*\{\s*"user_id"\s*:\s*(\d+)')
LISTS = ("chats.list.item", "left_chats.list.item")
MEDIA = {
    "sticker": "sticker",
    "voice_message": "audio",
    "audio_file": "audio",
    "video_message": "video",
    "video_file": "video",
    "animation": "gif",
}
GROUPS = ("group", "supergroup", "channel")
NO_TIME, NO_TIME_REMEDY = "The time of this message is missing or cannot be.", "The message was left out."


def sniff(source: Source) -> bool:
    """Whether it is a result.json of Telegram."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{"):
        return False
    return bool(ARCHIVE.search(head)) or (bool(ONE_CHAT.search(head)) and b'"messages"' in head)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each chat."""
    for source in sources:
        options.progress("Reading", 0, 1)
        if ARCHIVE.search(source.head):
            yield from _archive(source)
        else:
            yield _single(source)


def _single(source: Source) -> Transcript:
    """A file that holds one chat, read message by message."""
    items = JsonItems(source, "messages.item")
    messages = [as_dict(message) for message in items]
    fields = _fields(source)
    transcript_of = _Chat(source, fields, messages)
    items.report(transcript_of.builder)
    return transcript_of.read()


def _fields(source: Source) -> dict[str, Any]:
    """The chat's own plain fields, which stand before its messages."""
    found: dict[str, Any] = {}
    with source.open() as stream:
        try:
            for prefix, event, value in ijson.parse(without_mark(stream), use_float=True):
                if prefix == "messages":
                    break
                if event in ("string", "number") and "." not in prefix:
                    found[prefix] = value
        except STREAM_ERRORS:
            return found
    return found


def _archive(source: Source) -> Iterator[Transcript]:
    """An account's archive, chat by chat."""
    account = ACCOUNT.search(source.head)
    for prefix in LISTS:
        chats = JsonItems(source, prefix)
        for chat in map(as_dict, chats):
            found = _Chat(source, chat, [as_dict(message) for message in as_list(chat.get("messages"))])
            found.builder.me = f"user{account[1].decode()}" if account else None
            yield found.read()
        if chats.broken:
            broken = _Chat(source, {"id": prefix}, [])
            chats.report(broken.builder)
            yield broken.read()
            return


class _Chat:
    """One chat and its messages."""

    def __init__(self, source: Source, fields: dict[str, Any], messages: list[dict[str, Any]]) -> None:
        self.messages = messages
        zoned = not messages or any(message.get("date_unixtime") is not None for message in messages)
        clock: Literal["utc", "local"] = "utc" if zoned else "local"
        title = as_text(fields.get("name")) or ""
        chat = f"{fields.get('id', source.path)}"
        self.builder = TranscriptBuilder(
            "Telegram", chat=chat, title=title, clock=clock, label=source.label, given=source.given
        )
        self.builder.is_group = any(word in str(fields.get("type")) for word in GROUPS)

    def read(self) -> Transcript:
        """All rows, oldest first."""
        found = []
        for line, message in enumerate(self.messages, start=1):
            at = self._time(message)
            if at is None:
                self.builder.issue(line, NO_TIME, NO_TIME_REMEDY)
            else:
                found.append((at, line, message))
        found.sort(key=lambda one: one[0])
        for at, line, message in found:
            self._message(line, at, message)
        return self.builder.build(n_units=len(self.messages))

    def _time(self, message: dict[str, Any]) -> datetime | None:
        if self.builder.clock == "utc":
            return from_epoch(message.get("date_unixtime"), "s")
        return from_iso(message.get("date"))

    def _sender(self, identity: object, name: object) -> str | None:
        if isinstance(identity, bool) or not isinstance(identity, str | int) or identity == "":
            identity = as_text(name)
        if identity is None:
            return None
        sender = f"user{identity}" if isinstance(identity, int) else identity
        self.builder.names.setdefault(sender, as_text(name) or "Deleted account")
        return sender

    def _message(self, line: int, at: datetime, message: dict[str, Any]) -> None:
        key = str(message.get("id", ""))
        if message.get("type") == "message":
            sender = self._sender(message.get("from_id"), message.get("from"))
            self._said(line, at, sender, key, message)
        elif message.get("action") == "phone_call":
            sender = self._sender(message.get("actor_id"), message.get("actor"))
            seconds = as_seconds(message.get("duration_seconds"))
            self.builder.row(line, at, sender, "call", call_s=seconds or 0.0, key=key)
        else:
            self.builder.row(
                line, at, None, "system", as_text(message.get("action")) or plain_text(message.get("text")), key=key
            )

    def _said(self, line: int, at: datetime, sender: str | None, key: str, message: dict[str, Any]) -> None:
        text, media = plain_text(message.get("text")), _media(message)
        if sender is None:
            self.builder.row(line, at, None, "system", text, key=key)
            return
        reply = message.get("reply_to_message_id")
        self.builder.row(
            line,
            at,
            sender,
            "media" if media else "text",
            text,
            media=media,
            edited=bool(message.get("edited")),
            key=key,
            reply_key=str(reply) if isinstance(reply, int) else None,
        )
        for reaction in map(as_dict, as_list(message.get("reactions"))):
            self._reaction(line, at, key, reaction)

    def _reaction(self, line: int, at: datetime, key: str, reaction: dict[str, Any]) -> None:
        emoji = as_text(reaction.get("emoji")) or ("(sticker)" if reaction.get("type") == "custom_emoji" else None)
        for one in map(as_dict, as_list(reaction.get("recent"))):
            sender = self._sender(one.get("from_id"), one.get("from"))
            if emoji and sender:
                own = from_iso(one.get("date")) if self.builder.clock == "local" else None
                self.builder.row(line, own or at, sender, "reaction", emoji, reply_key=key, counts=False)


def plain_text(value: object) -> str | None:
    """A message's text: a string, or its pieces joined as they stand."""
    if isinstance(value, list):
        pieces = (piece if isinstance(piece, str) else as_dict(piece).get("text") for piece in value)
        value = "".join(piece for piece in pieces if isinstance(piece, str))
    return as_text(value)


def _media(message: dict[str, Any]) -> str | None:
    kind = message.get("media_type")
    if isinstance(kind, str):
        return MEDIA.get(kind, "other")
    for field, media in (
        ("photo", "image"),
        ("contact_information", "contact"),
        ("location_information", "location"),
        ("poll", "poll"),
    ):
        if message.get(field):
            return media
    return "document" if message.get("file") else None


READER = Reader(
    name="telegram_json",
    app="Telegram",
    form="result.json (Telegram Desktop, JSON)",
    page="telegram",
    sniff=sniff,
    read=read,
)

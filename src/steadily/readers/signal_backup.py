"""
Signal's own plaintext export: `main.jsonl` beside `metadata.json` and `files/`.

Facts used: proto-JSON in camelCase, 64-bit integers as strings, defaults left out. Line 1 tells of the backup; then
`account`, `recipient`, `chat` and `chatItem` frames. Oneself is the recipient `{"self": {}}`. Messages set to
disappear are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from steadily.readers.epochs import from_epoch
from steadily.readers.json_stream import JsonLines, as_dict, as_list, as_seconds, as_text
from steadily.readers.media_kinds import of_mime
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

FRAME = re.compile(rb'^\s*\{\s*"(?:account|recipient|chat|chatItem|stickerPack|adHocCall)"\s*:', re.MULTILINE)
INFO = re.compile(rb'"(?:backupTimeMs|mediaRootBackupKey)"\s*:')
NO_TIME = "The time of this message is missing or cannot be."
OTHER_ITEMS = {
    "stickerMessage": ("media", "sticker"),
    "remoteDeletedMessage": ("deleted", None),
    "viewOnceMessage": ("media", "other"),
    "contactMessage": ("media", "contact"),
    "giftBadge": ("media", "other"),
    "paymentNotification": ("media", "other"),
    "poll": ("media", "poll"),
    "directStoryReplyMessage": ("media", "other"),
}


def sniff(source: Source) -> bool:
    """Whether it is a main.jsonl of Signal."""
    head = source.head.lstrip(b"\xef\xbb\xbf")
    return (
        head.lstrip().startswith(b"{") and bool(FRAME.search(head)) and bool(INFO.search(head) or b'"chatItem"' in head)
    )


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each chat."""
    for source in sources:
        options.progress("Reading", 0, 1)
        yield from _Backup(source).chats()


@dataclass
class _Backup:
    """One main.jsonl: people and chats first, then each chat's items."""

    source: Source
    names: dict[str, str] = field(default_factory=dict)
    myself: str | None = None
    groups: set[str] = field(default_factory=set)
    chat_recipient: dict[str, str] = field(default_factory=dict)
    builders: dict[str, TranscriptBuilder] = field(default_factory=dict)

    def chats(self) -> Iterator[Transcript]:
        """Read the file and yield its chats in the order of their first message."""
        frames = JsonLines(self.source)
        for line, frame in frames:
            self._frame(line, as_dict(frame))
        for builder in self.builders.values():
            frames.report(builder, counts=False)
            yield builder.build()

    def _frame(self, line: int, frame: dict[str, Any]) -> None:
        if "recipient" in frame:
            self._recipient(as_dict(frame["recipient"]))
        elif "chat" in frame:
            chat = as_dict(frame["chat"])
            self.chat_recipient[str(chat.get("id"))] = str(chat.get("recipientId"))
        elif "chatItem" in frame:
            self._item(line, as_dict(frame["chatItem"]))

    def _recipient(self, recipient: dict[str, Any]) -> None:
        number = str(recipient.get("id"))
        if "self" in recipient:
            self.myself = number
            self.names[number] = "Me"
        elif "group" in recipient:
            self.groups.add(number)
            snapshot = as_dict(as_dict(recipient["group"]).get("snapshot"))
            title = as_dict(snapshot.get("title"))
            self.names[number] = as_text(title.get("title")) or "Group"
        else:
            contact = as_dict(recipient.get("contact"))
            parts = (contact.get("profileGivenName"), contact.get("profileFamilyName"))
            profile = " ".join(part for part in parts if isinstance(part, str) and part)
            self.names[number] = _system_name(contact) or profile or as_text(contact.get("e164")) or f"Contact {number}"

    def _builder(self, chat: str) -> TranscriptBuilder:
        if chat not in self.builders:
            recipient = self.chat_recipient.get(chat, "")
            builder = TranscriptBuilder(
                "Signal", chat=chat, clock="utc", label=self.source.label, given=self.source.given
            )
            builder.title = self.names.get(recipient, "")
            builder.is_group = recipient in self.groups
            builder.me = self.myself
            self.builders[chat] = builder
        return self.builders[chat]

    def _item(self, line: int, item: dict[str, Any]) -> None:
        builder = self._builder(str(item.get("chatId")))
        at = from_epoch(item.get("dateSent"), "ms")
        if at is None:
            builder.issue(line, NO_TIME, "The message was left out.")
            return
        author = str(item.get("authorId"))
        self._name(builder, author, item)
        if "standardMessage" in item:
            _standard(builder, line, at, author, item)
        elif "updateMessage" in item:
            _update(builder, line, at, author, as_dict(item["updateMessage"]))
        else:
            self._other(builder, line, at, author, item)

    def _name(self, builder: TranscriptBuilder, author: str, item: dict[str, Any]) -> None:
        """Name everyone who wrote or reacted in an item."""
        message = as_dict(item.get("standardMessage"))
        people = [author, *(str(as_dict(one).get("authorId")) for one in as_list(message.get("reactions")))]
        for person in people:
            builder.names.setdefault(person, self.names.get(person, f"Contact {person}"))

    def _other(self, builder: TranscriptBuilder, line: int, at: datetime, author: str, item: dict[str, Any]) -> None:
        for field_name, (kind, media) in OTHER_ITEMS.items():
            if field_name in item:
                builder.row(line, at, author, kind, media=media, key=_key(item))
                _reactions(builder, line, at, item, as_dict(item[field_name]))
                return
        builder.row(line, at, None, "system")


def _system_name(contact: dict[str, Any]) -> str | None:
    nickname = as_dict(contact.get("nickname"))
    for given, family in (
        (nickname.get("given"), nickname.get("family")),
        (contact.get("systemGivenName"), contact.get("systemFamilyName")),
    ):
        name = " ".join(part for part in (given, family) if isinstance(part, str) and part)
        if name:
            return name
    return None


def _key(item: dict[str, Any]) -> str:
    return f"{item.get('dateSent')}"


def _standard(builder: TranscriptBuilder, line: int, at: datetime, author: str, item: dict[str, Any]) -> None:
    message = as_dict(item["standardMessage"])
    text = as_text(as_dict(message.get("text")).get("body"))
    quote = as_dict(message.get("quote")).get("targetSentTimestamp")
    reply = str(quote) if isinstance(quote, str | int) and quote else None
    media = [_media(as_dict(one)) for one in as_list(message.get("attachments"))]
    if not media and text is None and message.get("linkPreview"):
        media = ["link"]
    edited = bool(as_list(item.get("revisions")))
    builder.message(line, at, author, text, media, edited=edited, key=_key(item), reply_key=reply)
    _reactions(builder, line, at, item, message)


def _media(attachment: dict[str, Any]) -> str:
    if attachment.get("flag") == "VOICE_MESSAGE":
        return "audio"
    kind = str(as_dict(attachment.get("pointer")).get("contentType", ""))
    return "gif" if attachment.get("flag") == "GIF" else of_mime(kind)


def _reactions(
    builder: TranscriptBuilder, line: int, at: datetime, item: dict[str, Any], message: dict[str, Any]
) -> None:
    for one in map(as_dict, as_list(message.get("reactions"))):
        emoji = as_text(one.get("emoji"))
        if emoji:
            own = from_epoch(one.get("sentTimestamp"), "ms") or at
            author = str(one.get("authorId"))
            builder.row(line, own, author, "reaction", emoji, reply_key=_key(item), counts=False)


def _update(builder: TranscriptBuilder, line: int, at: datetime, author: str, update: dict[str, Any]) -> None:
    call = as_dict(update.get("individualCall"))
    if not call:
        builder.row(line, at, None, "system")
        return
    accepted = call.get("state") == "ACCEPTED"
    started, ended = (
        from_epoch(call.get("startedCallTimestamp"), "ms"),
        from_epoch(call.get("endedCallTimestamp"), "ms"),
    )
    seconds = (ended - started).total_seconds() if started and ended else None
    builder.row(line, at, author, "call", call_s=as_seconds(seconds) if accepted else 0.0)


READER = Reader(
    name="signal_backup",
    app="Signal",
    form="main.jsonl (plaintext export)",
    page="signal",
    sniff=sniff,
    read=read,
)

"""
Telegram Desktop's export as JSON: one chat, or the archive of an account.

Facts used: `result.json` is `{name, type, id, messages}`, or holds chats under `chats.list` and `left_chats.list`. A
message is of type `message`, `service` or `unsupported`; `date` is local without a zone, `date_unixtime` (string,
seconds, UTC) is absent in exports from before about 2021, and then the chat is read as local. Old exports write
`edited` on every message, 1970 for "never". `from` is null for deleted accounts; `from_id` is `user123`, in old exports
a bare number. `text` is a string, or a list of strings and `{type, text}`, joined without spaces. Only the newest few
reactions carry who gave them, at a local `date`. A reply with `reply_to_peer_id` answers a message in another chat.
Unverified: that a message with neither words nor known media holds something that the export cannot show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import ijson

from steadily.readers.json_stream import (
    BROKEN,
    BROKEN_REMEDY,
    STREAM_ERRORS,
    JsonItems,
    as_dict,
    as_list,
    without_mark,
)
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.telegram_chat import Chat
from steadily.readers.transcript import Transcript

ONE_CHAT = re.compile(rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|private_\w+|public_\w+)"')
ARCHIVE = re.compile(rb'"(?:chats|left_chats)"\s*:\s*\{\s*(?:"about"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*)?"list"\s*:')
ACCOUNT = re.compile(rb'"personal_information"\s*:\s*\{\s*"user_id"\s*:\s*(\d+)')
LISTS = ("chats.list.item", "left_chats.list.item")


def sniff(source: Source) -> bool:
    """Whether it is a result.json of Telegram."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{"):
        return False
    return _is_archive(head) or (bool(ONE_CHAT.search(head)) and b'"messages"' in head)


def _is_archive(head: bytes) -> bool:
    """Whether it is an account's archive, whose chats may stand behind more than 64 KiB of contacts."""
    return bool(ARCHIVE.search(head) or (ACCOUNT.search(head) and not ONE_CHAT.search(head)))


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each chat."""
    for source in sources:
        options.progress("Reading", 0, 1)
        if _is_archive(source.head):
            yield from _archive(source)
        else:
            yield _single(source)


def _single(source: Source) -> Transcript:
    """A file that holds one chat, read message by message."""
    items = JsonItems(source, "messages.item")
    messages = list(items)
    found = Chat(source, _fields(source, ""), messages)
    items.report(found.builder)
    return found.read()


def _archive(source: Source) -> Iterator[Transcript]:
    """An account's archive, chat by chat. Where the file breaks off, the chat that stands last is told so."""
    chats = _Chats(source)
    last: Chat | None = None
    for chat in chats:
        if last:
            yield last.read()
        last = chat
    if last:
        if chats.broken:
            last.builder.issue(len(last.messages) + 1, BROKEN, BROKEN_REMEDY, counts=False)
        yield last.read()


class _Chats:
    """
    The chats of an archive; of one in which the file breaks off, what stands before the break.

    Attributes:
        broken: Whether the file broke off; known at the end.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self.broken = False

    def __iter__(self) -> Iterator[Chat]:
        account = ACCOUNT.search(self._source.head)
        me = f"user{account[1].decode()}" if account else None
        for prefix in LISTS:
            chats = JsonItems(self._source, prefix)
            n_read = 0
            for chat in map(as_dict, chats):
                messages = as_list(chat.get("messages"))
                n_read += len(messages)
                yield Chat(self._source, chat, messages, me)
            self.broken |= chats.broken
            fields = _fields(self._source, prefix) if chats.broken else {}
            if fields:
                messages = list(islice(JsonItems(self._source, f"{prefix}.messages.item"), n_read, None))
                yield Chat(self._source, fields, messages, me)


def _fields(source: Source, prefix: str) -> dict[str, Any]:
    """The plain fields of the object at *prefix* that the file breaks off in, or that stand before its messages."""
    found: dict[str, Any] = {}
    with source.open() as stream:
        try:
            for place, event, value in ijson.parse(without_mark(stream)):
                above, _, name = place.rpartition(".")
                if place == "messages" and not prefix:
                    break
                if place == prefix and event == "end_map":
                    found = {}
                elif above == prefix and event in ("string", "number"):
                    found[name] = value
        except STREAM_ERRORS:
            return found
    return found


READER = Reader(
    name="telegram_json",
    app="Telegram",
    form="result.json (Telegram Desktop, JSON)",
    page="telegram",
    sniff=sniff,
    read=read,
)

"""
Google Chat, from Google Takeout: `Groups/DM …/messages.json`.

Facts used: `created_date` is a sentence such as `Friday, May 29, 2026 at 3:00:29\u202fAM UTC`, in the account's
language; an edited message may carry `updated_date` alone; `creator` has `name` and `email`; `user_info.json` in
`Users/` tells whose Takeout it is; `quoted_message_metadata` holds the message answered. Dates in other languages are
read by their numbers and month names where those are known, else listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from steadily.readers.json_stream import JsonItems, as_dict, as_list, as_text
from steadily.readers.media_kinds import of_name
from steadily.readers.month_names import read_sentence_date
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

SIGN = re.compile(rb'"created_date"\s*:|"updated_date"\s*:')


def sniff(source: Source) -> bool:
    """Whether it is the messages.json of a Google Chat conversation."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and bool(SIGN.search(head)) and b'"creator"' in head


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each conversation."""
    for number, source in enumerate(sources):
        options.progress("Reading", number, len(sources))
        yield _conversation(source)


def _conversation(source: Source) -> Transcript:
    chat = source.folder.rsplit("/", 1)[-1]
    builder = TranscriptBuilder(
        "Google Chat", chat=chat or source.path, clock="utc", label=source.label, given=source.given
    )
    builder.is_group = chat.startswith("Space")
    builder.me = _owner(source)
    items = JsonItems(source, "messages.item")
    rows: list[tuple[datetime, int, dict[str, Any]]] = []
    for line, record in enumerate(items, start=1):
        message = as_dict(record)
        at = read_sentence_date(message.get("created_date")) or read_sentence_date(message.get("updated_date"))
        if at is None:
            builder.issue(
                line, "The date of this message is missing or in a form that is not known.", "The message was left out."
            )
        else:
            rows.append((at, line, message))
    for at, line, message in rows:
        _message(builder, line, at, message)
    items.report(builder)
    others = [name for sender, name in builder.names.items() if sender != builder.me]
    builder.title = ", ".join(others[:3])
    return builder.build(n_units=items.n_items)


def _owner(source: Source) -> str | None:
    """The e-mail address of the person whose Takeout it is."""
    for one in source.family:
        if one.name == "user_info.json":
            for user in JsonItems(one, "user"):
                return as_text(as_dict(user).get("email"))
    return None


def _message(builder: TranscriptBuilder, line: int, at: datetime, message: dict[str, Any]) -> None:
    creator = as_dict(message.get("creator"))
    sender = as_text(creator.get("email")) or as_text(creator.get("name"))
    text = as_text(message.get("text"))
    key = as_text(message.get("message_id"))
    if sender is None:
        builder.row(line, at, None, "system", text)
        return
    builder.names.setdefault(sender, as_text(creator.get("name")) or sender)
    quoted = as_dict(message.get("quoted_message_metadata"))
    reply = as_text(quoted.get("message_id")) or as_text(quoted.get("id"))
    edited = message.get("updated_date") is not None
    if message.get("message_state") == "DELETED" or message.get("deletion_metadata"):
        builder.row(line, at, sender, "deleted", key=key)
        return
    files = map(as_dict, as_list(message.get("attached_files")))
    media = [of_name(str(file.get("export_name") or file.get("original_name") or "")) for file in files]
    builder.message(line, at, sender, text, media, edited=edited, key=key, reply_key=reply)
    for reaction in map(as_dict, as_list(message.get("reactions"))):
        emoji = as_text(as_dict(reaction.get("emoji")).get("unicode"))
        for email in as_list(reaction.get("reactor_emails")) if emoji else []:
            builder.names.setdefault(str(email), str(email))
            builder.row(line, at, str(email), "reaction", emoji, reply_key=key, counts=False)


READER = Reader(
    name="google_chat",
    app="Google Chat",
    form="messages.json (Google Takeout)",
    page="google-chat",
    sniff=sniff,
    read=read,
)

"""
Facebook Messenger and Instagram: the JSON of "Download your information", and of end-to-end encrypted chats.

Facts used: `…/messages/inbox/THREAD/message_N.json`, newest first, `timestamp_ms` in UTC, every string's UTF-8 bytes
written as Latin-1 characters ("mojibake"); encrypted chats come as `NAME_N.json` with `senderName`, `timestamp`,
clean text. Instagram writes reactions to a message also as messages ("Liked a message"), and an edit as a second row
ending in " (edited)".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from steadily.readers.epochs import from_epoch
from steadily.readers.json_stream import JsonItems, as_dict, as_list, as_seconds, as_text
from steadily.readers.media_kinds import of_name
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

OPEN = re.compile(rb'"(?:timestamp_ms|senderName)"\s*:')
THREAD = re.compile(rb'"(?:participants|threadName|thread_path)"\s*:')
NUMBER = re.compile(r"_(\d+)\.json$")
ATTACHED = {
    "photos": "image",
    "videos": "video",
    "audio_files": "audio",
    "files": "document",
    "gifs": "gif",
}
REACTION_ROW = re.compile(
    r"^(?:Liked a message|Reacted (?P<emoji>\S+) to your message|(?P<emoji2>\S+) reacted to your message"
    r"|Hat eine Nachricht mit „Gefällt mir“ markiert|A aimé un message|Le gustó un mensaje|Curtiu uma mensagem)\s*$"
)
EDITED = " (edited)"
NO_TIME = "The time of this message is missing or cannot be."
NO_TIME_REMEDY = "The message was left out."


def sniff(source: Source) -> bool:
    """Whether it is one part of a Messenger or Instagram thread."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and bool(OPEN.search(head)) and bool(THREAD.search(head) or b'"is_geoblocked' in head)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each thread, its numbered parts together."""
    threads: dict[tuple[int, str, str], list[Source]] = {}
    for source in sources:
        stem = NUMBER.sub("", source.name)
        threads.setdefault((id(source.family), source.folder, stem), []).append(source)
    for number, parts in enumerate(threads.values()):
        options.progress("Reading", number, len(threads))
        yield _thread(sorted(parts, key=_part_number))


def _part_number(source: Source) -> int:
    match = NUMBER.search(source.name)
    return int(match[1][:9]) if match else 0


def _thread(parts: Sequence[Source]) -> Transcript:
    first = parts[0]
    app = "Instagram" if _is_instagram(first) else "Messenger"
    builder = TranscriptBuilder(app, chat=first.folder or first.path, clock="utc", label=first.label, given=first.given)
    builder.title, members = _title_and_members(first)
    builder.is_group = len(members) > 2
    found: list[tuple[datetime, int, dict[str, Any]]] = []
    n_seen = 0
    for part in parts:
        items = JsonItems(part, "messages.item")
        for record in items:
            n_seen += 1
            at = _time(as_dict(record))
            if at is None:
                builder.issue(n_seen, NO_TIME, NO_TIME_REMEDY)
                continue
            found.append((at, n_seen, record))
        items.report(builder)
    found.reverse()
    found.sort(key=lambda one: one[0])
    for at, line, record in found:
        _row(builder, line, at, record)
    return builder.build(n_units=n_seen)


def _is_instagram(source: Source) -> bool:
    return "instagram" in f"{source.container}/{source.path}".lower() or b"instagram" in source.head[:4096].lower()


def _title_and_members(source: Source) -> tuple[str, list[str]]:
    """The chat's title and its members, from the parts of the head that are whole."""
    text = source.head.decode("utf-8", "replace")
    title = re.search(r'"(?:title|threadName)"\s*:\s*("(?:[^"\\]|\\.)*")', text)
    block = re.search(r'"participants"\s*:\s*\[(.*?)\]', text, re.DOTALL)
    names = re.findall(r'"(?:[^"\\]|\\.)*"', block[1]) if block else []
    members = [mended(_unquote(name)) for name in names if _unquote(name) != "name"]
    name = mended(_unquote(title[1])) if title else ""
    return name if b'"title"' in source.head else re.sub(r"_\d+$", "", name), members


def _unquote(quoted: str) -> str:
    try:
        return str(json.loads(quoted, strict=False))
    except ValueError:
        return ""


def mended(text: str) -> str:
    """The text with its UTF-8 restored where it was written as Latin-1; as it stands where it was not."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _time(record: dict[str, Any]) -> datetime | None:
    return from_epoch(record.get("timestamp_ms", record.get("timestamp")), "ms")


def _row(builder: TranscriptBuilder, line: int, at: datetime, record: dict[str, Any]) -> None:
    sender = as_text(record.get("sender_name")) or as_text(record.get("senderName"))
    if sender is None:
        builder.row(line, at, None, "system", as_text(record.get("content")))
        return
    sender = mended(sender)
    builder.names.setdefault(sender, sender)
    key = f"{line}"
    text = mended(as_text(record.get("content")) or as_text(record.get("text")) or "") or None
    reaction = REACTION_ROW.match(text) if text else None
    if record.get("is_unsent") is True or record.get("isUnsent") is True:
        builder.row(line, at, sender, "deleted", key=key)
    elif "call_duration" in record or record.get("type") == "Call" or record.get("missed") is True:
        missed = record.get("missed") is True
        builder.row(
            line, at, sender, "call", call_s=0.0 if missed else as_seconds(record.get("call_duration")), key=key
        )
    elif reaction:
        builder.row(line, at, sender, "reaction", reaction["emoji"] or reaction["emoji2"] or "❤", key=key)
    else:
        _said(builder, line, at, sender, text, record)
    for one in as_list(record.get("reactions")):
        _reaction(builder, line, at, as_dict(one))


def _said(
    builder: TranscriptBuilder, line: int, at: datetime, sender: str, text: str | None, record: dict[str, Any]
) -> None:
    edited = bool(text and text.endswith(EDITED))
    text = text.removesuffix(EDITED) if text and edited else text
    media = list(_media(record))
    if not media and text is None:
        builder.row(line, at, sender, "system", None, key=str(line))
        return
    builder.message(line, at, sender, text, media, edited=edited, key=str(line))


def _media(record: dict[str, Any]) -> Iterator[str]:
    for field, media in ATTACHED.items():
        yield from (media for _ in as_list(record.get(field)))
    if record.get("sticker"):
        yield "sticker"
    for item in as_list(record.get("media")):
        yield of_name(str(as_dict(item).get("uri", "")))
    share = as_dict(record.get("share"))
    if share and not as_text(record.get("content")):
        yield "link"


def _reaction(builder: TranscriptBuilder, line: int, at: datetime, reaction: dict[str, Any]) -> None:
    actor, emoji = as_text(reaction.get("actor")), as_text(reaction.get("reaction"))
    if actor and emoji:
        actor = mended(actor)
        builder.names.setdefault(actor, actor)
        own = from_epoch(reaction.get("timestamp"), "s") if reaction.get("timestamp") else None
        builder.row(line, own or at, actor, "reaction", mended(emoji), reply_key=str(line), counts=False)


READER = Reader(
    name="meta_json",
    app="Messenger, Instagram",
    form="message_1.json … (Download your information, JSON)",
    page="messenger-instagram",
    sniff=sniff,
    read=read,
)

"""One chat of Telegram's JSON: its messages become rows. The facts used are told in `telegram_json`."""

from __future__ import annotations

from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any, Literal

from steadily.readers.epochs import from_epoch, from_iso
from steadily.readers.json_stream import as_dict, as_list, as_seconds, as_text
from steadily.readers.source import Source
from steadily.readers.transcript import EARLIEST, LATEST, Transcript, TranscriptBuilder

MEDIA = {
    "sticker": "sticker",
    "voice_message": "audio",
    "audio_file": "audio",
    "video_message": "video",
    "video_file": "video",
    "animation": "gif",
}
SIGNS = {"custom_emoji": "(sticker)", "paid": "\N{WHITE MEDIUM STAR}"}
"""What stands for a reaction that the export gives no emoji of."""
GROUPS = ("group", "supergroup", "channel")
NO_TIME, NO_TIME_REMEDY = "The time of this message is missing or cannot be.", "The message was left out."
NO_SENDER = "Who sent this message is missing."
MOST_AHEAD = timedelta(hours=26)
"""No two wall clocks on Earth lie further apart."""
NEVER = ("1970-01-01", "1969-12-31")
DELETED = "Deleted account"


class Chat:
    """
    One chat and its messages.

    Attributes:
        builder: What it becomes.
        messages: The records, as they stand in the file.
    """

    def __init__(self, source: Source, fields: dict[str, Any], messages: list[Any], me: str | None = None) -> None:
        self.messages = [as_dict(message) for message in messages]
        zoned = not messages or any(from_epoch(one.get("date_unixtime"), "s") for one in self.messages)
        clock: Literal["utc", "local"] = "utc" if zoned else "local"
        self.builder = TranscriptBuilder(
            "Telegram",
            chat=_key(fields.get("id")) or source.path,
            title=as_text(fields.get("name")) or "",
            clock=clock,
            label=source.label,
            given=source.given,
        )
        self.builder.me = me
        self.builder.is_group = any(word in str(fields.get("type")) for word in GROUPS)
        self.ahead: timedelta | None = None
        self.reactions: list[tuple[datetime, int, int, str, str, str | None]] = []
        self.n_reactions = 0

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
            self._react(at)
            self._message(line, at, message)
        self._react()
        return self.builder.build(n_units=len(self.messages))

    def _time(self, message: dict[str, Any]) -> datetime | None:
        """When it was sent; a lone local date among instants is moved as the message before it was."""
        local = from_iso(message.get("date"))
        if self.builder.clock == "local":
            return local
        at = from_epoch(message.get("date_unixtime"), "s")
        if at and local and abs(local - at) <= MOST_AHEAD:
            self.ahead = local - at
        return at or _moved(local, self.ahead)

    def _sender(self, identity: object, name: object) -> str | None:
        """The id of a person, whose name is noted."""
        key = _key(identity) or as_text(name)
        if key is None:
            return None
        sender = f"user{key}" if isinstance(identity, int) else key
        if self.builder.names.get(sender, DELETED) == DELETED:
            self.builder.names[sender] = as_text(name) or DELETED
        return sender

    def _message(self, line: int, at: datetime, message: dict[str, Any]) -> None:
        key, action = _key(message.get("id")), as_text(message.get("action"))
        if message.get("type") == "message":
            self._said(line, at, key, message)
            return
        caller = self._sender(message.get("actor_id"), message.get("actor")) if action == "phone_call" else None
        if caller:
            length = message.get("duration_seconds", 0)
            self.builder.row(line, at, caller, "call", call_s=as_seconds(length), key=key)
        else:
            self.builder.row(line, at, None, "system", action or plain_text(message.get("text")), key=key)

    def _said(self, line: int, at: datetime, key: str | None, message: dict[str, Any]) -> None:
        sender = self._sender(message.get("from_id"), message.get("from"))
        if sender is None:
            self.builder.issue(line, NO_SENDER, NO_TIME_REMEDY)
            return
        text, media = plain_text(message.get("text")), _media(message)
        media = media or (None if text else "other")
        elsewhere = message.get("reply_to_peer_id") is not None
        self.builder.row(
            line,
            at,
            sender,
            "media" if media else "text",
            text,
            media=media,
            edited=_edited(message),
            key=key,
            reply_key=None if elsewhere else _key(message.get("reply_to_message_id")),
        )
        ahead = _ahead(message, at) if self.builder.clock == "utc" else timedelta()
        for reaction in map(as_dict, as_list(message.get("reactions"))):
            self._note_reaction(line, at, ahead, key, reaction)

    def _note_reaction(
        self, line: int, at: datetime, ahead: timedelta | None, key: str | None, reaction: dict[str, Any]
    ) -> None:
        emoji = as_text(reaction.get("emoji")) or SIGNS.get(str(reaction.get("type")))
        for one in map(as_dict, as_list(reaction.get("recent"))):
            sender = self._sender(one.get("from_id"), one.get("from"))
            if emoji and sender:
                own = _moved(from_iso(one.get("date")), ahead)
                self.n_reactions += 1
                heappush(self.reactions, (max(own or at, at), self.n_reactions, line, sender, emoji, key))

    def _react(self, before: datetime = LATEST) -> None:
        """Add the reactions given before an instant, in the order of their times."""
        while self.reactions and self.reactions[0][0] < before:
            at, _, line, sender, emoji, key = heappop(self.reactions)
            self.builder.row(line, at, sender, "reaction", emoji, reply_key=key, counts=False)


def _ahead(message: dict[str, Any], at: datetime) -> timedelta | None:
    """How far the exporting clock stood ahead of UTC at a message."""
    local = from_iso(message.get("date"))
    return local - at if local and abs(local - at) <= MOST_AHEAD else None


def _moved(local: datetime | None, ahead: timedelta | None) -> datetime | None:
    """A wall-clock time as an instant, where it is known how far the clock stood ahead."""
    if local is None or ahead is None or not EARLIEST <= local < LATEST:
        return None
    return local - ahead


def _key(value: object) -> str | None:
    """An id as text: a number of at most 64 bits, or a string."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 1 << 64 else None
    return as_text(value)


def _edited(message: dict[str, Any]) -> bool:
    return not (as_text(message.get("edited")) or NEVER[0]).startswith(NEVER)


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

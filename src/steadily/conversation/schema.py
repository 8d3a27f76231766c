"""The table of messages: its columns, what each holds, in which unit."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

AUTHORS = pl.Enum(["me", "partner"])
KINDS = pl.Enum(["text", "media", "call", "deleted", "system", "reaction"])
MEDIA = pl.Enum(
    ["image", "video", "audio", "sticker", "gif", "document", "contact", "location", "poll", "link", "other"]
)


@dataclass(frozen=True)
class Column:
    """
    One column of the table of messages.

    Attributes:
        name: Its name. Suffixes: `_at` UTC instant, `_s` seconds.
        dtype: Its Polars type.
        unit: The unit or the set of values.
        meaning: What it holds, and when it is null.
    """

    name: str
    dtype: pl.DataType
    unit: str
    meaning: str


COLUMNS: tuple[Column, ...] = (
    Column(
        "conversation_id", pl.String(), "12 hex digits", "Which couple the row belongs to; no function looks across it."
    ),
    Column("row", pl.UInt32(), "0, 1, 2 …", "Position in time order; findings point to messages by it."),
    Column("sent_at", pl.Datetime("us", "UTC"), "UTC instant", "When it was sent."),
    Column("local_time", pl.Datetime("us"), "wall clock", "The same moment on the clock of the conversation's zone."),
    Column("author", AUTHORS, "me, partner", "Who sent it; null for a row that the app wrote itself."),
    Column(
        "kind",
        KINDS,
        ", ".join(KINDS.categories),
        "What the row is. A reaction is a row of its own, with its emoji as text.",
    ),
    Column("text", pl.String(), "text", "The words, or the caption of media; null when there are none."),
    Column("media", MEDIA, ", ".join(MEDIA.categories), "What was attached; null when nothing was."),
    Column(
        "call_s",
        pl.Float64(),
        "seconds",
        "How long a call lasted; 0 when nobody answered, null when unknown or no call.",
    ),
    Column(
        "edited", pl.Boolean(), "true, false", "Whether the export says that the message was changed after it was sent."
    ),
    Column(
        "reply_to", pl.UInt32(), "row", "The row that this one answers or reacts to; null when the export does not say."
    ),
    Column("source", pl.UInt16(), "index", "Index into `Conversation.sources`: the file it came from."),
    Column(
        "line",
        pl.UInt32(),
        "line or record",
        "Where in that file it stands, from 1; 0 when the format has no order of its own.",
    ),
)
"""Every column of `Conversation.messages`, in order."""

SCHEMA: dict[str, pl.DataType] = {column.name: column.dtype for column in COLUMNS}


def empty_messages() -> pl.DataFrame:
    """A table of messages with no rows."""
    return pl.DataFrame(schema=SCHEMA)

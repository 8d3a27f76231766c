"""`Conversation`: all messages of two partners, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import polars as pl

from steadily.conversation.partners import Partners
from steadily.conversation.schema import AUTHORS, SCHEMA
from steadily.errors import Issue, SteadilyError


@dataclass(frozen=True)
class SourceFile:
    """
    One chat in one file that a conversation was read from.

    Attributes:
        app: The app that the messages were sent with.
        reader: The name of the reader that read it.
        label: Which file, without its name (file names often hold a person's name): `file 1 (.zip)`.
        clock: `utc` when the export gives instants, `local` when it gives wall-clock times without a zone.
        n_rows: Rows that this source added to the conversation.
        n_duplicates: Rows that an earlier source already had.
        first_at: First row (UTC); None when it added none.
        last_at: Last row (UTC).
    """

    app: str
    reader: str
    label: str
    clock: Literal["utc", "local"]
    n_rows: int
    n_duplicates: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True)
class Conversation:
    """
    All messages of two partners as one table.

    Attributes:
        messages: One row per message, sorted by `sent_at` (stable); columns in `steadily.conversation.schema`.
        partners: The two people.
        zone: IANA name of the time zone whose clock `local_time` shows.
        issues: What could not be read or had to be decided.
        sources: The files it was read from; `messages.source` is an index into it.
    """

    messages: pl.DataFrame = field(repr=False)
    partners: Partners = field(repr=False)
    zone: str
    issues: tuple[Issue, ...] = ()
    sources: tuple[SourceFile, ...] = ()

    def __post_init__(self) -> None:
        """Check the table once, so that functions can trust it."""
        if dict(self.messages.schema) != SCHEMA:
            raise SteadilyError(
                "A conversation's table must have exactly the documented columns and types (docs/columns.md). "
                "Build it with steadily.read or with select(SCHEMA)."
            )
        if not self.messages["sent_at"].is_sorted():
            raise SteadilyError(
                "A conversation's table must be sorted by sent_at. Sort it (stable) and number `row` anew."
            )

    @property
    def conversation_id(self) -> str:
        """The id carried by every row; empty for a conversation without rows."""
        return str(self.messages["conversation_id"][0]) if self.messages.height else ""

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """First and last instant (UTC), or None when empty."""
        if not self.messages.height:
            return None
        sent_at = self.messages["sent_at"]
        return sent_at[0], sent_at[-1]

    def swapped(self) -> Conversation:
        """The same conversation seen from the other side: `me` and `partner` change places."""
        author = pl.col("author").cast(pl.String).replace({"me": "partner", "partner": "me"}).cast(AUTHORS)
        return replace(self, messages=self.messages.with_columns(author), partners=self.partners.swapped())

"""
`Transcript`: what a reader makes of one chat, before anyone knows who is me.

A reader fills a `TranscriptBuilder` record by record (or hands over whole columns) and keeps count: every unit that
it saw (a non-blank line of a text file, a record of a structured one) ends as a row, a continuation of a row, a part
of the format's structure (a date header, say) or an `Issue`. A test holds every reader to that sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import polars as pl

from steadily.conversation import KINDS, MEDIA
from steadily.errors import Issue

RAW_SCHEMA: dict[str, pl.DataType] = {
    "line": pl.UInt32(),
    "at": pl.Datetime("us"),
    "sender": pl.Categorical(),
    "kind": KINDS,
    "text": pl.String(),
    "media": MEDIA,
    "call_s": pl.Float64(),
    "edited": pl.Boolean(),
    "key": pl.String(),
    "reply_key": pl.String(),
}
"""
Columns of `Transcript.rows`: `line` (from 1), `at` (naive; UTC or wall clock as `Transcript.clock` says), `sender` (the
format's id for a person; null for system rows), `kind`, `text`, `media`, `call_s`, `edited` (as in
`steadily.conversation.schema`), `key` (the format's own id of the row) and `reply_key` (the key that it answers).
"""

MAX_ISSUES = 1000
"""Issues kept one by one; those after are counted together, so that a damaged file cannot fill the memory."""

EARLIEST = datetime(1990, 1, 1)
LATEST = datetime(2100, 1, 1)


@dataclass(frozen=True)
class Tally:
    """
    Where every unit of a source went.

    Attributes:
        n_units: Non-blank lines (text formats) or records (others) seen.
        n_rows: Units that became a row (a system row is a row).
        n_continuations: Units that belong to the row before them.
        n_structure: Units that carry the format's structure: date headers, titles, column names.
        n_issues: Units told of in an `Issue` and nowhere else.
    """

    n_units: int = 0
    n_rows: int = 0
    n_continuations: int = 0
    n_structure: int = 0
    n_issues: int = 0

    @property
    def balanced(self) -> bool:
        """Whether nothing was silently dropped."""
        return self.n_units == self.n_rows + self.n_continuations + self.n_structure + self.n_issues


@dataclass(frozen=True)
class Transcript:
    """
    One chat as a reader found it.

    Attributes:
        app: The app the messages were sent with (`WhatsApp`, `SMS`, …).
        chat: A key of this chat inside its input, stable between two reads of the same file.
        title: What the app calls the chat. May be a name; shown only where a person chooses.
        rows: The rows, oldest first, columns as `RAW_SCHEMA`.
        clock: `utc` or `local` (wall clock, zone unknown).
        names: Sender id → the name to show.
        me: The sender id of the person who made the export, where the format tells.
        is_group: Whether the format says that more than two people are in the chat.
        issues: What could not be read or was decided. Their `source` is filled in later.
        tally: Where every unit went.
        label: The source's label.
        given: Whether the person named the file itself (see `Source.given`).
    """

    app: str
    chat: str
    title: str
    rows: pl.DataFrame = field(repr=False)
    clock: Literal["utc", "local"]
    names: Mapping[str, str] = field(repr=False)
    me: str | None = field(default=None, repr=False)
    is_group: bool = False
    issues: tuple[Issue, ...] = ()
    tally: Tally = Tally()
    label: str = ""
    given: bool = True
    reader: str = ""


class TranscriptBuilder:
    """
    Collects the rows, issues and counts of one chat.

    Attributes:
        names: Sender id → the name to show; fill it as names become known.
        me: Set it when the format tells who made the export.
    """

    def __init__(
        self,
        app: str,
        *,
        chat: str,
        title: str = "",
        clock: Literal["utc", "local"],
        label: str = "",
        given: bool = True,
    ) -> None:
        self.app = app
        self.chat = chat
        self.title = title
        self.clock: Literal["utc", "local"] = clock
        self.label = label
        self.given = given
        self.names: dict[str, str] = {}
        self.me: str | None = None
        self.is_group = False
        self._rows: list[tuple[object, ...]] = []
        self._issues: list[Issue] = []
        self._n_rows = 0
        self._n_continuations = 0
        self._n_structure = 0
        self._n_issue_units = 0
        self._n_beyond = 0

    def __len__(self) -> int:
        return len(self._rows)

    def row(
        self,
        line: int,
        at: datetime,
        sender: str | None,
        kind: str = "text",
        text: str | None = None,
        *,
        media: str | None = None,
        call_s: float | None = None,
        edited: bool = False,
        key: str | None = None,
        reply_key: str | None = None,
        counts: bool = True,
    ) -> None:
        """
        Add one row.

        Args:
            line: Line or record number, from 1.
            at: When (naive; UTC or wall clock as the transcript's clock says).
            sender: The format's id for the person; None only for `kind="system"`.
            kind: One of `steadily.conversation.KINDS`.
            text: The words; None when there are none.
            media: One of `steadily.conversation.MEDIA`.
            call_s: Seconds a call lasted; 0 when nobody answered.
            edited: Whether the format says it was edited.
            key: The format's own id of the row.
            reply_key: The id of the row that it answers or reacts to.
            counts: Whether it uses up a unit; False for further rows made of one unit (reactions).
        """
        if not EARLIEST <= at < LATEST:
            self.issue(
                line,
                "The date lies before 1990 or after 2100.",
                "The row was left out; the clock of the phone may have been wrong.",
                counts=counts,
            )
            return
        if text is not None:
            text = clean_text(text)
        self._rows.append((line, at, sender, kind, text, media, call_s, edited, key, reply_key))
        self._n_rows += counts

    def message(
        self,
        line: int,
        at: datetime,
        sender: str,
        text: str | None,
        media: Sequence[str] = (),
        *,
        edited: bool = False,
        key: str | None = None,
        reply_key: str | None = None,
    ) -> None:
        """
        Add what a person sent: words, or media with the words as their caption; a row more for each further attachment.

        Args:
            line: Line or record number, from 1.
            at: When, as in `row`.
            sender: The format's id for the person.
            text: The words; None when there are none.
            media: What was attached, in order; each one of `steadily.conversation.MEDIA`.
            edited: Whether the format says it was edited.
            key: The format's own id of the message.
            reply_key: The id of the message that it answers.
        """
        first = media[0] if media else None
        kind = "media" if media else "text"
        self.row(line, at, sender, kind, text, media=first, edited=edited, key=key, reply_key=reply_key)
        for further in media[1:]:
            self.row(line, at, sender, "media", media=further, counts=False)

    def continuation(self, n: int = 1) -> None:
        """Count *n* lines that belong to the row before them."""
        self._n_continuations += n

    def structure(self, n: int = 1) -> None:
        """Count *n* units that carry structure: date headers, titles, column names."""
        self._n_structure += n

    def issue(
        self,
        line: int,
        problem: str,
        remedy: str,
        *,
        n_lines: int = 1,
        counts: bool = True,
        weight: Literal["lost", "decided", "coverage"] = "lost",
    ) -> None:
        """
        Tell of something unread or decided. No message text and no names.

        Args:
            line: Line or record number, from 1; 0 for the whole source.
            problem: What is so.
            remedy: What was done, or what to do.
            n_lines: How many lines it speaks of.
            counts: Whether these units are told of only here.
            weight: As in `Issue`.
        """
        self._n_issue_units += n_lines if counts else 0
        last = self._issues[-1] if self._issues else None
        if last and line and (last.problem, last.remedy, last.line + last.n_lines) == (problem, remedy, line):
            self._issues[-1] = Issue(problem, remedy, last.line, last.n_lines + n_lines, weight=weight)
        elif len(self._issues) < MAX_ISSUES:
            self._issues.append(Issue(problem, remedy, line, n_lines, weight=weight))
        else:
            self._n_beyond += n_lines

    def build(self, *, n_units: int | None = None, reader: str = "") -> Transcript:
        """
        The finished transcript, rows in the order they were added.

        Args:
            n_units: Units the reader saw, counted apart from the rows; None takes the sum.
            reader: The reader's name; the registry fills it in.
        """
        columns = list(zip(*self._rows, strict=True)) if self._rows else [()] * len(RAW_SCHEMA)
        rows = pl.DataFrame(
            [
                pl.Series(name, values, dtype=dtype)
                for (name, dtype), values in zip(RAW_SCHEMA.items(), columns, strict=True)
            ]
        )
        issues = list(self._issues)
        if self._n_beyond:
            issues.append(
                Issue("More lines like these could not be read.", "They are only counted.", 0, self._n_beyond)
            )
        counted = self._n_rows + self._n_continuations + self._n_structure + self._n_issue_units
        return Transcript(
            app=self.app,
            chat=self.chat,
            title=self.title,
            rows=rows,
            clock=self.clock,
            names=dict(self.names),
            me=self.me,
            is_group=self.is_group,
            issues=tuple(issues),
            tally=Tally(
                n_units=counted if n_units is None else n_units,
                n_rows=self._n_rows,
                n_continuations=self._n_continuations,
                n_structure=self._n_structure,
                n_issues=self._n_issue_units,
            ),
            label=self.label,
            given=self.given,
            reader=reader,
        )


def clean_text(text: str) -> str:
    """The text without NUL bytes and with lone surrogates made visible, so that it can be stored as UTF-8."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text

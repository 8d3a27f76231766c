r"""
iMessage, by imessage-exporter: its text form.

Facts used: a block per message: a line `May 17, 2022  5:29:42 PM (Read by …)`, the sender (`Me` for oneself), the
body, paths of attachments, `Tapbacks:` (older `Reactions:`) with indented `Loved by Me`, a blank line. Replies repeat
inside the thread, indented four spaces, and stand again at their own place. Announcements share the line of the date.
Times are local.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from steadily.readers.media_kinds import of_name
from steadily.readers.month_names import read_sentence_date
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.text_lines import TextLines, head_lines
from steadily.readers.transcript import Transcript, TranscriptBuilder

HEAD = re.compile(r"^(?P<at>[A-Z][a-z]{2} \d{1,2}, \d{4}\s+\d{1,2}:\d{2}:\d{2} [AP]M)(?P<rest>.*)$")
RECEIPT = re.compile(r"^\s*\(.*\)\s*$")
INDENTED = "    "
TAPBACKS = ("Tapbacks:", "Reactions:")
TAPBACK = re.compile(r"^\s+(?P<what>Loved|Liked|Disliked|Laughed|Emphasized|Questioned|\S+) by (?P<who>.+?)\s*$")
EMOJI = {"Loved": "❤️", "Liked": "👍", "Disliked": "👎", "Laughed": "😂", "Emphasized": "‼️", "Questioned": "❓"}
ATTACHED = re.compile(r"^(?:/|~/|[A-Za-z]:\\|attachments/).+\.(?P<ending>\w{2,5})$|^Attachment missing!?$")
UNSENT = re.compile(r"^(?:.+ )?unsent (?:a|this) message(?: part)?[.!]?|^This message was unsent", re.IGNORECASE)
REPLY_NOTE = "This message responded to an earlier message."
MYSELF = "Me"


def sniff(source: Source) -> bool:
    """Whether it begins as imessage-exporter's text does."""
    lines = [line for line in head_lines(source)[:60] if line.strip()]
    return bool(lines) and bool(HEAD.match(lines[0])) and any(not HEAD.match(line) for line in lines[1:])


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each file."""
    for number, source in enumerate(sources):
        options.progress("Reading", number, len(sources))
        yield _Chat(source).read()


class _Chat:
    """Reads one file block by block."""

    def __init__(self, source: Source) -> None:
        self.source = source
        title = re.sub(r"\.txt$", "", source.name)
        self.builder = TranscriptBuilder(
            "iMessage", chat=source.path, title=title, clock="local", label=source.label, given=source.given
        )
        self.builder.me = MYSELF
        self.start = 0
        self.at: datetime | None = None
        self.lines: list[str] = []

    def read(self) -> Transcript:
        lines = TextLines(self.source)
        for number, line in enumerate(lines, start=1):
            self._line(number, line)
        self._flush()
        self.builder.is_group = len(self.builder.names) > 2
        lines.report(self.builder)
        return self.builder.build(n_units=lines.n_lines)

    def _line(self, number: int, line: str) -> None:
        head = HEAD.match(line)
        at = read_sentence_date(head["at"]) if head else None
        if head and at:
            self._flush()
            self._head(number, at, head["rest"].strip())
        elif self.at is not None:
            self.lines.append(line)
            self.builder.continuation(bool(line.strip()))
        elif line.startswith(INDENTED) and line.strip():
            self.builder.structure()
        elif line.strip():
            self.builder.issue(number, "This line stands before the first message.", "It was left out.")

    def _head(self, number: int, at: datetime, rest: str) -> None:
        if rest and not RECEIPT.match(rest):
            self.builder.row(number, at, None, "system", rest)
            self.at = None
        else:
            self.start, self.at, self.lines = number, at, []

    def _flush(self) -> None:
        if self.at is None:
            return
        at, self.at = self.at, None
        lines = [line for line in self.lines if not line.startswith(INDENTED) or TAPBACK.match(line)]
        while lines and not lines[-1].strip():
            lines.pop()
        sender = lines.pop(0).strip() if lines else ""
        if not sender:
            self.builder.row(self.start, at, None, "system")
            return
        self.builder.names.setdefault(sender, sender)
        self._said(at, sender, lines)

    def _said(self, at: datetime, sender: str, lines: list[str]) -> None:
        body, tapbacks = _split(lines)
        media = [_media(match) for match in map(ATTACHED.match, (line.strip() for line in body)) if match]
        words = [line for line in body if not ATTACHED.match(line.strip()) and line.strip() != REPLY_NOTE]
        text = "\n".join(words).strip() or None
        key = str(self.start)
        if text and UNSENT.match(text):
            self.builder.row(self.start, at, sender, "deleted", key=key)
            return
        self.builder.message(self.start, at, sender, text, media, key=key)
        for match in filter(None, map(TAPBACK.match, tapbacks)):
            self.builder.names.setdefault(match["who"], match["who"])
            emoji = EMOJI.get(match["what"], match["what"])
            self.builder.row(self.start, at, match["who"], "reaction", emoji, reply_key=key, counts=False)


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """The body, and the lines of tapbacks under it."""
    place = next((number for number, line in enumerate(lines) if line.strip() in TAPBACKS), len(lines))
    return [line for line in lines[:place] if not TAPBACK.match(line) or not line.startswith(INDENTED)], lines[
        place + 1 :
    ]


def _media(match: re.Match[str]) -> str:
    return of_name(match[0]) if match["ending"] else "other"


READER = Reader(
    name="imessage_exporter_txt",
    app="iMessage",
    form="text of imessage-exporter",
    page="imessage",
    sniff=sniff,
    read=read,
)

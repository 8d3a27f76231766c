"""Tables of one's own: which column is the time, which the sender, which the text; and times in whatever form they come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import numpy as np

from steadily.readers.dates import Stretch, decide_order, to_days
from steadily.readers.epochs import NUMBER, from_iso, from_unix
from steadily.readers.month_names import read_sentence_date
from steadily.readers.reader import DateOrder
from steadily.readers.transcript import TranscriptBuilder, clean_text

ALIASES: dict[str, tuple[str, ...]] = {
    "time": (
        "timestamp",
        "datetime",
        "date_time",
        "sent_at",
        "date",
        "time",
        "created_at",
        "created",
        "sent",
        "when",
        "datum",
        "fecha",
    ),
    "sender": ("sender", "sender_name", "from", "author", "name", "user", "username", "who", "speaker", "von", "de"),
    "text": ("text", "message", "body", "content", "msg", "message_text", "nachricht", "texto"),
}
"""Names of columns, the likelier first; compared without case, spaces and underscores."""

DAY_NAMES = frozenset({"date", "day", "datum", "fecha"})
CLOCK_NAMES = ("time", "hour", "uhrzeit", "hora", "zeit")
"""A table may give the day in one column and the clock in another."""

NUMBERS = re.compile(
    r"^\D{0,2}(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})[T,\s]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp])?"
)
EPOCH = re.compile(r"^-?\d{9,19}(?:\.\d+)?$")
OFFSET = re.compile(r"(?:Z|UTC|[+-]\d{2}:?\d{2})$")
NO_TIME, NO_TIME_REMEDY = "The time of this row is missing or in a form that is not known.", "The row was left out."


def find_columns(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str] | None:
    """
    Which column holds what.

    Args:
        names: The names in the file.
        given: What the person said: `time`, `sender`, `text` → column.

    Returns:
        The same for all three, or None where one is not there; and `clock`, where the time of day has a column of its own.
    """
    by_folded = {_fold(name): name for name in reversed(list(names))}
    found: dict[str, str] = {}
    for wanted, aliases in ALIASES.items():
        candidates = (given[wanted],) if wanted in given else aliases
        name = next((by_folded[_fold(alias)] for alias in candidates if _fold(alias) in by_folded), None)
        if name is None or (name in found.values() and wanted not in given):
            return None
        found[wanted] = name
    if "time" not in given and _fold(found["time"]) in DAY_NAMES:
        clock = next((by_folded[name] for name in CLOCK_NAMES if name in by_folded), None)
        found |= {"clock": clock} if clock else {}
    return found


def joined(day: object, clock: object) -> object:
    """A day and a time of day from two columns, as one."""
    return f"{day.strip()} {clock.strip()}" if isinstance(day, str) and isinstance(clock, str) else day


def _fold(name: str) -> str:
    return re.sub(r"[\s_\-]", "", name.removeprefix("\ufeff")).casefold()


class Table:
    """Collects rows whose times are understood together at the end."""

    def __init__(self, builder: TranscriptBuilder, date_order: DateOrder | None) -> None:
        self.builder = builder
        self._order = date_order
        self._rows: list[tuple[int, object, str, str | None]] = []

    def add(self, line: int, time: object, sender: object, text: object) -> None:
        """Add one row; a row without a sender or a time becomes an issue."""
        name = clean_text(str(sender)).strip() if isinstance(sender, str | int) and not isinstance(sender, bool) else ""
        if not name:
            self.builder.issue(line, "This row names no sender.", "It was left out.")
            return
        self._rows.append((line, time, name, str(text) if isinstance(text, str | NUMBER) and str(text) else None))

    def finish(self) -> None:
        """Understand the times, oldest row first, and say what was decided."""
        times, clock = self._times()
        self.builder.clock = "utc" if clock else "local"
        placed = []
        for (line, _, sender, text), at in zip(self._rows, times, strict=True):
            if at is None:
                self.builder.issue(line, NO_TIME, NO_TIME_REMEDY)
            else:
                placed.append((at, line, sender, text))
        if len(placed) > 1 and placed[0][0] > placed[-1][0]:
            placed.reverse()
        placed.sort(key=lambda row: row[0])
        for at, line, sender, text in placed:
            self.builder.names.setdefault(sender, sender)
            self.builder.row(line, at, sender, "text", text)

    def _times(self) -> tuple[list[datetime | None], bool]:
        """The times, and whether they are instants (UTC): in the form in which most can be read, the plainest first."""
        values = [time for _, time, _, _ in self._rows]
        epochs: list[datetime | None] = [_epoch(value) for value in values]
        isos = [from_iso(value) for value in values]
        most = max(_n_read(epochs), _n_read(isos))
        if most and _n_read(epochs) == most:
            return epochs, True
        n_numbers = sum(isinstance(value, str) and bool(NUMBERS.match(value)) for value in values)
        if most and most >= n_numbers:
            pairs = zip(isos, values, strict=True)
            return isos, all(isinstance(value, str) and OFFSET.search(value.strip()) for iso, value in pairs if iso)
        if n_numbers and _n_read(numbers := self._by_numbers(values)):
            return numbers, False
        sentences = [read_sentence_date(value) for value in values]
        return sentences, all("UTC" in str(value) or "GMT" in str(value) for value in values)

    def _by_numbers(self, values: list[object]) -> list[datetime | None]:
        matches = [NUMBERS.match(value) if isinstance(value, str) else None for value in values]
        kept = [match for match in matches if match]
        if not kept:
            return [None] * len(values)
        a, b, c = (np.array([int(match[place]) for match in kept]) for place in (1, 2, 3))
        year_first = np.array([len(match[1]) == 4 for match in kept])
        stretches = [Stretch(0, len(a), self._order, "given")] if self._order else decide_order(a, b, c, year_first)
        days = np.concatenate(
            [
                to_days(a[one.start : one.stop], b[one.start : one.stop], c[one.start : one.stop], one.order)
                for one in stretches
            ]
        )
        if any(one.reason == "guess" for one in stretches):
            problem = "The dates in this file could be read two ways; they were read as day, month, year."
            remedy = "If that is wrong, choose the order: --date-order mdy."
            self.builder.issue(0, problem, remedy, counts=False, weight="decided")
        moments = iter([_moment(day, match) for day, match in zip(days, kept, strict=True)])
        return [next(moments) if match else None for match in matches]


def _n_read(times: list[datetime | None]) -> int:
    return sum(time is not None for time in times)


def _epoch(value: object) -> datetime | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        if not EPOCH.match(value.strip()):
            return None
        value = float(value) if "." in value else int(value)
    return from_unix(value) if isinstance(value, NUMBER) and 1e8 <= value < 1e20 else None


def _moment(day: np.datetime64, match: re.Match[str]) -> datetime | None:
    if np.isnat(day):
        return None
    hour, minute, second = int(match[4]), int(match[5]), int(match[6] or 0)
    if match[7] and hour <= 12:
        hour = hour % 12 + (12 if match[7] in "Pp" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    date = day.astype("datetime64[D]").astype(object)
    return datetime(date.year, date.month, date.day) + timedelta(hours=hour, minutes=minute, seconds=second)

"""
Where to find help: the rows of `helplines.tsv`, as they were found, each with its source and the day on which it was checked.

The country is the person's choice; no number is ever made by a model. A row that was not checked for half a year is not fit
to ship, and `make check` says so.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from steadily.errors import UsageError

FILE = Path(__file__).with_name("helplines.tsv")
OLDEST = timedelta(days=180)
KINDS = {
    "emergency": "Emergency",
    "suicide": "If you think of dying, or fear that someone does",
    "dv": "If someone hurts, frightens or controls you",
    "dv_perpetrator": "If you worry about what you do to someone",
}
"""In the order in which they are shown."""
STATUSES = {
    "OFFICIAL": "from the service itself or an authority",
    "THIRD_PARTY": "from others, not from the service itself",
    "DISPUTED": "sources do not agree; try another as well",
}
UNCALLED = (
    "Nobody has called these numbers to test them. If one does not answer, use the emergency number or another line."
)
TRACES = "A call may stay in the phone's list and on the bill, and what you read here in the terminal's history."


@dataclass(frozen=True)
class Helpline:
    """
    One line to call or write to.

    Attributes:
        iso: The country, ISO 3166-1 alpha-2, or EU.
        country: Its name.
        kind: A key of `KINDS`.
        name: The service.
        dial: What to dial, as the source writes it; may be empty.
        text_chat: How to write to it; may be empty.
        url: Its page; may be empty.
        hours: When it answers, as the source says; `re-check` where it does not.
        for_whom: For whom it is.
        status: A key of `STATUSES`.
        source: Where it was found.
        source_date: From when that is.
        checked: The day on which the row was last taken from, or compared with, its written sources.
        notes: What the one who found it wrote down, for whoever keeps the list.
        tell: What a caller should know besides.
    """

    iso: str
    country: str
    kind: str
    name: str
    dial: str
    text_chat: str
    url: str
    hours: str
    for_whom: str
    status: str
    source: str
    source_date: str
    checked: date
    notes: str
    tell: str

    @property
    def is_stale(self) -> bool:
        """Whether the check is too long ago."""
        return today() - self.checked > OLDEST

    @property
    def known(self) -> str:
        """How far the row can be trusted, and where it is from."""
        return f"{STATUSES[self.status]}: {self.source}" + (f", {self.source_date}" if self.source_date else "")

    @property
    def number(self) -> str:
        """The digits to dial, where `dial` is a number or begins with one; empty where it is not."""
        found = re.match(r"\+?\d[\d -]*", self.dial)
        return re.sub(r"[ -]", "", found[0]) if found else ""

    @property
    def answers(self) -> str:
        """When it answers, in words."""
        if self.hours == "re-check":
            return "hours not known"
        return "sources differ on the hours" if self.hours.startswith("DISPUTED") else self.hours


def today() -> date:
    """The day it is where the program runs."""
    return datetime.now().astimezone().date()


@cache
def every() -> tuple[Helpline, ...]:
    """All rows, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as rows:
        read = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(_helpline(row) for row in read)


def _helpline(row: dict[str, str]) -> Helpline:
    checked = date.fromisoformat(row.pop("checked"))
    return Helpline(checked=checked, **row)


def countries() -> dict[str, str]:
    """Countries with at least one row: code and name, by name."""
    return dict(sorted({one.iso: one.country for one in every()}.items(), key=lambda pair: pair[1]))


def helplines(country: str) -> list[Helpline]:
    """
    The lines of a country, emergency first.

    Args:
        country: Its code or its name, in any case.

    Raises:
        UsageError: There is no row for it; the message says what to do instead.
    """
    wanted = country.strip().casefold()
    found = [one for one in every() if wanted in (one.iso.casefold(), one.country.casefold())]
    if not found:
        raise UsageError(
            "There is no checked line for that country here. In an emergency call the number that you know, or ask anyone near you for it. "
            "`steadily help` lists the countries."
        )
    return sorted(found, key=lambda one: list(KINDS).index(one.kind))


def to_check(rows: Sequence[Helpline] | None = None) -> list[Helpline]:
    """Rows by how long ago they were checked, the oldest first: the list for a person with a phone."""
    return sorted(every() if rows is None else rows, key=lambda one: (one.checked, one.iso, one.kind))

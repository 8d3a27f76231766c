"""
What the proof is made of: a strand is one thing over weeks, said in words, with its numbers and what can be drawn of it.

A chart here says what there is to draw, and not how: `report/proof_charts.py` draws it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from steadily.program.entries import CheckIn, Forgiving, HardDay, Practiced, Ritual, Win
from steadily.program.found_wins import FoundWin
from steadily.program.remeasure import ToldAgain
from steadily.program.trust import Curve

WEEK = timedelta(days=7)
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Span:
    """
    The weeks that are looked at.

    Attributes:
        first: The Monday that they begin with.
        last: The last day, today; its week may not be over.
    """

    first: date
    last: date

    @property
    def n_weeks(self) -> int:
        """How many weeks they are."""
        return (self.last - self.first) // WEEK + 1

    def holds(self, day: date) -> bool:
        """Whether a day lies in them."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Counts:
    """
    How many a week; each is drawn as a dot.

    Attributes:
        weeks: Monday → how many; weeks without any are not there.
        noun: What one of them is called, such as `day`.
    """

    weeks: Mapping[date, int]
    noun: str


@dataclass(frozen=True)
class Band:
    """
    A value over time with its range, and what was seen; on days, or on the first days of weeks.

    Attributes:
        days: When, in order.
        level: The value; None where there is none.
        low: The low end of its range.
        high: The high end.
        seen: What was answered or counted; None where nothing was.
        bounds: The lowest and the highest that it can be.
        ends: The words for the lowest, the middle and the highest.
        label: What stands beside the end of the line; empty for nothing.
    """

    days: tuple[date, ...]
    level: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    seen: tuple[float | None, ...]
    bounds: tuple[float, float]
    ends: tuple[str, str, str]
    label: str = ""


@dataclass(frozen=True)
class Stretches:
    """
    Stretches of days.

    Attributes:
        stretches: The first day and the day on which it had passed; None where that is not known.
    """

    stretches: tuple[tuple[date, date | None], ...]


Chart = Counts | Band | Stretches


@dataclass(frozen=True)
class Strand:
    """
    One thing over weeks.

    Attributes:
        name: Its name on the page.
        title: What it is called.
        n: How much it rests on.
        said: What can be said of it, with n and its range where there is one.
        rows: Its numbers, header first; empty where `said` holds all of them.
        chart: What can be drawn; None where words are enough.
        note: How far it can be trusted; may be empty.
    """

    name: str
    title: str
    n: int
    said: tuple[str, ...]
    rows: Rows = ()
    chart: Chart | None = None
    note: str = ""


@dataclass(frozen=True)
class Lived:
    """
    All that strands are made of.

    Attributes:
        practiced: What was practiced, in any order.
        wins: All wins, also those that were not wanted; they are passed over.
        rituals: All rituals; only those that both want are told.
        check_ins: At most one a day.
        hard_days: All hard days.
        forgiving: How far it was forgiven, each time that it was asked.
        curves: The curve of each daily slider up to the last day (`trust.curve`), by its name.
        found: What the chat shows (`found_wins`); None where there is no chat, or it may not be searched.
        chat_until: The last day of the chat.
        tells_repairs: Whether repairs may be told; not after coaching stopped for harm or control, since where one harms the
            other, a kind word after a sharp one can be a part of it.
        again: Findings that opened a practice, before and after, in words.
    """

    practiced: Sequence[Practiced] = ()
    wins: Sequence[Win] = ()
    rituals: Sequence[Ritual] = ()
    check_ins: Sequence[CheckIn] = ()
    hard_days: Sequence[HardDay] = ()
    forgiving: Sequence[Forgiving] = ()
    curves: Mapping[str, Curve] = field(default_factory=dict)
    found: Sequence[FoundWin] | None = None
    chat_until: date | None = None
    tells_repairs: bool = True
    again: Sequence[ToldAgain] = ()


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())

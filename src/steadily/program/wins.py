"""
Wins: small things that went well. Kept in the person's own words, tapped, or taken from what was offered; read again on a bad day.

They are not counted up to anything, and a day without one leaves no gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from steadily.program.entries import Practiced, Win
from steadily.program.records import Kept

READY = (
    "I waited before I answered.",
    "I said what I felt, without blame.",
    "I asked first, and gave no advice.",
    "I said sorry, and meant it.",
    "I said no, kindly.",
    "I heard a no, and left it there.",
    "I took a break, and came back when I said.",
    "I kept a small promise.",
    "We laughed about something.",
    "We had a quiet hour, and no phones.",
    "A hard talk ended softly.",
    "I was kind to myself on a bad day.",
)
"""Lines to tap, as a person would say them."""

RECENT = timedelta(days=3)
"""What was practiced longer ago than this is not offered any more."""
PRACTICE_REST = timedelta(days=7)
"""So long nothing is offered from practice after something was, whether it was taken or not."""


def kept(wins: Iterable[Kept[Win]]) -> list[Kept[Win]]:
    """Those that the person took, the newest first."""
    taken = [one for one in wins if one.entry.is_kept]
    return sorted(taken, key=lambda one: (one.entry.day, one.id), reverse=True)


def by_month(wins: Iterable[Kept[Win]]) -> list[tuple[date, list[Kept[Win]]]]:
    """Those that the person took, by month, the newest first; a month goes by its first day."""
    return [(month, list(group)) for month, group in groupby(kept(wins), key=lambda one: one.entry.day.replace(day=1))]


def decided(wins: Iterable[Kept[Win]]) -> frozenset[str]:
    """What was offered before and answered, by what it was found by."""
    return frozenset(one.entry.found for one in wins if one.entry.found)


def is_there(wins: Iterable[Kept[Win]], win: Win) -> bool:
    """Whether the same words are kept for that day."""
    return any((one.entry.day, one.entry.text) == (win.day, win.text) for one in kept(wins))


def set_aside(win: Win) -> Win:
    """What is left of one that was offered and not wanted: enough to not offer it again, and not a word."""
    return Win(win.day, "", win.origin, win.found, is_kept=False)


def from_practice(
    practiced: Sequence[Practiced], wins: Iterable[Kept[Win]], titles: Mapping[str, str], today: date
) -> Win | None:
    """
    The win to offer from practice: the last that was done and helped.

    Args:
        practiced: All that was practiced, in any order.
        wins: All wins, also those that were not wanted.
        titles: Practice → what it is called; one that is not there is passed over.
        today: The day it is.

    Returns:
        None where nothing helped in these days, it was answered before, or one was offered in the last week.
    """
    there = list(wins)
    lately = (one.entry.day for one in there if one.entry.origin == "practice")
    if any(today - day < PRACTICE_REST for day in lately):
        return None
    helped = [
        one
        for one in practiced
        if (one.how, one.helped) == ("done", "yes")
        and one.practice in titles
        and timedelta() <= today - one.at.date() <= RECENT
    ]
    if not helped:
        return None
    last = max(helped, key=lambda one: one.at)
    day = last.at.date()
    win = Win(day, f"I did “{titles[last.practice]}”, and it helped.", "practice", f"practice {last.practice} {day}")
    return None if win.found in decided(there) else win

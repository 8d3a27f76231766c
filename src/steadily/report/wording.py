"""Numbers, dates and durations as people say them: whole and humble."""

from __future__ import annotations

from datetime import date

MINUTE, HOUR, DAY = 60, 3600, 86400
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def count(n: float, noun: str) -> str:
    """`1 day`, `9,212 messages`."""
    whole = round(n)
    return f"{whole:,} {noun if whole == 1 else noun + 's'}"


def about(n: float, noun: str = "") -> str:
    """`about 12 messages`, `less than one message`, `no message`: for amounts that need not be whole."""
    if round(n):
        return f"about {count(n, noun)}" if noun else f"about {round(n):,}"
    return f"{'less than one' if n > 0 else 'no' if noun else 'none'} {noun}".rstrip()


def duration(seconds: float) -> str:
    """`40 seconds`, `7 minutes`, `3 hours`, `2 days`: one unit, whole."""
    if seconds < 90:
        return count(max(seconds, 1), "second")
    if seconds < 90 * MINUTE:
        return count(seconds / MINUTE, "minute")
    if seconds < 36 * HOUR:
        return count(seconds / HOUR, "hour")
    return count(seconds / DAY, "day")


def between(low: str, high: str) -> str:
    """`somewhere between 5 minutes and 9 minutes`, or `about 7 minutes` when both ends read the same."""
    if low == high:
        return f"about {low}"
    low_words, high_words = low.rsplit(" ", 1), high.rsplit(" ", 1)
    if len(low_words) == len(high_words) == 2 and low_words[1].rstrip("s") == high_words[1].rstrip("s"):
        return f"somewhere between {low_words[0]} and {high}"
    return f"somewhere between {low} and {high}"


def of_hundred(share: float) -> int:
    """A share as so many of a hundred; never 0 or 100 for a share that is neither."""
    whole = round(share * 100)
    return min(max(whole, 1 if share > 0 else 0), 99 if share < 1 else 100)


def share_between(low: float, high: float) -> str:
    """`somewhere between 48 and 58 of every 100`."""
    first, last = of_hundred(low), of_hundred(high)
    return f"about {first} of every 100" if first == last else f"somewhere between {first} and {last} of every 100"


def day(iso: str) -> str:
    """`3 April 2026`."""
    moment = date.fromisoformat(iso)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def days_between(low: str, high: str) -> str:
    """`between 3 and 11 April 2026`, as short as it can be said."""
    first, last = date.fromisoformat(low), date.fromisoformat(high)
    if first == last:
        return f"on {day(low)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {day(high)}"
    if first.year == last.year:
        return f"between {first.day} {MONTHS[first.month - 1]} and {day(high)}"
    return f"between {day(low)} and {day(high)}"


def clock_hour(hour: int) -> str:
    """`8 in the evening`, `midnight`."""
    hour %= 24
    if hour in (0, 12):
        return "midnight" if hour == 0 else "noon"
    part = (
        "at night"
        if hour < 5
        else "in the morning"
        if hour < 12
        else "in the afternoon"
        if hour < 18
        else "in the evening"
    )
    return f"{hour if hour < 12 else hour - 12} {part}"

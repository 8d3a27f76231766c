"""Numbers and days in words, for sentences of the program."""

from __future__ import annotations

from datetime import date

NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def number(n: int) -> str:
    """`no`, `one` … `twelve`, `13`, `1,200`."""
    return NUMBERS[n] if n < len(NUMBERS) else f"{n:,}"


def so_many(n: int, noun: str) -> str:
    """`no days`, `one day`, `two days`."""
    return f"{number(n)} {noun if n == 1 else noun + 's'}"


def day_in_words(day: date) -> str:
    """`3 March 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: date) -> str:
    """`March 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday_of(day: date) -> str:
    """`Tuesday`."""
    return WEEKDAYS[day.weekday()]


def listed(parts: list[str]) -> str:
    """`one, two and three`; empty where there is nothing."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def opened(sentence: str) -> str:
    """With a capital letter, whatever follows it."""
    return sentence[:1].upper() + sentence[1:]

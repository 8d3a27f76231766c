"""How often, and at which hours, as people say it."""

from __future__ import annotations

from steadily.report.wording import clock_hour, count


def times(n: float) -> str:
    """`once`, `0 times`, `22 times`."""
    return "once" if round(n) == 1 else count(n, "time")


def hours_between(start: int, end: int) -> str:
    """`between 6 and 9 in the evening`, `between 11 in the morning and 2 in the afternoon`."""
    first, last = clock_hour(start), clock_hour(end)
    hour, _, part = first.partition(" ")
    if part and end - start == 1 and " " in last:
        return f"between {hour} and {last.partition(' ')[0]} {part}"
    return f"between {hour if part and last.endswith(part) else first} and {last}"

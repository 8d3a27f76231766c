"""Days counted by week, and told as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from steadily.program.plain_words import day_in_words
from steadily.program.strand import Rows, monday


def per_week(days: Iterable[date]) -> dict[date, int]:
    """How many fall on each week, by its Monday, in order; weeks without any are not there."""
    counts = Counter(monday(day) for day in days)
    return {week: counts[week] for week in sorted(counts)}


def week_rows(weeks: Mapping[date, int], what: str) -> Rows:
    """The same as a table, header first."""
    return ("week of", what), *((day_in_words(week), str(n)) for week, n in weeks.items())

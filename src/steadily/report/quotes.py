"""Messages quoted in a report: who, when and the words; and the few moments that are quoted in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import polars as pl

from steadily.codebook import DANGER
from steadily.dynamics.coded import is_with_codes
from steadily.dynamics.rupture_repair import Rupture, ruptures
from steadily.report.sentences import Told
from steadily.report.wording import MINUTE, MONTHS, day, duration

LONGEST_QUOTE = 280
LEDGER = "rupture_repair.count"
LOOP = "demand_withdraw.loop"
MOST_MOMENTS = 3
MOST_LINES = 6
"""Of a moment: as many at its beginning as at its end."""
NO_WORDS = {"call": "(a call)", "deleted": "(deleted)"}


@dataclass(frozen=True)
class Quote:
    """One message as it is shown: its row, when it was sent, whether it is mine (None where the app wrote it), and its words."""

    row: int
    when: str
    mine: bool | None
    text: str


@dataclass(frozen=True)
class Moment:
    """A moment that is quoted in place: the chapter in which it stands, a line on what it was, and its rows."""

    chapter: str
    about: str
    rows: tuple[int, ...]


def quotes(messages: pl.DataFrame, rows: Sequence[int]) -> tuple[Quote, ...]:
    """
    Some messages as quotes.

    Args:
        messages: One conversation.
        rows: Which of its rows.

    Returns:
        In order of the conversation; words longer than `LONGEST_QUOTE` letters are cut.
    """
    found = messages.filter(pl.col("row").is_in(list(rows))).sort("row")
    return tuple(
        Quote(
            row=row,
            when=f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}, {when:%H:%M}",
            mine=None if author is None else author == "me",
            text=_quoted(text, kind, media),
        )
        for row, when, author, kind, text, media in found.select(
            "row", "local_time", "author", "kind", "text", "media"
        ).iter_rows()
    )


def moments(messages: pl.DataFrame, told: Sequence[Told]) -> tuple[Moment, ...]:
    """
    The moments that are quoted in place: the clearest of the loop, and sharp ones that came back, since the way back is worth reading.

    Args:
        messages: One conversation. Without codes there are none.
        told: What was found; the loop brings its own moments.

    Returns:
        By chapter and in order of time; of sharp ones those that came back the soonest. None with words of danger in it.
    """
    if not is_with_codes(messages):
        return ()
    dark = set(messages.filter(pl.any_horizontal(*DANGER))["row"].to_list())
    ledger = any(one.finding.measure == LEDGER and one.finding.estimate for one in told)
    every = (*_of_the_loop(messages, told), *(_that_came_back(messages, dark) if ledger else ()))
    return tuple(replace(one, rows=_ends(one.rows)) for one in every if not dark & set(one.rows))


def _of_the_loop(messages: pl.DataFrame, told: Sequence[Told]) -> list[Moment]:
    found = []
    for facts in (one.finding.facts for one in told if one.finding.measure == LOOP):
        for number in range(1, MOST_MOMENTS + 1):
            first, last = facts.get(f"first_{number}"), facts.get(f"last_{number}")
            if isinstance(first, int) and isinstance(last, int):
                about = f"{_day_of(messages, first)}: one of the clearest times."
                found.append(Moment("loop", about, tuple(range(first, last + 1))))
    return found


def _that_came_back(messages: pl.DataFrame, dark: set[int]) -> list[Moment]:
    back = [
        (one, rows)
        for one in ruptures(messages)
        if one.minutes_to_repair is not None and (rows := _rows(messages, one)) and not dark & set(rows)
    ]
    quickest = sorted(back, key=lambda pair: pair[0].minutes_to_repair or 0)[:MOST_MOMENTS]
    return [
        Moment("sharp", _about(messages, one, is_whole=len(rows) <= MOST_LINES), tuple(rows))
        for one, rows in sorted(quickest, key=lambda pair: pair[0].first_row)
    ]


def _rows(messages: pl.DataFrame, one: Rupture) -> list[int]:
    until = one.start + timedelta(minutes=one.minutes_to_repair or 0)
    within = pl.col("row") >= one.first_row, pl.col("sent_at") <= until, pl.col("author").is_not_null()
    found: list[int] = messages.filter(*within)["row"].to_list()
    return found


def _ends(rows: tuple[int, ...]) -> tuple[int, ...]:
    half = MOST_LINES // 2
    return rows if len(rows) <= MOST_LINES else (*rows[:half], *rows[-half:])


def _about(messages: pl.DataFrame, one: Rupture, *, is_whole: bool) -> str:
    after = duration(max(one.minutes_to_repair or 0, 1) * MINUTE)
    back = f"{_day_of(messages, one.first_row)}: well again after {after}."
    return back if is_whole else f"{back} How it began, and how it came back:"


def _day_of(messages: pl.DataFrame, row: int) -> str:
    at = messages.filter(pl.col("row") == row)["local_time"][0]
    return day(f"{at:%Y-%m-%d}")


def _quoted(text: str | None, kind: str, media: str | None) -> str:
    if text:
        return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + "…"
    return f"({media or 'attachment'})" if kind == "media" else NO_WORDS.get(kind, "(no words)")

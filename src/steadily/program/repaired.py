"""Repairs over weeks: those that the chat shows, and those that the person told of."""

from __future__ import annotations

from datetime import date

from steadily.program.entries import Win
from steadily.program.local_level import WITHIN
from steadily.program.plain_words import day_in_words, number, opened, so_many
from steadily.program.strand import Counts, Lived, Span, Strand, monday
from steadily.program.weeks import per_week, week_rows

TOLD = ("I said sorry, and meant it.", "I took a break, and came back when I said.", "A hard talk ended softly.")
"""Lines of `wins.READY` that tell of a repair."""
MADE_UP = "we made up"
"""The event of a check-in that tells of one."""
CHECKED, RIGHT = 49, 45
"""Places like these that were read by hand, and how many of them were repairs (docs/wins-and-setbacks.md)."""


def repairs(lived: Lived, span: Span) -> Strand | None:
    """
    Repairs, from the chat and from what the person kept.

    One that the person told of is not counted again on a day on which the chat shows one: it may be the same.
    """
    if not lived.tells_repairs:
        return None
    seen = _seen(lived)
    from_chat = [day for day in seen.values() if span.holds(day)]
    told = sorted(day for day in _told(lived) - set(seen.values()) if span.holds(day))
    days = [*from_chat, *told]
    if not days:
        return None
    n, n_seen = len(days), len(from_chat)
    where = "that read clearly as one in the chat" if not told else "that you told of" if not from_chat else ""
    said = [f"{opened(so_many(n, 'repair'))}{f' {where}' if where else ''}."]
    if from_chat and told:
        said.append(f"The chat shows {number(n_seen)} of them, and you told of the rest.")
    weeks = per_week(days)
    chart = Counts(weeks, "repair")
    return Strand("repairs", "Repairs", n, tuple(said), week_rows(weeks, "repairs"), chart, _note(n_seen, lived, span))


def likely(n: int) -> tuple[int, int]:
    """
    How many of so many places that look like repairs are likely repairs: the ends of a 90 % range.

    What was read by hand, with a Jeffreys prior, gives how often such a place is right (beta-binomial).
    """
    from scipy.stats import betabinom

    tail = (1 - WITHIN) / 2
    found = betabinom(n, RIGHT + 0.5, CHECKED - RIGHT + 0.5)
    return int(found.ppf(tail)), int(found.ppf(1 - tail))


def _seen(lived: Lived) -> dict[str, date]:
    """Those from a chat by what they were found by: of the chat that is here, and those that were kept from one before."""
    kept = {one.found: one.day for one in lived.wins if one.is_kept and _is_from_chat(one)}
    refused = {one.found for one in lived.wins if not one.is_kept}
    found = {one.found: one.day for one in lived.found or () if one.kind == "repair"}
    return {key: day for key, day in (kept | found).items() if key not in refused}


def _told(lived: Lived) -> set[date]:
    wins = {one.day for one in lived.wins if one.is_kept and one.text in TOLD and not _is_from_chat(one)}
    return wins | {one.day for one in lived.check_ins if MADE_UP in one.events}


def _is_from_chat(win: Win) -> bool:
    return win.origin == "chat" and win.found.startswith("repair ")


def _note(n: int, lived: Lived, span: Span) -> str:
    told = []
    if n:
        low, high = likely(n)
        how_many = f"about {low}" if low == high else f"somewhere between {low} and {high}"
        likely_so = f": of the {n} in the chat, {how_many} are likely repairs" if n > 1 else ""
        told.append(
            f"Read from words, which can be wrong{likely_so}. "
            f"When places like these were read by hand, {RIGHT} of {CHECKED} were repairs."
        )
    if lived.found is not None and lived.chat_until and monday(lived.chat_until) < monday(span.last):
        told.append(f"The chat here goes until {day_in_words(lived.chat_until)}.")
    told.append("What was mended at the kitchen table is here only where you said so.")
    return " ".join(told)

"""
Rituals: small things that come back if both want it.

Nothing counts until both have said yes; a no ends the asking, and nothing here suggests to ask again. Rituals were found to help
only where both partners call them one (Garcia-Rada, Sezer and Norton 2019, 10.1086/702761; weak: four correlational studies).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from steadily.program.entries import Answer, Ritual
from steadily.program.plain_words import WEEKDAYS, day_in_words, listed, month_in_words, number, opened, so_many
from steadily.program.records import Kept

Standing = Literal["mine", "asked", "theirs", "both", "resting", "put away"]
MOST_TODAY = 3
N_FOR_BUSIEST = 5
"""Fewer times than this say nothing of when it was most."""
WEEK = timedelta(days=7)
EVERY_DAY = tuple(range(7))


@dataclass(frozen=True)
class LastSeen:
    """
    A ritual that the chat shows, and when it was last there.

    Attributes:
        name: What the two called it.
        day: When it was last seen.
    """

    name: str
    day: date


def standing(ritual: Ritual) -> Standing:
    """
    Where a ritual stands between the two.

    Returns:
        `put away` after a no of either; `both` where both said yes, `resting` while that rests; `theirs` where the partner said
        yes and the person has not; `asked` where the partner's answer is open; otherwise `mine`.
    """
    if "no" in (ritual.mine, ritual.theirs):
        return "put away"
    if both_want(ritual):
        return "resting" if ritual.rested else "both"
    if ritual.theirs == "yes":
        return "theirs"
    return "asked" if ritual.asked_on else "mine"


def both_want(ritual: Ritual) -> bool:
    """Whether both have said yes."""
    return ritual.mine == "yes" and ritual.theirs == "yes"


def asked(ritual: Ritual, day: date) -> Ritual:
    """The same, once the partner was asked; the first time stays."""
    return replace(ritual, asked_on=ritual.asked_on or day)


def not_asked(ritual: Ritual) -> Ritual:
    """The same, where that was a slip."""
    return replace(ritual, asked_on=None)


def answered(ritual: Ritual, theirs: Answer, day: date) -> Ritual:
    """The same, with what the partner said."""
    return _begun(replace(ritual, theirs=theirs), day)


def decided(ritual: Ritual, mine: Answer, day: date) -> Ritual:
    """The same, with what the person wants."""
    return _begun(replace(ritual, mine=mine), day)


def rested(ritual: Ritual, day: date) -> Ritual:
    """The same at rest; what was is kept."""
    return replace(ritual, rested=ritual.rested or day)


def woken(ritual: Ritual) -> Ritual:
    """The same, back from its rest."""
    return replace(ritual, rested=None)


def took_place(ritual: Ritual, day: date) -> Ritual:
    """The same, with a day on which it took place; unchanged unless both want it, or where the day lies before both did."""
    if standing(ritual) != "both" or ritual.began is None or day < ritual.began:
        return ritual
    return replace(ritual, kept=tuple(sorted({*ritual.kept, day})))


def took_no_place(ritual: Ritual, day: date) -> Ritual:
    """The same without a day that was tapped by mistake."""
    return replace(ritual, kept=tuple(one for one in ritual.kept if one != day))


def is_on(ritual: Ritual, day: date) -> bool:
    """Whether a day is one of its own; any day is, where it has none."""
    return not ritual.weekdays or day.weekday() in ritual.weekdays


def for_today(rituals: Iterable[Kept[Ritual]], day: date) -> list[Kept[Ritual]]:
    """
    Those that both want and that may be today.

    Args:
        rituals: All of them.
        day: Today.

    Returns:
        At most `MOST_TODAY`: those of this weekday first, by the clock, then those without a day of their own.
    """
    living = [one for one in rituals if standing(one.entry) == "both" and is_on(one.entry, day)]
    living.sort(key=lambda one: (not one.entry.weekdays, one.entry.clock or "99", one.entry.name))
    return living[:MOST_TODAY]


def told(ritual: Ritual, day: date) -> str:
    """
    How often it took place, in words; what was not is not told.

    Args:
        ritual: Any.
        day: Today.

    Returns:
        Such as "Seven times since March 2026, most of them in the two weeks from 6 April 2026."; empty where it never did.
    """
    kept = ritual.kept
    if not kept:
        return ""
    if len(kept) == 1:
        return f"Once, on {day_in_words(kept[0])}."
    is_this_month = (kept[0].year, kept[0].month) == (day.year, day.month)
    since = day_in_words(kept[0]) if is_this_month else month_in_words(kept[0])
    most = busiest(kept)
    where = f", most of them in {_weeks_in_words(*most)}" if most else ""
    return opened(f"{so_many(len(kept), 'time')} since {since}{where}.")


def busiest(days: Sequence[date]) -> tuple[date, int] | None:
    """
    The shortest run of calendar weeks in which it took place more than half of all times; of several, the latest.

    Args:
        days: On which it took place, without repeats.

    Returns:
        The Monday that the run begins with, and how many weeks it has. None where it took place fewer than `N_FOR_BUSIEST` times,
        or where the run is longer than half of the time from the first to the last week: then it was spread evenly.
    """
    if len(days) < N_FOR_BUSIEST:
        return None
    times = Counter(day - timedelta(days=day.weekday()) for day in days)
    first, last = min(times), max(times)
    n_weeks = (last - first) // WEEK + 1
    for length in range(1, n_weeks // 2 + 1):
        for place in range(n_weeks - length, -1, -1):
            monday = first + place * WEEK
            if 2 * sum(times[monday + one * WEEK] for one in range(length)) > len(days):
                return monday, length
    return None


def when_in_words(ritual: Ritual) -> str:
    """When it is, such as "Mondays and Thursdays, 19:30, about 20 minutes"."""
    days = [f"{WEEKDAYS[one]}s" for one in sorted(ritual.weekdays)]
    named = "every day" if tuple(sorted(ritual.weekdays)) == EVERY_DAY else listed(days) or "no day of its own"
    clock = f", {ritual.clock}" if ritual.clock else ""
    return opened(f"{named}{clock}, about {so_many(ritual.minutes, 'minute')}")


def offered(seen: Iterable[LastSeen], there: Iterable[Ritual]) -> list[LastSeen]:
    """
    Rituals that a chat shows were lost, without those that are here already, also where they were put away: a no stays a no.

    Args:
        seen: What was found in the chat.
        there: What the person has.

    Returns:
        The one that was seen last comes first.
    """
    names = {_alike(one.name) for one in there}
    found: dict[str, LastSeen] = {}
    for one in sorted(seen, key=lambda one: (one.day, one.name)):
        if _alike(one.name) not in names:
            found[_alike(one.name)] = one
    return sorted(found.values(), key=lambda one: (one.day, one.name), reverse=True)


def _begun(ritual: Ritual, day: date) -> Ritual:
    return replace(ritual, began=day) if both_want(ritual) and ritual.began is None else ritual


def _weeks_in_words(monday: date, n: int) -> str:
    return f"the week of {day_in_words(monday)}" if n == 1 else f"the {number(n)} weeks from {day_in_words(monday)}"


def _alike(name: str) -> str:
    return " ".join(name.casefold().split())

"""
Rituals, kept and lost: small exchanges that came back at their hour, until when each was usual, and which came back.

**Source.** Words are compared with what chance gives, as in keyness analysis (Dunning 1993, log-likelihood). Rituals go
with feeling better together only where both call them one (Garcia-Rada, Sezer & Norton 2019, 10.1086/702761; weak, four
correlational studies), so what is found here is something to ask about, not to count. **Formula.** In messages of up to
`SHORT` letters, a word, an emoji or a pair of neighboring words is a sign where at least half of its days lie within
three hours of the clock (or five hours of one weekday), `LIFT` times as many as of short messages at large, beyond
chance over all that is looked at, on eight days in six weeks, and with the other in it on half of them (slips of the
thumb and endings of a word count as the word). Signs that often stand within `NEAR` messages of a clearer one are the
same ritual. Its course over the days on which the two wrote at all is cut into stretches of one rate each
(`ritual_course`); it faded when its rate fell to three tenths of its highest, and came back at four tenths. **Limits.**
No kiss at the door, no call, no voice message is in it. Words that change from day to day hide a ritual; a shared
routine such as shopping can look like one. A ritual may have faded because two people moved in together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from steadily.dynamics.days import with_days
from steadily.dynamics.finding import Fact, Finding, spread_rows, too_little
from steadily.dynamics.ritual_course import Ints, Turn, course
from steadily.dynamics.ritual_same import HOURS_APART, hours_apart, is_same, name_of
from steadily.dynamics.ritual_signs import Sign, signs, spoken_rows
from steadily.dynamics.uncertainty import wilson

MOST = 8
MIN_DAYS = 60
"""Below so many days between the first and the last message nothing is said."""
MUCH_RARER = 0.25
"""A sign with less than so many of the days of a ritual at about the same hour is told as no ritual of its own."""
OWN_WEEKDAY = 0.2
"""A weekday is one of its own where it has so many of the days of the most usual one."""
USUAL_DAILY, USUAL_WEEKLY = 0.1, 0.25
"""The least share of the days, or of its weekdays, on which a ritual was there while it was usual."""
EPOCH = date(1970, 1, 1)
SHARP = ("harsh", "pressure", "danger")
MOST_SHARP = 0.2
"""What is sharp on more than so many of its days is no ritual that anyone wants back."""


@dataclass(frozen=True)
class Ritual:
    """
    A small exchange that came back at its hour.

    Attributes:
        name: Its most usual words, in small letters: `good morning`.
        hour: The hour of the local clock at which it most often was, 0 to 23.
        weekday: 0 Monday to 6 Sunday; None where it has no weekday of its own.
        n: On how many days it was there.
        first: The first of them.
        last: The last.
        faded: Since when it is no longer usual, or was not until it came back; None where it stayed usual.
        returned: Since when it is usual again; None where it did not fade or did not come back.
        days: All days on which it was there, in order. Days begin at four in the morning.
        rows: The row of the first message of each.
        faded_between: 90 % interval of `faded`.
        returned_between: 90 % interval of `returned`.
        weekdays: The weekdays on which it mostly was, 0 Monday to 6 Sunday; all seven for one of every day.
        n_usual: Such days on which the two wrote while it was usual.
        k_usual: Days of them on which it was there.
    """

    name: str
    hour: int
    weekday: int | None
    n: int
    first: date
    last: date
    faded: date | None
    returned: date | None
    days: tuple[date, ...]
    rows: tuple[int, ...]
    faded_between: tuple[date, date] | None = None
    returned_between: tuple[date, date] | None = None
    weekdays: tuple[int, ...] = tuple(range(7))
    n_usual: int = 0
    k_usual: int = 0


def rituals(messages: pl.DataFrame) -> tuple[Ritual, ...]:
    """
    The rituals that the messages show.

    Args:
        messages: One conversation; codes are used where they are there. Reads `row`, `sent_at`, `local_time`, `author`,
            `kind`, `text`.

    Returns:
        At most `MOST`, the clearest first.
    """
    rows = spoken_rows(messages)
    left, found = signs(rows), list[Ritual]()
    written = rows["day"].unique().sort().to_physical().to_numpy().astype(np.int64)
    while left and len(found) < MOST:
        lead, *left = left
        same = [one for one in left if is_same(lead, one)]
        left = [one for one in left if not any(one is other for other in same)]
        heard = _heard(lead, same)
        if any(_is_echo(lead, len(heard[0]), other) for other in found):
            continue
        ritual = _ritual(lead, same, heard, rows, written)
        if ritual is not None:
            found.append(ritual)
    return tuple(found)


def _is_echo(sign: Sign, n: int, other: Ritual) -> bool:
    """Whether what was there on *n* days is much rarer than another ritual at about the same hour of all days."""
    same_days = sign.weekday is None and other.weekday is None
    return same_days and hours_apart(sign.hour, other.hour) <= HOURS_APART and n < MUCH_RARER * other.n


def _heard(lead: Sign, same: list[Sign]) -> tuple[Ints, Ints, Ints]:
    """Days on which any of the signs was there, where the first of each day stands among the spoken rows, and its own weekdays."""
    places = np.concatenate([lead.places, *(one.places for one in same)])
    earliest = np.argsort(places, kind="stable")
    days, first = np.unique(np.concatenate([lead.days, *(one.days for one in same)])[earliest], return_index=True)
    places = places[earliest][first]
    per_weekday = np.bincount(_weekdays(days), minlength=7)
    usual = np.flatnonzero(per_weekday >= OWN_WEEKDAY * per_weekday.max())
    own = usual if lead.weekday is None else np.array([lead.weekday])
    kept = np.isin(_weekdays(days), own)
    return days[kept], places[kept], own


def _ritual(
    lead: Sign, same: list[Sign], heard: tuple[Ints, Ints, Ints], rows: pl.DataFrame, written: Ints
) -> Ritual | None:
    """The ritual of some signs; None where it never was usual."""
    weekday, (days, places, own) = lead.weekday, heard
    written = written[np.isin(_weekdays(written), own)]
    run = course(written, np.isin(written, days))
    if run.rate < (USUAL_DAILY if weekday is None else USUAL_WEEKLY):
        return None
    at = rows[places]
    if set(SHARP) <= set(at.columns) and at.select(pl.any_horizontal(*SHARP).mean()).item() > MOST_SHARP:
        return None
    hours = np.bincount(at["local_time"].dt.hour().to_numpy(), minlength=24)
    told = [_day(day) for day in days.tolist()]
    return Ritual(
        name=name_of(lead, same),
        hour=int(hours.argmax()),
        weekday=weekday,
        n=len(told),
        first=told[0],
        last=told[-1],
        faded=_turned(run.faded),
        returned=_turned(run.returned),
        days=tuple(told),
        rows=tuple(at["row"].to_list()),
        faded_between=_range(run.faded),
        returned_between=_range(run.returned),
        weekdays=tuple(own.tolist()),
        n_usual=run.n_usual,
        k_usual=run.k_usual,
    )


def _weekdays(days: Ints) -> Ints:
    weekdays: Ints = (days + EPOCH.weekday()) % 7
    return weekdays


def _day(days: int) -> date:
    return EPOCH + timedelta(days=days)


def _turned(turn: Turn | None) -> date | None:
    return None if turn is None else _day(turn.day)


def _range(turn: Turn | None) -> tuple[date, date] | None:
    return None if turn is None else (_day(turn.low), _day(turn.high))


def lost(found: Iterable[Ritual]) -> tuple[tuple[str, date], ...]:
    """
    The rituals that faded and did not come back, as the Practice room offers them.

    Args:
        found: What `rituals` returns.

    Returns:
        For each its name and the day on which it was last seen.
    """
    return tuple((one.name, one.last) for one in found if one.faded is not None and one.returned is None)


def find_rituals(messages: pl.DataFrame) -> list[Finding]:
    """
    Rituals that were kept, lost, and that came back.

    Args:
        messages: One conversation.

    Returns:
        For each ritual `rituals.kept`, `rituals.lost` or `rituals.returned`: on which share of the days on which the
        two wrote (of its weekdays) it was there while it was usual. Facts: `name`, `hour` (0 to 23), `weekday` (0
        Monday to 6; null where it has none of its own), `weekdays` (such as `135`, all on which it mostly was),
        `n_days`, `first`, `last`, and where it faded or came back `faded`, `faded_low`, `faded_high`, `returned`,
        `returned_low`, `returned_high`. Without any, `rituals.none` (estimate 0 rituals, n: days on which the two
        wrote).
    """
    days = with_days(messages)["day"]
    n_days = days.n_unique()
    if not n_days or (days.max() - days.min()).days < MIN_DAYS:  # type: ignore[operator,union-attr]
        return [too_little("rituals.none", n_days, "rituals")]
    found = rituals(messages)
    return [_finding(one) for one in found] or [Finding("rituals.none", 0.0, (0.0, 0.0), n_days, "rituals")]


def _finding(ritual: Ritual) -> Finding:
    facts: dict[str, Fact] = {
        "name": ritual.name,
        "hour": ritual.hour,
        "weekday": ritual.weekday,
        "weekdays": "".join(map(str, ritual.weekdays)),
        "n_days": ritual.n,
        "first": str(ritual.first),
        "last": str(ritual.last),
        **_dated("faded", ritual.faded, ritual.faded_between),
        **_dated("returned", ritual.returned, ritual.returned_between),
    }
    kind = "kept" if ritual.faded is None else "lost" if ritual.returned is None else "returned"
    interval = wilson(ritual.k_usual, ritual.n_usual)
    share, rows = ritual.k_usual / ritual.n_usual, spread_rows(pl.Series(ritual.rows))
    return Finding(f"rituals.{kind}", share, interval, ritual.n_usual, "share", rows, facts)


def _dated(turned: str, day: date | None, between: tuple[date, date] | None) -> dict[str, Fact]:
    if day is None or between is None:
        return {}
    return {turned: str(day), f"{turned}_low": str(between[0]), f"{turned}_high": str(between[1])}

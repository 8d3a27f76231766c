"""
A time zone as a calendar file describes it (VTIMEZONE, RFC 5545 §3.6.5).

Written here since `icalendar` 7.3 names the beginning of summer time by the clock after it, where the standard asks for the clock
before it, and lists every year one by one, which some calendars do not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

YEARS_AHEAD = 15
DAY = timedelta(days=1)
DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class _Change:
    """What the clock does: from one distance to UTC to another."""

    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def zone_described(name: str, year: int) -> Timezone:
    """
    A zone from a year on.

    Args:
        name: Its IANA name.
        year: From its first moment on it is right; for `YEARS_AHEAD` years, and beyond them as far as its rules stay as they are.
    """
    from icalendar import Timezone

    described, zone = Timezone(), ZoneInfo(name)
    described.add("tzid", name)
    first = datetime(year, 1, 1, tzinfo=zone)
    described.add_component(_part(_change(first, first), [first.replace(tzinfo=None)]))
    changes: dict[_Change, list[datetime]] = defaultdict(list)
    for moment in _moments(zone, year):
        before = (moment - timedelta(seconds=1)).astimezone(zone)
        changes[_change(before, moment.astimezone(zone))].append(before.replace(tzinfo=None) + timedelta(seconds=1))
    for change, onsets in changes.items():
        described.add_component(_part(change, onsets))
    return described


def _moments(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """When its distance to UTC changes, in UTC."""
    day = datetime(year, 1, 1, tzinfo=zone).astimezone(UTC)
    while day.year < year + YEARS_AHEAD:
        if _distance(day, zone) != _distance(day + DAY, zone):
            yield _between(day, day + DAY, zone)
        day += DAY


def _between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The second of a change between two moments."""
    before = _distance(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _distance(middle, zone) == before else (low, middle)
    return high


def _distance(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _change(before: datetime, after: datetime) -> _Change:
    to, name, summer = after.utcoffset(), after.tzname(), after.dst()
    return _Change(
        before.utcoffset() or timedelta(0), to or timedelta(0), name or "", bool(summer and summer > timedelta(0))
    )


def _part(change: _Change, onsets: Sequence[datetime]) -> TimezoneStandard | TimezoneDaylight:
    from icalendar import TimezoneDaylight, TimezoneStandard

    part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    part.add("dtstart", onsets[0])
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    rule = _yearly(onsets)
    if rule:
        part.add("rrule", rule)
    elif onsets[1:]:
        part.add("rdate", list(onsets[1:]))
    return part


def _yearly(onsets: Sequence[datetime]) -> dict[str, object]:
    """The rule of a change that comes every year on such a day as the last Sunday of March; empty where there is none."""
    first = onsets[0]
    years = [one.year for one in onsets]
    alike = {(one.month, one.weekday(), one.time()) for one in onsets}
    places = set.intersection(*(_places(one) for one in onsets))
    if (
        len(onsets) < YEARS_AHEAD
        or years != list(range(first.year, first.year + len(years)))
        or len(alike) > 1
        or not places
    ):
        return {}
    return {"freq": "YEARLY", "bymonth": first.month, "byday": f"{min(places)}{DAY_NAMES[first.weekday()]}"}


def _places(day: date) -> set[int]:
    """Which of its weekday it is in its month, from the front; from the back, too, where it is the last."""
    is_last = (day + 7 * DAY).month != day.month
    return {(day.day - 1) // 7 + 1} | ({-1} if is_last else set())

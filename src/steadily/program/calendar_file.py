"""
A time in a calendar, as a file that any calendar takes (iCalendar, RFC 5545), with words that say nothing of what it is for.

A weekly time keeps its place on the clock through summer and winter: the file carries its zone. It marks itself as private, and as
time that is not taken, which calendars may or may not follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import count
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from steadily.program.calendar_zone import DAY_NAMES, zone_described
from steadily.program.entries import Ritual

TIME_SET_ASIDE = "Time set aside"
MAKER = "-//calendar//EN"
"""The file has to name a maker; this one names none."""
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True)
class Appointment:
    """
    A time, once or again and again.

    Attributes:
        uid: Its name for calendars, from `uid_of`: the same thing keeps it, so that it is not there twice when it comes again.
        title: What stands in the calendar.
        first: It begins on this day, or on the first of its weekdays after it.
        clock: On which time of the clock; None for the whole day.
        minutes: How long; of no matter for a whole day.
        weekdays: It comes back on these, Monday is 0; on none of them it is there once.
        zone: The IANA name of the zone of *clock*.
        rings: What the calendar is asked to ring with at its beginning; empty where it is silent. A whole day never rings.
    """

    uid: str
    title: str
    first: date
    clock: time | None
    minutes: int
    weekdays: frozenset[int]
    zone: str
    rings: str = ""


def time_for(
    ritual: Ritual, uid: str, first: date, zone: str, *, shows_name: bool = False, rings: bool = False
) -> Appointment:
    """
    The time of a ritual.

    Args:
        ritual: Any; where it has no weekday, it is there once, and where it has no time of the clock, the whole day.
        uid: From `uid_of`.
        first: It begins on this day, or on the first of its weekdays after it.
        zone: The IANA name of the zone of its clock.
        shows_name: Whether its name stands in the calendar; what rings never says it.
        rings: Whether the calendar is asked to ring.
    """
    return Appointment(
        uid=uid,
        title=ritual.name if shows_name else TIME_SET_ASIDE,
        first=first,
        clock=time.fromisoformat(ritual.clock) if ritual.clock else None,
        minutes=ritual.minutes,
        weekdays=frozenset(ritual.weekdays),
        zone=zone,
        rings=TIME_SET_ASIDE if rings else "",
    )


def uid_of(*parts: str) -> str:
    """A name for calendars that is always the same for the same *parts*, and tells nothing of them."""
    return str(uuid5(NAMESPACE_OID, "\n".join(parts)))


def calendar_file(appointment: Appointment, now: datetime) -> bytes:
    """
    The file.

    Args:
        appointment: What goes into it.
        now: With its zone. What comes back begins after it, so that nothing rings for a time that has passed.

    Returns:
        Lines as RFC 5545 wants them, in UTF-8.
    """
    from icalendar import Alarm, Calendar, Event

    start = _start(appointment, now)
    calendar, event = Calendar(), Event()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    event.add("uid", appointment.uid)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("summary", _one_line(appointment.title))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=appointment.minutes) if appointment.clock else timedelta(days=1))
    if appointment.weekdays:
        event.add("rrule", _rule(appointment.weekdays))
    if appointment.rings and appointment.clock:
        event.add_component(Alarm.new_display(appointment.rings, timedelta(0)))
    if isinstance(start, datetime) and start.tzinfo is not UTC:
        calendar.add_component(zone_described(appointment.zone, start.year))
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _start(appointment: Appointment, now: datetime) -> date:
    """The first time; of what comes back one that is to come, and that its zone has (in spring an hour is left out)."""
    zone: tzinfo = UTC if appointment.zone in ("UTC", "Etc/UTC") else ZoneInfo(appointment.zone)
    first, clock = appointment.first, appointment.clock
    if not appointment.weekdays:
        return first if clock is None else datetime.combine(first, clock, zone)
    days = _days(max(first, now.astimezone(zone).date()), appointment.weekdays)
    if clock is None:
        return next(days)
    starts = (datetime.combine(day, clock, zone) for day in days)
    return next(one for one in starts if one > now and _is_there(one))


def _days(first: date, weekdays: Collection[int]) -> Iterator[date]:
    days = (first + timedelta(days=n) for n in count())
    return (day for day in days if day.weekday() in weekdays)


def _is_there(moment: datetime) -> bool:
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None)


def _rule(weekdays: Collection[int]) -> dict[str, object]:
    days = sorted(weekdays)
    return (
        {"freq": "DAILY"} if set(days) == EVERY_DAY else {"freq": "WEEKLY", "byday": [DAY_NAMES[one] for one in days]}
    )


def _one_line(text: str) -> str:
    """Without line breaks and what no calendar can show."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())

"""Calendar files, read back with two other readers of them: words that say nothing, times that stay where the clock is."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Alarm, Calendar, Event

from steadily.program.calendar_file import TIME_SET_ASIDE, Appointment, calendar_file, time_for, uid_of
from steadily.program.calendar_zone import YEARS_AHEAD, zone_described
from steadily.program.entries import Ritual
from steadily.program.reminders import A_NOTE, reminder

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 4)
TEA = Ritual("Tea before bed; \\ and, more", weekdays=(2, 6), clock="21:15")
ZONES = (
    *(
        "Europe/Lisbon",
        "Europe/Dublin",
        "America/New_York",
        "America/Santiago",
        "America/Sao_Paulo",
        "America/St_Johns",
    ),
    *("Africa/Casablanca", "Africa/Cairo", "Asia/Jerusalem", "Asia/Gaza", "Asia/Kolkata", "Asia/Tehran", "Asia/Tokyo"),
    *(
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Pacific/Chatham",
        "Pacific/Kiritimati",
        "America/Nuuk",
        "UTC",
        "Etc/UTC",
    ),
)


def event(content: bytes) -> Event:
    """The one entry of a file; the lines are as the standard wants them."""
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert len(found) == 1
    assert not found[0].errors
    one = found[0]
    assert isinstance(one, Event)
    assert one["DTSTAMP"].to_ical().endswith(b"Z")
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    named = one["DTSTART"].params.get("TZID")
    assert zones == ({str(named)} if named else set())
    return one


def times(content: bytes, n: int) -> list[datetime]:
    """The first *n* moments of a file's entry, by a reader that knows no zone but what the file says of it."""
    text = content.decode()
    entry = text.split("BEGIN:VEVENT")[1]
    start, rule = re.search(r"DTSTART(?:;TZID=([^:]+))?:(\d{8}T\d{6})", entry), re.search(r"RRULE:[^\r]+", entry)
    assert start
    assert rule
    first = datetime.strptime(start[2], "%Y%m%dT%H%M%S")
    zone = tzical(io.StringIO(text)).get(start[1]) if start[1] else UTC
    walls = islice(rrulestr(rule[0], dtstart=first), n)
    return [wall.replace(tzinfo=zone) for wall in walls]


@given(
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    clock=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2026, 1, 1), date(2036, 12, 31)),
    rings=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_weekly_time_stays_on_its_days_and_its_clock_all_year(
    weekdays: frozenset[int], clock: time, zone: str, first: date, rings: bool
) -> None:
    ritual = replace(TEA, weekdays=tuple(weekdays), clock=f"{clock:%H:%M}")
    content = calendar_file(time_for(ritual, "u", first, zone, rings=rings), NOW)
    one = event(content)
    start = one.decoded("dtstart")
    there = ZoneInfo(zone)
    assert start.weekday() in weekdays
    assert max(first, NOW.astimezone(there).date()) <= start.date() <= max(first, TODAY) + timedelta(days=15)
    assert start > NOW
    for found in times(content, 53 * len(weekdays)):
        assert found.weekday() in weekdays
        assert (found.hour, found.minute) == (clock.hour, clock.minute)
        wall = found.replace(tzinfo=there)
        is_doubtful = wall.utcoffset() != wall.replace(fold=1).utcoffset()
        assert is_doubtful or found.utcoffset() == wall.utcoffset()


@pytest.mark.parametrize("zone", ZONES[:-2])
def test_a_zone_is_described_as_it_is_before_and_after_every_change(zone: str) -> None:
    """Each half hour around each change of fifteen years, and a day of each month, by a reader that knows nothing but the description."""
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{zone_described(zone, 2026).to_ical().decode()}END:VCALENDAR\r\n"
    described, there = tzical(io.StringIO(text)).get(zone), ZoneInfo(zone)
    for n in range(365 * YEARS_AHEAD):
        day = datetime(2026, 1, 1) + timedelta(days=n)
        changes = day.replace(tzinfo=there).utcoffset() != (day + timedelta(days=1)).replace(tzinfo=there).utcoffset()
        for half in range(48 if changes else n % 28 == 0):
            wall = day + timedelta(minutes=30 * half)
            sure = wall.replace(tzinfo=there).utcoffset()
            if sure == wall.replace(tzinfo=there, fold=1).utcoffset():
                assert described.utcoffset(wall) == sure, (zone, wall)


def test_rules_that_come_every_year_are_told_as_rules() -> None:
    """So that they hold longer than any list, and in calendars that read no lists."""
    text = zone_described("Europe/Lisbon", 2026).to_ical().decode()
    assert "DTSTART:20260329T010000" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "RDATE" not in text
    assert "RDATE" in zone_described("Africa/Casablanca", 2026).to_ical().decode()


def test_the_name_stays_out_unless_it_is_wanted_and_never_rings() -> None:
    plain = calendar_file(time_for(TEA, "u", TODAY, "Europe/Lisbon", rings=True), NOW)
    assert b"Tea" not in plain
    one = event(plain)
    assert str(one["SUMMARY"]) == TIME_SET_ASIDE
    assert str(one["CLASS"]) == "PRIVATE"
    named = event(calendar_file(time_for(TEA, "u", TODAY, "Europe/Lisbon", shows_name=True, rings=True), NOW))
    assert str(named["SUMMARY"]) == TEA.name
    assert [str(bell["DESCRIPTION"]) for bell in named.walk("VALARM")] == [TIME_SET_ASIDE]
    assert not event(calendar_file(time_for(TEA, "u", TODAY, "Europe/Lisbon"), NOW)).walk("VALARM")


@given(st.text(min_size=1, max_size=80))
@settings(deadline=None)
def test_any_name_makes_a_file_that_can_be_read(name: str) -> None:
    content = calendar_file(time_for(replace(TEA, name=name), "u", TODAY, "UTC", shows_name=True), NOW)
    plain = "".join(one if one.isprintable() else " " for one in name)
    assert str(event(content)["SUMMARY"]) == " ".join(plain.split())


def test_without_a_weekday_it_is_there_once() -> None:
    once = event(calendar_file(time_for(replace(TEA, weekdays=()), "u", date(2026, 5, 1), "Asia/Tokyo"), NOW))
    assert "RRULE" not in once
    assert once.decoded("dtstart") == datetime(2026, 5, 1, 21, 15, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert once.decoded("duration") == timedelta(minutes=20)


def test_without_a_clock_it_is_the_whole_day_and_never_rings() -> None:
    whole = replace(TEA, clock="")
    weekly = event(calendar_file(time_for(whole, "u", TODAY + timedelta(days=1), "Asia/Tokyo", rings=True), NOW))
    assert weekly.decoded("dtstart") == date(2026, 3, 8)
    assert weekly["DTSTART"].params["VALUE"] == "DATE"
    assert weekly.decoded("duration") == timedelta(days=1)
    assert not weekly.walk("VALARM")
    once = event(calendar_file(time_for(replace(whole, weekdays=()), "u", TODAY, "Asia/Tokyo"), NOW))
    assert once.decoded("dtstart") == TODAY


def test_an_hour_that_spring_leaves_out_is_not_begun_with() -> None:
    """On 29 March 2026 Lisbon has no 01:30, so the Sundays begin a week later."""
    sundays = replace(TEA, weekdays=(6,), clock="01:30")
    one = event(calendar_file(time_for(sundays, "u", date(2026, 3, 23), "Europe/Lisbon"), NOW))
    assert one.decoded("dtstart").date() == date(2026, 4, 5)


def test_an_old_first_day_begins_with_the_next_that_comes() -> None:
    one = event(calendar_file(time_for(TEA, "u", date(2020, 1, 1), "Europe/Lisbon"), NOW))
    assert one.decoded("dtstart") == datetime(2026, 3, 4, 21, 15, tzinfo=ZoneInfo("Europe/Lisbon"))


def test_a_reminder_says_nothing_rings_daily_and_begins_with_the_next_time() -> None:
    content = calendar_file(reminder(time(8, 30), "u", TODAY, "Europe/Lisbon"), NOW)
    one = event(content)
    assert str(one["SUMMARY"]) == A_NOTE
    assert one["RRULE"].to_ical() == b"FREQ=DAILY"
    assert one.decoded("dtstart") == datetime(2026, 3, 5, 8, 30, tzinfo=ZoneInfo("Europe/Lisbon"))
    bells = one.walk("VALARM")
    assert len(bells) == 1
    bell = bells[0]
    assert isinstance(bell, Alarm)
    assert (str(bell["ACTION"]), str(bell["DESCRIPTION"]), bell.TRIGGER) == ("DISPLAY", A_NOTE, timedelta(0))
    assert not re.search(rb"steadily|practice|partner|ritual", content, re.IGNORECASE)
    assert [found.utcoffset() for found in times(content, 365)].count(timedelta(hours=1)) > 200


def test_the_same_thing_keeps_its_name_and_the_name_tells_nothing() -> None:
    assert uid_of("vault", "tea") == uid_of("vault", "tea")
    assert len({uid_of("vault", "tea"), uid_of("vault", "sky"), uid_of("other", "tea"), uid_of("vaultt", "ea")}) == 4
    assert "tea" not in uid_of("vault", "tea")
    again = [calendar_file(time_for(TEA, uid_of("a"), TODAY, "UTC"), NOW + timedelta(days=n)) for n in (0, 30)]
    assert event(again[0])["UID"] == event(again[1])["UID"]


def test_an_appointment_needs_no_ritual() -> None:
    one = Appointment("u", "x", TODAY, time(9), 5, frozenset({0}), "Etc/UTC")
    assert event(calendar_file(one, NOW)).decoded("dtstart") == datetime(2026, 3, 9, 9, tzinfo=UTC)

"""
A reminder, once a day, in words that say nothing (EVIDENCE.md R7). It is a calendar file and no more: nothing here rings, and
nothing of it is kept.
"""

from __future__ import annotations

from datetime import date, time

from steadily.program.calendar_file import EVERY_DAY, Appointment

A_NOTE = "You have a note"
MINUTES = 5


def reminder(clock: time, uid: str, first: date, zone: str) -> Appointment:
    """
    A time of every day.

    Args:
        clock: When.
        uid: From `calendar_file.uid_of`; one that stays the same, or two reminders ring where the person wanted to change one.
        first: The first day.
        zone: The IANA name of the zone of *clock*.
    """
    return Appointment(uid, A_NOTE, first, clock, MINUTES, EVERY_DAY, zone, rings=A_NOTE)

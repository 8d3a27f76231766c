"""
A kind time-out: one short message that says that the writer needs a pause, that it is no punishment, and when they are back.

It always has a return time, of a day at most. A time of the clock is the next one that the clock shows, so nothing here needs to
know what time it is for the person.
"""

from __future__ import annotations

from datetime import time
from typing import Literal, get_args

from steadily.coach.frame import ENDS
from steadily.errors import UsageError

Register = Literal["plain", "warm"]
REGISTERS: tuple[Register, ...] = get_args(Register)
CUSTOM = 20
"""Minutes; a custom, not a measured threshold (EVIDENCE.md §2b)."""
CUSTOM_TOLD = "Twenty minutes is a custom, not a measured threshold. Name a time that you can keep."
LONGEST = 24 * 60
TOO_LONG = (
    "A pause of more than a day can be hard to tell from a silence, so this stops at 24 hours. If you need longer, say so in your "
    "own words, with the day."
)
TOO_SHORT = "A pause needs at least a minute."
OPENINGS: dict[Register, str] = {
    "plain": "I need a pause. It's not a punishment.",
    "warm": "I want to get this right with you, and I need a pause first. It's not a punishment.",
}
ONWARD: dict[Register, str] = {
    "plain": "Then I'd like to come back to this:",
    "warm": "Then, if it suits you, I'd like to come back to this:",
}


def time_out(
    register: Register, minutes: int = CUSTOM, at: time | None = None, where: str = "", now: time | None = None
) -> str:
    """
    The message.

    Args:
        register: How it sounds.
        minutes: How long the pause is, at most `LONGEST`.
        at: When the writer is back, by the clock; it counts in place of the minutes where it is there.
        where: Where the two go on, in the writer's own words; may be empty.
        now: The time by the writer's clock, where it is known: a time that has passed today is tomorrow's.

    Raises:
        UsageError: The pause is too long or too short.
    """
    back = f"I'll be back {_in(minutes) if at is None else _at(at, now)}."
    where = where.strip()
    onward = f"{ONWARD[register]} {where}{'' if where.endswith(ENDS) else '.'}" if where else ""
    return " ".join(part for part in (OPENINGS[register], back, onward) if part)


def _at(at: time, now: time | None) -> str:
    return f"at {at:%H:%M}{' tomorrow' if now is not None and at <= now else ''}"


def _in(minutes: int) -> str:
    """`in an hour and 20 minutes`."""
    if minutes > LONGEST:
        raise UsageError(TOO_LONG)
    if minutes < 1:
        raise UsageError(TOO_SHORT)
    hours, rest = divmod(minutes, 60)
    return "in " + " and ".join(
        part for part in (_some(hours, "an hour", "hours"), _some(rest, "a minute", "minutes")) if part
    )


def _some(n: int, one: str, many: str) -> str:
    return "" if n == 0 else one if n == 1 else f"{n} {many}"

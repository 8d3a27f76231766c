"""Numbers that stand for instants: seconds, milli-, micro- or nanoseconds since an epoch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

NUMBER = int | float | Decimal
"""A number as it comes out of JSON: exact, so that one of any length costs nothing."""

UNIX = datetime(1970, 1, 1)
APPLE = datetime(2001, 1, 1)
"""Apple's epoch, 2001-01-01 00:00 UTC (978 307 200 s after the Unix one)."""

_UNITS = {"s": 1_000_000, "ms": 1_000, "us": 1}


def from_epoch(value: object, unit: str, *, epoch: datetime = UNIX) -> datetime | None:
    """
    The naive UTC instant that a number stands for.

    Args:
        value: An integer, a float, a decimal or a string of one; anything else gives None.
        unit: `s`, `ms`, `us` or `ns`.
        epoch: What it is counted from.

    Returns:
        The instant, or None where the value is no number or lies outside the years 1 to 9999.
    """
    if isinstance(value, bool):
        return None
    try:
        number = int(value) if isinstance(value, int | str) else float(str(value))
        micros = number // 1000 if unit == "ns" else number * _UNITS[unit]
        return epoch + timedelta(microseconds=int(micros))
    except (TypeError, ValueError, OverflowError):
        return from_epoch(_as_float(value), unit, epoch=epoch) if isinstance(value, str) and "." in value else None


def _as_float(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def from_iso(value: object) -> datetime | None:
    """
    A time in ISO 8601 as a naive datetime: converted to UTC where it carries an offset, as it stands where not.

    Args:
        value: A string such as `2026-05-29T03:00:29+02:00` or `2026-05-29 03:00:29`; anything else gives None.

    Returns:
        The time, or None where it cannot be read.
    """
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def from_unix(value: object) -> datetime | None:
    """The naive UTC instant of a Unix time in the unit that its size speaks for; None for anything but a number."""
    if isinstance(value, bool) or not isinstance(value, NUMBER):
        return None
    return from_epoch(value, magnitude(float(value)))


def magnitude(value: float) -> str:
    """The unit (`s`, `ms`, `us`, `ns`) in which a Unix time of about today is most likely given."""
    size = abs(value)
    return "s" if size < 1e11 else "ms" if size < 1e14 else "us" if size < 1e17 else "ns"

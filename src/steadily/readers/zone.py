"""Names of time zones, and this machine's; apart from `clock`, so that the app can ask before it loads any table."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal

from steadily.errors import UsageError


def zone_named(name: str | None) -> str:
    """
    The IANA name of a time zone.

    Args:
        name: A name such as `Europe/Lisbon`; None for this machine's zone.

    Returns:
        The name; `UTC` where the machine does not tell.

    Raises:
        UsageError: There is no such zone.
    """
    if name is None:
        try:
            name = tzlocal.get_localzone_name() or "UTC"
        except (ZoneInfoNotFoundError, OSError, ValueError):
            name = "UTC"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            "There is no time zone of that name. Use a name such as Europe/Lisbon or America/New_York."
        ) from error
    return name

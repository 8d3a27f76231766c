"""What every template may need to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

ROOMS = ("look", "write", "practice", "help")


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The room one is in, and whether there is something to lock."""
    place = getattr(request, "place", None)
    first = request.path.strip("/").split("/")[0]
    return {
        "room": first if first in ROOMS else "",
        "is_kept": bool(place and place.is_kept),
        "is_locked": bool(place and place.is_locked),
        "hosted": settings.HOSTED,
    }

"""What must be set before the app may serve others; each check has an id and says what to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SHORTEST_SECRET = 40


@register()
def hosted_settings(**_: Any) -> list[CheckMessage]:
    """As a service, nothing insecure is assumed."""
    if not settings.HOSTED:
        return []
    found: list[CheckMessage] = []
    if len(settings.SECRET_GIVEN) < SHORTEST_SECRET:
        remedy = "Set STEADILY_SECRET_KEY to at least 40 random characters, and keep it."
        found.append(Error("There is no secret key, or it is short.", hint=remedy, id="steadily.E001"))
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        remedy = "Set STEADILY_HOSTS to the names under which the service is reached, with commas between."
        found.append(Error("The service does not know its own name.", hint=remedy, id="steadily.E002"))
    if "sqlite3" in str(settings.DATABASES["default"]["ENGINE"]):
        remedy = "Set DATABASE_URL, such as postgresql://user:password@host/steadily."
        found.append(Error("A service needs PostgreSQL.", hint=remedy, id="steadily.E003"))
    return found

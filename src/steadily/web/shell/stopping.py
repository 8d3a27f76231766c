"""Whether coaching is stopped for this person: kept in the vault, asked before every page that coaches."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from steadily.codebook import Gate
from steadily.safety.stopping import Feature, Stop, allowed, having_read, lift
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.shell.trouble import Locked

SETTING, STOP = "setting", "stop"
View = Callable[..., HttpResponse]


def stop_of(vault: Vault) -> Stop | None:
    """Why coaching is stopped, if it is or was."""
    content = vault.get(SETTING, STOP)
    if content is None:
        return None
    described = json.loads(content)
    return Stop(**(described | {"at": datetime.fromisoformat(described["at"])}))


def stop_now(vault: Vault, gate: Gate) -> None:
    """Coaching stops."""
    _put(vault, Stop(gate, datetime.now(UTC)))


def read_why(vault: Vault) -> None:
    """The person has read why."""
    if (stop := stop_of(vault)) is not None:
        _put(vault, having_read(stop))


def lifted(vault: Vault) -> None:
    """Coaching goes on; only after the reason was read."""
    if (stop := stop_of(vault)) is not None:
        _put(vault, lift(stop))


def coaches(feature: Feature) -> Callable[[View], View]:
    """A page that coaches: not while the vault is locked, nor while coaching is stopped."""

    def around(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            place = place_of(request)
            if place.is_locked:
                raise Locked
            if not allowed(feature, stop_of(place.vault)):
                return redirect("stopped")
            return view(request, *args, **named)

        return asked

    return around


def _put(vault: Vault, stop: Stop) -> None:
    described = asdict(stop) | {"at": stop.at.isoformat()}
    vault.put(SETTING, json.dumps(described).encode("utf-8"), STOP)

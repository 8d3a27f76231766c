"""
Where this visit keeps things: in the person's vault once it is open, before that in memory only.

The key of an open vault is in two halves, one in the session's row, one in a cookie; neither says anything without the other.
After a while without use the halves are let go, and the vault is locked.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from steadily import vault as vaults
from steadily.errors import VaultError
from steadily.vault import MemoryStore, Vault
from steadily.vault.keys import Cost, joined, split
from steadily.web.accounts.database import DatabaseStore
from steadily.web.accounts.models import VaultHeader
from steadily.web.at_hand import forget

HALF = "half"
NOTED_EVERY_S = 20
GUEST_COST = Cost(1, 8192)
ONLY_ONE = "me"


@dataclass
class _Guest:
    vault: Vault
    used_at: float


_guests: dict[str, _Guest] = {}


class Place:
    """
    Where a visit keeps things.

    Args:
        request: Of the visit.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._vault: Vault | None = None

    @property
    def person(self) -> int | None:
        """Whose vault it is; nobody's while nothing is kept."""
        found = self.request.session.get("person")
        return int(found) if found is not None else None

    @property
    def is_locked(self) -> bool:
        """Whether there is a vault that has to be opened first."""
        return self.person is not None and self._opened() is None

    @property
    def is_kept(self) -> bool:
        """Whether what is put here is kept beyond this visit."""
        return self._opened() is not None

    @property
    def vault(self) -> Vault:
        """The open vault, or one in memory that goes with this visit."""
        return self._opened() or self._guest()

    def enter(self, person: int, vault: Vault, response: HttpResponse) -> None:
        """From now on this visit has the vault open."""
        here, there = split(vault.key)
        self.request.session.cycle_key()
        self.request.session.update({"person": person, "half": here.hex(), "used_at": time.time()})
        response.set_cookie(HALF, there.hex(), httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE)
        self._vault = vault

    def lock(self, response: HttpResponse | None = None) -> None:
        """Let the key go, and everything that was read with it."""
        opened = self._opened()
        if opened is not None:
            forget(opened.number)
        self.let_guest_go()
        self.request.session.pop("half", None)
        self._vault = None
        if response is not None:
            response.delete_cookie(HALF, samesite="Strict")

    def let_guest_go(self) -> None:
        """Forget what was only in memory."""
        guest = _guests.pop(self.request.session.pop("guest", ""), None)
        if guest is not None:
            forget(guest.vault.number)

    def note_use(self) -> None:
        """Lock where nothing was done for long; otherwise note that something is done."""
        now = time.time()
        used_at = float(self.request.session.get("used_at", now))
        if now - used_at > settings.IDLE_LOCK_S and self.person is not None:
            self.lock()
        if now - used_at > NOTED_EVERY_S or "used_at" not in self.request.session:
            self.request.session["used_at"] = now
        for name, guest in list(_guests.items()):
            if now - guest.used_at > settings.IDLE_GUEST_S:
                forget(guest.vault.number)
                _guests.pop(name, None)

    def _opened(self) -> Vault | None:
        if self._vault is not None:
            return self._vault
        here, there = self.request.session.get("half"), self.request.COOKIES.get(HALF)
        if self.person is None or not here or not there:
            return None
        try:
            key = joined(bytes.fromhex(here), bytes.fromhex(there))
            self._vault = vaults.open_with_key(DatabaseStore(self.person), key)
        except (ValueError, VaultError):
            return None
        return self._vault

    def _guest(self) -> Vault:
        name = self.request.session.get("guest", "")
        if name not in _guests:
            name = self.request.session["guest"] = secrets.token_hex(16)
            vault, _ = vaults.create(MemoryStore(), secrets.token_hex(16), GUEST_COST)
            _guests[name] = _Guest(vault, time.time())
        _guests[name].used_at = time.time()
        return _guests[name].vault


class AtHand:
    """Gives every request its `place`."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a place."""
        place = Place(request)
        request.place = place  # type: ignore[attr-defined]
        if not settings.HOSTED and place.person is None:
            _the_only_one(request)
        if not request.path.endswith("/progress/"):
            place.note_use()
        return self.answer(request)


def place_of(request: HttpRequest) -> Place:
    """The place of a request."""
    found: Place = request.place  # type: ignore[attr-defined]
    return found


def _the_only_one(request: HttpRequest) -> None:
    """On one's own machine there is one vault at most, and its person need not be asked for."""
    person = VaultHeader.objects.filter(person__name=ONLY_ONE).values_list("person_id", flat=True).first()
    if person is not None:
        request.session["person"] = person

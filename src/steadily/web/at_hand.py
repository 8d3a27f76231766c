"""
What was read from a vault and is likely to be asked for again: in memory, for as long as the vault is open.

Keyed by the vault's number; `forget` is called when it locks. What nobody asked for within the time after which a vault locks goes by
itself, also where no request comes any more; and what was not asked for longest goes first when all of it becomes too much.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Timer
from typing import TypeVar

from django.conf import settings

Kept = TypeVar("Kept")
MOST_BYTES = 1_000_000_000
"""Of all vaults together. A chat of 100,000 messages takes some 15 MB."""
SMALL = 10_000


@dataclass
class _Held:
    used_at: float
    things: dict[str, tuple[object, int]] = field(default_factory=dict)


_held: OrderedDict[bytes, _Held] = OrderedDict()
_lock = Lock()


def at_hand(vault: bytes, name: str, make: Callable[[], Kept], size: Callable[[Kept], int] = lambda _: SMALL) -> Kept:
    """
    What *make* makes, or what it made before for this vault and name.

    Args:
        vault: The vault's number.
        name: What it is.
        make: Reads it from the vault.
        size: How many bytes it takes in memory.
    """
    with _lock:
        if vault in _held:
            _held.move_to_end(vault)
            _held[vault].used_at = time.monotonic()
            if name in _held[vault].things:
                return _held[vault].things[name][0]  # type: ignore[return-value]
    made = make()
    with _lock:
        if not _held:
            _look_again()
        _held.setdefault(vault, _Held(time.monotonic())).things[name] = (made, size(made))
        while len(_held) > 1 and sum(n for one in _held.values() for _, n in one.things.values()) > MOST_BYTES:
            _held.popitem(last=False)
    return made


def forget(vault: bytes, name: str | None = None) -> None:
    """Let go of one thing, or of all that was read from a vault."""
    with _lock:
        if name is None:
            _held.pop(vault, None)
        elif vault in _held:
            _held[vault].things.pop(name, None)


def _look_again() -> None:
    timer = Timer(settings.IDLE_LOCK_S / 2, _let_idle_go)
    timer.daemon = True
    timer.start()


def _let_idle_go() -> None:
    with _lock:
        for vault in [one for one, held in _held.items() if time.monotonic() - held.used_at > settings.IDLE_LOCK_S]:
            del _held[vault]
        if _held:
            _look_again()

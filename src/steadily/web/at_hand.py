"""
What was read from a vault and is likely to be asked for again: in memory, for as long as the vault is open.

Keyed by the vault's number; `forget` is called when it locks.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

Kept = TypeVar("Kept")
MOST_VAULTS = 40

_held: OrderedDict[bytes, dict[str, object]] = OrderedDict()
_lock = Lock()


def at_hand(vault: bytes, name: str, make: Callable[[], Kept]) -> Kept:
    """What *make* makes, or what it made before for this vault and name."""
    with _lock:
        mine = _held.setdefault(vault, {})
        _held.move_to_end(vault)
        while len(_held) > MOST_VAULTS:
            _held.popitem(last=False)
        if name in mine:
            return mine[name]  # type: ignore[return-value]
    made = make()
    with _lock:
        _held.setdefault(vault, {})[name] = made
    return made


def forget(vault: bytes, name: str | None = None) -> None:
    """Let go of one thing, or of all that was read from a vault."""
    with _lock:
        if name is None:
            _held.pop(vault, None)
        else:
            _held.get(vault, {}).pop(name, None)

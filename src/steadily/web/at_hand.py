"""
What was read from a vault and is likely to be asked for again: in memory, for as long as the vault is open.

Keyed by the vault's number; `forget` is called when it locks. What was not asked for longest goes first when it becomes too much.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

Kept = TypeVar("Kept")
MOST_BYTES = 1_000_000_000
"""Of all vaults together. A chat of 100,000 messages takes some 20 MB."""
SMALL = 10_000

_held: OrderedDict[bytes, dict[str, tuple[object, int]]] = OrderedDict()
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
            if name in _held[vault]:
                return _held[vault][name][0]  # type: ignore[return-value]
    made = make()
    with _lock:
        _held.setdefault(vault, {})[name] = (made, size(made))
        while len(_held) > 1 and sum(n_bytes for one in _held.values() for _, n_bytes in one.values()) > MOST_BYTES:
            _held.popitem(last=False)
    return made


def forget(vault: bytes, name: str | None = None) -> None:
    """Let go of one thing, or of all that was read from a vault."""
    with _lock:
        if name is None:
            _held.pop(vault, None)
        else:
            _held.get(vault, {}).pop(name, None)

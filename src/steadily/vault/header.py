"""The header of a vault: its wrapped keys, and a sealed tally of its rows, by which a lost or put-back row is seen."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from steadily.errors import VaultDamaged
from steadily.vault.keys import Cost, Wrapped
from steadily.vault.store import Name

FORMAT = 1
TALLY_BYTES = 32


@dataclass(frozen=True)
class Header:
    """
    What stands in front of the rows.

    Attributes:
        vault: Random, 16 bytes; everything is sealed for this vault only.
        by_passphrase: The key, wrapped with the passphrase.
        by_code: The key, wrapped with the recovery code.
        tally: Sealed, what `tally_of` says of the rows.
    """

    vault: bytes
    by_passphrase: Wrapped
    by_code: Wrapped
    tally: bytes


def tally_of(key: bytes, names: Iterable[Name], start: bytes = bytes(TALLY_BYTES)) -> bytes:
    """
    A tally of rows that only who has the key can make: a sum of keyed hashes, so that one more row is one addition.

    Args:
        key: 32 bytes, used for nothing else.
        names: Of the rows.
        start: A tally to add to.
    """
    return _moved(key, names, start, 1)


def without(key: bytes, names: Iterable[Name], start: bytes) -> bytes:
    """A tally less some rows."""
    return _moved(key, names, start, -1)


def _moved(key: bytes, names: Iterable[Name], start: bytes, sign: int) -> bytes:
    total = int.from_bytes(start)
    for name in names:
        content = len(name.id).to_bytes(2) + name.id.encode("utf-8") + name.kind + name.version
        total += sign * int.from_bytes(hashlib.blake2b(content, key=key, digest_size=TALLY_BYTES).digest())
    return (total % (1 << 8 * TALLY_BYTES)).to_bytes(TALLY_BYTES)


def to_bytes(header: Header) -> bytes:
    """As it is stored."""
    described = {
        "steadily vault": FORMAT,
        "vault": _text(header.vault),
        "passphrase": _described(header.by_passphrase),
        "code": _described(header.by_code),
        "tally": _text(header.tally),
    }
    return json.dumps(described).encode("ascii")


def from_bytes(content: bytes) -> Header:
    """
    As it was stored.

    Raises:
        VaultDamaged: It is not the header of a vault, or of one that a newer Steadily wrote.
    """
    try:
        described = json.loads(content)
        found = described["steadily vault"]
        header = Header(
            _bytes(described["vault"]),
            _wrapped(described["passphrase"]),
            _wrapped(described["code"]),
            _bytes(described["tally"]),
        )
    except (ValueError, KeyError, TypeError):
        raise VaultDamaged(
            "The header of the vault is damaged, so nothing in it can be opened. Restore your last backup."
        ) from None
    if found != FORMAT:
        raise VaultDamaged("A newer version of Steadily wrote this vault. Update Steadily to open it.")
    return header


def _described(wrapped: Wrapped) -> dict[str, Any]:
    return {
        "salt": _text(wrapped.salt),
        "passes": wrapped.cost.passes,
        "memory": wrapped.cost.memory,
        "sealed": _text(wrapped.sealed),
    }


def _wrapped(described: dict[str, Any]) -> Wrapped:
    cost = Cost(int(described["passes"]), int(described["memory"]))
    return Wrapped(_bytes(described["salt"]), cost, _bytes(described["sealed"]))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)

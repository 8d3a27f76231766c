"""
The keys of a vault. One random key seals everything; a passphrase or a recovery code opens that key, and nothing else does.

A passphrase is stretched with Argon2id, so that each guess costs time and memory; a recovery code is random enough to need
no stretching. The key itself never changes with the passphrase: changing that wraps it anew and leaves every record alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random

KEY_BYTES = 32
SALT_BYTES = pwhash.argon2id.SALTBYTES


@dataclass(frozen=True)
class Cost:
    """
    What one guess at a passphrase costs.

    Attributes:
        passes: Over the memory.
        memory: In bytes.
    """

    passes: int
    memory: int


PAID = Cost(pwhash.argon2id.OPSLIMIT_MODERATE, pwhash.argon2id.MEMLIMIT_MODERATE)
"""Three passes over 256 MiB: about a second on a small machine (RFC 9106 asks for less)."""


@dataclass(frozen=True)
class Wrapped:
    """
    The key of a vault, wrapped in another.

    Attributes:
        salt: Of the passphrase; empty for a recovery code.
        cost: Paid for the passphrase; none for a recovery code.
        sealed: The key, sealed.
    """

    salt: bytes
    cost: Cost
    sealed: bytes


FREE = Cost(0, 0)


def new_key() -> bytes:
    """A random key."""
    return random(KEY_BYTES)


def derived(key: bytes, purpose: bytes) -> bytes:
    """A key for one purpose (at most 16 bytes), from which neither *key* nor that for another purpose can be found."""
    return hashlib.blake2b(key=key, person=purpose, digest_size=KEY_BYTES).digest()


def wrap_with_passphrase(key: bytes, passphrase: str, vault: bytes, cost: Cost = PAID) -> Wrapped:
    """The key of *vault*, to be opened with a passphrase."""
    salt = random(SALT_BYTES)
    return Wrapped(salt, cost, bytes(Aead(_stretched(passphrase, salt, cost)).encrypt(key, b"passphrase" + vault)))


def wrap_with_code(key: bytes, code: bytes, vault: bytes) -> Wrapped:
    """The key of *vault*, to be opened with the bytes of a recovery code."""
    return Wrapped(b"", FREE, bytes(Aead(derived(code, b"recovery")).encrypt(key, b"code" + vault)))


def open_with_passphrase(wrapped: Wrapped, passphrase: str, vault: bytes) -> bytes | None:
    """The key, or nothing where the passphrase is another."""
    return _opened(wrapped, _stretched(passphrase, wrapped.salt, wrapped.cost), b"passphrase" + vault)


def open_with_code(wrapped: Wrapped, code: bytes, vault: bytes) -> bytes | None:
    """The key, or nothing where the code is another."""
    return _opened(wrapped, derived(code, b"recovery"), b"code" + vault)


def split(key: bytes) -> tuple[bytes, bytes]:
    """Two halves, each of which alone says nothing of the key."""
    one = random(len(key))
    return one, joined(one, key)


def joined(one: bytes, other: bytes) -> bytes:
    """The key that `split` split."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _opened(wrapped: Wrapped, key: bytes, bound: bytes) -> bytes | None:
    try:
        return bytes(Aead(key).decrypt(wrapped.sealed, bound))
    except CryptoError:
        return None


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    content = passphrase.encode("utf-8")
    return bytes(pwhash.argon2id.kdf(KEY_BYTES, content, salt, opslimit=cost.passes, memlimit=cost.memory))

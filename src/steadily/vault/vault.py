"""
A vault: records that only who knows the passphrase (or has the recovery code) can read.

Each record is sealed with XChaCha20-Poly1305 and bound to its vault, its id, its kind and its version, so that none can
be put in the place of another. A sealed tally of all rows tells when one was lost or an old one put back (`verify`). Lengths
are rounded up, so that they say little. What nothing can tell is the whole vault being put back to an earlier day.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random

from steadily.errors import NotKept, VaultDamaged, VaultExists, WrongCode, WrongPassphrase
from steadily.vault import keys
from steadily.vault.header import Header, from_bytes, tally_of, to_bytes, without
from steadily.vault.padding import padded, unpadded
from steadily.vault.recovery import code_bytes, new_code
from steadily.vault.store import Changed, Name, Row, Store

TAG_BYTES = 16
TRIES = 20
SHORTEST = 8
DAMAGED = "A record of the vault is damaged, or is not the one that was kept. Restore your last backup."


class Change:
    """What is to change, together: see `Vault.change`."""

    def __init__(self) -> None:
        self.put_: dict[str, tuple[str, bytes]] = {}
        self.gone: set[str] = set()

    def put(self, kind: str, content: bytes, id: str | None = None) -> str:
        """Keep *content*; it takes the place of the record *id* where there is one. Returns the id."""
        id = id or uuid.uuid4().hex
        self.gone.discard(id)
        self.put_[id] = (kind, content)
        return id

    def delete(self, id: str) -> None:
        """Let a record go; one that is not there is passed over."""
        self.put_.pop(id, None)
        self.gone.add(id)


class Vault:
    """
    An open vault.

    Args:
        store: Where its rows lie.
        key: Its key (`keys.split` it to keep it anywhere but in memory).
        number: The vault's own number, from its header.
    """

    def __init__(self, store: Store, key: bytes, number: bytes) -> None:
        self.store, self.key, self.number = store, key, number
        self._box = Aead(keys.derived(key, b"records"))
        self._tags, self._tally = keys.derived(key, b"kinds"), keys.derived(key, b"tally")

    def ids(self, kind: str) -> list[str]:
        """The ids of all records of a kind, sorted."""
        tag = self._tag(kind)
        return sorted(name.id for name in self.store.names() if name.kind == tag)

    def get(self, kind: str, id: str) -> bytes | None:
        """
        The content of a record, or nothing where there is none of that kind.

        Raises:
            VaultDamaged: The row is not what was kept under this id and kind.
        """
        row = self.store.read(id)
        if row is None or row.name.kind != self._tag(kind):
            return None
        try:
            return unpadded(bytes(self._box.decrypt(row.sealed, self._bound(row.name))))
        except (CryptoError, ValueError):
            raise VaultDamaged(DAMAGED) from None

    @contextmanager
    def change(self) -> Iterator[Change]:
        """
        Change several records together: all of it is kept when the block ends, or none of it.

        Raises:
            NotKept: There was no room; nothing has changed.
        """
        change = Change()
        yield change
        put = [self._row(id, kind, content) for id, (kind, content) in change.put_.items()]
        for _ in range(TRIES):
            before, header = self._header()
            touched = [one for one in self.store.names() if one.id in change.put_ or one.id in change.gone]
            left = without(self._tally, touched, self._open_tally(header))
            tally = tally_of(self._tally, [row.name for row in put], left)
            try:
                self.store.write(before, to_bytes(self._with_tally(header, tally)), put, sorted(change.gone))
            except Changed:
                continue
            return
        raise NotKept("The vault was busy. Nothing has changed. Try again.")

    def put(self, kind: str, content: bytes, id: str | None = None) -> str:
        """As `Change.put`, by itself."""
        with self.change() as change:
            return change.put(kind, content, id)

    def delete(self, id: str) -> None:
        """As `Change.delete`, by itself."""
        with self.change() as change:
            change.delete(id)

    def verify(self) -> None:
        """
        See that every row is there and none is an old one.

        Raises:
            VaultDamaged: Rows were lost, added or put back.
        """
        _, header = self._header()
        if not hmac.compare_digest(self._open_tally(header), tally_of(self._tally, self.store.names())):
            raise VaultDamaged(
                "Something in the vault was changed from outside: a record is missing, or an old one was put back. "
                "Restore your last backup."
            )

    def change_passphrase(self, passphrase: str, cost: keys.Cost = keys.PAID) -> None:
        """From now on this passphrase opens the vault, and the old one does not. Records stay as they are."""
        _check_length(passphrase)
        wrapped = keys.wrap_with_passphrase(self.key, passphrase, self.number, cost)
        self._rewrap(lambda header: replace(header, by_passphrase=wrapped))

    def new_code(self) -> str:
        """A new recovery code; the old one opens nothing any more."""
        code = new_code()
        wrapped = keys.wrap_with_code(self.key, code_bytes(code), self.number)
        self._rewrap(lambda header: replace(header, by_code=wrapped))
        return code

    def erase(self) -> None:
        """Destroy the keys and every record. There is no way back but a backup."""
        self.store.erase()

    def _rewrap(self, changed: Callable[[Header], Header]) -> None:
        for _ in range(TRIES):
            before, header = self._header()
            try:
                self.store.write(before, to_bytes(changed(header)), [], [])
            except Changed:
                continue
            return
        raise NotKept("The vault was busy. Nothing has changed. Try again.")

    def _header(self) -> tuple[bytes, Header]:
        content = self.store.header()
        if content is None:
            raise VaultDamaged("The vault is not there any more.")
        return content, from_bytes(content)

    def _tag(self, kind: str) -> bytes:
        return hashlib.blake2b(kind.encode("utf-8"), key=self._tags, digest_size=TAG_BYTES).digest()

    def _row(self, id: str, kind: str, content: bytes) -> Row:
        name = Name(id, self._tag(kind), random(TAG_BYTES))
        return Row(name, bytes(self._box.encrypt(padded(content), self._bound(name))))

    def _bound(self, name: Name) -> bytes:
        return self.number + name.kind + name.version + name.id.encode("utf-8")

    def _open_tally(self, header: Header) -> bytes:
        try:
            return bytes(self._box.decrypt(header.tally, b"tally" + self.number))
        except CryptoError:
            raise VaultDamaged(DAMAGED) from None

    def _with_tally(self, header: Header, tally: bytes) -> Header:
        return replace(header, tally=bytes(self._box.encrypt(tally, b"tally" + self.number)))


def create(store: Store, passphrase: str, cost: keys.Cost = keys.PAID) -> tuple[Vault, str]:
    """
    A new vault, and its recovery code, which is shown once.

    Raises:
        VaultExists: There is one already.
        WrongPassphrase: It is too short.
    """
    _check_length(passphrase)
    vault = Vault(store, keys.new_key(), random(TAG_BYTES))
    code = new_code()
    empty = Header(
        vault.number,
        keys.wrap_with_passphrase(vault.key, passphrase, vault.number, cost),
        keys.wrap_with_code(vault.key, code_bytes(code), vault.number),
        b"",
    )
    try:
        store.write(None, to_bytes(vault._with_tally(empty, tally_of(vault._tally, []))), [], [])
    except Changed:
        raise VaultExists("There is a vault here already. Open it with its passphrase.") from None
    return vault, code


def open_with_passphrase(store: Store, passphrase: str) -> Vault:
    """
    An existing vault.

    Raises:
        WrongPassphrase: Another passphrase opens this vault.
        VaultDamaged: It cannot be opened by any.
    """
    header = _stored(store)
    key = keys.open_with_passphrase(header.by_passphrase, passphrase, header.vault)
    if key is None:
        raise WrongPassphrase(
            "This passphrase does not open the vault. Nothing is lost. Try again, or use your recovery code."
        )
    return Vault(store, key, header.vault)


def open_with_code(store: Store, code: str) -> Vault:
    """
    An existing vault, by its recovery code. A new passphrase should follow.

    Raises:
        WrongCode: Another code opens this vault, or this one was mistyped.
        VaultDamaged: It cannot be opened by any.
    """
    header = _stored(store)
    key = keys.open_with_code(header.by_code, code_bytes(code), header.vault)
    if key is None:
        raise WrongCode("This recovery code belongs to another vault, or a newer one has taken its place.")
    return Vault(store, key, header.vault)


def open_with_key(store: Store, key: bytes) -> Vault:
    """
    An existing vault, by its key.

    Raises:
        VaultDamaged: The key is that of another vault.
    """
    vault = Vault(store, key, _stored(store).vault)
    vault._open_tally(_stored(store))
    return vault


def number_of(header: bytes) -> bytes:
    """The number of the vault that a header belongs to."""
    return from_bytes(header).vault


def _stored(store: Store) -> Header:
    content = store.header()
    if content is None:
        raise VaultDamaged("There is no vault here yet.")
    return from_bytes(content)


def _check_length(passphrase: str) -> None:
    if len(passphrase) < SHORTEST:
        raise WrongPassphrase(f"A passphrase needs at least {SHORTEST} characters. A few words in a row are good.")

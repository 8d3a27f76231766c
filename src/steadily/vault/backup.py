"""
A whole vault as one file: its header and its rows as they lie, all of it ciphertext, and a digest at the end.

The passphrase (or the recovery code) of the day of the backup opens it.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from steadily.errors import NotKept, UnreadableFile, VaultDamaged, VaultExists
from steadily.vault.header import from_bytes
from steadily.vault.store import Changed, Name, Row, Store

MARK = b"steadily backup 1\n"
DIGEST_BYTES = 32
LENGTH = struct.Struct(">Q")


def back_up(store: Store, path: Path) -> None:
    """
    Write a backup; what stood at *path* is replaced only when all of it is written.

    Raises:
        VaultDamaged: There is no vault.
        NotKept: It could not be written; a file that stood there is as it was.
    """
    header = store.header()
    if header is None:
        raise VaultDamaged("There is no vault here yet.")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            _write(file, header, store)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise NotKept(
            "The backup could not be written: no room, or the folder cannot be written. Choose another place."
        ) from None


def restore(store: Store, path: Path) -> None:
    """
    Put a backup into an empty store.

    Raises:
        VaultExists: The store has a vault; erase it or choose another place.
        UnreadableFile: This is not a backup, or it is damaged; nothing was put anywhere.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise UnreadableFile("The backup is not there or cannot be read.") from None
    body, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
    if not body.startswith(MARK) or hashlib.blake2b(body, digest_size=DIGEST_BYTES).digest() != digest:
        raise UnreadableFile("This file is not a backup of Steadily, or it is damaged. Nothing was restored.")
    parts = list(_parts(body[len(MARK) :]))
    header, rows = parts[0], [_row(parts[at : at + 4]) for at in range(1, len(parts), 4)]
    from_bytes(header)
    try:
        store.write(None, header, rows, [])
    except Changed:
        raise VaultExists(
            "There is a vault here already, and a backup would take its place. Nothing was restored."
        ) from None


def _write(file: IO[bytes], header: bytes, store: Store) -> None:
    digest = hashlib.blake2b(MARK, digest_size=DIGEST_BYTES)
    file.write(MARK)
    for part in _all_parts(header, store):
        for piece in (LENGTH.pack(len(part)), part):
            digest.update(piece)
            file.write(piece)
    file.write(digest.digest())


def _all_parts(header: bytes, store: Store) -> Iterator[bytes]:
    yield header
    for name in sorted(store.names()):
        row = store.read(name.id)
        if row is not None:
            yield from (name.id.encode("utf-8"), row.name.kind, row.name.version, row.sealed)


def _parts(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        (length,) = LENGTH.unpack_from(content, at)
        at += LENGTH.size
        yield content[at : at + length]
        at += length


def _row(parts: list[bytes]) -> Row:
    id, kind, version, sealed = parts
    return Row(Name(id.decode("utf-8"), kind, version), sealed)

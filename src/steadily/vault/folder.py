"""
A vault's rows as files in a folder, one file a row.

A change is prepared in `next`, made valid by renaming that to `ready` (the one moment that counts), and then moved into place.
Whoever comes next finishes what is `ready` and throws away what is only `next`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from steadily.errors import NotKept
from steadily.vault.store import Changed, Name, Row

TAG_BYTES = 16
NO_ROOM = (
    "There was no room to keep this, or the folder cannot be written. Nothing has changed. Make room and try again."
)


class FolderStore:
    """
    Rows in a folder, which is made when something is first kept.

    Args:
        folder: Where. Only its owner may enter it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._rows, self._header = folder / "rows", folder / "header"
        self._next, self._ready = folder / "next", folder / "ready"

    def header(self) -> bytes | None:
        """As `Store.header`."""
        with self._alone():
            return self._read_header()

    def names(self) -> list[Name]:
        """As `Store.names`."""
        with self._alone():
            found = []
            for path in self._rows.iterdir() if self._rows.exists() else ():
                with path.open("rb") as file:
                    start = file.read(2 * TAG_BYTES)
                found.append(Name(path.name, start[:TAG_BYTES], start[TAG_BYTES:]))
            return found

    def read(self, id: str) -> Row | None:
        """As `Store.read`."""
        with self._alone():
            path = self._rows / id
            if not path.exists():
                return None
            content = path.read_bytes()
        name = Name(id, content[:TAG_BYTES], content[TAG_BYTES : 2 * TAG_BYTES])
        return Row(name, content[2 * TAG_BYTES :])

    def write(self, before: bytes | None, header: bytes, put: Sequence[Row], gone: Sequence[str]) -> None:
        """As `Store.write`."""
        with self._alone():
            if self._read_header() != before:
                raise Changed
            try:
                self._prepare(header, put, gone)
                self._next.rename(self._ready)
                _settle(self.folder)
            except OSError:
                shutil.rmtree(self._next, ignore_errors=True)
                if not self._ready.exists():
                    raise NotKept(NO_ROOM) from None
                raise
            self._finish()

    def erase(self) -> None:
        """As `Store.erase`."""
        with self._alone():
            for path in [self._header, *sorted(self._rows.glob("*"))]:
                if path.exists():
                    _overwrite(path)
                    path.unlink()
            _settle(self.folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile, and whatever was broken off is settled."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FileLock(self.folder / "lock")
            lock.acquire()
        except OSError:
            raise NotKept(NO_ROOM) from None
        try:
            shutil.rmtree(self._next, ignore_errors=True)
            if self._ready.exists():
                self._finish()
            yield
        finally:
            lock.release()

    def _read_header(self) -> bytes | None:
        return self._header.read_bytes() if self._header.exists() else None

    def _prepare(self, header: bytes, put: Sequence[Row], gone: Sequence[str]) -> None:
        self._next.mkdir()
        for row in put:
            _write(self._next / f"row-{row.name.id}", row.name.kind + row.name.version + row.sealed)
        _write(self._next / "gone", "\n".join(gone).encode("ascii"))
        _write(self._next / "header", header)
        _settle(self._next)

    def _finish(self) -> None:
        """Move what is ready into place; broken off at any moment, doing it again ends the same."""
        self._rows.mkdir(exist_ok=True)
        gone = self._ready / "gone"
        for id in gone.read_text("ascii").split("\n") if gone.exists() else ():
            if id and (path := self._rows / id).exists():
                _overwrite(path)
                path.unlink()
        for path in self._ready.glob("row-*"):
            path.replace(self._rows / path.name.removeprefix("row-"))
        _settle(self._rows)
        if (self._ready / "header").exists():
            (self._ready / "header").replace(self._header)
        _settle(self.folder)
        shutil.rmtree(self._ready)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _overwrite(path: Path) -> None:
    """Zeros over what goes. On disks that write elsewhere the old bytes may remain: ciphertext, whose key is gone."""
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make names last; where folders cannot be opened (Windows), renaming lasts by itself."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

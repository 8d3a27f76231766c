"""
Where the rows of a vault lie. A store sees ciphertext only; the `Vault` above it sees no files and no tables.

Every form of store keeps one promise: a `write` happens whole or not at all, whatever happens to the machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Name(NamedTuple):
    """
    What a row is called.

    Attributes:
        id: Unique in its vault.
        kind: What kind of record it is, as a tag that says nothing to others (16 bytes).
        version: Random, new each time that the row is written (16 bytes).
    """

    id: str
    kind: bytes
    version: bytes


class Row(NamedTuple):
    """A row: its name and its sealed content."""

    name: Name
    sealed: bytes


class Changed(Exception):
    """Somebody else wrote in between; read again and try again."""


class Store(Protocol):
    """A place for the rows of one vault."""

    def header(self) -> bytes | None:
        """The header as it was last written, or nothing where there is no vault."""
        ...

    def names(self) -> list[Name]:
        """The names of all rows, in no order."""
        ...

    def read(self, id: str) -> Row | None:
        """One row."""
        ...

    def write(self, before: bytes | None, header: bytes, put: Sequence[Row], gone: Sequence[str]) -> None:
        """
        Change the vault, whole or not at all.

        Args:
            before: The header that was read; nothing where there was none.
            header: The new one.
            put: Rows that are new, or take the place of those with their ids.
            gone: Ids of rows that go; those that are not there are passed over.

        Raises:
            Changed: The header is not *before* any more.
            NotKept: There was no room, or the place cannot be written; nothing has changed.
        """
        ...

    def erase(self) -> None:
        """Destroy the header, and with it the wrapped keys; then every row."""
        ...

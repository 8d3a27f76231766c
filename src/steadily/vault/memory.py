"""A vault's rows in memory: for tests, and for whoever wants to keep nothing."""

from __future__ import annotations

from collections.abc import Sequence

from steadily.vault.store import Changed, Name, Row


class MemoryStore:
    """Rows that are gone when the program ends."""

    def __init__(self) -> None:
        self._header: bytes | None = None
        self._rows: dict[str, Row] = {}

    def header(self) -> bytes | None:
        """As `Store.header`."""
        return self._header

    def names(self) -> list[Name]:
        """As `Store.names`."""
        return [row.name for row in self._rows.values()]

    def read(self, id: str) -> Row | None:
        """As `Store.read`."""
        return self._rows.get(id)

    def write(self, before: bytes | None, header: bytes, put: Sequence[Row], gone: Sequence[str]) -> None:
        """As `Store.write`."""
        if self._header != before:
            raise Changed
        kept = {id: row for id, row in self._rows.items() if id not in set(gone)}
        self._header, self._rows = header, kept | {row.name.id: row for row in put}

    def erase(self) -> None:
        """As `Store.erase`."""
        self._header, self._rows = None, {}

"""
Everything that was kept of one kind, read once for as long as the vault is open.

A record's version changes with every write, so that one list of versions tells which records have to be read again, whoever
wrote them; a year of entries is some hundred rows, and reading each for every page would take seconds.
"""

from __future__ import annotations

from typing import TypeVar

from steadily.program.records import Kept, Records
from steadily.vault import Vault
from steadily.web.at_hand import at_hand

Entry = TypeVar("Entry")
MOST_BYTES = 500_000
"""What a kind is taken to hold in memory; a few hundred entries with notes."""


def all_of(vault: Vault, records: Records[Entry]) -> list[Kept[Entry]]:
    """
    As `records.all(vault)`, without reading again what has not changed.

    Args:
        vault: The open vault.
        records: A kind of entries.
    """
    there: dict[str, tuple[bytes, Kept[Entry]]] = at_hand(
        vault.number, f"all: {records.kind}", dict, lambda _: MOST_BYTES
    )
    versions = {name.id: name.version for name in vault.store.names()}
    found = {}
    for id in vault.ids(records.kind):
        version, before = versions.get(id, b""), there.get(id)
        if before is not None and before[0] == version:
            found[id] = before
        elif (entry := records.get(vault, id)) is not None:
            found[id] = (version, Kept(id, entry))
    there.clear()
    there.update(found)
    return [kept for _, kept in found.values()]

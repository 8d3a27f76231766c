"""What a person keeps of the program, in the vault: one sealed record an entry, of a kind that says its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from steadily.errors import VaultDamaged
from steadily.vault import Vault

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Kept(Generic[Entry]):
    """
    One entry, with its name in the vault.

    Attributes:
        id: Its name.
        entry: What was kept.
    """

    id: str
    entry: Entry


class Records(Generic[Entry]):
    """
    All entries of one kind.

    Args:
        kind: What the vault calls them; never changed, or what was kept is not found again.
        shape: The dataclass of an entry (`entries`).
    """

    def __init__(self, kind: str, shape: type[Entry]) -> None:
        self.kind = kind
        self._shape = TypeAdapter(shape)
        self._several = TypeAdapter(list[shape])  # type: ignore[valid-type]

    def put(self, vault: Vault, entry: Entry, id: str | None = None) -> str:
        """Keep one; it takes the place of *id* where that is given. Returns its id."""
        return vault.put(self.kind, self._shape.dump_json(entry), id)

    def get(self, vault: Vault, id: str) -> Entry | None:
        """
        One of them, or nothing where there is none of this kind.

        Raises:
            VaultDamaged: What is there has another shape.
        """
        content = vault.get(self.kind, id)
        if content is None:
            return None
        try:
            return self._shape.validate_json(content)
        except ValidationError:
            problem = "A note in the vault cannot be read: it was kept by another version. Nothing was changed."
            raise VaultDamaged(problem) from None

    def all(self, vault: Vault) -> list[Kept[Entry]]:
        """All of them, in no order that means anything."""
        found = ((id, self.get(vault, id)) for id in vault.ids(self.kind))
        return [Kept(id, entry) for id, entry in found if entry is not None]

    def plain(self, vault: Vault) -> bytes:
        """All of them as a JSON list that anybody can read."""
        found = [one.entry for one in self.all(vault)]
        return self._several.dump_json(found, indent=1)

    def let_go(self, vault: Vault, id: str) -> None:
        """Throw one away; one that is not there is passed over."""
        if vault.get(self.kind, id) is not None:
            vault.delete(id)

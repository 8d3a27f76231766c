"""A short word to everyone before the first exercise; it can be skipped, and read again under Help (EVIDENCE.md R1)."""

from __future__ import annotations

from steadily.vault import Vault

SETTING, READ = "setting", "education"


def was_shown(vault: Vault) -> bool:
    """Whether the person has put it away."""
    return vault.get(SETTING, READ) is not None


def put_away(vault: Vault) -> None:
    """It is not shown by itself again."""
    vault.put(SETTING, b"shown", READ)

"""What a person keeps, as ciphertext: the vault and the forms in which its rows lie."""

from steadily.vault.backup import back_up, restore
from steadily.vault.folder import FolderStore
from steadily.vault.memory import MemoryStore
from steadily.vault.store import Changed, Name, Row, Store
from steadily.vault.vault import Vault, create, number_of, open_with_code, open_with_key, open_with_passphrase

__all__ = [
    "Changed",
    "FolderStore",
    "MemoryStore",
    "Name",
    "Row",
    "Store",
    "Vault",
    "back_up",
    "create",
    "number_of",
    "open_with_code",
    "open_with_key",
    "open_with_passphrase",
    "restore",
]

"""
Tokens: with one, a program of the person's own may use /api and open their vault.

A token is shown once. The database holds its digest and the vault's key, sealed with a key that only the token gives.
"""

from __future__ import annotations

import hashlib
import secrets

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from steadily import vault as vaults
from steadily.vault import Vault
from steadily.vault.keys import derived
from steadily.web.accounts.database import DatabaseStore
from steadily.web.accounts.models import Token

SECRET_BYTES = 32


def new_token(person: int, vault: Vault) -> str:
    """A token for the open vault of a person; the one before opens nothing any more."""
    secret = secrets.token_bytes(SECRET_BYTES)
    sealed = bytes(Aead(derived(secret, b"token")).encrypt(vault.key, vault.number))
    Token.objects.update_or_create(person_id=person, defaults={"digest": _digest(secret), "sealed": sealed})
    return secret.hex()


def withdraw(person: int) -> None:
    """The person's token opens nothing any more."""
    Token.objects.filter(person_id=person).delete()


def opened(token: str) -> Vault | None:
    """The vault that a token opens."""
    try:
        secret = bytes.fromhex(token)
    except ValueError:
        return None
    if len(secret) != SECRET_BYTES:
        return None
    found = Token.objects.filter(digest=_digest(secret)).first()
    if found is None:
        return None
    store = DatabaseStore(found.person_id)
    header = store.header()
    if header is None:
        return None
    try:
        number = vaults.number_of(header)
        key = bytes(Aead(derived(secret, b"token")).decrypt(bytes(found.sealed), number))
    except CryptoError:
        return None
    return vaults.open_with_key(store, key)


def _digest(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()

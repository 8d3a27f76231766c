"""Making and opening vaults, and waiting after wrong passphrases."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from steadily import vault as vaults
from steadily.errors import VaultExists, WrongPassphrase
from steadily.vault import Vault
from steadily.web.accounts.database import DatabaseStore
from steadily.web.accounts.models import Person

FREE_TRIES = 4
LONGEST_WAIT = timedelta(minutes=15)
WAIT = "Several wrong passphrases in a row. Wait a little, then try again; nothing is lost."


def make(name: str, passphrase: str) -> tuple[int, Vault, str]:
    """
    A new vault.

    Returns:
        Whose it is, the open vault, and its recovery code.

    Raises:
        VaultExists: Somebody has this name.
    """
    with transaction.atomic():
        person, is_new = Person.objects.get_or_create(name=name)
        if not is_new and DatabaseStore(person.pk).header() is not None:
            raise VaultExists("There is a vault of that name already. Open it, or choose another name.")
        vault, code = vaults.create(DatabaseStore(person.pk), passphrase)
    return person.pk, vault, code


def named(name: str) -> int | None:
    """Whose vault it is that has this name."""
    return Person.objects.filter(name=name, header__isnull=False).values_list("pk", flat=True).first()


def open_with_passphrase(person: int | None, passphrase: str) -> Vault:
    """
    An existing vault; after several wrong passphrases one has to wait, longer each time.

    Raises:
        WrongPassphrase: It does not open, or it is too soon. The same where there is no such vault.
    """
    _not_too_soon(person)
    if person is None:
        raise WrongPassphrase("This name and passphrase open no vault here. Nothing is lost. Try again.")
    try:
        vault = vaults.open_with_passphrase(DatabaseStore(person), passphrase)
    except WrongPassphrase:
        _count_wrong(person)
        raise
    Person.objects.filter(pk=person).update(n_wrong=0, wait_until=None)
    return vault


def open_with_code(person: int | None, code: str) -> Vault:
    """As `open_with_passphrase`, by the recovery code, which nobody guesses."""
    _not_too_soon(person)
    if person is None:
        raise WrongPassphrase("There is no such vault here.")
    vault = vaults.open_with_code(DatabaseStore(person), code)
    Person.objects.filter(pk=person).update(n_wrong=0, wait_until=None)
    return vault


def _not_too_soon(person: int | None) -> None:
    if person is None:
        return
    wait_until = Person.objects.filter(pk=person).values_list("wait_until", flat=True).first()
    if wait_until is not None and wait_until > timezone.now():
        raise WrongPassphrase(WAIT)


def _count_wrong(person: int) -> None:
    with transaction.atomic():
        found = Person.objects.select_for_update().get(pk=person)
        found.n_wrong += 1
        if found.n_wrong >= FREE_TRIES:
            found.wait_until = timezone.now() + min(LONGEST_WAIT, timedelta(seconds=2.0 ** (found.n_wrong - 1)))
        found.save(update_fields=["n_wrong", "wait_until"])

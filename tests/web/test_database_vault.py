"""Vaults in the database, SQLite and PostgreSQL: the contract of all vaults, and what stays on the disk after erasing."""

from __future__ import annotations

import uuid

import pytest

from steadily import vault as vaults
from vault_contract import *  # noqa: F403
from vault_contract import CHEAP, PASSPHRASE, Place


@pytest.fixture(params=["default", "postgres"])
def place(request: pytest.FixtureRequest, app: None) -> Place:
    """The rows of a new person."""
    from steadily.web.accounts.database import DatabaseStore
    from steadily.web.accounts.models import Person

    database = request.param if request.param == "default" else request.getfixturevalue("postgres")
    person = Person.objects.using(database).create(name=uuid.uuid4().hex)
    return lambda: DatabaseStore(person.pk, database)


def test_one_person_sees_nothing_of_another(place: Place, app: None) -> None:
    from steadily.web.accounts.database import DatabaseStore
    from steadily.web.accounts.models import Person

    mine = place()
    assert isinstance(mine, DatabaseStore)
    vault, _ = vaults.create(mine, PASSPHRASE, CHEAP)
    id = vault.put("note", b"mine")
    other = DatabaseStore(Person.objects.using(mine.database).create(name=uuid.uuid4().hex).pk, mine.database)
    theirs, _ = vaults.create(other, PASSPHRASE, CHEAP)
    assert theirs.get("note", id) is None
    theirs.delete(id)
    theirs.erase()
    assert vault.get("note", id) == b"mine"


def test_nothing_erased_stays_in_the_files(app: None) -> None:
    from django.conf import settings

    from steadily.web.accounts.database import DatabaseStore
    from steadily.web.accounts.models import Person

    store = DatabaseStore(Person.objects.create(name=uuid.uuid4().hex).pk)
    vault, _ = vaults.create(store, PASSPHRASE, CHEAP)
    sealed = []
    for number in range(40):
        row = store.read(vault.put("note", b"x" * 997 * number))
        assert row is not None
        sealed.append(row.sealed[:24])
    wrapped = store.header()
    assert wrapped is not None
    files = [path for path in settings.DATA.glob("steadily.sqlite3*") if path.stat().st_size]
    assert any(sealed[7] in path.read_bytes() for path in files)
    vault.erase()
    for path in settings.DATA.glob("steadily.sqlite3*"):
        content = path.read_bytes()
        assert not any(one in content for one in sealed)
        assert wrapped[40:90] not in content


def test_a_full_database_changes_nothing(app: None) -> None:
    from django.db import connection

    from steadily.errors import NotKept
    from steadily.web.accounts.database import DatabaseStore
    from steadily.web.accounts.models import Person

    store = DatabaseStore(Person.objects.create(name=uuid.uuid4().hex).pk)
    vault, _ = vaults.create(store, PASSPHRASE, CHEAP)
    id = vault.put("note", b"good")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (n_pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {n_pages + 2}")
        with pytest.raises(NotKept):
            vault.put("note", b"x" * 1_000_000, id)
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert vault.get("note", id) == b"good"
    vault.verify()

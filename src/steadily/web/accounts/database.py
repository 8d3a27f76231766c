"""A vault's rows in the database, SQLite or PostgreSQL: a change is one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, DatabaseError, IntegrityError, connections, transaction

from steadily.errors import NotKept
from steadily.vault import Changed, Name, Row
from steadily.web.accounts.models import VaultHeader, VaultRow

NO_ROOM = (
    "There was no room to keep this, or the database cannot be written. Nothing has changed. Make room and try again."
)


class DatabaseStore:
    """
    Rows in the database; see `steadily.vault.Store`.

    Args:
        person: Whose vault it is: the primary key of a `Person`.
        database: Which of the configured databases.
    """

    def __init__(self, person: int, database: str = DEFAULT_DB_ALIAS) -> None:
        self.person, self.database = person, database

    def header(self) -> bytes | None:
        """As `Store.header`."""
        found = (
            VaultHeader.objects.using(self.database)
            .filter(person_id=self.person)
            .values_list("content", flat=True)
            .first()
        )
        return None if found is None else bytes(found)

    def names(self) -> list[Name]:
        """As `Store.names`."""
        rows = (
            VaultRow.objects.using(self.database).filter(person_id=self.person).values_list("record", "kind", "version")
        )
        return [Name(record, bytes(kind), bytes(version)) for record, kind, version in rows]

    def read(self, id: str) -> Row | None:
        """As `Store.read`."""
        row = VaultRow.objects.using(self.database).filter(person_id=self.person, record=id).first()
        return None if row is None else Row(Name(id, bytes(row.kind), bytes(row.version)), bytes(row.sealed))

    def write(self, before: bytes | None, header: bytes, put: Sequence[Row], gone: Sequence[str]) -> None:
        """As `Store.write`."""
        try:
            with transaction.atomic(using=self.database):
                self._write_header(before, header)
                mine = VaultRow.objects.using(self.database).filter(person_id=self.person)
                mine.filter(record__in=[*gone, *(row.name.id for row in put)]).delete()
                VaultRow.objects.using(self.database).bulk_create(
                    VaultRow(person_id=self.person, record=name.id, kind=name.kind, version=name.version, sealed=sealed)
                    for name, sealed in put
                )
        except IntegrityError:
            raise Changed from None
        except DatabaseError:
            raise NotKept(NO_ROOM) from None

    def erase(self) -> None:
        """As `Store.erase`. In SQLite what is deleted is overwritten, and the journal is emptied."""
        with transaction.atomic(using=self.database):
            VaultHeader.objects.using(self.database).filter(person_id=self.person).delete()
            VaultRow.objects.using(self.database).filter(person_id=self.person).delete()
        connection = connections[self.database]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _write_header(self, before: bytes | None, header: bytes) -> None:
        if before is None:
            VaultHeader.objects.using(self.database).create(person_id=self.person, content=header)
            return
        found = VaultHeader.objects.using(self.database).select_for_update().filter(person_id=self.person).first()
        if found is None or bytes(found.content) != before:
            raise Changed
        found.content = header
        found.save(using=self.database, update_fields=["content"])

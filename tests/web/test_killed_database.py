"""
kill -9 while the app writes to its database, of the app and of the database: what was kept is there, and nothing is half there.

`STEADILY_DEATHS=100 python -m pytest tests/web/test_killed_database.py` lets each die a hundred times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from postgres_server import PROGRAMS, PostgresServer

from steadily import vault as vaults
from vault_contract import CHEAP, PASSPHRASE

N_DEATHS = int(os.environ.get("STEADILY_DEATHS", "0"))
WRITER = """
import sys
import django
django.setup()
from steadily import vault as vaults
from steadily.web.accounts.database import DatabaseStore
person, key, first = int(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3])
vault = vaults.open_with_key(DatabaseStore(person), key)
generation = first
while True:
    generation += 1
    with vault.change() as change:
        for number in range(4):
            change.put("note", str(generation).encode() + b" " * 20_000, str(number))
    print(generation, flush=True)
"""


@contextmanager
def writing(
    vault: vaults.Vault, person: int, last: int, environment: dict[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that writes, generation after generation, and has begun to."""
    command = [sys.executable, "-c", WRITER, str(person), vault.key.hex(), str(last)]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, env=os.environ | environment, **quiet) as writer:
        try:
            yield writer
        finally:
            writer.kill()


def generation_of(store: vaults.Store, key: bytes) -> int:
    """What is there now; all four notes must be of one generation, and every row whole."""
    again = vaults.open_with_key(store, key)
    again.verify()
    found = {int((again.get("note", str(number)) or b"0").split()[0]) for number in range(4)}
    assert len(found) == 1
    return found.pop()


def test_what_was_kept_is_there_after_the_app_died(app: None, tmp_path: Path) -> None:
    from steadily.web.accounts.database import DatabaseStore
    from steadily.web.accounts.models import Person

    store = DatabaseStore(Person.objects.create(name=uuid.uuid4().hex).pk)
    vault, _ = vaults.create(store, PASSPHRASE, CHEAP)
    rng, last = random.Random(7), 0
    for _ in range(N_DEATHS or 25):
        with writing(vault, store.person, last, {}) as writer:
            said = killed(writer, rng)
        assert generation_of(DatabaseStore(store.person), vault.key) >= said
        last = said + 1


@pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed")
@pytest.mark.parametrize("dies", ["app", "database"])
def test_what_was_kept_is_there_after_one_of_them_died(app: None, dies: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    from steadily.web.accounts.database import DatabaseStore
    from steadily.web.accounts.models import Person

    server = PostgresServer(durable=True)
    connections.databases["mortal"] = connections.databases["default"] | server.database
    call_command("migrate", database="mortal", verbosity=0)
    store = DatabaseStore(Person.objects.using("mortal").create(name=uuid.uuid4().hex).pk, "mortal")
    vault, _ = vaults.create(store, PASSPHRASE, CHEAP)
    rng, last = random.Random(8), 0
    for _ in range(N_DEATHS or 4):
        with writing(vault, store.person, last, {"DATABASE_URL": server.url}) as writer:
            said = killed(writer, rng, server if dies == "database" else None)
        connections["mortal"].close()
        assert generation_of(store, vault.key) >= said
        last = said + 1
    connections["mortal"].close()
    del connections["mortal"], connections.databases["mortal"]
    server.remove()


def killed(writer: subprocess.Popen[str], rng: random.Random, server: PostgresServer | None = None) -> int:
    """Let it write for a moment, kill it or its database, and give the last generation that it called kept."""
    assert writer.stdout
    said = [int(writer.stdout.readline())]
    time.sleep(rng.random() * 0.05)
    if server is None:
        os.kill(writer.pid, signal.SIGKILL)
    else:
        server.die()
        server.start()
    said += [int(line) for line in writer.stdout.read().split()]
    return said[-1]

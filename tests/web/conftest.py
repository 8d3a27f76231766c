"""The app for tests: an SQLite database of its own, a PostgreSQL server of its own where one is installed, and visits."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

DATA = Path(tempfile.mkdtemp(prefix="steadily-tests-"))
os.environ["STEADILY_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "steadily.web.settings"


@pytest.fixture(scope="session")
def app() -> Iterator[None]:
    """Django, set up once, with its tables made."""
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    yield
    from django.db import connections

    connections.close_all()
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(app: None) -> Iterator[str]:
    """A PostgreSQL server for these tests only; its name among the configured databases."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="steadily-postgres-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    else:
        as_owner = []
    control = [*as_owner, str(found[-1]), "-D", str(folder / "data"), "-s", "-w"]
    subprocess.run([*control, "-o", "-A trust -U steadily", "initdb"], check=True, cwd=folder)
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], check=True, cwd=folder)
    from django.core.management import call_command
    from django.db import connections

    connections.databases["postgres"] = connections.databases["default"] | {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "steadily",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "OPTIONS": {},
    }
    call_command("migrate", database="postgres", verbosity=0)
    yield "postgres"
    connections["postgres"].close()
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd=folder)
    shutil.rmtree(folder, ignore_errors=True)

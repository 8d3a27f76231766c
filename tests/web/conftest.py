"""The app for tests: an SQLite database of its own, a PostgreSQL server of its own where one is installed, and visits."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import PROGRAMS, PostgresServer
from visits import Visit

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
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed")
    server = PostgresServer()
    from django.core.management import call_command
    from django.db import connections

    connections.databases["postgres"] = connections.databases["default"] | server.database
    call_command("migrate", database="postgres", verbosity=0)
    yield "postgres"
    connections["postgres"].close()
    server.remove()


@pytest.fixture
def visit(app: None) -> Iterator[Visit]:
    """A visit to an app without vaults."""
    from steadily.web.accounts.models import Person

    Person.objects.all().delete()
    yield Visit()
    Person.objects.all().delete()

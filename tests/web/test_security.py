"""What the app refuses, and what it tells the browser to refuse."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client
from visits import Visit


@pytest.fixture
def visit(app: None) -> Visit:
    """A visit."""
    from steadily.web.accounts.models import Person

    Person.objects.all().delete()
    return Visit()


def test_only_who_has_the_key_gets_in_and_only_once(app: None) -> None:
    from steadily.web.shell.start import let_in

    stranger = Client(headers={"host": "localhost"})
    assert stranger.get("/").status_code == 403
    assert stranger.get("/look/", {"key": "guess"}).status_code == 403
    let_in("only-once")
    assert stranger.get("/", {"key": "only-once"}).status_code == 302
    assert stranger.get("/").status_code == 200
    assert Client(headers={"host": "localhost"}).get("/", {"key": "only-once"}).status_code == 403


def test_no_page_may_run_or_load_what_is_not_ours(visit: Visit) -> None:
    for path in ("/", "/look/", "/write/", "/help/", "/vault/new/", "/leave/", "/breathe/"):
        answer = visit.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cache-Control"] == "no-store"
        page = answer.content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "javascript:" not in page
        assert " onclick" not in page
        assert "https://" not in page


def test_another_host_or_another_page_is_refused(visit: Visit) -> None:
    assert visit.get("/", headers={"host": "evil.example"}).status_code == 400
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert visit.post("/vault/erase/", {"sure": "on"}, headers=headers).status_code == 403


def test_a_form_without_its_token_is_refused(app: None) -> None:
    careful = Visit(enforce_csrf_checks=True)
    for path in ("/vault/erase/", "/look/drop/", "/write/keep/", "/vault/lock/", "/stopped/go-on/"):
        assert careful.post(path, {"sure": "on"}).status_code == 403


def test_cookies_cannot_be_read_by_scripts_or_sent_from_elsewhere(visit: Visit) -> None:
    visit.make_vault()
    for name in ("place", "half"):
        assert visit.cookies[name]["httponly"]
        assert visit.cookies[name]["samesite"] == "Strict"


def test_what_somebody_wrote_is_never_run(visit: Visit) -> None:
    bad = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    page = visit.post("/write/", {"text": bad}).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("given", "id"),
    [
        ({}, "steadily.E001"),
        ({"STEADILY_SECRET_KEY": "x" * 50}, "steadily.E002"),
        ({"STEADILY_SECRET_KEY": "x" * 50, "STEADILY_HOSTS": "*"}, "steadily.E002"),
        ({"STEADILY_SECRET_KEY": "x" * 50, "STEADILY_HOSTS": "notes.example"}, "steadily.E003"),
    ],
)
def test_a_service_without_its_settings_does_not_start(given: dict[str, str], id: str, tmp_path: object) -> None:
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("STEADILY", "DATABASE", "DJANGO"))
    }
    environment = bare | {"STEADILY_DATA": str(tmp_path)} | given
    done = subprocess.run(
        [sys.executable, "-m", "steadily", "serve"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert id in done.stderr
    assert "Traceback" not in done.stderr


def test_logs_hold_neither_words_nor_names() -> None:
    import logging

    from steadily.web.logs import Plain

    record = logging.LogRecord("django.request", logging.ERROR, "x.py", 3, "Bad thing: %s", ("Ana wrote this",), None)
    try:
        int("Ana wrote that")
    except ValueError:
        record.exc_info = sys.exc_info()
    line = Plain().format(record)
    assert "Ana" not in line
    assert "ValueError" in line

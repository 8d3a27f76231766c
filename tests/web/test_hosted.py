"""Several people on one service: each opens only their own, and nobody can tell that there is another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import CHAT, PASSPHRASE, Visit


@pytest.fixture
def hosted(app: None) -> Iterator[None]:
    """The app as a service."""
    from django.test import override_settings

    from steadily.web.accounts.models import Person

    Person.objects.all().delete()
    with override_settings(HOSTED=True):
        yield
    Person.objects.all().delete()


def make(name: str, folder: Path, text: str = "") -> Visit:
    """Somebody with a vault, and with a chat where there is a text."""
    visit = Visit()
    if text:
        visit.put_in(folder, text)
    answer = visit.post("/vault/new/", {"name": name, "passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert "recovery code" in answer.content.decode()
    return visit


def addresses(id: str) -> list[str]:
    """Every address of the app, with numbers and names of Alice's where they are needed; from the table of addresses itself."""
    from django.urls import URLPattern, URLResolver, get_resolver

    given = {"<int:number>": "0", "<int:row>": "3", "<str:iso>": "2026-02-03", "<str:id>": id, "<slug:app>": "whatsapp"}

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for one in patterns:
            path = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, path)
            else:
                for name, value in given.items():
                    path = path.replace(name, value)
                yield f"/{path}"

    return list(walk(get_resolver().url_patterns, ""))


def test_one_person_finds_nothing_of_another_at_any_address(hosted: None, tmp_path: Path) -> None:
    alice = make("alice", tmp_path, CHAT)
    alice.post("/write/keep/", {"text": "a very particular sentence", "until": "morning"})
    found = re.search(r"/write/drawer/(\w{32})/", alice.page("/write/drawer/"))
    assert found
    make("bob", tmp_path)
    charlie = make("charlie", tmp_path)
    # as whole words: the random letters of a form's token can hold a short name by chance
    secret = re.compile(r"\b(?:particular sentence|never listen|coffee\?|Ben\b)")
    paths = [one for one in addresses(found[1]) if "leave" not in one and "lock" not in one and "erase" not in one]
    assert len(paths) > 40
    for path in paths:
        for answer in (
            charlie.get(path),
            charlie.post(path, {"labels": ["repair"], "value": "Ana", "keep": "nothing"}),
        ):
            assert answer.status_code < 500, path
            assert not secret.search(answer.content.decode(errors="replace")), path
    for path in (f"/write/drawer/{found[1]}/", "/look/day/2026-02-03/", "/look/message/3/", "/look/behind/0/"):
        assert charlie.get(path).status_code == 404
    assert "never listen" in alice.page("/look/day/2026-02-03/")
    assert "particular sentence" in alice.page("/write/drawer/")


def test_a_name_that_is_not_there_sounds_like_a_wrong_passphrase(hosted: None, tmp_path: Path) -> None:
    make("alice", tmp_path)
    stranger = Visit()
    for name in ("alice", "nobody"):
        answer = stranger.post("/vault/open/", {"name": name, "passphrase": "not this one"})
        assert answer.status_code == 400
        assert "Nothing is lost" in answer.content.decode()
    assert (
        stranger.post("/vault/new/", {"name": "alice", "passphrase": PASSPHRASE, "again": PASSPHRASE}).status_code
        == 400
    )


def test_a_visit_opens_its_own_vault_with_its_name(hosted: None, tmp_path: Path) -> None:
    make("alice", tmp_path, CHAT)
    make("bob", tmp_path)
    again = Visit()
    assert again.post("/vault/open/", {"name": "alice", "passphrase": PASSPHRASE}).status_code == 302
    assert "7 messages" in again.page("/look/")
    again.post("/vault/lock/")
    assert again.get("/look/").status_code in (200, 302)
    assert "7 messages" not in again.get("/look/", follow=True).content.decode()


def test_a_service_does_not_say_that_it_is_ones_own_machine(hosted: None, tmp_path: Path) -> None:
    visit = Visit()
    assert "whoever runs this service" in visit.page("/")
    assert "trust whoever runs this service" in visit.page("/vault/")
    alice = make("alice", tmp_path, CHAT)
    for path in addresses("0" * 32):
        if "leave" in path or "lock" in path or "erase" in path:
            continue
        for one in (visit, alice):
            assert "this machine" not in one.get(path).content.decode(errors="replace"), path

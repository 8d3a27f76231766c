"""The verbs as JSON: with a token, against their own description, and nobody else's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from visits import Visit

HOST = {"host": "localhost"}


@pytest.fixture(scope="module")
def token(app: None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A token for a vault with a chat in it."""
    from steadily.web.accounts.models import Person

    Person.objects.all().delete()
    visit = Visit()
    visit.put_in(tmp_path_factory.mktemp("chat"))
    visit.make_vault()
    return visit.post("/vault/token/").content.decode().split("<code>")[1].split("</code>")[0]


def ask(token: str, method: str, path: str, **named: Any) -> Any:
    """One request."""
    from django.test import Client

    client = Client(headers=HOST | ({"authorization": f"Bearer {token}"} if token else {}))
    return (
        getattr(client, method)(path, **named, content_type="application/json")
        if method == "post"
        else client.get(path)
    )


def test_the_verbs(token: str) -> None:
    coded = ask(
        token, "post", "/api/code", data={"messages": [{"id": "a", "text": "you never listen to me, never"}]}
    ).json()
    assert coded[0]["id"] == "a"
    assert "criticism" in coded[0]["labels"]
    answered = ask(
        token, "post", "/api/gate", data={"items": [{"id": 1, "text": "I'm scared of him when he drinks"}]}
    ).json()
    assert answered[0]["gate"] == "abuse"
    said = ask(token, "post", "/api/say", data={"draft": "you always ruin everything"}).json()
    assert said["spans"]
    assert said["gate"] == "none"
    assert ask(token, "get", "/api/story").json()["findings"]
    found = ask(token, "get", "/api/messages?words=coffee").json()
    assert found["total"] == 1
    assert found["messages"][0]["author"] == "partner"


def test_without_a_token_there_is_nothing(token: str) -> None:
    for wrong in ("", "x", "00" * 32, token[:-2] + ("00" if token[-2:] != "00" else "11")):
        assert ask(wrong, "get", "/api/story").status_code == 401
        assert ask(wrong, "post", "/api/code", data={"messages": []}).status_code == 401


def test_a_withdrawn_token_opens_nothing(app: None, tmp_path: Path) -> None:
    from steadily.web.accounts.models import Person

    Person.objects.all().delete()
    visit = Visit()
    visit.make_vault()
    mine = visit.post("/vault/token/").content.decode().split("<code>")[1].split("</code>")[0]
    assert ask(mine, "get", "/api/story").status_code == 404
    visit.post("/vault/token/withdraw/")
    assert ask(mine, "get", "/api/story").status_code == 401


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def test_no_request_brings_it_down_nor_breaks_the_description(token: str) -> None:
    from steadily.web.wsgi import application

    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application, headers=HOST)
    operations = [one.ok() for one in schema.get_all_operations()]
    assert len(operations) >= 5
    for operation in operations:

        @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def holds(case: Any) -> None:
            case.call_and_validate(headers=HOST | {"Authorization": f"Bearer {token}"}, checks=CHECKS)

        holds()

"""The addresses under /api. The description of all of it is at /api/openapi.json."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from steadily.behaviors import code as code_texts
from steadily.coach.described import described
from steadily.codebook import LABELS
from steadily.safety.gate import gate_chat, gate_text
from steadily.safety.outreach import Said
from steadily.safety.stopping import allowed
from steadily.vault import Vault
from steadily.web.api import shapes
from steadily.web.api.tokens import opened
from steadily.web.look.chats import labels_of, the_chat
from steadily.web.look.messages import shown
from steadily.web.look.retelling import story_now
from steadily.web.look.searching import search as search_chat
from steadily.web.shell.stopping import stop_now, stop_of

STOPPED = "Coaching is stopped. Open the app to read why and to turn it on again."
NO_CHAT = "There is no chat in the vault."


class Bearer(HttpBearer):
    """`Authorization: Bearer …` with a token from the vault page."""

    def authenticate(self, request: HttpRequest, token: str) -> Vault | None:
        """The vault that the token opens."""
        del request
        return opened(token)


api = NinjaAPI(
    title="Steadily",
    version="1",
    description="The verbs of Steadily for programs of your own, on your own machine.",
    auth=Bearer(),
    docs_url=None,
)


@api.post("/code", response={200: list[shapes.Coded], 401: shapes.Problem, 422: shapes.Problem})
def code(request: HttpRequest, given: shapes.Messages) -> list[dict[str, object]]:
    """What each message does. A message without English words has no labels and no probabilities."""
    del request
    messages = given.messages
    found = code_texts(
        [one.text for one in messages],
        [one.context for one in messages],
        [one.speaker for one in messages],
        model=given.model,
        one_chat=False,
    )
    return [
        {
            "id": one.id,
            "labels": found.labels(row),
            "p": dict(zip(LABELS, found.p[row].tolist(), strict=True)) if found.coded[row] else {},
        }
        for row, one in enumerate(messages)
    ]


@api.post("/gate", response={200: list[shapes.Answered], 401: shapes.Problem, 422: shapes.Problem})
def gate(request: HttpRequest, given: shapes.Items) -> list[dict[str, object]]:
    """Where coaching must stop."""
    del request
    told: list[dict[str, object]] = []
    for one in given.items:
        if one.messages is not None:
            answer = gate_chat([Said(line.from_, line.text) for line in one.messages])
        else:
            answer = gate_text(one.text or "")
        told.append({"id": one.id, "gate": answer.gate, "why": answer.why})
    return told


@api.post("/say", response={200: shapes.Reading, 401: shapes.Problem, 409: shapes.Problem, 422: shapes.Problem})
def say(request: HttpRequest, given: shapes.Draft) -> dict[str, object]:
    """How a draft may land. 409 while coaching is stopped."""
    vault = _vault(request)
    if not allowed("draft", stop_of(vault)):
        raise HttpError(409, STOPPED)
    told = described(given.draft, given.context, given.situation)
    if told["gate"] != "none":
        stop_now(vault, told["gate"])
    return told


@api.get("/story", response={200: shapes.Story, 401: shapes.Problem, 404: shapes.Problem, 409: shapes.Problem})
def story(request: HttpRequest) -> dict[str, object]:
    """What was found in the chat."""
    vault = _vault(request)
    if not allowed("look back", stop_of(vault)):
        raise HttpError(409, STOPPED)
    found = story_now(vault)
    if found is None:
        raise HttpError(404, NO_CHAT)
    findings = [
        {
            "measure": one.finding.measure,
            "heading": one.heading,
            "statement": one.statement,
            "spread": one.spread,
            "caveat": one.caveat,
            "estimate": one.finding.estimate,
            "interval": list(one.finding.interval) if one.finding.interval else None,
            "n": one.finding.n,
            "unit": one.finding.unit,
            "messages": list(one.finding.messages),
        }
        for one in found.told
    ]
    return {"headline": found.headline, "findings": findings}


class Asked(Schema):
    """What to search for."""

    words: str = ""
    behavior: Literal[("", *LABELS)] = ""  # type: ignore[valid-type]
    who: Literal["", "me", "partner"] = ""
    first: date | None = None
    last: date | None = None


@api.get(
    "/messages",
    response={200: shapes.Search, 401: shapes.Problem, 404: shapes.Problem, 409: shapes.Problem, 422: shapes.Problem},
)
def messages(request: HttpRequest, asked: Query[Asked]) -> dict[str, object]:
    """Messages of the chat by words, dates and behavior; the last hundred that fit."""
    vault = _vault(request)
    if not allowed("look back", stop_of(vault)):
        raise HttpError(409, STOPPED)
    chat = the_chat(vault)
    if chat is None:
        raise HttpError(404, NO_CHAT)
    there = labels_of(vault)
    rows, total = search_chat(chat, there, **asked.dict())
    found = [
        {
            "row": one.row,
            "sent_at": one.sent_at.isoformat(),
            "author": None if one.by_app else ("me" if one.mine else "partner"),
            "text": one.text,
            "labels": [mark.label for mark in one.marks],
        }
        for one in shown(chat, rows, there)
    ]
    return {"total": total, "messages": found}


def _vault(request: HttpRequest) -> Vault:
    found: Vault = request.auth  # type: ignore[attr-defined]
    return found

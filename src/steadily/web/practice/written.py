"""What a person wrote after practices: kept privately, to be read again or thrown away, also while coaching is stopped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from steadily.coach.regulate import is_crisis
from steadily.coach.review import gate_of
from steadily.program.entries import PRACTICED
from steadily.program.lessons import practices
from steadily.program.plan import WRITING
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.practice.entries_at_hand import all_of
from steadily.web.shell.stopping import coaches, stop_now


@dataclass(frozen=True)
class Written:
    """
    One note.

    Attributes:
        id: The name of its entry in the vault.
        at: When.
        title: What the practice is called; its name where the texts have it no more.
        question: What it answers; empty where nothing was asked, or where it is a page of its own.
        note: The words.
    """

    id: str
    at: datetime
    title: str
    question: str
    note: str


def notes(vault: Vault) -> list[Written]:
    """All that was written after practices, the newest first."""
    known = practices()
    found = []
    for one in all_of(vault, PRACTICED):
        practice = known.get(one.entry.practice)
        title = practice.title if practice else one.entry.practice
        question = practice.question if practice and practice.lesson != WRITING else ""
        if one.entry.note:
            found.append(Written(one.id, one.entry.at, title, question, one.entry.note))
    return sorted(found, key=lambda one: one.at, reverse=True)


def stops_at_writing(request: HttpRequest, text: str) -> bool:
    """
    Whether coaching stops at what was written; as `gating.stops_at`, for pages that may be long and answers that may be short.

    Args:
        request: Of the visit.
        text: What was written, and kept before this is asked; may be empty.
    """
    if not text.strip():
        return False
    gate = "crisis" if is_crisis(text) else gate_of(text, ()).gate
    if gate != "none":
        stop_now(place_of(request).vault, gate)
    return gate != "none"


@require_GET
@coaches("private notes")
def written(request: HttpRequest) -> HttpResponse:
    """What was written, and a way to throw it away."""
    return render(request, "practice/written.html", {"notes": notes(place_of(request).vault)})


@require_POST
@coaches("private notes")
def let_written_go(request: HttpRequest, id: str) -> HttpResponse:
    """Throw a note away; that the practice was done stays."""
    vault = place_of(request).vault
    entry = PRACTICED.get(vault, id)
    if entry is not None:
        PRACTICED.put(vault, replace(entry, note=""), id)
    return redirect("practice:written")


urlpatterns = [
    path("written/", written, name="written"),
    path("written/<str:id>/let-go/", let_written_go, name="let_written_go"),
]

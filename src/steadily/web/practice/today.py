"""Today: one card, one thing, and why this one; below it the other parts of the room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from steadily.web.accounts.place import place_of
from steadily.web.practice import check_ins, experiments, hard_days, rituals, wins
from steadily.web.shell.stopping import coaches

PARTS = (check_ins, rituals, wins, experiments, hard_days)


@require_GET
@coaches("practice")
def today(request: HttpRequest) -> HttpResponse:
    """The first page of the room."""
    vault, day = place_of(request).vault, timezone.localdate()
    context: dict[str, object] = {"day": day}
    for part in PARTS:
        context |= part.beside(vault, day)
    return render(request, "practice/today.html", context)


urlpatterns = [path("", today, name="today")]

"""Today: one card, one thing, and why this one; below it the other parts of the room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from steadily.program.lessons import practices
from steadily.safety.self_check import EDUCATION
from steadily.web.accounts.place import place_of
from steadily.web.practice import check_ins, experiments, hard_days, rituals, the_plan, wins
from steadily.web.practice.texts import practice_named
from steadily.web.shell.education import put_away, was_shown
from steadily.web.shell.stopping import coaches

PARTS = (check_ins, rituals, wins, experiments, hard_days)


@require_GET
@coaches("practice")
def today(request: HttpRequest) -> HttpResponse:
    """The first page of the room."""
    vault, day = place_of(request).vault, timezone.localdate()
    walk = the_plan.walk(vault, day)
    context: dict[str, object] = {
        "day": day,
        "has_plan": walk.plan is not None,
        "choice": walk.choice,
        "standing": walk.standing,
        "education": () if was_shown(vault) else EDUCATION,
    }
    for part in PARTS:
        context |= part.beside(vault, day)
    return render(request, "practice/today.html", context)


@require_POST
@coaches("practice")
def not_today(request: HttpRequest) -> HttpResponse:
    """Leave the card for another day; nothing else comes today unless it is asked for."""
    the_plan.note_down(place_of(request).vault, practice_named(request.POST.get("practice", "")), "not today")
    return redirect("practice:today")


@require_POST
@coaches("practice")
def something_else(request: HttpRequest) -> HttpResponse:
    """Leave the card for another day, and show the next."""
    vault = place_of(request).vault
    the_plan.note_down(vault, practice_named(request.POST.get("practice", "")), "not today")
    the_plan.choose_another(vault, timezone.localdate())
    return redirect("practice:today")


@require_POST
@coaches("practice")
def one_more(request: HttpRequest) -> HttpResponse:
    """Another one on the same day, for whoever asks."""
    the_plan.choose_another(place_of(request).vault, timezone.localdate())
    return redirect("practice:today")


@require_POST
def understood(request: HttpRequest) -> HttpResponse:
    """The word to everyone was read, or skipped."""
    put_away(place_of(request).vault)
    name = request.POST.get("practice", "")
    return redirect("practice:practice", name=name) if name in practices() else redirect("practice:today")


urlpatterns = [
    path("", today, name="today"),
    path("not-today/", not_today, name="not_today"),
    path("something-else/", something_else, name="something_else"),
    path("one-more/", one_more, name="one_more"),
    path("understood/", understood, name="understood"),
]

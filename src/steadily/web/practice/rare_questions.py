"""What is asked every four weeks at most, for whoever looks for it: how far something is forgiven, and the longer look."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from steadily.program.check_ins import (
    BASELINE_SLIDERS,
    FORGIVING_SLIDER,
    OUR_OWN,
    TESTED_ELSEWHERE,
    baseline_asks_for_help,
    forgiving_points,
    is_due_baseline,
    is_due_forgiving,
    next_asked,
)
from steadily.program.entries import BASELINES, FORGIVING, Baseline, Forgiving
from steadily.program.records import Kept, Records
from steadily.program.trust import curve
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.practice.check_in_forms import BaselineForm, ForgivingForm
from steadily.web.practice.checked_in import drawn
from steadily.web.practice.entries_at_hand import all_of
from steadily.web.shell.stopping import coaches

Rare = TypeVar("Rare", Baseline, Forgiving)
MOST_SHOWN = 4
"""How many of the longer looks stand beside each other."""


def beside(vault: Vault, day: date) -> dict[str, object]:
    """From when on each may be asked again; nothing where it may be now."""
    forgiving, baselines = _ordered(FORGIVING, vault), _ordered(BASELINES, vault)
    return {
        "forgiving_from": None if is_due_forgiving(_entries(forgiving), day) else _next(forgiving),
        "baseline_from": None if is_due_baseline(_entries(baselines), day) else _next(baselines),
    }


@require_http_methods(["GET", "POST"])
@coaches("practice")
def forgiving(request: HttpRequest) -> HttpResponse:
    """How far it is forgiven: asked apart from everything else, and nothing follows from it."""
    vault, day = place_of(request).vault, timezone.localdate()
    answers = _ordered(FORGIVING, vault)
    is_due = is_due_forgiving(_entries(answers), day)
    form = ForgivingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (not is_due or form.is_valid()):
        if is_due:
            FORGIVING.put(vault, Forgiving(day, form.points[FORGIVING_SLIDER.name]))
        return redirect("practice:forgiving")
    points = forgiving_points(_entries(answers))
    context = {
        "form": form if is_due else None,
        "answers": answers[::-1],
        "asked_from": _next(answers),
        "drawn": drawn(FORGIVING_SLIDER, curve(points, max(points, default=day))),
        "our_own": OUR_OWN,
    }
    return render(request, "practice/check_in_forgiving.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@coaches("practice")
def baseline(request: HttpRequest) -> HttpResponse:
    """The longer look, with the last few beside each other."""
    vault, day = place_of(request).vault, timezone.localdate()
    answers = _ordered(BASELINES, vault)
    is_due = is_due_baseline(_entries(answers), day)
    form = BaselineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (not is_due or form.is_valid()):
        if is_due:
            BASELINES.put(vault, Baseline(day, form.points))
        return redirect("practice:baseline")
    shown = answers[-MOST_SHOWN:]
    context = {
        "form": form if is_due else None,
        "answers": shown,
        "rows": [(one, [look.entry.points.get(one.name) for look in shown]) for one in BASELINE_SLIDERS],
        "asked_from": _next(answers),
        "asks_for_help": bool(answers) and baseline_asks_for_help(answers[-1].entry),
        "our_own": OUR_OWN,
        "tested_elsewhere": TESTED_ELSEWHERE,
    }
    return render(request, "practice/check_in_baseline.html", context, status=400 if form.errors else 200)


@require_POST
@coaches("practice")
def let_forgiving_go(request: HttpRequest, id: str) -> HttpResponse:
    """Throw an answer away."""
    FORGIVING.let_go(place_of(request).vault, id)
    return redirect("practice:forgiving")


@require_POST
@coaches("practice")
def let_baseline_go(request: HttpRequest, id: str) -> HttpResponse:
    """Throw a longer look away."""
    BASELINES.let_go(place_of(request).vault, id)
    return redirect("practice:baseline")


def _ordered(records: Records[Rare], vault: Vault) -> list[Kept[Rare]]:
    """All of a kind, the oldest first."""
    return sorted(all_of(vault, records), key=lambda one: (one.entry.day, one.id))


def _entries(answers: list[Kept[Rare]]) -> list[Rare]:
    return [one.entry for one in answers]


def _next(answers: list[Kept[Rare]]) -> date | None:
    return next_asked(one.entry.day for one in answers)


urlpatterns = [
    path("check-ins/forgiving/", forgiving, name="forgiving"),
    path("check-ins/forgiving/<str:id>/let-go/", let_forgiving_go, name="let_forgiving_go"),
    path("check-ins/longer-look/", baseline, name="baseline"),
    path("check-ins/longer-look/<str:id>/let-go/", let_baseline_go, name="let_baseline_go"),
]

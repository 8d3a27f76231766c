"""What can become of a ritual: asking, an answer, a day on which it took place, a rest. One tap each, and each can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import get_args

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from steadily.coach.library import Phrase, kinds, search
from steadily.program import rituals
from steadily.program.entries import RITUALS, Answer, Ritual
from steadily.program.records import Kept
from steadily.web.accounts.place import place_of
from steadily.web.practice import the_plan
from steadily.web.practice.ritual_forms import DayForm
from steadily.web.practice.the_rituals import ritual_of, shown
from steadily.web.shell.stopping import coaches

INVITATION = "invitation"
N_FRAMES = 4
LOST = re.compile(r"\b(?:used to|lost|stopped)\b")
NEW = re.compile(r"\b(?:fixed|regular|new)\b")
"""What the library says of when a phrase helps, for something that was there once, and for something that is new."""

WHO = {"me": rituals.decided, "them": rituals.answered}
ANSWERS: dict[str, Answer] = {one: one for one in get_args(Answer)}


def one_ritual(request: HttpRequest, id: str, ritual: Ritual, form: DayForm | None = None) -> HttpResponse:
    """The page of a ritual."""
    vault, day = place_of(request).vault, timezone.localdate()
    context = {
        "one": shown(Kept(id, ritual), day),
        "form": form or DayForm(ritual, day),
        "outreach_has_ended": the_plan.outreach_has_ended(vault, timezone.now()),
    }
    return render(request, "practice/ritual.html", context, status=400 if form else 200)


def frames(ritual: Ritual, distance: str) -> list[Phrase]:
    """
    A few invitations to make one's own, each in another tone; those that fit where the ritual comes from stand first, and those that
    speak of the other kind are left out.

    Args:
        ritual: For which.
        distance: For how long it has been cool, where it is known.
    """
    fits, other = (NEW, LOST) if ritual.origin == "new" else (LOST, NEW)
    fitting = [one for one in search(kind=INVITATION, distance=distance) if not other.search(one.when)]
    found = sorted(fitting, key=lambda one: not fits.search(one.when))
    each: dict[str, Phrase] = {}
    for one in found:
        each.setdefault(one.register, one)
    return list(each.values())[:N_FRAMES]


@require_GET
@coaches("practice")
def invite_to_ritual(request: HttpRequest, id: str) -> HttpResponse:
    """Ways to ask, once; not where they were asked already, or where nothing that reaches out is suggested."""
    vault = place_of(request).vault
    ritual = ritual_of(vault, id)
    if rituals.standing(ritual) != "mine" or the_plan.outreach_has_ended(vault, timezone.now()):
        return redirect("practice:ritual", id=id)
    plan = the_plan.the_plan(vault)
    context = {
        "id": id,
        "ritual": ritual,
        "frames": frames(ritual, plan.distance if plan else ""),
        "kind": next(one for one in kinds() if one.name == INVITATION),
    }
    return render(request, "practice/ritual_invite.html", context)


@require_POST
@coaches("practice")
def asked_for_ritual(request: HttpRequest, id: str) -> HttpResponse:
    """They were asked."""
    return _become(request, id, rituals.asked)


@require_POST
@coaches("practice")
def not_asked_for_ritual(request: HttpRequest, id: str) -> HttpResponse:
    """They were not; it was a slip."""
    return _become(request, id, lambda ritual, _: rituals.not_asked(ritual))


@require_POST
@coaches("practice")
def answer_to_ritual(request: HttpRequest, id: str) -> HttpResponse:
    """What they said, or what the person wants."""
    become = WHO.get(request.POST.get("who", ""))
    said = ANSWERS.get(request.POST.get("said", ""))
    if become is None or said is None:
        return HttpResponseBadRequest()
    return _become(request, id, lambda ritual, day: become(ritual, said, day))


@require_POST
@coaches("practice")
def ritual_took_place(request: HttpRequest, id: str) -> HttpResponse:
    """It took place, today or on a day that is named."""
    return _on_a_day(request, id, rituals.took_place)


@require_POST
@coaches("practice")
def ritual_took_no_place(request: HttpRequest, id: str) -> HttpResponse:
    """It was a slip."""
    return _on_a_day(request, id, rituals.took_no_place)


@require_POST
@coaches("practice")
def rest_ritual(request: HttpRequest, id: str) -> HttpResponse:
    """It rests; nothing is lost."""
    return _become(request, id, rituals.rested)


@require_POST
@coaches("practice")
def wake_ritual(request: HttpRequest, id: str) -> HttpResponse:
    """It is back."""
    return _become(request, id, lambda ritual, _: rituals.woken(ritual))


@require_POST
@coaches("practice")
def let_ritual_go(request: HttpRequest, id: str) -> HttpResponse:
    """Throw it away, with its days."""
    RITUALS.let_go(place_of(request).vault, id)
    return redirect("practice:rituals")


def _become(request: HttpRequest, id: str, become: Callable[[Ritual, date], Ritual]) -> HttpResponse:
    vault = place_of(request).vault
    RITUALS.put(vault, become(ritual_of(vault, id), timezone.localdate()), id)
    return redirect("practice:ritual", id=id)


def _on_a_day(request: HttpRequest, id: str, become: Callable[[Ritual, date], Ritual]) -> HttpResponse:
    vault, today = place_of(request).vault, timezone.localdate()
    ritual = ritual_of(vault, id)
    form = DayForm(ritual, today, request.POST if "day" in request.POST else {"day": today})
    if not form.is_valid():
        return one_ritual(request, id, ritual, form)
    RITUALS.put(vault, become(ritual, form.cleaned_data["day"]), id)
    return redirect("practice:today") if request.POST.get("back") == "today" else redirect("practice:ritual", id=id)


urlpatterns = [
    path("rituals/<str:id>/invite/", invite_to_ritual, name="invite_to_ritual"),
    path("rituals/<str:id>/asked/", asked_for_ritual, name="asked_for_ritual"),
    path("rituals/<str:id>/not-asked/", not_asked_for_ritual, name="not_asked_for_ritual"),
    path("rituals/<str:id>/answer/", answer_to_ritual, name="answer_to_ritual"),
    path("rituals/<str:id>/took-place/", ritual_took_place, name="ritual_took_place"),
    path("rituals/<str:id>/took-no-place/", ritual_took_no_place, name="ritual_took_no_place"),
    path("rituals/<str:id>/rest/", rest_ritual, name="rest_ritual"),
    path("rituals/<str:id>/wake/", wake_ritual, name="wake_ritual"),
    path("rituals/<str:id>/let-go/", let_ritual_go, name="let_ritual_go"),
]

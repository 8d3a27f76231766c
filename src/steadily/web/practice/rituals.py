"""Rituals: what comes back if both want it, and its calendar file."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from steadily.program.entries import RITUALS, Ritual
from steadily.program.rituals import LastSeen, for_today, offered, standing
from steadily.safety.stopping import allowed
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.look.chats import the_story
from steadily.web.practice import ritual_calendar, ritual_steps, the_plan
from steadily.web.practice.entries_at_hand import all_of
from steadily.web.practice.ritual_forms import NewRitualForm, RitualForm, as_given
from steadily.web.practice.ritual_steps import one_ritual
from steadily.web.practice.texts import lesson_named
from steadily.web.practice.the_rituals import all_shown, ritual_of, shown
from steadily.web.practice.wins import is_after_harm
from steadily.web.practice.written import stops_at_writing
from steadily.web.shell.stopping import coaches, stop_of

STEP = "rituals"
"""The step of the method that this belongs to."""
LOST = "rituals.lost"
MOST_OFFERED = 3


def beside(vault: Vault, today: date) -> dict[str, object]:
    """What the first page of the room shows of this: today's, unless nothing that reaches out is shown now."""
    found = for_today(all_of(vault, RITUALS), today)
    if found and the_plan.outreach_has_ended(vault, timezone.now()):
        found = []
    return {"rituals_today": [shown(one, today) for one in found]}


@require_GET
@coaches("practice")
def rituals(request: HttpRequest) -> HttpResponse:
    """All of them, by where they stand between the two."""
    found = all_shown(place_of(request).vault, timezone.localdate())
    context = {
        "living": [one for one in found if one.standing == "both"],
        "open": [one for one in found if one.standing in ("mine", "asked", "theirs")],
        "resting": [one for one in found if one.standing == "resting"],
        "put_away": [one for one in found if one.standing == "put away"],
        "any": bool(found),
        "before": _offered(place_of(request).vault),
        "lesson": lesson_named(STEP),
    }
    return render(request, "practice/rituals.html", context)


@require_GET
@coaches("practice")
def ritual(request: HttpRequest, id: str) -> HttpResponse:
    """One of them."""
    return one_ritual(request, id, ritual_of(place_of(request).vault, id))


@require_POST
@coaches("practice")
def ritual_from_chat(request: HttpRequest) -> HttpResponse:
    """One that the chat shows was there before: the person wants it back; what the other wants is for them to say."""
    vault = place_of(request).vault
    wanted = next((one for one in _offered(vault) if one.name == request.POST.get("name")), None)
    if wanted is None:
        return redirect("practice:rituals")
    return _keep(request, Ritual(wanted.name, origin="chat"))


def _offered(vault: Vault) -> list[LastSeen]:
    """Rituals that the look back shows have faded and that are not here yet; none while nothing that reaches out is shown."""
    story = the_story(vault)
    if story is None or is_after_harm(vault) or the_plan.outreach_has_ended(vault, timezone.now()):
        return []
    facts = [one.finding.facts for one in story.told if one.finding.measure == LOST]
    seen = [LastSeen(str(one["name"]), date.fromisoformat(str(one["faded"]))) for one in facts if one.get("faded")]
    return offered(seen, [one.entry for one in all_of(vault, RITUALS)])[:MOST_OFFERED]


def new_ritual(request: HttpRequest) -> HttpResponse:
    """Another one."""
    if request.method != "POST":
        return _blank(request)
    form = NewRitualForm(request.POST)
    if place_of(request).is_locked or not form.is_valid():
        return _form_page(request, form)
    return _keep(request, form.begun(timezone.localdate()))


def change_ritual(request: HttpRequest, id: str) -> HttpResponse:
    """Its name, its days, its time."""
    if request.method != "POST":
        return _filled(request, id)
    form = RitualForm(request.POST)
    if place_of(request).is_locked or not form.is_valid():
        return _form_page(request, form, id)
    return _keep(request, form.put_into(ritual_of(place_of(request).vault, id)), id)


@coaches("practice")
def _blank(request: HttpRequest) -> HttpResponse:
    return _form_page(request, NewRitualForm())


@coaches("practice")
def _filled(request: HttpRequest, id: str) -> HttpResponse:
    found = ritual_of(place_of(request).vault, id)
    return _form_page(request, RitualForm(initial=as_given(found)), id, is_shared=standing(found) == "both")


def _form_page(
    request: HttpRequest, form: RitualForm, id: str | None = None, *, is_shared: bool = False
) -> HttpResponse:
    context = {"form": form, "id": id, "is_shared": is_shared, "has_locked": place_of(request).is_locked}
    return render(request, "practice/ritual_form.html", context, status=400 if form.errors else 200)


def _keep(request: HttpRequest, entry: Ritual, id: str | None = None) -> HttpResponse:
    """Keep it; only then see whether coaching stops at its name, or has stopped meanwhile."""
    vault = place_of(request).vault
    id = RITUALS.put(vault, entry, id)
    if stops_at_writing(request, entry.name) or not allowed("practice", stop_of(vault)):
        return redirect("stopped")
    return redirect("practice:ritual", id=id)


urlpatterns: list[URLPattern] = [
    path("rituals/", rituals, name="rituals"),
    path("rituals/add/", new_ritual, name="new_ritual"),
    path("rituals/from-chat/", ritual_from_chat, name="ritual_from_chat"),
    path("rituals/<str:id>/", ritual, name="ritual"),
    path("rituals/<str:id>/change/", change_ritual, name="change_ritual"),
    *ritual_steps.urlpatterns,
    *ritual_calendar.urlpatterns,
]

"""
The pages on which to calm down: breathing, grounding, a name for what one feels.

They coach nobody, so they are there without a vault, with a locked one, and while coaching is stopped.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from steadily.coach import regulate
from steadily.web.accounts.place import place_of
from steadily.web.shell import named
from steadily.web.shell.forms import NameItForm
from steadily.web.shell.gating import stops_at
from steadily.web.shell.stopping import stop_now
from steadily.web.shell.trouble import Locked

FEW_LINES = 3
KEPT = "kept"
"""In the address after something was kept, so that it is open to be seen."""


@require_GET
def breathe(request: HttpRequest) -> HttpResponse:
    """Slow breathing, one minute or five."""
    asked = request.GET.get("minutes", "")
    context = {
        "minutes": next((one for one in regulate.MINUTES if str(one) == asked), regulate.MINUTES[0]),
        "lengths": regulate.MINUTES,
        "pace": regulate.pace_of(request.GET.get("pace", "")),
        "paces": regulate.PACES,
        "known": regulate.BREATHING,
    }
    return render(request, "shell/breathe.html", context)


@require_GET
def grounding(request: HttpRequest) -> HttpResponse:
    """A few ways to come back into the room, and lines to say to oneself."""
    lines = regulate.lines_to_oneself()
    context = {
        "ways": regulate.WAYS,
        "lines": lines[:FEW_LINES],
        "more": lines[FEW_LINES:],
        "to_say": regulate.TO_SAY,
    }
    return render(request, "shell/grounding.html", context)


def name_it(request: HttpRequest) -> HttpResponse:
    """A name for what one feels; kept only where the person wants it, and then whatever the gate says of it."""
    place = place_of(request)
    form = NameItForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "known": regulate.NAMING}
    if form.is_valid():
        given = bool(form.told or form.cleaned_data["note"])
        keeps = given and "keep" in request.POST and not place.is_locked
        if keeps:
            named.keep(place.vault, **form.cleaned_data)
        if _stops(request, form):
            return redirect("stopped")
        if keeps:
            return redirect(f"{reverse('name_it')}?{KEPT}#{KEPT}")
        context |= {"given": given, "told": form.told, "note": form.cleaned_data["note"], "is_answer": True}
    context |= {"kept": [] if place.is_locked else named.kept(place.vault), "kept_is_open": KEPT in request.GET}
    return render(request, "shell/name_it.html", context)


@require_POST
def let_named_go(request: HttpRequest, id: str) -> HttpResponse:
    """Throw a kept note away."""
    place = place_of(request)
    if place.is_locked:
        raise Locked
    named.let_go(place.vault, id)
    return redirect(f"{reverse('name_it')}?{KEPT}#{KEPT}")


def _stops(request: HttpRequest, form: NameItForm) -> bool:
    """Whether coaching stops at what was written: by the gate, or by a short answer that is too grave to pass over."""
    if any(regulate.is_crisis(form.cleaned_data[name]) for name in ("own", "note")):
        stop_now(place_of(request).vault, "crisis")
        return True
    return stops_at(request, *form.texts)

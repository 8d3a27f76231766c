"""The page of phrases: the person's own on top, then the library; keeping one, adding one, taking one away."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from steadily.coach.library import TO_ONESELF, kinds, search
from steadily.web.accounts.place import place_of
from steadily.web.shell.gating import stops_at
from steadily.web.shell.stopping import coaches
from steadily.web.write import own_phrases
from steadily.web.write.forms import OwnPhraseForm, PhrasesForm
from steadily.web.write.own_phrases import MINE

FEW_PHRASES = 3
PLACE = re.compile(r"[a-z0-9-]{1,40}")


@require_GET
@coaches("phrases")
def phrases(request: HttpRequest) -> HttpResponse:
    """The library, by what it is for: a few of each kind until something is asked for."""
    return _page(request, OwnPhraseForm())


@require_POST
@coaches("phrases")
def keep_phrase(request: HttpRequest) -> HttpResponse:
    """Keep a phrase of the library, or one of the person's own."""
    text = request.POST.get("text", "").strip()
    if not own_phrases.is_listed(text):
        form = OwnPhraseForm(request.POST)
        if not form.is_valid():
            return _page(request, form)
        if stops_at(request, text):
            return redirect("stopped")
    own_phrases.keep(place_of(request).vault, text)
    return _back(request)


@require_POST
@coaches("phrases")
def take_phrase_away(request: HttpRequest, id: str) -> HttpResponse:
    """Let a phrase go."""
    own_phrases.take_away(place_of(request).vault, id)
    return _back(request)


def _page(request: HttpRequest, own_form: OwnPhraseForm) -> HttpResponse:
    query = _asked(request)
    form = PhrasesForm(query or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = search(**asked)
    most = len(found) if any(asked.values()) else FEW_PHRASES
    groups = [
        (kind, fit[:most], len(fit[most:])) for kind in kinds() if (fit := [p for p in found if p.kind == kind.name])
    ]
    kept = own_phrases.own_phrases(place_of(request).vault)
    mine = own_phrases.fitting(kept, asked)
    context = {
        "form": form,
        "groups": groups,
        "mine": mine,
        "shows_mine": bool(mine) or not any(asked.values()) or asked["kind"] == MINE,
        "kept": {one.text: one.id for one in kept},
        "own_form": own_form,
        "asked": query.urlencode(),
        "to_oneself": TO_ONESELF,
    }
    return render(request, "write/phrases.html", context, status=400 if own_form.errors else 200)


def _back(request: HttpRequest) -> HttpResponse:
    """Where the person was: the same questions asked of the library, the same place on the page."""
    query, place = _asked(request).urlencode(), request.POST.get("place", "")
    at = f"{reverse('write:phrases')}?{query}" if query else reverse("write:phrases")
    return redirect(f"{at}#{place if PLACE.fullmatch(place) else MINE}")


def _asked(request: HttpRequest) -> QueryDict:
    """What was asked of the library when the page was shown."""
    return QueryDict(request.POST.get("asked", "")) if request.method == "POST" else request.GET

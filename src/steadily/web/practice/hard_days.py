"""A hard day: two minutes, one step at a time, each of which can be skipped; nothing resets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from steadily.coach import regulate
from steadily.program.entries import CHECK_INS, HARD_DAYS, WINS, HardDay
from steadily.program.records import Kept
from steadily.program.setbacks import beside_earlier, earlier_dips, hard_day_texts, is_dip
from steadily.program.wins import kept
from steadily.safety.stopping import allowed
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.practice.entries_at_hand import all_of
from steadily.web.shell.gating import stops_at
from steadily.web.shell.stopping import coaches, stop_now, stop_of

STEPS = ("breathe", "words", "before", "line", "next", "done")
FEW_LINES, FEW_WINS, FEW_DIPS = 3, 5, 5
ASKED_FOR = timedelta(days=14)
"""So long a hard day that has not been called over stands on the first page, with a way to say that it has passed."""
LONGEST_STEP, LONGEST_NOTE = 300, 2_000
QUIET = {"rows": 2, "autocomplete": "off", "spellcheck": "true"}


class NextStepForm(forms.Form):
    """A step of one's own, and what happened; each can be left out."""

    own = forms.CharField(
        label=_("Or in your own words"), required=False, max_length=LONGEST_STEP, widget=forms.Textarea(QUIET)
    )
    what = forms.CharField(
        label=_("What happened, in a line. Only you read it."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(QUIET),
    )


def beside(vault: Vault, today: date) -> dict[str, object]:
    """What the first page of the room shows of this."""
    open_days = [one for one in _days(vault) if one.entry.passed is None]
    lately = [one for one in open_days if timedelta() < today - one.entry.day <= ASKED_FOR]
    return {
        "is_dip": is_dip([one.entry for one in all_of(vault, CHECK_INS)], today),
        "open_hard_day": lately[0] if lately else None,
    }


@require_GET
@coaches("practice")
def hard_day(request: HttpRequest) -> HttpResponse:
    """The first step: a minute of slow breathing."""
    return render(request, "practice/hard_day_breathe.html", _place_in("breathe") | {"pace": regulate.USUAL})


@require_http_methods(["GET", "POST"])
@coaches("practice")
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One step; what is chosen in it is kept at once."""
    if step not in STEPS:
        raise Http404
    if step == "breathe" and request.method == "GET":
        return redirect("practice:hard_day")
    if request.method == "GET":
        return _shown(request, step)
    return _next(request) if step == "next" else _taken(request, step)


@require_GET
@coaches("private notes")
def hard_days(request: HttpRequest) -> HttpResponse:
    """What was kept of hard days: private notes, which are there also while coaching is stopped."""
    vault = place_of(request).vault
    context = {"days": _days(vault), "is_coached": allowed("practice", stop_of(vault))}
    return render(request, "practice/hard_days.html", context)


@require_POST
@coaches("private notes")
def passed(request: HttpRequest, id: str) -> HttpResponse:
    """It has passed, says the person."""
    vault = place_of(request).vault
    one = HARD_DAYS.get(vault, id)
    if one is None:
        raise Http404
    HARD_DAYS.put(vault, replace(one, passed=timezone.localdate()), id)
    return redirect("practice:hard_days")


@require_POST
@coaches("private notes")
def let_go(request: HttpRequest, id: str) -> HttpResponse:
    """Throw a hard day away."""
    HARD_DAYS.let_go(place_of(request).vault, id)
    return redirect("practice:hard_days")


def stops_at_note(request: HttpRequest, *texts: str) -> bool:
    """Whether coaching stops at a note: by the gate, or by a short answer that is too grave to pass over."""
    if any(regulate.is_crisis(text) for text in texts):
        stop_now(place_of(request).vault, "crisis")
        return True
    return stops_at(request, *(text for text in texts if text))


def _shown(request: HttpRequest, step: str, form: NextStepForm | None = None) -> HttpResponse:
    vault, day = place_of(request).vault, timezone.localdate()
    context = _place_in(step) | {"texts": hard_day_texts(), "today": _today(vault, day)}
    if step in ("words", "before"):
        context |= _earlier(vault, day)
    elif step == "line":
        lines = [one.text for one in regulate.lines_to_oneself()]
        context |= {"lines": lines[:FEW_LINES], "more": lines[FEW_LINES:]}
    elif step == "next":
        found = context["today"]
        told = {"what": found.entry.what} if isinstance(found, Kept) else None
        context["form"] = form or NextStepForm(initial=told)
    elif step == "done":
        context["wins"] = [one.entry for one in kept(all_of(vault, WINS))[:FEW_WINS]]
    status = 400 if form is not None else 200
    return render(request, f"practice/hard_day_{step}.html", context, status=status)


def _taken(request: HttpRequest, step: str) -> HttpResponse:
    """Keep what was chosen, if anything, and go on."""
    vault, day = place_of(request).vault, timezone.localdate()
    chosen, found = request.POST.get("chosen", ""), _today(vault, day)
    entry = found.entry if found else HardDay(day)
    if step == "words" and chosen in (*hard_day_texts().reframes, _earlier(vault, day)["evidence"]) and chosen:
        entry = replace(entry, line=chosen)
    elif step == "line" and chosen in {one.text for one in regulate.lines_to_oneself()}:
        entry = replace(entry, line="\n".join(dict.fromkeys([*entry.line.splitlines()[:1], chosen])))
    HARD_DAYS.put(vault, entry, found.id if found else None)
    return redirect("practice:hard_day_step", STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)])


def _next(request: HttpRequest) -> HttpResponse:
    """Keep the next step and the note first; then the gate reads them."""
    form = NextStepForm(request.POST)
    if not form.is_valid():
        return _shown(request, "next", form)
    vault, day = place_of(request).vault, timezone.localdate()
    found, (own, what) = _today(vault, day), (form.cleaned_data["own"], form.cleaned_data["what"])
    chosen = request.POST.get("chosen", "")
    entry = found.entry if found else HardDay(day)
    tapped = chosen if chosen in hard_day_texts().steps else ""
    HARD_DAYS.put(vault, replace(entry, step=own or tapped or entry.step, what=what), found.id if found else None)
    if stops_at_note(request, own, what):
        return redirect("stopped")
    return redirect("practice:hard_day_step", "done")


def _place_in(step: str) -> dict[str, object]:
    """Where one is on the way."""
    at = STEPS.index(step)
    return {"step": step, "number": at + 1, "n_steps": len(STEPS) - 1, "after": STEPS[min(at + 1, len(STEPS) - 1)]}


def _earlier(vault: Vault, day: date) -> dict[str, object]:
    """How earlier days like this went: a sentence, the same where it holds evidence, and the last of them."""
    check_ins = [one.entry for one in all_of(vault, CHECK_INS)]
    found = earlier_dips(check_ins, [one.entry for one in all_of(vault, HARD_DAYS)], day)
    told = beside_earlier(found, len(check_ins))
    return {"earlier": told, "evidence": told if found else "", "dips": found[::-1][:FEW_DIPS]}


def _days(vault: Vault) -> list[Kept[HardDay]]:
    """All hard days, the newest first."""
    return sorted(all_of(vault, HARD_DAYS), key=lambda one: (one.entry.day, one.id), reverse=True)


def _today(vault: Vault, day: date) -> Kept[HardDay] | None:
    return next((one for one in _days(vault) if one.entry.day == day), None)


urlpatterns = [
    path("hard-day/", hard_day, name="hard_day"),
    path("hard-day/kept/", hard_days, name="hard_days"),
    path("hard-day/kept/<str:id>/passed/", passed, name="hard_day_passed"),
    path("hard-day/kept/<str:id>/let-go/", let_go, name="hard_day_let_go"),
    path("hard-day/<slug:step>/", step, name="hard_day_step"),
]

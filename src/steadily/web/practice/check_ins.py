"""Check-ins: a few words on the day, once a day at most, and what they show over time."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from steadily.program.check_ins import OUR_OWN, TESTED_ELSEWHERE, asks_for_help, is_empty, of_day
from steadily.program.entries import CheckIn
from steadily.program.records import Kept
from steadily.safety.stopping import allowed
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.practice import checked_in, rare_questions
from steadily.web.practice.check_in_forms import CheckInForm
from steadily.web.practice.hard_days import stops_at_note
from steadily.web.shell.stopping import SETTING, coaches, stop_of

LATELY = timedelta(days=14)
REST = "check-ins-rest"
"""What is there while they rest: since which day."""


def beside(vault: Vault, today: date) -> dict[str, object]:
    """What the first page of the room shows of this."""
    found = of_day(checked_in.kept(vault), today)
    return {
        "check_in": found,
        "check_in_form": None if found else CheckInForm(),
        "check_in_asks_for_help": found is not None and asks_for_help(found.entry),
        "check_ins_rest": _rest(vault),
        "our_own": OUR_OWN,
    }


@require_GET
@coaches("practice")
def check_ins(request: HttpRequest) -> HttpResponse:
    """The curves so far, and the last days."""
    vault, day = place_of(request).vault, timezone.localdate()
    found = checked_in.kept(vault)
    lately = [one for one in found if day - one.entry.day < LATELY]
    context = {
        "drawn": checked_in.pictures(vault, day),
        "days": lately[::-1],
        "n_days": len(found),
        "rare": rare_questions.beside(vault, day),
        "is_coached": True,
        "check_ins_rest": _rest(vault),
        "our_own": OUR_OWN,
        "tested_elsewhere": TESTED_ELSEWHERE,
    }
    return render(request, "practice/check_ins.html", context)


@require_http_methods(["GET", "POST"])
@coaches("practice")
def check_in(request: HttpRequest) -> HttpResponse:
    """How today was; said again, it takes the place of what was said before."""
    day = timezone.localdate()
    return _asked(request, of_day(checked_in.kept(place_of(request).vault), day), day)


@require_http_methods(["GET", "POST"])
@coaches("practice")
def change_check_in(request: HttpRequest, id: str) -> HttpResponse:
    """What was said of an earlier day."""
    found = next((one for one in checked_in.kept(place_of(request).vault) if one.id == id), None)
    if found is None:
        raise Http404
    return _asked(request, found, found.entry.day)


@require_GET
@coaches("private notes")
def days(request: HttpRequest) -> HttpResponse:
    """Every day with what was said of it; there also while coaching is stopped, to be read or thrown away."""
    vault = place_of(request).vault
    context = {"days": checked_in.kept(vault)[::-1], "is_coached": allowed("practice", stop_of(vault))}
    return render(request, "practice/check_in_days.html", context)


@require_POST
@coaches("private notes")
def let_check_in_go(request: HttpRequest, id: str) -> HttpResponse:
    """Throw a day's check-in away."""
    checked_in.let_go(place_of(request).vault, id)
    return redirect("practice:check_in_days")


@require_POST
@coaches("practice")
def rest(request: HttpRequest) -> HttpResponse:
    """Ask for none until the person wants to be asked again, or ask again."""
    vault = place_of(request).vault
    if _rest(vault):
        vault.delete(REST)
    else:
        vault.put(SETTING, timezone.localdate().isoformat().encode(), REST)
    return redirect("practice:check_ins")


def _asked(request: HttpRequest, found: Kept[CheckIn] | None, day: date) -> HttpResponse:
    """The form of a day, or what was sent of it: kept first, then the gate reads the note."""
    is_today = day == timezone.localdate()
    before = found.entry if found else CheckIn(day)
    form = CheckInForm(request.POST) if request.method == "POST" else CheckInForm.of(before)
    is_nothing = False
    if form.is_valid():
        entry = form.entry(day)
        is_nothing = is_empty(entry)
        if not is_nothing:
            checked_in.keep(place_of(request).vault, entry)
            if entry.note != before.note and stops_at_note(request, entry.note):
                return redirect("stopped")
            return redirect(f"{reverse('practice:today')}#check-in") if is_today else redirect("practice:check_in_days")
    context = {
        "form": form,
        "found": found,
        "day": day,
        "is_today": is_today,
        "is_nothing": is_nothing,
        "our_own": OUR_OWN,
    }
    return render(request, "practice/check_in.html", context, status=400 if form.errors else 200)


def _rest(vault: Vault) -> bool:
    return vault.get(SETTING, REST) is not None


urlpatterns = [
    path("check-ins/", check_ins, name="check_ins"),
    path("check-ins/today/", check_in, name="check_in"),
    path("check-ins/days/", days, name="check_in_days"),
    path("check-ins/rest/", rest, name="rest_check_ins"),
    *rare_questions.urlpatterns,
    path("check-ins/<str:id>/", change_check_in, name="change_check_in"),
    path("check-ins/<str:id>/let-go/", let_check_in_go, name="let_check_in_go"),
]

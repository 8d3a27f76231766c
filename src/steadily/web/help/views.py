"""The pages of the Help room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from steadily.errors import UsageError
from steadily.safety.helplines import KINDS, Helpline, countries, helplines
from steadily.safety.self_check import EDUCATION, QUESTIONS, Reply, outcome
from steadily.web.accounts.place import place_of
from steadily.web.shell.stopping import stop_now

TRACES = "A call may stay in the phone's list and on the bill."


@require_GET
def help_(request: HttpRequest) -> HttpResponse:
    """The lines of a country, once one is chosen; nothing is looked up and the choice is not kept."""
    country = request.GET.get("country", "")
    found: list[Helpline] = []
    problem = ""
    if country:
        try:
            found = helplines(country)
        except UsageError:
            problem = country
    groups = [(title, [one for one in found if one.kind == kind]) for kind, title in KINDS.items()]
    context = {
        "countries": countries(),
        "country": found[0].iso if found else "",
        "name": found[0].country if found else "",
        "groups": [(title, lines) for title, lines in groups if lines],
        "has_emergency": any(one.kind == "emergency" for one in found),
        "problem": problem,
        "traces": TRACES,
    }
    return render(request, "help/help.html", context)


@require_GET
def shared_phone(request: HttpRequest) -> HttpResponse:
    """What to do on a device that others can open."""
    return render(request, "help/shared_phone.html")


def self_check(request: HttpRequest) -> HttpResponse:
    """A word to everyone, then questions for those who want them; no score, and answers are not kept."""
    if request.method != "POST":
        return render(request, "help/self_check.html", {"education": EDUCATION, "questions": QUESTIONS})
    replies: dict[str, Reply] = {}
    for one in QUESTIONS:
        answer = request.POST.get(one.key)
        if answer == "yes":
            replies[one.key] = "yes"
        elif answer == "no":
            replies[one.key] = "no"
    found = outcome(replies)
    if found.gate != "none" and not place_of(request).is_locked:
        stop_now(place_of(request).vault, found.gate)
    return render(request, "help/self_checked.html", {"outcome": found})

"""Pages for mending: a phrase for what just landed wrong, a pause with a return, an apology."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steadily.coach import apology as apologies
from steadily.coach.library import kinds
from steadily.coach.repair import SLIPS, repairs, slip_named
from steadily.coach.review import LONGEST_DRAFT
from steadily.web.shell.gating import stops_at
from steadily.web.shell.stop_page import stop_page
from steadily.web.shell.stopping import coaches
from steadily.web.write.forms import DraftForm
from steadily.web.write.repair_forms import ApologyForm, RepairForm, TimeOutForm
from steadily.web.write.views import page_with


@coaches("draft")
def repair(request: HttpRequest) -> HttpResponse:
    """What went wrong, and phrases for it."""
    form = RepairForm(request.POST or None)
    slip = slip_named(form.cleaned_data["what"]) if form.is_valid() else None
    context = {"slips": SLIPS, "slip": slip, "phrases": repairs(slip) if slip else [], "evidence": _evidence("repair")}
    return render(request, "write/repair.html", context)


@coaches("draft")
def time_out(request: HttpRequest) -> HttpResponse:
    """A message that says when the writer is back."""
    if "text" in request.POST:
        return _on_the_page(request)
    form = TimeOutForm(request.POST or None)
    message = ""
    if form.is_valid():
        if stops_at(request, form.cleaned_data["where"]):
            return stop_page(request, form.cleaned_data["message"])
        message = form.cleaned_data["message"]
    context = {"form": form, "text": message, "evidence": _evidence("time-out")}
    return render(request, "write/time_out.html", context)


@coaches("draft")
def apology(request: HttpRequest) -> HttpResponse:
    """An apology in the writer's own words, and what in them may take it back."""
    if "text" in request.POST:
        return _on_the_page(request)
    form = ApologyForm(request.POST or None)
    context = {"form": form, "own_safety": apologies.OWN_SAFETY, "evidence": _evidence("apology")}
    if form.is_valid():
        given = apologies.Apology(**form.cleaned_data)
        text = apologies.composed(given)
        if stops_at(request, text, given.did, given.like, given.amends, given.more):
            return stop_page(request, text)
        context |= {"text": text, "remarks": apologies.remarks(given)}
    return render(request, "write/apology.html", context)


def _on_the_page(request: HttpRequest) -> HttpResponse:
    """What came out, as it now stands in its box, on the page of the room."""
    text = request.POST["text"]
    if stops_at(request, text[:LONGEST_DRAFT]):
        return stop_page(request, text)
    return render(request, "write/write.html", page_with(request, DraftForm(initial={"text": text}), None))


def _evidence(kind: str) -> str:
    """What is known about a kind of phrase."""
    return next((one.evidence for one in kinds() if one.name == kind), "")

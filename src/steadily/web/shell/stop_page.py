"""The page that says why coaching stopped; what the person was writing stands on it, since it is kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from steadily.safety.wording import STOPPED, WHY
from steadily.web.accounts.place import place_of
from steadily.web.shell.stopping import read_why, stop_of


def stop_page(request: HttpRequest, words: str = "") -> HttpResponse:
    """
    Why coaching stopped, what is still here, and how to turn it on again.

    Args:
        request: Of the visit.
        words: What the person was writing when it stopped. Where a part of a page was asked for, the whole page takes its place.
    """
    vault = place_of(request).vault
    stop = stop_of(vault)
    if stop is None or stop.lifted:
        return redirect("start")
    read_why(vault)
    response = render(
        request, "shell/stopped.html", {"why": WHY[stop.gate], "stopped": STOPPED, "words": words.strip()}
    )
    if request.htmx:  # type: ignore[attr-defined]
        response["HX-Retarget"] = response["HX-Reselect"] = "#page"
        response["HX-Reswap"] = "outerHTML show:top"
        response["HX-Push-Url"] = reverse("stopped")
    return response

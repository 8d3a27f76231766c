"""When something goes wrong: what happened, that nothing is lost, what to do. Never a traceback, never what somebody wrote."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from steadily.errors import SteadilyError

log = logging.getLogger("steadily.web")


class Trouble:
    """Turns errors of ours into pages that say what they say."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for what went wrong."""
        if isinstance(error, Locked):
            return redirect(f"{settings.FORCE_SCRIPT_NAME or ''}/vault/open/")
        if isinstance(error, SteadilyError):
            return render(request, "shell/trouble.html", {"what": str(error)}, status=400)
        if isinstance(error, Http404 | PermissionDenied | SuspiciousOperation):
            return None
        log.exception("a page could not be made")
        return render(request, "shell/trouble.html", {"what": ""}, status=500)


class Locked(Exception):
    """What was asked for is in a vault that is locked."""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or it is somebody else's: the two look the same."""
    del exception
    return render(request, "shell/not_found.html", status=404)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not from this page, or from one that is too old."""
    del reason
    return render(request, "shell/not_from_here.html", status=403)

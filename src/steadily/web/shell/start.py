"""The door: on one's own machine only the browser that `steadily open` opened gets in."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

KEY = "key"
OPEN_TO_ALL = ("/static/", "/health/", "/manifest.webmanifest", "/offline/", "/worker.js", "/api/")
_left: list[str] = [os.environ["STEADILY_DOOR"]] if os.environ.get("STEADILY_DOOR") else []


def let_in(token: str) -> None:
    """The next request with this token gets in, once."""
    _left.append(token)


class OneTimeToken:
    """Lets in who has a token, and whoever was let in before; see `let_in`."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, let in, or show the closed door."""
        if settings.HOSTED or request.path.startswith(OPEN_TO_ALL) or request.session.get("let in"):
            return self.answer(request)
        if _takes(request.GET.get(KEY, "")):
            request.session["let in"] = True
            return redirect(request.path)
        return render(request, "shell/door.html", {"bare": True}, status=403)


def _takes(token: str) -> bool:
    for one in _left:
        if token and hmac.compare_digest(one.encode(), token.encode()):
            _left.remove(one)
            return True
    return False

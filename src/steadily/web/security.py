"""What the app tells the browser not to do, and which requests it does not answer."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

Answer = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
PERMISSIONS = ", ".join(
    f"{one}=()" for one in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class Headers:
    """No inline script, no foreign origin, nothing kept in the browser's cache but what holds no content."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.answer(request)
        response["Content-Security-Policy"] = POLICY
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        return response


class SameOrigin:
    """A request that changes something must come from this page: `Origin` (or `Sec-Fetch-Site`) says where it comes from."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse."""
        if request.method not in SAFE and not _from_here(request):
            return HttpResponseForbidden("This came from another page, so nothing was done.", content_type="text/plain")
        return self.answer(request)


def _from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.get_host():
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")

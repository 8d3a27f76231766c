"""The start and what is always there: pause, leave, and the small files by which a browser can keep the app at hand."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_GET, require_POST

from steadily.web.accounts.place import place_of
from steadily.web.shell.education import put_away
from steadily.web.shell.stop_page import stop_page
from steadily.web.shell.stopping import lifted

ICON_SIZES = (192, 512)


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """One sentence, four choices."""
    return render(request, "shell/start.html")


@require_GET
def pause(request: HttpRequest) -> HttpResponse:
    """A page that asks nothing."""
    return render(request, "shell/pause.html")


@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Lock at once and show a page that says nothing of this."""
    response = render(request, "shell/left.html")
    place_of(request).lock(response)
    return response


@require_GET
def stopped(request: HttpRequest) -> HttpResponse:
    """Why coaching stopped."""
    return stop_page(request)


@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Coaching goes on by the person's own choice."""
    lifted(place_of(request).vault)
    return redirect("start")


@require_POST
def understood(request: HttpRequest) -> HttpResponse:
    """The word to everyone was read, or skipped."""
    put_away(place_of(request).vault)
    return redirect("write:write")


@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """Whether the service and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a browser needs to know to put the app on a home screen, under a name that says little."""
    icons = [
        {
            "src": static(f"steadily/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in ICON_SIZES
    ]
    described = {
        "name": "Notes",
        "short_name": "Notes",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#fbf7f0",
        "theme_color": "#fbf7f0",
        "icons": icons,
    }
    return JsonResponse(described, content_type="application/manifest+json")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """What runs when the app cannot be reached: it shows one page without content."""
    return render(request, "shell/worker.js", content_type="text/javascript")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Shown when the app is not running."""
    return render(request, "shell/offline.html", {"bare": True})

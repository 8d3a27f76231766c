"""How to get a chat out of an app: the pages of the documentation, shown here."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET
from markdown_it import MarkdownIt

from steadily.readers.pages import page_text
from steadily.readers.registry import READERS

FOR_COMMANDS = re.compile(
    r" \(`--[^`]+`\)|^Read by: .*$|\s*Others you name yourself:\s+steadily look .*$", re.MULTILINE
)
"""What only somebody at a command line needs."""


def pages() -> dict[str, str]:
    """Pages and the apps that they are for."""
    found: dict[str, list[str]] = {}
    for one in READERS:
        found.setdefault(one.page, []).append(one.app)
    named = {page: ", ".join(dict.fromkeys(apps)) for page, apps in found.items()}
    return dict(sorted(named.items(), key=lambda pair: (pair[0] == "other", pair[1].lower())))


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Which app?"""
    return render(request, "look/exporting.html", {"pages": pages()})


@require_GET
def page(request: HttpRequest, app: str) -> HttpResponse:
    """One app's page."""
    if app not in pages():
        raise Http404
    text = FOR_COMMANDS.sub("", page_text(app).split("\n", maxsplit=1)[1])
    body = mark_safe(MarkdownIt("commonmark", {"html": False}).render(text))
    return render(request, "look/exporting_page.html", {"title": pages()[app], "body": body})

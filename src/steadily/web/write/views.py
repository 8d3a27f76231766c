"""The pages of the Write room."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from steadily.coach import Hold, Review, framed, hold, review
from steadily.safety.self_check import EDUCATION
from steadily.web.accounts.place import place_of
from steadily.web.look.chats import labels_of, the_chat
from steadily.web.look.messages import Shown, shown
from steadily.web.shell.education import was_shown
from steadily.web.shell.stopping import coaches, stop_now
from steadily.web.write import drafts
from steadily.web.write.forms import DraftForm, FrameForm
from steadily.web.write.moments import chat_ends, moment_of, silence_now

MOST_BEFORE = 4


@coaches("draft")
def write(request: HttpRequest) -> HttpResponse:
    """A page like a letter; without scripts, reading it is a button."""
    form = DraftForm(request.POST or None)
    reading = _read(request, form) if form.is_valid() else None
    if reading and reading.gate.stops:
        return redirect("stopped")
    return render(request, "write/write.html", page_with(request, form, reading))


@require_POST
@coaches("draft")
def read(request: HttpRequest) -> HttpResponse:
    """The reading alone, while the person types."""
    form = DraftForm(request.POST)
    reading = _read(request, form) if form.is_valid() else None
    if reading and reading.gate.stops:
        response = HttpResponse()
        response["HX-Redirect"] = "/stopped/"
        return response
    return render(request, "write/_reading.html", {"reading": reading, "form": form, "hold": _hold(request, reading)})


@coaches("draft")
def frame(request: HttpRequest) -> HttpResponse:
    """The same thing in a frame; what comes out stands in the page, to be changed."""
    form = FrameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = DraftForm(initial={"text": framed(**form.cleaned_data)})
        return render(request, "write/write.html", page_with(request, draft, None))
    return render(request, "write/frame.html", {"form": form})


@require_POST
@coaches("phrases")
def take_up(request: HttpRequest) -> HttpResponse:
    """A phrase on the page, to be changed."""
    form = DraftForm(initial={"text": request.POST.get("text", "")})
    return render(request, "write/write.html", page_with(request, form, None))


@require_GET
@coaches("draft")
def silence(request: HttpRequest) -> HttpResponse:
    """How usual the silence is, for whoever asks."""
    vault = place_of(request).vault
    context = {"told": silence_now(vault, timezone.now()), "ends": chat_ends(vault)}
    return render(request, "write/silence.html", context)


@require_POST
@coaches("draft")
def keep(request: HttpRequest) -> HttpResponse:
    """Put a draft away until later."""
    form = DraftForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["text"].strip():
        return redirect("write:write")
    until: drafts.Until = "morning" if request.POST.get("until") == "morning" else "a while"
    now = timezone.now().astimezone()
    drafts.keep(place_of(request).vault, form.cleaned_data["text"], until, now)
    return redirect("write:drawer")


@require_GET
@coaches("draft")
def drawer(request: HttpRequest) -> HttpResponse:
    """What waits."""
    return render(request, "write/drawer.html", {"drafts": drafts.drafts(place_of(request).vault)})


@coaches("draft")
def draft(request: HttpRequest, id: str) -> HttpResponse:
    """Take a draft up again, or throw it away."""
    vault = place_of(request).vault
    found = drafts.draft(vault, id)
    if found is None:
        raise Http404
    if request.method == "POST":
        drafts.let_go(vault, id)
        return redirect("write:drawer")
    return render(
        request, "write/write.html", page_with(request, DraftForm(initial={"text": found.text}), None) | {"kept": found}
    )


def page_with(request: HttpRequest, form: DraftForm, reading: Review | None) -> dict[str, object]:
    """What the page of this room shows, with a draft on it."""
    waiting = drafts.drafts(place_of(request).vault)
    return {
        "form": form,
        "reading": reading,
        "before": _last_messages(request),
        "n_waiting": len(waiting),
        "education": () if was_shown(place_of(request).vault) else EDUCATION,
        "hold": _hold(request, reading),
    }


def _hold(request: HttpRequest, reading: Review | None) -> Hold | None:
    """Whether to keep the draft for a while; asked only of a draft that was read."""
    if reading is None or reading.readings is None:
        return None
    moment = moment_of(place_of(request).vault, timezone.now().astimezone())
    return hold(moment, tone=reading.readings.tone, pressure=reading.readings.pressure)


def _last_messages(request: HttpRequest) -> list[Shown]:
    """The last messages of the chat, where there is one."""
    vault = place_of(request).vault
    chat = the_chat(vault)
    if chat is None:
        return []
    rows = chat.conversation.messages["row"].tail(MOST_BEFORE).to_list()
    return [one for one in shown(chat, rows, labels_of(vault)) if not one.by_app]


def _read(request: HttpRequest, form: DraftForm) -> Review:
    before = form.cleaned_data["before"].strip()
    lines = [f"partner: {before}"] if before else []
    if form.cleaned_data["answers_chat"]:
        lines = [f"{'me' if one.mine else 'partner'}: {one.text}" for one in _last_messages(request)] + lines
    reading = review(form.cleaned_data["text"], lines)
    if reading.gate.gate != "none":
        stop_now(place_of(request).vault, reading.gate.gate)
    return reading

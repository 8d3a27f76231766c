"""The pages of the Write room."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from steadily.coach import Review, framed
from steadily.coach.own_words import cooled, parts_of
from steadily.coach.review import LONGEST_DRAFT
from steadily.safety.self_check import EDUCATION
from steadily.web.accounts.place import place_of
from steadily.web.shell.education import was_shown
from steadily.web.shell.stop_page import stop_page
from steadily.web.shell.stopping import coaches
from steadily.web.write import drafts
from steadily.web.write.forms import DraftForm, FrameForm
from steadily.web.write.machine import server
from steadily.web.write.moments import chat_ends, silence_now
from steadily.web.write.reading import hold_of, last_messages, now_here, read_draft, ways


@coaches("draft")
def write(request: HttpRequest) -> HttpResponse:
    """A page like a letter; without scripts, reading it is a button."""
    left = "" if request.method == "POST" else drafts.left(place_of(request).vault)
    form = DraftForm(request.POST or None, initial={"text": left})
    reading = read_draft(request, form, reword=True) if form.is_valid() else None
    if reading and reading.gate.stops:
        return stop_page(request, form.cleaned_data["text"])
    if reading:
        drafts.leave(place_of(request).vault, form.cleaned_data["text"])
    found = _ways(request, form, reading) if reading else {}
    return render(request, "write/write.html", page_with(request, form, reading) | found | {"left": left})


@require_POST
@coaches("draft")
def empty(request: HttpRequest) -> HttpResponse:
    """An empty page; what was left on it goes."""
    drafts.leave(place_of(request).vault, "")
    return redirect("write:write")


@require_POST
@coaches("draft")
def read(request: HttpRequest) -> HttpResponse:
    """The reading alone, while the person types; the words are kept, so that they are there again after another page."""
    form = DraftForm(request.POST)
    reading = read_draft(request, form, reword=False) if form.is_valid() else None
    if reading and reading.gate.stops:
        return stop_page(request, form.cleaned_data["text"])
    if reading:
        drafts.leave(place_of(request).vault, form.cleaned_data["text"])
    return render(request, "write/_reading.html", {"reading": reading, "form": form, "hold": hold_of(request, reading)})


@require_POST
@coaches("draft")
def other_ways(request: HttpRequest) -> HttpResponse:
    """Other ways to say the draft, when they are asked for."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse()
    reading = read_draft(request, form, reword=True)
    if reading.gate.stops:
        return stop_page(request, form.cleaned_data["text"])
    return render(request, "write/_other_ways.html", _ways(request, form, reading))


@coaches("draft")
def frame(request: HttpRequest) -> HttpResponse:
    """The same thing in a frame, begun with the draft's own words; what comes out stands in the page, to be changed."""
    if "text" in request.POST:
        words = request.POST["text"]
        return render(request, "write/frame.html", {"form": FrameForm(initial=_in_frame(words)), "draft": words})
    form = FrameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = DraftForm({"text": framed(**form.cleaned_data), "before": ""})
        reading = read_draft(request, draft, reword=False) if draft.is_valid() else None
        if reading and reading.gate.stops:
            return stop_page(request, draft.cleaned_data["text"])
        return render(request, "write/write.html", page_with(request, draft, reading))
    return render(request, "write/frame.html", {"form": form})


@require_POST
@coaches("phrases")
def take_up(request: HttpRequest) -> HttpResponse:
    """A phrase, or another way to say the draft, on the page, to be changed; what they last wrote stays there."""
    text = request.POST.get("taken") or request.POST.get("text", "")
    form = DraftForm(initial={"text": text, "before": request.POST.get("before", "")})
    draft = request.POST.get("text", "").strip()
    was = draft if draft != text.strip() else ""
    return render(request, "write/write.html", page_with(request, form, None) | {"was": was})


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
    if not form.is_valid():
        return render(request, "write/write.html", page_with(request, form, None))
    if not form.cleaned_data["text"].strip():
        return redirect("write:write")
    until: drafts.Until = "morning" if request.POST.get("until") == "morning" else "a while"
    now = now_here()
    vault = place_of(request).vault
    drafts.keep(vault, form.cleaned_data["text"], until, now)
    drafts.let_go(vault, request.POST.get("kept", ""))
    drafts.leave(vault, "")
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
        "before": last_messages(request),
        "n_waiting": len(waiting),
        "education": () if was_shown(place_of(request).vault) else EDUCATION,
        "hold": hold_of(request, reading),
    }


def _ways(request: HttpRequest, form: DraftForm, reading: Review) -> dict[str, object]:
    return {"ways": ways(request, form, reading), "model_server": server() is not None}


def _in_frame(draft: str) -> dict[str, str]:
    """The draft's own sentences, each where it belongs in the frame; nothing that it does not say."""
    parts = parts_of(cooled(draft[:LONGEST_DRAFT], ()).text)
    told = {"happened": parts.happened, "felt": parts.felt, "need": parts.need, "ask": parts.ask}
    return {name: " ".join(ones) for name, ones in told.items()}

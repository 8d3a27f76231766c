"""The pages of the Look room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from steadily.behaviors import words_responsible
from steadily.codebook import BEHAVIORS, LABELS, PLAIN
from steadily.report.overview import CANNOT_KNOW, gathered_issues
from steadily.report.story import chapters
from steadily.web.accounts.place import place_of
from steadily.web.look import searching
from steadily.web.look.before_after import before_and_after, to_try
from steadily.web.look.chats import (
    Chat,
    correct,
    corrections,
    days_written,
    labels_of,
    let_all_go,
    let_messages_go,
    the_chat,
    the_story,
)
from steadily.web.look.forms import CorrectForm, DropForm, SearchForm
from steadily.web.look.messages import Shown, shown
from steadily.web.look.putting_in import import_of, is_sample
from steadily.web.look.retelling import story_now
from steadily.web.shell.stopping import coaches
from steadily.web.shell.trouble import Locked


@require_GET
@coaches("look back")
def look(request: HttpRequest) -> HttpResponse:
    """The story, or where a chat can be put in."""
    place = place_of(request)
    if (one := import_of(request)) is not None and not one.finished:
        return redirect("look:reading")
    story = story_now(place.vault)
    if story is None:
        return render(request, "look/drop.html", {"form": DropForm()})
    chat = the_chat(place.vault)
    context = {
        "story": story,
        "chapters": chapters(story.told),
        "chat": chat,
        "partner": chat.conversation.partners.partner if chat else "",
        "me": chat.conversation.partners.me if chat and is_sample(chat) else "",
        "days": days_written(chat)[-1:] if chat else [],
        "issues": gathered_issues(chat.conversation) if chat else [],
        "cannot_know": CANNOT_KNOW,
        "to_try": to_try(place.vault, story),
        "again": before_and_after(place.vault),
    }
    return render(request, "look/story.html", context)


@require_GET
@coaches("look back")
def behind(request: HttpRequest, number: int) -> HttpResponse:
    """The messages behind a statement."""
    story, chat = story_now(place_of(request).vault), _chat(request)
    if story is None or number >= len(story.told):
        raise Http404
    one = story.told[number]
    messages = shown(chat, list(one.finding.messages), labels_of(place_of(request).vault))
    template = "look/_messages.html" if request.htmx else "look/behind.html"  # type: ignore[attr-defined]
    return render(request, template, {"told": one, "messages": messages})


@require_GET
@coaches("look back")
def day(request: HttpRequest, iso: str) -> HttpResponse:
    """One day as a chat, with quiet marks in the margin."""
    chat = _chat(request)
    wanted = _date(iso)
    messages = chat.conversation.messages
    rows = messages.filter(pl.col("local_time").dt.date() == wanted)["row"].to_list()
    days = days_written(chat)
    before = [one for one in days if one < iso]
    after = [one for one in days if one > iso]
    context = {
        "date": wanted,
        "messages": shown(chat, rows, labels_of(place_of(request).vault)),
        "before": before[-1] if before else "",
        "after": after[0] if after else "",
        "partner": chat.conversation.partners.partner,
    }
    return render(request, "look/day.html", context)


@coaches("look back")
def mark(request: HttpRequest, row: int) -> HttpResponse:
    """What a message was read as, and "that's wrong"; the words that carry it come after (`words`)."""
    vault = place_of(request).vault
    there = _labels(request, row)
    if request.method == "POST":
        form = CorrectForm(request.POST)
        if form.is_valid():
            correct(vault, {row: frozenset(form.cleaned_data["labels"])})
            return redirect("look:mark", row=row)
    else:
        form = CorrectForm(initial={"labels": there})
    return render(request, "look/mark.html", _marked(request, row, there) | {"form": form})


@require_GET
@coaches("look back")
def words(request: HttpRequest, row: int) -> HttpResponse:
    """The message with the words that carry what it was read as, which takes a moment to find."""
    there = _labels(request, row)
    context = _marked(request, row, there)
    context |= {
        "pieces": _pieces(_chat(request), context["one"], there),
        "form": CorrectForm(initial={"labels": there}),
    }
    template = "look/_words.html" if request.htmx else "look/mark.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _labels(request: HttpRequest, row: int) -> list[str]:
    """What a message was read as, or said to be."""
    if row >= _chat(request).conversation.messages.height:
        raise Http404
    there = labels_of(place_of(request).vault)[row]
    return [label for label, is_there in zip(LABELS, there, strict=True) if is_there]


def _marked(request: HttpRequest, row: int, there: list[str]) -> dict[str, Any]:
    vault = place_of(request).vault
    one = shown(_chat(request), [row], labels_of(vault))[0]
    return {
        "one": one,
        "found": [behavior for behavior in BEHAVIORS if behavior.label in there],
        "is_corrected": row in corrections(vault),
        "day": str(one.at.date()),
    }


@require_GET
@coaches("look back")
def search(request: HttpRequest) -> HttpResponse:
    """The conversation by words, dates and behavior."""
    chat, vault = _chat(request), place_of(request).vault
    form = SearchForm(request.GET or None)
    rows: list[int] = []
    total = 0
    asked = form.is_valid() and any(form.cleaned_data.values())
    if asked:
        rows, total = searching.search(chat, labels_of(vault), **form.cleaned_data)
    context = {"form": form, "asked": asked, "messages": shown(chat, rows, labels_of(vault)), "total": total}
    return render(request, "look/search.html", context)


def keep(request: HttpRequest) -> HttpResponse:
    """Keep the chat, only what was found, or nothing."""
    if place_of(request).is_locked:
        raise Locked
    vault = place_of(request).vault
    if request.method == "POST":
        choice = request.POST.get("keep")
        if choice == "findings":
            let_messages_go(vault)
        elif choice == "nothing":
            let_all_go(vault)
        return redirect("look:look")
    return render(request, "look/keep.html", {"chat": the_chat(vault), "story": the_story(vault)})


def _chat(request: HttpRequest) -> Chat:
    place = place_of(request)
    if place.is_locked:
        raise Locked
    chat = the_chat(place.vault)
    if chat is None:
        raise Http404
    return chat


def _date(iso: str) -> date:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise Http404 from None


def _pieces(chat: Chat, one: Shown, there: list[str]) -> list[dict[str, Any]]:
    """The message in pieces, those marked that carry a behavior."""
    messages = chat.conversation.messages
    row = one.row
    before = messages.slice(max(0, row - 5), min(5, row)).filter(
        pl.col("author").is_not_null() & (pl.col("sent_at") > one.sent_at - timedelta(hours=6))
    )
    context = [f"{author}: {text or ''}" for author, text in before.select("author", "text").iter_rows()]
    text = messages["text"][row] or ""
    spans = words_responsible(text, there, context, "me" if one.mine else "partner") if text and there else []
    pieces, at = [], 0
    for span in spans:
        if span.start < at:
            continue
        pieces.append({"text": text[at : span.start], "behavior": ""})
        pieces.append({"text": text[span.start : span.end], "behavior": span.behavior, "plain": PLAIN[span.behavior]})
        at = span.end
    pieces.append({"text": text[at:] or ("" if pieces else _("(no words)")), "behavior": ""})
    return [piece for piece in pieces if piece["text"]]

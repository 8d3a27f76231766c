"""Wins: small things that went well; kept, offered sparingly, and read on a bad day. The year in review beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from steadily.program import wins as small_wins
from steadily.program.entries import CHECK_INS, HARD_DAYS, PRACTICED, RITUALS, WINS, Win
from steadily.program.found_wins import MOST_OFFERED, FoundWin, found_wins, offered
from steadily.program.lessons import practices
from steadily.program.records import Kept
from steadily.program.year import year_in_review
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.look.chats import labels_of, the_chat
from steadily.web.practice.entries_at_hand import all_of
from steadily.web.practice.hard_days import stops_at_note
from steadily.web.shell.stopping import coaches, stop_of

LONGEST_WIN, FEW_READY = 300, 5
DARK = ("abuse", "control")
"""After a stop for one of these a chat is not searched for good moments, also when the person has gone on: where one harms the
other, a kind word after a sharp one can be a part of it."""


class WinForm(forms.Form):
    """A win in the person's own words."""

    text = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST_WIN,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "spellcheck": "true"}),
    )


@dataclass(frozen=True)
class Offer:
    """
    A win that can be kept.

    Attributes:
        win: As it would be kept.
        iso: The day of the chat that shows it; empty where it comes from practice.
        row: The first message behind it.
    """

    win: Win
    iso: str = ""
    row: int = 0


def beside(vault: Vault, today: date) -> dict[str, object]:
    """What the first page of the room shows of this."""
    del today
    taken = small_wins.kept(all_of(vault, WINS))
    return {"last_win": taken[0].entry if taken else None}


@require_GET
@coaches("practice")
def wins(request: HttpRequest) -> HttpResponse:
    """Keep one; what is offered; what is there."""
    return _page(request, WinForm())


@require_GET
@coaches("practice")
def read(request: HttpRequest) -> HttpResponse:
    """All of them on a calm page, to read or to print."""
    months = small_wins.by_month(all_of(place_of(request).vault, WINS))
    return render(request, "practice/wins_read.html", {"months": months})


@require_POST
@coaches("practice")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a line that was tapped, or one's own words: they are kept first, then the gate reads them."""
    form = WinForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    vault, win = place_of(request).vault, Win(timezone.localdate(), form.cleaned_data["text"])
    if not small_wins.is_there(all_of(vault, WINS), win):
        WINS.put(vault, win)
    if win.text not in small_wins.READY and stops_at_note(request, win.text):
        return redirect("stopped")
    return redirect("practice:wins")


@require_POST
@coaches("practice")
def answer(request: HttpRequest) -> HttpResponse:
    """Take what was offered, or not; either way it is not offered again."""
    vault, found = place_of(request).vault, request.POST.get("found", "")
    there = all_of(vault, WINS)
    offer = next((one for one in _offers(vault, there, timezone.localdate()) if one.win.found == found), None)
    if offer is not None:
        WINS.put(vault, offer.win if "keep" in request.POST else small_wins.set_aside(offer.win))
    return redirect("practice:wins")


@require_POST
@coaches("practice")
def throw_away(request: HttpRequest, id: str) -> HttpResponse:
    """Throw one away; one that was offered leaves enough behind to not be offered again."""
    vault = place_of(request).vault
    win = WINS.get(vault, id)
    if win is not None and win.found:
        WINS.put(vault, small_wins.set_aside(win), id)
    else:
        WINS.let_go(vault, id)
    return redirect("practice:wins")


@require_GET
@coaches("practice")
def year(request: HttpRequest) -> HttpResponse:
    """The last twelve months in whole sentences."""
    vault = place_of(request).vault
    practiced = [one.entry for one in all_of(vault, PRACTICED)]
    found = year_in_review(
        timezone.localdate(),
        practiced=practiced,
        wins=[one.entry for one in all_of(vault, WINS)],
        rituals=[one.entry for one in all_of(vault, RITUALS)],
        check_ins=[one.entry for one in all_of(vault, CHECK_INS)],
        hard_days=[one.entry for one in all_of(vault, HARD_DAYS)],
        titles=_titles() if practiced else {},
    )
    return render(request, "practice/year.html", {"year": found})


def found_in_chat(vault: Vault) -> list[FoundWin] | None:
    """All that the chat shows, the newest first; None where there is no chat, or it may not be searched."""
    chat = the_chat(vault)
    if chat is None or is_after_harm(vault):
        return None
    return found_wins(chat.conversation.messages, labels_of(vault))


def is_after_harm(vault: Vault) -> bool:
    """Whether coaching was stopped for harm or control, also where the person has gone on."""
    stop = stop_of(vault)
    return stop is not None and stop.gate in DARK


def _page(request: HttpRequest, form: WinForm) -> HttpResponse:
    vault, today = place_of(request).vault, timezone.localdate()
    there = all_of(vault, WINS)
    context = {
        "form": form,
        "ready": small_wins.READY[:FEW_READY],
        "more": small_wins.READY[FEW_READY:],
        "offers": _offers(vault, there, today),
        "months": small_wins.by_month(there),
    }
    return render(request, "practice/wins.html", context, status=400 if form.errors else 200)


def _offers(vault: Vault, there: list[Kept[Win]], today: date) -> list[Offer]:
    """At most `MOST_OFFERED`: one from practice, the others from the chat."""
    practiced = [one.entry for one in all_of(vault, PRACTICED)]
    done = small_wins.from_practice(practiced, there, _titles(), today) if practiced else None
    offers = [Offer(done)] if done else []
    few = offered(found_in_chat(vault) or [], small_wins.decided(there), MOST_OFFERED - len(offers))
    return [
        *offers,
        *(Offer(Win(one.day, one.text, "chat", one.found), one.day.isoformat(), one.rows[0]) for one in few),
    ]


def _titles() -> dict[str, str]:
    return {name: one.title for name, one in practices().items()}


urlpatterns = [
    path("wins/", wins, name="wins"),
    path("wins/read/", read, name="wins_read"),
    path("wins/keep/", keep, name="win_keep"),
    path("wins/answer/", answer, name="win_answer"),
    path("wins/<str:id>/throw-away/", throw_away, name="win_throw_away"),
    path("year/", year, name="year"),
]

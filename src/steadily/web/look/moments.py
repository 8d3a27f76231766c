"""Hard moments: my part first, what somebody might see who wishes both well, two readings, the whole of it, and how it ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from steadily.coach.observer import Line, observed
from steadily.codebook import DANGER, LABELS
from steadily.dynamics.rupture_repair import Rupture
from steadily.program.entries import MADE_UP, MadeUp
from steadily.report.wording import duration
from steadily.safety.wording import WHY
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.look.chats import Chat, correct, labels_of, the_chat
from steadily.web.look.coded_chat import coded_of, hard_moments, made_up
from steadily.web.look.messages import shown
from steadily.web.look.reading_moment import HARD, another_way, two_readings
from steadily.web.practice.wins import is_after_harm
from steadily.web.shell.stopping import coaches, stop_now, stop_of

A_PAGE = 30
BEFORE, AFTER = 3, 12
"""Messages around a moment that are shown with it."""
A_DAY = timedelta(days=1)


class MadeUpForm(forms.Form):
    """On which day the two made up."""

    day = forms.DateField(label=_("On which day?"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, first: date, **named: Any) -> None:
        super().__init__(*args, **named)
        self._first = first
        self.fields["day"].initial = first
        self.fields["day"].widget.attrs |= {"min": first.isoformat(), "max": timezone.localdate().isoformat()}

    def clean_day(self) -> date:
        """Not before the moment itself, and not in the future."""
        day: date = self.cleaned_data["day"]
        if not self._first <= day <= timezone.localdate():
            raise forms.ValidationError(_("A day from that one until today."))
        return day


@require_GET
@coaches("look back")
def moments(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    vault = place_of(request).vault
    chat = _chat(vault)
    told = not is_after_harm(vault)
    found = hard_moments(vault)
    hand = made_up(vault, found)
    page = Paginator(list(reversed(found)), A_PAGE).get_page(request.GET.get("page"))
    ones = [(_on_the_clock(chat, one), one, _ending(one, hand) if told and one.repaired else "") for one in page]
    return render(request, "look/moments.html", {"page": page, "ones": ones, "tells": told})


@require_GET
@coaches("look back")
def moment(request: HttpRequest, first_row: int) -> HttpResponse:
    """One of them; what takes a while to read comes after (`readings`)."""
    return _page(request, first_row, {})


@require_GET
@coaches("look back")
def readings(request: HttpRequest, first_row: int) -> HttpResponse:
    """
    Two readings and another way.

    Where a rule is met, coaching stops as it does for any such message. Where only the model sees danger in one line of a chat whose
    whole the gate has passed, this moment alone is left unread, and help is shown.
    """
    vault = place_of(request).vault
    one, coded = _moment(vault, first_row), coded_of(vault)
    if coded is None or _is_dark(vault, one):
        raise Http404
    read = two_readings(coded, one.first_row, one.last_row)
    found: dict[str, Any] = {"has_read": True, "read": read}
    if read is not None and read.incoming.gate.gate != "none":
        if read.incoming.gate.rules and stop_of(vault) is None:
            stop_now(vault, read.incoming.gate.gate)
            return _to_stopped(request)
        found |= {"read": None, "why": WHY[read.incoming.gate.gate]}
    else:
        found["way"] = another_way(coded, one.first_row, one.last_row)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "look/_moment_readings.html", found | {"one": one})
    return _page(request, first_row, found)


@require_POST
@coaches("look back")
def make_up(request: HttpRequest, first_row: int) -> HttpResponse:
    """Keep that the two made up off the chat; said again, it takes the place of what was said before."""
    vault = place_of(request).vault
    one, chat = _moment(vault, first_row), _chat(vault)
    form = MadeUpForm(request.POST, first=_on_the_clock(chat, one).date())
    if not form.is_valid():
        return _page(request, first_row, {"form": form}, status=400)
    MADE_UP.put(vault, MadeUp(one.start, form.cleaned_data["day"]), _said_of(vault, one))
    return redirect("look:moment", first_row=first_row)


@require_POST
@coaches("look back")
def take_back(request: HttpRequest, first_row: int) -> HttpResponse:
    """Take it back."""
    vault = place_of(request).vault
    if (id := _said_of(vault, _moment(vault, first_row))) is not None:
        MADE_UP.let_go(vault, id)
    return redirect("look:moment", first_row=first_row)


@require_POST
@coaches("look back")
def no_quarrel(request: HttpRequest, first_row: int) -> HttpResponse:
    """Keep that it was none: nothing in it presses, hurts or shuts down. What else its messages do stays as it was read."""
    vault = place_of(request).vault
    one = _moment(vault, first_row)
    if _is_dark(vault, one):
        raise Http404
    there = labels_of(vault)
    correct(vault, {row: _without_hard(there[row]) for row in range(one.first_row, one.last_row + 1)})
    return redirect("look:moments")


def _without_hard(there: npt.NDArray[np.bool_]) -> frozenset[str]:
    return frozenset(label for label, is_there in zip(LABELS, there, strict=True) if is_there and label not in HARD)


def _page(request: HttpRequest, first_row: int, found: dict[str, Any], status: int = 200) -> HttpResponse:
    vault = place_of(request).vault
    one, chat, there = _moment(vault, first_row), _chat(vault), labels_of(vault)
    around = _rows(chat, one, BEFORE, AFTER)
    within = shown(chat, list(range(one.first_row, one.last_row + 1)), there)
    is_dark = _is_dark(vault, one)
    by_hand = _said_of(vault, one)
    at = _on_the_clock(chat, one)
    context = {
        "one": one,
        "at": at,
        "mine": [message for message in within if message.mine],
        "hard": HARD,
        "is_dark": is_dark,
        "observed": None if is_dark else observed(_lines(chat, one, vault)),
        "messages": shown(chat, around, there),
        "ending": "" if is_dark else _ending(one, made_up(vault, hard_moments(vault))),
        "is_by_hand": by_hand is not None,
        "form": MadeUpForm(first=at.date()),
        "day": str(at.date()),
    }
    return render(request, "look/moment.html", context | found, status=status)


def _to_stopped(request: HttpRequest) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("stopped")
    response = HttpResponse()
    response["HX-Redirect"] = "/stopped/"
    return response


def _ending(one: Rupture, hand: dict[int, Any]) -> str:
    """How it ended, as far as anything shows it."""
    if one.first_row in hand:
        return str(_("You two made up off the chat, you said."))
    if one.repaired and one.minutes_to_repair is not None:
        return str(_("You two found your way back after %(time)s.")) % {"time": duration(one.minutes_to_repair * 60)}
    return str(_("This reading found no way back in the chat. There may have been one, in it or off it."))


def _is_dark(vault: Vault, one: Rupture) -> bool:
    """Whether nothing is read in it: words of danger are in it, or coaching was stopped for harm or control."""
    there = labels_of(vault)[one.first_row : one.last_row + 1]
    return is_after_harm(vault) or bool(there[:, [LABELS.index(label) for label in DANGER]].any())


def _lines(chat: Chat, one: Rupture, vault: Vault) -> list[Line]:
    """The moment, and what follows it up to where it softened."""
    return [
        Line(message.mine, message.sent_at, tuple(mark.label for mark in message.marks))
        for message in shown(chat, _rows(chat, one, 0, AFTER), labels_of(vault))
        if not message.by_app
    ]


def _rows(chat: Chat, one: Rupture, before: int, after: int) -> list[int]:
    """Rows of the moment and some around it, within a day."""
    rows = pl.col("row").is_between(one.first_row - before, one.last_row + after)
    near = pl.col("sent_at").is_between(one.start - A_DAY, one.end + A_DAY)
    found: list[int] = chat.conversation.messages.filter(rows & near)["row"].to_list()
    return found


def _said_of(vault: Vault, one: Rupture) -> str | None:
    """The name in the vault of what the person said of it."""
    said = made_up(vault, hard_moments(vault)).get(one.first_row)
    return said[0] if said else None


def _moment(vault: Vault, first_row: int) -> Rupture:
    found = next((one for one in hard_moments(vault) if one.first_row == first_row), None)
    if found is None:
        raise Http404
    return found


def _chat(vault: Vault) -> Chat:
    chat = the_chat(vault)
    if chat is None:
        raise Http404
    return chat


def _on_the_clock(chat: Chat, one: Rupture) -> datetime:
    """When it began, on the conversation's own clock."""
    found: datetime = chat.conversation.messages["local_time"][one.first_row]
    return found


urlpatterns = [
    path("moments/", moments, name="moments"),
    path("moment/<int:first_row>/", moment, name="moment"),
    path("moment/<int:first_row>/readings/", readings, name="moment_readings"),
    path("moment/<int:first_row>/made-up/", make_up, name="made_up"),
    path("moment/<int:first_row>/take-back/", take_back, name="take_back"),
    path("moment/<int:first_row>/no-quarrel/", no_quarrel, name="no_quarrel"),
]

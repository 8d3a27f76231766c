"""What is read from a draft on the page: the reading itself, the moment it is written in, and other ways to say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from steadily.coach import Hold, Review, hold, review
from steadily.coach.alternatives import Alternative
from steadily.coach.fitting import Fitted, fitting
from steadily.coach.register import register_of
from steadily.coach.validating import Hearing, answers_with_advice, hearing, listen_help_or_space
from steadily.web.accounts.place import place_of
from steadily.web.look.chats import labels_of, the_chat
from steadily.web.look.messages import Shown, shown
from steadily.web.shell.stopping import stop_now
from steadily.web.write.forms import DraftForm
from steadily.web.write.moments import moment_of

MOST_BEFORE = 4
MOST_MINE = 60


@dataclass(frozen=True)
class Ways:
    """
    Other ways to say a draft.

    Attributes:
        alternatives: In the writer's own words.
        phrases: From the library, in the writer's register.
        hearing: A feeling in what the partner wrote, to say back first.
        question: Listen, help or space: where the draft answers with a way out.
    """

    alternatives: tuple[Alternative, ...]
    phrases: list[Fitted]
    hearing: Hearing
    question: str


def read_draft(request: HttpRequest, form: DraftForm, *, reword: bool) -> Review:
    """Read the draft of a valid form; where it stops coaching, that is kept."""
    reading = review(form.cleaned_data["text"], before_it(request, form), reword=reword, mine=my_messages(request))
    if reading.gate.gate != "none":
        stop_now(place_of(request).vault, reading.gate.gate)
    return reading


def before_it(request: HttpRequest, form: DraftForm) -> list[str]:
    """The messages before the draft, oldest first: those of the chat where the writer said so, then what they put in."""
    before = form.cleaned_data["before"].strip()
    lines = [f"partner: {before}"] if before else []
    if form.cleaned_data["answers_chat"]:
        lines = [f"{'me' if one.mine else 'partner'}: {one.text}" for one in last_messages(request)] + lines
    return lines


def ways(request: HttpRequest, form: DraftForm, reading: Review) -> Ways:
    """Other ways to say a draft that was read."""
    draft, lines = form.cleaned_data["text"], before_it(request, form)
    moment = moment_of(place_of(request).vault, now_here())
    register = register_of([*my_messages(request), draft])
    cool_for = moment.now - moment.last if moment.last else None
    said = lines[-1].removeprefix("partner: ") if lines and lines[-1].startswith("partner: ") else ""
    return Ways(
        reading.alternatives,
        fitting(reading.labels, register, cool_for, len(draft.split())),
        hearing(said) if said else Hearing(),
        listen_help_or_space(draft) if answers_with_advice(reading.labels) else "",
    )


def hold_of(request: HttpRequest, reading: Review | None) -> Hold | None:
    """Whether to keep the draft for a while; asked only of a draft that was read."""
    if reading is None or reading.readings is None:
        return None
    moment = moment_of(place_of(request).vault, now_here())
    return hold(moment, tone=reading.readings.tone, pressure=reading.readings.pressure)


def last_messages(request: HttpRequest, n: int = MOST_BEFORE) -> list[Shown]:
    """The last messages of the chat, where there is one."""
    vault = place_of(request).vault
    chat = the_chat(vault)
    if chat is None:
        return []
    rows = chat.conversation.messages["row"].tail(n).to_list()
    return [one for one in shown(chat, rows, labels_of(vault)) if not one.by_app]


def my_messages(request: HttpRequest) -> list[str]:
    """What the writer last wrote in the chat, for how they write."""
    return [one.text for one in last_messages(request, 2 * MOST_MINE) if one.mine][-MOST_MINE:]


def now_here() -> datetime:
    """The time it is, with this machine's zone."""
    return timezone.localtime()

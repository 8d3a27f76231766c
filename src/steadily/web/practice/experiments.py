"""
Experiments: days drawn at random, to see whether something helps these two.

The kind of a day is asked of `is_on` alone, which says nothing of days to come, and the difference of `effect`, which says nothing before
the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from steadily.program.entries import CHECK_INS, EXPERIMENTS, CheckIn, Experiment
from steadily.program.experiment_acts import reaches
from steadily.program.experiment_effect import effect
from steadily.program.experiment_power import spread_of
from steadily.program.experiment_words import OUTCOMES, done_told, power_told, result
from steadily.program.experiments import (
    Stage,
    answers,
    begin,
    day_number,
    days_so_far,
    end_early,
    is_on,
    is_open,
    last_day,
    stage,
    with_answer,
)
from steadily.program.records import Kept
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.practice import the_plan
from steadily.web.practice.experiment_dots import dots
from steadily.web.practice.experiment_form import ExperimentForm
from steadily.web.shell import named
from steadily.web.shell.gating import stops_at
from steadily.web.shell.stopping import coaches

SHOWN_AFTER = timedelta(days=7)
"""For so long after its end the first page says that it is over."""


@dataclass(frozen=True)
class Seen:
    """
    An experiment as it may be seen today.

    Attributes:
        id: Its name in the vault.
        experiment: It. Its seed stays out of the pages.
        stage: Where it stands.
        day: Today.
        is_on: Whether today is with it; None where today is not one of its days.
        was_done: What was said of today.
        is_left_be: Whether it may reach the partner, and the chat here ends with a no to contact or with messages still open.
    """

    id: str
    experiment: Experiment
    stage: Stage
    day: date
    is_on: bool | None
    was_done: bool | None
    is_left_be: bool

    @property
    def outcome(self) -> str:
        """What is looked at, in words."""
        return OUTCOMES[self.experiment.outcome]

    @property
    def last_day(self) -> date:
        """Its last day."""
        return last_day(self.experiment)

    @property
    def result_on(self) -> date:
        """The first day on which the result can be seen."""
        return self.last_day + timedelta(days=1)

    @property
    def n_so_far(self) -> int:
        """Which of its days today is, or how many it had."""
        return len(days_so_far(self.experiment, self.day))

    @property
    def n_left(self) -> int:
        """Days still to come after today."""
        return self.experiment.n_days - day_number(self.experiment, self.day)


def beside(vault: Vault, today: date) -> dict[str, object]:
    """What the first page of the room shows of this: the one under way, or one that is just over."""
    for one in _all(vault):
        is_just_over = stage(one.entry, today) == "over" and today <= last_day(one.entry) + SHOWN_AFTER
        if is_open(one.entry, today) or is_just_over:
            return {"tried": _seen(vault, one, today)}
    return {}


@require_GET
@coaches("practice")
def experiments(request: HttpRequest) -> HttpResponse:
    """The one under way or the form for a new one, and those that were."""
    return _list(request, ExperimentForm(is_left_be=_is_left_be(place_of(request).vault)))


@require_POST
@coaches("practice")
def start(request: HttpRequest) -> HttpResponse:
    """Begin one tomorrow, where none is under way."""
    vault, today = place_of(request).vault, timezone.localdate()
    under_way = _open(vault, today)
    if under_way is not None:
        return redirect("practice:experiment", under_way.id)
    form = ExperimentForm(request.POST, is_left_be=_is_left_be(vault))
    own = request.POST.get("own", "").strip()
    if own and stops_at(request, own):
        named.keep(vault, (), "", own)
        return redirect("stopped")
    if not form.is_valid():
        return _list(request, form)
    given = form.cleaned_data
    return redirect(
        "practice:experiment",
        EXPERIMENTS.put(vault, begin(given["text"], given["outcome"], given["n_days"], today)),
    )


@require_GET
@coaches("practice")
def experiment(request: HttpRequest, id: str) -> HttpResponse:
    """One of them: how it goes, or what it showed."""
    vault, today = place_of(request).vault, timezone.localdate()
    one = _kept(vault, id)
    check_ins = _check_ins(vault)
    yesterday = today - timedelta(days=1)
    context: dict[str, object] = {
        "tried": _seen(vault, one, today),
        "yesterday": yesterday,
        "asks_yesterday": is_on(one.entry, yesterday, today) is not None and yesterday not in one.entry.done,
        "n_answers": len(answers(one.entry, check_ins, today)),
    }
    if found := effect(one.entry, check_ins, today):
        kinds, said = days_so_far(one.entry, today), answers(one.entry, check_ins, today)
        context |= {
            "sentences": result(found, one.entry.outcome),
            "done_told": done_told(found),
            "dots": dots(kinds, said),
            "days": [(day, kind, one.entry.done.get(day), said.get(day)) for day, kind in kinds.items()],
        }
    return render(request, "practice/experiment.html", context)


@require_POST
@coaches("practice")
def done(request: HttpRequest, id: str) -> HttpResponse:
    """Keep whether it was done today or yesterday."""
    vault, today = place_of(request).vault, timezone.localdate()
    one, said = _kept(vault, id), request.POST.get("done", "")
    days = {"today": today, "yesterday": today - timedelta(days=1)}
    day = days.get(request.POST.get("day", ""))
    if day and said in ("yes", "no"):
        EXPERIMENTS.put(vault, with_answer(one.entry, day, said == "yes", today), id)
    if request.POST.get("from") == "today":
        return redirect(f"{reverse('practice:today')}#experiment")
    return redirect("practice:experiment", id)


@require_POST
@coaches("practice")
def end(request: HttpRequest, id: str) -> HttpResponse:
    """End one before its last day."""
    vault, today = place_of(request).vault, timezone.localdate()
    EXPERIMENTS.put(vault, end_early(_kept(vault, id).entry, today), id)
    return redirect("practice:experiment", id)


@require_POST
@coaches("practice")
def throw_away(request: HttpRequest, id: str) -> HttpResponse:
    """Throw one away, with all that was said of it; check-ins stay."""
    EXPERIMENTS.let_go(place_of(request).vault, id)
    return redirect("practice:experiments")


def _list(request: HttpRequest, form: ExperimentForm) -> HttpResponse:
    vault, today = place_of(request).vault, timezone.localdate()
    under_way, check_ins = _open(vault, today), _check_ins(vault)
    context = {
        "under_way": _seen(vault, under_way, today) if under_way else None,
        "earlier": [_seen(vault, one, today) for one in _all(vault) if not is_open(one.entry, today)],
        "form": form,
        "power": dict.fromkeys(power_told(spread_of(check_ins, outcome, today), outcome) for outcome in OUTCOMES),
        "is_left_be": _is_left_be(vault),
    }
    return render(request, "practice/experiments.html", context, status=400 if form.errors else 200)


def _seen(vault: Vault, one: Kept[Experiment], today: date) -> Seen:
    where = stage(one.entry, today)
    kind = is_on(one.entry, today, today)
    is_left_be = bool(kind) and reaches(one.entry.act) and _is_left_be(vault)
    return Seen(one.id, one.entry, where, today, kind, one.entry.done.get(today), is_left_be)


def _is_left_be(vault: Vault) -> bool:
    return the_plan.outreach_has_ended(vault, timezone.now())


def _all(vault: Vault) -> list[Kept[Experiment]]:
    """All of them, the newest first."""
    return sorted(EXPERIMENTS.all(vault), key=lambda one: one.entry.started, reverse=True)


def _open(vault: Vault, today: date) -> Kept[Experiment] | None:
    return next((one for one in _all(vault) if is_open(one.entry, today)), None)


def _kept(vault: Vault, id: str) -> Kept[Experiment]:
    found = EXPERIMENTS.get(vault, id)
    if found is None:
        raise Http404
    return Kept(id, found)


def _check_ins(vault: Vault) -> list[CheckIn]:
    return [one.entry for one in CHECK_INS.all(vault)]


urlpatterns = [
    path("experiments/", experiments, name="experiments"),
    path("experiments/start/", start, name="start_experiment"),
    path("experiments/<str:id>/", experiment, name="experiment"),
    path("experiments/<str:id>/done/", done, name="experiment_done"),
    path("experiments/<str:id>/end/", end, name="end_experiment"),
    path("experiments/<str:id>/throw-away/", throw_away, name="throw_experiment_away"),
]

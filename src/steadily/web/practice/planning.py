"""The plan: three taps to begin with, and a rest, a return or a new beginning at any time."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from steadily.program.entries import PRACTICED, Plan
from steadily.program.leads import MOST_HARDEST, hardest_by
from steadily.program.lessons import DISTANCES, FITS, Practice, practices
from steadily.program.plan import set_aside
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.look.chats import the_story
from steadily.web.practice import the_plan
from steadily.web.practice.entries_at_hand import all_of
from steadily.web.shell.stopping import coaches

STRENGTHS = (("little", _("a little")), ("some", _("some")))
FOR = {
    "hours": _("some hours"),
    "days": _("days"),
    "weeks": _("weeks"),
    "months": _("months, or longer"),
}


class PlanForm(forms.Form):
    """Three taps; each can be left out."""

    hardest = forms.MultipleChoiceField(
        label=_("What is hardest now? One or two."),
        required=False,
        choices=list(FITS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    distance = forms.ChoiceField(
        label=_("How long has it been cool between you two?"),
        required=False,
        choices=[(one, FOR[one]) for one in DISTANCES],
        widget=forms.RadioSelect,
    )
    strength = forms.ChoiceField(
        label=_("How much strength is there for this now?"),
        required=False,
        choices=STRENGTHS,
        widget=forms.RadioSelect,
    )

    def clean_hardest(self) -> list[str]:
        """One or two; more would be no choice."""
        found: list[str] = self.cleaned_data["hardest"]
        if len(found) > MOST_HARDEST:
            raise forms.ValidationError(_("Please leave two of them at most. The others can have their turn later."))
        return found

    def clean_strength(self) -> str:
        """Little, where nothing was tapped."""
        return self.cleaned_data["strength"] or "little"


@coaches("practice")
def plan(request: HttpRequest) -> HttpResponse:
    """The three taps, and what else can be done with a plan."""
    vault = place_of(request).vault
    there = the_plan.the_plan(vault)
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm(initial=_initial(vault, there))
    if form.is_valid():
        told = form.cleaned_data
        the_plan.keep(vault, replace(the_plan.begun(vault), **(told | {"hardest": tuple(told["hardest"])})))
        return redirect("practice:today")
    context = {
        "form": form,
        "plan": there,
        "is_suggested": there is None and bool(form.initial.get("hardest")),
        "repeats": _named(there.repeats if there else ()),
        "aside": _named(_set_aside(vault, there)),
        "outreach_has_ended": the_plan.outreach_has_ended(vault, timezone.now()),
    }
    return render(request, "practice/plan.html", context, status=400 if form.errors else 200)


@require_POST
@coaches("practice")
def just_show(request: HttpRequest) -> HttpResponse:
    """Begin with nothing tapped."""
    vault = place_of(request).vault
    the_plan.keep(vault, the_plan.begun(vault))
    return redirect("practice:today")


@require_POST
@coaches("practice")
def rest(request: HttpRequest) -> HttpResponse:
    """Nothing is shown until the person goes on, and nothing is lost."""
    vault = place_of(request).vault
    the_plan.keep(vault, replace(the_plan.begun(vault), paused_since=timezone.localdate()))
    return redirect("practice:today")


@require_POST
@coaches("practice")
def take_up_again(request: HttpRequest) -> HttpResponse:
    """Go on where it was left."""
    vault = place_of(request).vault
    the_plan.keep(vault, replace(the_plan.begun(vault), paused_since=None))
    return redirect("practice:today")


@require_POST
@coaches("practice")
def start_over(request: HttpRequest) -> HttpResponse:
    """A new plan from today; what was practiced, and what was set aside, stays as it is."""
    vault = place_of(request).vault
    before = the_plan.begun(vault)
    the_plan.keep(vault, Plan(started=timezone.localdate(), repeats=before.repeats, opened=before.opened))
    return redirect("practice:plan")


def _initial(vault: Vault, there: Plan | None) -> dict[str, object]:
    """What is tapped already: as it was left, or as a look back suggests."""
    if there is not None:
        return {"hardest": list(there.hardest), "distance": there.distance, "strength": there.strength}
    story = the_story(vault)
    return {"hardest": list(hardest_by([one.finding for one in story.told])) if story else []}


def _set_aside(vault: Vault, there: Plan | None) -> list[str]:
    log = [one.entry for one in all_of(vault, PRACTICED)]
    return set_aside(there, log) if there else []


def _named(names: tuple[str, ...] | list[str]) -> list[Practice]:
    return [practices()[name] for name in names if name in practices()]


urlpatterns = [
    path("plan/", plan, name="plan"),
    path("plan/just-show/", just_show, name="just_show"),
    path("plan/rest/", rest, name="rest_plan"),
    path("plan/go-on/", take_up_again, name="take_up_plan"),
    path("plan/start-over/", start_over, name="start_over"),
]

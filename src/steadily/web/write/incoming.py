"""What the partner wrote: pasted, read twice, with ways to answer; nothing of it is kept."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from steadily.coach.facts_first import facts_first
from steadily.coach.incoming import read_incoming
from steadily.coach.pasted import read_pasted
from steadily.coach.review import LONGEST_DRAFT
from steadily.safety.self_check import EDUCATION
from steadily.web.accounts.place import place_of
from steadily.web.shell.education import was_shown
from steadily.web.shell.stopping import coaches, stop_now
from steadily.web.write.forms import QUIET

TOO_LONG = {"max_length": _("This is more than can be read at once. Paste the last part of it.")}


class IncomingForm(forms.Form):
    """A message of the partner's, and what stood before it."""

    message = forms.CharField(
        label=_("What they wrote"),
        max_length=LONGEST_DRAFT,
        error_messages={"required": _("Paste their message here first."), **TOO_LONG},
        widget=forms.Textarea({"rows": 5, **QUIET}),
    )
    before = forms.CharField(
        label=_("The messages before it"),
        help_text=_("One a line, if you like. Begin your own with me:"),
        required=False,
        max_length=LONGEST_DRAFT,
        error_messages=TOO_LONG,
        widget=forms.Textarea({"rows": 3, **QUIET}),
    )
    are_apart = forms.BooleanField(
        label=_("We are apart and share children: facts and asks first"), required=False, label_suffix=""
    )


@coaches("draft")
def incoming(request: HttpRequest) -> HttpResponse:
    """Two readings of what they wrote, and three ways to answer; with facts and asks first for two who share children."""
    place = place_of(request)
    form = IncomingForm(request.POST or None)
    context: dict[str, object] = {"form": form, "education": () if was_shown(place.vault) else EDUCATION}
    if form.is_valid():
        asked = form.cleaned_data
        pasted = read_pasted(asked["message"], asked["before"])
        reading = read_incoming(pasted, are_apart=asked["are_apart"])
        if reading.gate.gate != "none":
            stop_now(place.vault, reading.gate.gate)
            return redirect("stopped")
        context |= {"reading": reading, "pasted": pasted}
        if asked["are_apart"]:
            context["parts"] = facts_first(pasted.text)
    return render(request, "write/incoming.html", context)

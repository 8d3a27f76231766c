"""What a person may say of a ritual."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from steadily.program.entries import Ritual
from steadily.program.rituals import answered, asked

LONGEST_NAME, LONGEST_MINUTES = 80, 480
DAYS = (
    *((0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday"))),
    *((4, _("Friday")), (5, _("Saturday")), (6, _("Sunday"))),
)
ORIGINS = (("new", _("It is new")), ("remembered", _("We used to have it")))
STANDS = (
    ("mine", _("I would like it, and have not asked")),
    ("asked", _("I have asked, and the answer is open")),
    ("theirs", _("They would like it, and I am not sure yet")),
    ("both", _("We have both said yes")),
)
QUIET = {"autocomplete": "off", "spellcheck": "true"}


class RitualForm(forms.Form):
    """What it is, and when."""

    name = forms.CharField(
        label=_("What do you two call it?"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"dir": "auto", **QUIET}),
        error_messages={"required": _("It needs a name. One word is enough.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days? It need not have one."),
        required=False,
        coerce=int,
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
    )
    clock = forms.TimeField(
        label=_("At what time, if it has one"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=_("About how many minutes"), min_value=1, max_value=LONGEST_MINUTES, initial=Ritual("").minutes
    )

    def clean_name(self) -> str:
        """In one line."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def put_into(self, ritual: Ritual) -> Ritual:
        """A ritual with what was given; only of a valid form."""
        given = self.cleaned_data
        clock: time | None = given["clock"]
        return replace(
            ritual,
            name=given["name"],
            weekdays=tuple(sorted(given["weekdays"])),
            clock=f"{clock:%H:%M}" if clock else "",
            minutes=given["minutes"],
        )


class NewRitualForm(RitualForm):
    """A ritual, where it comes from, and where it stands between the two."""

    origin = forms.ChoiceField(
        label=_("Where does it come from?"), choices=ORIGINS, widget=forms.RadioSelect, initial="new"
    )
    stands = forms.ChoiceField(label=_("Who wants it?"), choices=STANDS, widget=forms.RadioSelect, initial="mine")

    def begun(self, day: date) -> Ritual:
        """The ritual as it stands on a day; only of a valid form."""
        ritual = replace(self.put_into(Ritual("")), origin=self.cleaned_data["origin"])
        stands = self.cleaned_data["stands"]
        if stands == "asked":
            return asked(ritual, day)
        if stands == "theirs":
            return answered(replace(ritual, mine="open"), "yes", day)
        return answered(ritual, "yes", day) if stands == "both" else ritual


class DayForm(forms.Form):
    """
    A day on which it took place.

    Args:
        ritual: Which one; no day before both wanted it.
        today: No day after it.
        data: What was sent.
    """

    day = forms.DateField(label=_("Which day?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, ritual: Ritual, today: date, data: Any = None) -> None:
        super().__init__(data)
        self.first, self.last = ritual.began or today, today
        self.fields["day"].widget.attrs |= {"min": self.first.isoformat(), "max": self.last.isoformat()}

    def clean_day(self) -> date:
        """One on which it may have taken place."""
        day: date = self.cleaned_data["day"]
        if not self.first <= day <= self.last:
            raise forms.ValidationError(_("It can be any day from when both of you wanted it until today."))
        return day


def as_given(ritual: Ritual) -> dict[str, object]:
    """What a form shows of a ritual that is there."""
    return {"name": ritual.name, "weekdays": list(ritual.weekdays), "clock": ritual.clock, "minutes": ritual.minutes}

"""What a person gives for a repair: what went wrong, a pause, an apology."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from steadily.coach.apology import NOTHING_OWED
from steadily.coach.repair import SLIPS
from steadily.coach.time_out import CUSTOM, CUSTOM_TOLD, time_out
from steadily.errors import UsageError
from steadily.web.write.forms import QUIET

LONGEST_ANSWER = 600
BOXES = ("asks_forgiveness", "needs_no_answer")


class RepairForm(forms.Form):
    """What went wrong."""

    what = forms.ChoiceField(choices=[(one.name, one.title) for one in SLIPS])


class TimeOutForm(forms.Form):
    """How long, how it sounds, and where to go on; when all of it is right, the message is in `cleaned_data["message"]`."""

    minutes = forms.IntegerField(
        label=_("Minutes until I am back"),
        help_text=CUSTOM_TOLD,
        required=False,
        initial=CUSTOM,
        widget=forms.NumberInput({"min": 1, "inputmode": "numeric", "autocomplete": "off"}),
    )
    at = forms.TimeField(
        label=_("Or a time of the clock"),
        help_text=_("The next time that the clock shows it. If it is there, it counts instead of the minutes."),
        required=False,
        widget=forms.TimeInput({"type": "time", "autocomplete": "off"}),
    )
    register = forms.ChoiceField(label=_("How it sounds"), choices=[("plain", _("plain")), ("warm", _("warm"))])
    where = forms.CharField(
        label=_("Where to go on then, if you like"),
        help_text=_("For example: the plans for Saturday"),
        required=False,
        max_length=300,
        widget=forms.TextInput(QUIET),
    )

    def clean(self) -> dict[str, Any]:
        """The message, unless the pause is too long or too short."""
        given = self.cleaned_data
        if self.errors:
            return given
        minutes = CUSTOM if given["minutes"] is None else given["minutes"]
        try:
            given["message"] = time_out(
                given["register"], minutes, given["at"], given["where"], timezone.localtime().time()
            )
        except UsageError as error:
            self.add_error("minutes", str(error))
        return given


class ApologyForm(forms.Form):
    """The parts of an apology, each in the writer's own words."""

    did = forms.CharField(
        label=_("What I did"),
        help_text=_("As a camera would have seen it. It can begin with 'I'."),
        max_length=LONGEST_ANSWER,
        error_messages={"required": _("An apology stands on this. A few words are enough.")},
    )
    like = forms.CharField(
        label=_("What it may have been like for you, if I can guess"),
        help_text=_("'You' is your partner here. A guess can say that it is one."),
        required=False,
        max_length=LONGEST_ANSWER,
    )
    amends = forms.CharField(
        label=_("What I am doing about it"),
        help_text=_("Something that can be seen, done already or begun."),
        max_length=LONGEST_ANSWER,
        error_messages={"required": _("One small thing is enough, done already or begun.")},
    )
    more = forms.CharField(label=_("Anything else, if there is"), required=False, max_length=LONGEST_ANSWER)
    asks_forgiveness = forms.BooleanField(
        label=_("Say that I would be glad to be forgiven"), help_text=NOTHING_OWED, required=False
    )
    needs_no_answer = forms.BooleanField(label=_("Say that no answer is needed"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for one in self.written:
            one.field.widget = forms.Textarea({"rows": 2, **QUIET})

    @property
    def written(self) -> list[BoundField]:
        """The fields to write in."""
        return [one for one in self if one.name not in BOXES]

    @property
    def boxes(self) -> list[BoundField]:
        """The fields to tick."""
        return [self[name] for name in BOXES]

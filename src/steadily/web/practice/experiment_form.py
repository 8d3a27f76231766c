"""What a person chooses for an experiment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from steadily.program.experiment_acts import ACTS, LONGEST_ACT, why_not
from steadily.program.experiments import LENGTHS


class ExperimentForm(forms.Form):
    """
    An act, what is looked at, and for how long; the act in one's own words counts before one that was tapped.

    Args:
        data: What was sent.
        is_left_be: Whether nothing that reaches the partner is offered.
    """

    act = forms.ChoiceField(
        label=_("What to try on drawn evenings"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of these, or write your own below.")},
    )
    own = forms.CharField(
        label=_("Or in your own words"),
        help_text=_("Something small that you do yourself. If something stands here, it counts."),
        required=False,
        max_length=LONGEST_ACT,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "spellcheck": "true"}),
    )
    outcome = forms.ChoiceField(
        label=_("What to look at, in your check-ins"),
        choices=[("safety", _("how safe it felt")), ("closeness", _("how close it felt"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two. It stays the same to the end.")},
    )
    n_days = forms.TypedChoiceField(
        label=_("For how long"),
        choices=[(n, _("{n} days").format(n=n)) for n in LENGTHS],
        coerce=int,
        initial=LENGTHS[-1],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. It stays the same to the end.")},
    )

    def __init__(self, data: object = None, *, is_left_be: bool = False) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        act = self.fields["act"]
        assert isinstance(act, forms.ChoiceField)
        act.choices = [(one.text, one.text) for one in ACTS if not (is_left_be and one.reaches)]

    def clean(self) -> dict[str, Any]:
        """The act under `text`, where it is one to try."""
        given = self.cleaned_data
        if "own" in self.errors:
            return given
        given["text"] = given.get("own", "") or given.get("act", "")
        if not given["text"]:
            self.add_error("act", _("Choose one, or write your own below."))
        elif problem := why_not(given["text"]):
            self.add_error("own", problem)
        return given

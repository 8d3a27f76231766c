"""What a person gives or asks in the Look room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from steadily.codebook import BEHAVIORS
from steadily.web.narrowed import NarrowedForm


class SeveralFiles(forms.ClearableFileInput):
    """Takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given]


class DropForm(forms.Form):
    """A chat to read."""

    chat = FilesField(label=_("The exported chat: one file, several, or a zip"))
    zone = forms.CharField(
        label=_("Time zone of the phone it came from, like Europe/Lisbon; if empty, that of this computer"),
        required=False,
        widget=forms.TextInput({"placeholder": "Europe/Lisbon", "autocomplete": "off"}),
    )

    date_order = forms.ChoiceField(
        label=_("Order of its dates, if the file does not show it"),
        required=False,
        choices=[
            ("", _("as the file shows")),
            ("dmy", _("day, month, year")),
            ("mdy", _("month, day, year")),
            ("ymd", _("year, month, day")),
        ],
    )

    def clean_zone(self) -> str:
        """A zone that there is."""
        zone = str(self.cleaned_data["zone"]).strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError(_("There is no such time zone. A name looks like Europe/Lisbon."))
        return zone


class SearchForm(NarrowedForm):
    """What to look for."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    behavior = forms.ChoiceField(
        label=_("Mark"),
        required=False,
        choices=[("", _("anything")), *[(one.label, one.plain) for one in BEHAVIORS]],
    )
    who = forms.ChoiceField(
        label=_("By whom"),
        required=False,
        choices=[("", _("both")), ("me", _("you")), ("partner", _("your partner"))],
    )
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}))


class CorrectForm(forms.Form):
    """What a message really does; of one sent with `none`, nothing of this."""

    HEADINGS = (
        (_("Warm"), ("warm",)),
        (_("Open, or a hand held out"), ("open", "bid")),
        (_("Hard to hear"), ("harsh", "pressure", "distance")),
        (_("May not be safe"), ("danger",)),
    )

    labels = forms.MultipleChoiceField(
        label=_("What this message does"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.label, f"{one.plain}: {one.what}") for one in BEHAVIORS],
    )

    def clean_labels(self) -> list[str]:
        """What is chosen, or nothing."""
        return [] if "none" in self.data else list(self.cleaned_data["labels"])

    def groups(self) -> Iterator[tuple[str, list[BoundWidget]]]:
        """The boxes under headings."""
        boxes = list(self["labels"])
        for heading, names in self.HEADINGS:
            yield str(heading), [box for box, one in zip(boxes, BEHAVIORS, strict=True) if one.group in names]

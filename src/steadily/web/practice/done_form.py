"""What a person may say after a practice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from steadily.program.lessons import Practice
from steadily.program.plan import WRITING

LONGEST_NOTE, LONGEST_WRITING = 2_000, 40_000
HELPED = (("yes", _("yes")), ("a little", _("a little")), ("no", _("no")), ("", _("can't say")))


class DoneForm(forms.Form):
    """
    Whether it helped, and a line or a page about it; each can be left out.

    Args:
        practice: Which one; it may ask something of its own.
        data: What was sent.
    """

    helped = forms.ChoiceField(
        label=_("Did it help?"), required=False, choices=HELPED, widget=forms.RadioSelect, initial=""
    )
    note = forms.CharField(required=False)

    def __init__(self, practice: Practice, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        writes = practice.lesson == WRITING
        note = forms.CharField(
            label=_("Write here") if writes else practice.question or _("A line about it, if you like"),
            required=False,
            max_length=LONGEST_WRITING if writes else LONGEST_NOTE,
            widget=forms.Textarea({"rows": 14 if writes else 2, "autocomplete": "off", "spellcheck": "true"}),
        )
        note.widget.attrs.pop("maxlength", None)
        self.fields["note"] = note

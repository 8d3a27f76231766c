"""What a person may write on the calm pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from steadily.coach import regulate

LONGEST_WORD, LONGEST_NOTE = 80, 2_000


class NameItForm(forms.Form):
    """What it is right now: words to tap, one's own, and a note; each can be left out."""

    feelings = forms.MultipleChoiceField(
        label=_("Tap what fits. It can be more than one."),
        required=False,
        choices=[(one, one) for one in regulate.FEELINGS],
        widget=forms.CheckboxSelectMultiple,
    )
    own = forms.CharField(
        label=_("Or a word of your own"),
        required=False,
        max_length=LONGEST_WORD,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("A line about it, if you like"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "spellcheck": "true"}),
    )

    @property
    def told(self) -> str:
        """What was given, in one piece; only of a valid form."""
        return regulate.named(self.cleaned_data["feelings"], self.cleaned_data["own"])

    @property
    def texts(self) -> tuple[str, ...]:
        """
        What the gate reads: what was written, by itself, as an answer, and after what was tapped.

        "Scared" and "of him" say nothing each, and together they do.
        """
        own, note = self.cleaned_data["own"], self.cleaned_data["note"]
        as_said = (own, f"I feel {own}", f"I'm {own}") if own else ()
        after = (f"I'm {self.told} {note}",) if self.told and note else ()
        return (*as_said, *([note] if note else []), *after)

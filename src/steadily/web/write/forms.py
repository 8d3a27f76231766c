"""What a person writes in the Write room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from steadily.coach.library import BLANK, DISTANCES, GOALS, REGISTERS, kinds
from steadily.coach.review import LONGEST_DRAFT
from steadily.web.narrowed import NarrowedForm
from steadily.web.write.own_phrases import LONGEST_PHRASE, MINE

QUIET = {"autocomplete": "off", "spellcheck": "true"}


class DraftForm(forms.Form):
    """A message that is not sent yet, and what stood before it."""

    text = forms.CharField(
        label=_("Your message"),
        required=False,
        max_length=10 * LONGEST_DRAFT,
        widget=forms.Textarea({"rows": 9, "placeholder": _("Write as you would to them."), **QUIET}),
    )
    before = forms.CharField(
        label=_("What they last wrote, if you like"),
        required=False,
        max_length=LONGEST_DRAFT,
        widget=forms.Textarea({"rows": 2, **QUIET}),
    )
    answers_chat = forms.BooleanField(label=_("Read it as an answer to these"), required=False)

    @property
    def blank(self) -> str:
        """The first blank of a phrase that still stands in the message, with its braces; empty where there is none."""
        found = BLANK.search(self["text"].value() or "")
        return found[0] if found else ""


class PhrasesForm(NarrowedForm):
    """Which phrases to show."""

    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("What for"), required=False)
    goal = forms.ChoiceField(
        label=_("What I want with it"), required=False, choices=[("", _("anything")), *[(one, one) for one in GOALS]]
    )
    distance = forms.ChoiceField(
        label=_("How long it has been cold between you"),
        required=False,
        choices=[("", _("any")), *[(one, one) for one in DISTANCES]],
    )
    register = forms.ChoiceField(
        label=_("How it sounds"), required=False, choices=[("", _("any")), *[(one, one) for one in REGISTERS]]
    )

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", _("anything")), (MINE, _("Mine")), *[(one.name, one.title) for one in kinds()]]


class OwnPhraseForm(forms.Form):
    """A phrase of the person's own."""

    text = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST_PHRASE,
        widget=forms.Textarea({"rows": 3, **QUIET}),
    )


class FrameForm(forms.Form):
    """The same in a frame: fact, feeling, need, and a question that leaves room for no."""

    happened = forms.CharField(label=_("What happened, as a camera would see it"), required=False, max_length=600)
    felt = forms.CharField(label=_("What I felt"), required=False, max_length=300)
    need = forms.CharField(label=_("What I need"), required=False, max_length=300)
    ask = forms.CharField(label=_("What I would ask, if no were a fine answer"), required=False, max_length=400)

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        for one in self.fields.values():
            one.widget = forms.Textarea({"rows": 2, **QUIET})

"""
What a person may answer at a check-in; each can be left out.

A slider is a row of dots to tap, under words. Unlike the browser's own it has no place where it stands by itself, so that nothing is kept
that nobody chose; it needs no script; and the keyboard and screen readers know it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from steadily.program.check_ins import BASELINE_SLIDERS, EVENTS, FORGIVING_SLIDER, SLIDERS, TAGS, Slider
from steadily.program.entries import CheckIn, Point
from steadily.program.trust import HIGHEST, LOWEST

LONGEST_NOTE = 2_000
MIDDLE = (LOWEST + HIGHEST) // 2


@dataclass(frozen=True)
class Scale:
    """
    One slider as it stands in a form.

    Attributes:
        slider: What it asks.
        field: Its field.
    """

    slider: Slider
    field: forms.BoundField

    @property
    def dots(self) -> list[BoundWidget]:
        """What can be tapped, from 0 to 10."""
        return list(self.field)[1:]

    @property
    def left_out(self) -> BoundWidget:
        """The choice that leaves it out."""
        return self.field[0]


class ScalesForm(forms.Form):
    """A form with sliders; `sliders` says which."""

    sliders: tuple[Slider, ...] = ()

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.fields = {one.name: _scale_field(one) for one in self.sliders} | self.fields

    @property
    def scales(self) -> list[Scale]:
        """All sliders, in order."""
        return [Scale(one, self[one.name]) for one in self.sliders]

    @property
    def points(self) -> dict[str, Point]:
        """What was answered, by slider; only of a valid form."""
        return {one.name: self.cleaned_data[one.name] for one in self.sliders}


class CheckInForm(ScalesForm):
    """A day in a few taps: two sliders, and the rest folded."""

    sliders = SLIDERS
    tags = forms.MultipleChoiceField(
        label=_("What fits the day?"),
        required=False,
        choices=[(one, one) for one in TAGS],
        widget=forms.CheckboxSelectMultiple,
    )
    events = forms.MultipleChoiceField(
        label=_("What happened between you, in person?"),
        required=False,
        choices=[(one, one) for one in EVENTS],
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("A line about it, if you like"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2, "dir": "auto", "autocomplete": "off", "spellcheck": "true"}),
    )

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **{"auto_id": "check_in_%s"} | named)
        self.fields["note"].widget.attrs.pop("maxlength", None)

    @classmethod
    def of(cls, entry: CheckIn) -> CheckInForm:
        """With what was answered before."""
        names = (*(one.name for one in SLIDERS), "tags", "events", "note")
        return cls(initial={name: getattr(entry, name) for name in names})

    @property
    def first_scales(self) -> list[Scale]:
        """The two that always stand there."""
        return self.scales[:2]

    @property
    def more_scales(self) -> list[Scale]:
        """What unfolds."""
        return self.scales[2:]

    @property
    def is_unfolded(self) -> bool:
        """Whether something of what is folded was given, or is wrong."""
        folded = [self[one.name] for one in self.sliders[2:]] + [self[name] for name in ("tags", "events", "note")]
        return any(one.value() not in (None, "", [], ()) or one.errors for one in folded)

    def entry(self, day: date) -> CheckIn:
        """The check-in of a day; only of a valid form."""
        given = self.cleaned_data
        return CheckIn(day, **self.points, note=given["note"], tags=tuple(given["tags"]), events=tuple(given["events"]))


class ForgivingForm(ScalesForm):
    """How far it is forgiven."""

    sliders = (FORGIVING_SLIDER,)


class BaselineForm(ScalesForm):
    """The longer look."""

    sliders = BASELINE_SLIDERS


def _scale_field(slider: Slider) -> forms.TypedChoiceField:
    words = dict(zip((LOWEST, MIDDLE, HIGHEST), slider.ends, strict=True))
    dots = [
        (point, f"{point}, {words[point]}" if point in words else str(point)) for point in range(LOWEST, HIGHEST + 1)
    ]
    left_out = ("", _("I'd rather not say"))
    return forms.TypedChoiceField(
        label=slider.asks,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[left_out, *dots],
        widget=forms.RadioSelect,
    )

"""A form that asks little at first: a few fields stand there, the others unfold."""

from __future__ import annotations

from django import forms
from django.forms import BoundField

N_FIRST = 2


class NarrowedForm(forms.Form):
    """Its first two fields are always shown (`_narrowed.html`)."""

    @property
    def first_fields(self) -> list[BoundField]:
        """Those that are always shown."""
        return list(self)[:N_FIRST]

    @property
    def more_fields(self) -> list[BoundField]:
        """Those that unfold."""
        return list(self)[N_FIRST:]

    @property
    def is_narrowed(self) -> bool:
        """Whether one of those that unfold has something in it, or is wrong."""
        return any(one.data or one.errors for one in self.more_fields)

"""The time of a ritual for one's own calendar: a file that says nothing of what it is for, unless the person wants it to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from steadily.program.calendar_file import time_for, uid_of
from steadily.program.entries import Ritual
from steadily.program.rituals import standing, when_in_words
from steadily.web.accounts.place import place_of
from steadily.web.practice.calendar_download import ZoneField, as_file, likely_zone
from steadily.web.practice.the_rituals import ritual_of
from steadily.web.shell.stopping import coaches

UTC = "UTC"


class CalendarForm(forms.Form):
    """
    How it shall stand in the calendar; only what its ritual leaves open is asked.

    Args:
        ritual: Which one.
        today: No day before it.
        data: What was sent.
        zone: Which zone to begin with.
    """

    day = forms.DateField(label=_("On which day?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    zone = ZoneField()
    shows_name = forms.BooleanField(label=_("Show its name in the calendar"), required=False)
    rings = forms.BooleanField(label=_("Ask the calendar to ring when it begins"), required=False)

    def __init__(self, ritual: Ritual, today: date, data: Any = None, zone: str = "") -> None:
        super().__init__(data, initial={"day": today, "zone": zone})
        self.today = today
        self.fields["day"].widget.attrs["min"] = today.isoformat()
        if ritual.weekdays:
            del self.fields["day"]
        if not ritual.clock:
            del self.fields["zone"], self.fields["rings"]

    def clean_day(self) -> date:
        """Today, or one that comes."""
        day: date = self.cleaned_data["day"]
        if day < self.today:
            raise forms.ValidationError(_("That day has passed. Choose today or a later one."))
        return day


@coaches("practice")
def ritual_in_calendar(request: HttpRequest, id: str) -> HttpResponse:
    """What to ask before the file, and the file; only for what both want."""
    vault, today = place_of(request).vault, timezone.localdate()
    ritual = ritual_of(vault, id)
    if standing(ritual) != "both":
        return redirect("practice:ritual", id=id)
    form = CalendarForm(ritual, today, request.POST if request.method == "POST" else None, likely_zone(vault))
    if not form.is_valid():
        context = {"form": form, "id": id, "ritual": ritual, "when": when_in_words(ritual)}
        return render(request, "practice/ritual_calendar.html", context, status=400 if form.errors else 200)
    given = form.cleaned_data
    uid = uid_of(vault.number.hex(), id)
    first, zone = given.get("day", today), given.get("zone", UTC)
    shows_name, rings = given["shows_name"], given.get("rings", False)
    return as_file(time_for(ritual, uid, first, zone, shows_name=shows_name, rings=rings))


urlpatterns = [path("rituals/<str:id>/calendar/", ritual_in_calendar, name="ritual_in_calendar")]

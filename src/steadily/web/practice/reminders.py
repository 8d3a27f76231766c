"""Reminders: off by default, one time a day, neutral words, as a calendar file; nothing of it is kept here."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from steadily.program.calendar_file import uid_of
from steadily.program.reminders import A_NOTE, reminder
from steadily.web.accounts.place import place_of
from steadily.web.practice.calendar_download import ZoneField, as_file, likely_zone
from steadily.web.shell.stopping import coaches


class ReminderForm(forms.Form):
    """One time of the day."""

    clock = forms.TimeField(
        label=_("At what time, once a day?"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    zone = ZoneField()


@coaches("practice")
def reminders(request: HttpRequest) -> HttpResponse:
    """What a reminder is, how to take it out again, and the file."""
    vault = place_of(request).vault
    form = ReminderForm(request.POST if request.method == "POST" else None, initial={"zone": likely_zone(vault)})
    if form.is_valid():
        uid = uid_of(vault.number.hex(), "reminder")
        return as_file(reminder(form.cleaned_data["clock"], uid, timezone.localdate(), form.cleaned_data["zone"]))
    context = {"form": form, "words": A_NOTE}
    return render(request, "practice/reminders.html", context, status=400 if form.errors else 200)


urlpatterns: list[URLPattern] = [path("reminders/", reminders, name="reminders")]

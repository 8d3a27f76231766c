"""A calendar file to download: its clock's zone, and a name that says nothing."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from steadily.program.calendar_file import Appointment, calendar_file
from steadily.vault import Vault
from steadily.web.look.chats import the_chat

FILE_NAME = "calendar.ics"


class ZoneField(forms.CharField):
    """A time zone that there is."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Time zone of your clock"),
            max_length=60,
            widget=forms.TextInput({"placeholder": "Europe/Lisbon", "autocomplete": "off", "spellcheck": "false"}),
        )

    def clean(self, value: object) -> str:
        """Its name."""
        zone = str(super().clean(value))
        if zone not in available_timezones():
            raise forms.ValidationError(_("There is no such time zone. A name looks like Europe/Lisbon."))
        return zone


def likely_zone(vault: Vault) -> str:
    """The zone of this machine, or, where it belongs to others or keeps no zone of its own, that of the chat; empty if neither tells."""
    here = "" if settings.HOSTED else settings.TIME_ZONE
    if here and not here.endswith("UTC"):
        return here
    chat = the_chat(vault)
    return chat.conversation.zone if chat else here


def as_file(appointment: Appointment) -> HttpResponse:
    """The file, to be saved."""
    response = HttpResponse(calendar_file(appointment, timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response

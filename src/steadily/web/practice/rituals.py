"""Rituals: what comes back if both want it, and its calendar file."""

from __future__ import annotations

from datetime import date

from django.urls import URLPattern

from steadily.vault import Vault

urlpatterns: list[URLPattern] = []


def beside(vault: Vault, today: date) -> dict[str, object]:
    """What the first page of the room shows of this."""
    return {}

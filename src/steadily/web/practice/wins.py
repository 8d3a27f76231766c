"""Wins: small things that went well, to read on a bad day."""

from __future__ import annotations

from datetime import date

from django.urls import URLPattern

from steadily.vault import Vault

urlpatterns: list[URLPattern] = []


def beside(vault: Vault, today: date) -> dict[str, object]:
    """What the first page of the room shows of this."""
    return {}

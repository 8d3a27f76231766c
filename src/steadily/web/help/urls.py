"""Addresses of the Help room."""

from __future__ import annotations

from django.urls import path

from steadily.web.help import views

app_name = "help"
urlpatterns = [
    path("", views.help_, name="help"),
    path("shared-phone/", views.shared_phone, name="shared_phone"),
    path("self-check/", views.self_check, name="self_check"),
]

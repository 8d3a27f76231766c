"""Addresses of the Write room."""

from __future__ import annotations

from django.urls import path

from steadily.web.write import views

app_name = "write"
urlpatterns = [
    path("", views.write, name="write"),
    path("read/", views.read, name="read"),
    path("frame/", views.frame, name="frame"),
    path("phrases/", views.phrases, name="phrases"),
    path("phrases/take-up/", views.take_up, name="take_up"),
    path("silence/", views.silence, name="silence"),
    path("keep/", views.keep, name="keep"),
    path("drawer/", views.drawer, name="drawer"),
    path("drawer/<str:id>/", views.draft, name="draft"),
]

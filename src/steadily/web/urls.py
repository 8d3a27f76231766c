"""Addresses of the app."""

from __future__ import annotations

from django.urls import include, path

from steadily.web.api.api import api
from steadily.web.shell import calm, views

urlpatterns = [
    path("", views.start, name="start"),
    path("look/", include("steadily.web.look.urls")),
    path("write/", include("steadily.web.write.urls")),
    path("practice/", include("steadily.web.practice.urls")),
    path("help/", include("steadily.web.help.urls")),
    path("vault/", include("steadily.web.accounts.urls")),
    path("breathe/", calm.breathe, name="breathe"),
    path("grounding/", calm.grounding, name="grounding"),
    path("name-it/", calm.name_it, name="name_it"),
    path("name-it/kept/<str:id>/", calm.let_named_go, name="let_named_go"),
    path("pause/", views.pause, name="pause"),
    path("leave/", views.leave, name="leave"),
    path("stopped/", views.stopped, name="stopped"),
    path("stopped/go-on/", views.go_on, name="go_on"),
    path("understood/", views.understood, name="understood"),
    path("api/", api.urls),
    path("health/", views.health, name="health"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("worker.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
]
handler404 = "steadily.web.shell.trouble.not_found"

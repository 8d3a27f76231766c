"""Addresses of the Write room."""

from __future__ import annotations

from django.urls import path

from steadily.web.write import incoming, machine, phrasebook, repairs, views

app_name = "write"
urlpatterns = [
    path("", views.write, name="write"),
    path("read/", views.read, name="read"),
    path("other-ways/", views.other_ways, name="other_ways"),
    path("other-ways/machine/", machine.machine, name="machine"),
    path("frame/", views.frame, name="frame"),
    path("phrases/", phrasebook.phrases, name="phrases"),
    path("phrases/keep/", phrasebook.keep_phrase, name="keep_phrase"),
    path("phrases/take-away/<str:id>/", phrasebook.take_phrase_away, name="take_phrase_away"),
    path("phrases/take-up/", views.take_up, name="take_up"),
    path("incoming/", incoming.incoming, name="incoming"),
    path("silence/", views.silence, name="silence"),
    path("repair/", repairs.repair, name="repair"),
    path("time-out/", repairs.time_out, name="time_out"),
    path("apology/", repairs.apology, name="apology"),
    path("keep/", views.keep, name="keep"),
    path("empty/", views.empty, name="empty"),
    path("drawer/", views.drawer, name="drawer"),
    path("drawer/<str:id>/", views.draft, name="draft"),
]

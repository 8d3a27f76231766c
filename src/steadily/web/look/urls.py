"""Addresses of the Look room."""

from __future__ import annotations

from django.urls import path

from steadily.web.look import before_after, exporting, moments, putting_in, therapist, views

app_name = "look"
urlpatterns = [
    path("", views.look, name="look"),
    *putting_in.urlpatterns,
    path("behind/<int:number>/", views.behind, name="behind"),
    path("day/<str:iso>/", views.day, name="day"),
    path("message/<int:row>/", views.mark, name="mark"),
    path("message/<int:row>/words/", views.words, name="words"),
    path("search/", views.search, name="search"),
    path("keep/", views.keep, name="keep"),
    path("exporting/", exporting.index, name="exporting"),
    path("exporting/<slug:app>/", exporting.page, name="exporting_page"),
    *before_after.urlpatterns,
    *moments.urlpatterns,
    *therapist.urlpatterns,
]

"""Addresses of the Practice room; each part of it keeps its own."""

from __future__ import annotations

from steadily.web.practice import (
    check_ins,
    experiments,
    hard_days,
    planning,
    proof,
    reminders,
    rituals,
    steps,
    today,
    wins,
    workbook,
    written,
)

app_name = "practice"
urlpatterns = [
    *today.urlpatterns,
    *steps.urlpatterns,
    *written.urlpatterns,
    *planning.urlpatterns,
    *check_ins.urlpatterns,
    *experiments.urlpatterns,
    *rituals.urlpatterns,
    *reminders.urlpatterns,
    *wins.urlpatterns,
    *hard_days.urlpatterns,
    *proof.urlpatterns,
    *workbook.urlpatterns,
]

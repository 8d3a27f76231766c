"""Addresses of the vault."""

from __future__ import annotations

from django.urls import path

from steadily.web.accounts import views

app_name = "vault"
urlpatterns = [
    path("", views.vault, name="vault"),
    path("new/", views.new, name="new"),
    path("open/", views.open_, name="open"),
    path("code/", views.open_with_code, name="open_with_code"),
    path("lock/", views.lock, name="lock"),
    path("passphrase/", views.passphrase, name="passphrase"),
    path("new-code/", views.code, name="code"),
    path("token/", views.token, name="token"),
    path("token/withdraw/", views.withdraw_token, name="withdraw_token"),
    path("backup/", views.backup, name="backup"),
    path("restore/", views.restore, name="restore"),
    path("take-out/", views.take_out, name="take_out"),
    path("erase/", views.erase, name="erase"),
]

"""The pages on which a vault is made, opened, looked after and erased."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from steadily import vault as vaults
from steadily.errors import VaultError
from steadily.vault import Vault
from steadily.web.accounts import doors
from steadily.web.accounts.database import DatabaseStore
from steadily.web.accounts.forms import BackupForm, CodeForm, EraseForm, NameForm, NewPassphraseForm, OpenForm
from steadily.web.accounts.models import Person, Token
from steadily.web.accounts.place import ONLY_ONE, place_of
from steadily.web.accounts.taking_out import everything
from steadily.web.api.tokens import new_token, withdraw
from steadily.web.look.chats import move
from steadily.web.look.uploads import wipe
from steadily.web.shell.trouble import Locked


def vault(request: HttpRequest) -> HttpResponse:
    """What is kept and how; without a vault, what one would be."""
    place = place_of(request)
    if place.is_locked:
        raise Locked
    has_token = place.person is not None and Token.objects.filter(person_id=place.person).exists()
    return render(request, "accounts/vault.html", {"has_token": has_token})


def new(request: HttpRequest) -> HttpResponse:
    """Make a vault; what was in memory goes into it."""
    place = place_of(request)
    if place.person is not None:
        return redirect("vault:vault")
    form = NewPassphraseForm(_given(request))
    name = NameForm(_given(request)) if settings.HOSTED else None
    if request.method == "POST" and form.is_valid() and (name is None or name.is_valid()):
        called = name.cleaned_data["name"] if name else ONLY_ONE
        try:
            person, made, code = doors.make(called, form.cleaned_data["passphrase"])
        except VaultError as error:
            form.add_error(None, str(error))
        else:
            move(place.vault, made)
            return _entered(request, person, made, code)
    return render(request, "accounts/new.html", {"form": form, "name": name}, status=_status(form))


def open_(request: HttpRequest) -> HttpResponse:
    """Open the vault with its passphrase."""
    return _open(
        request, OpenForm, lambda person, form: doors.open_with_passphrase(person, form.cleaned_data["passphrase"])
    )


def open_with_code(request: HttpRequest) -> HttpResponse:
    """Open the vault with its recovery code."""
    return _open(request, CodeForm, lambda person, form: doors.open_with_code(person, form.cleaned_data["code"]))


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the vault, and let go of what was only in memory."""
    response = redirect("start")
    place_of(request).lock(response)
    return response


def passphrase(request: HttpRequest) -> HttpResponse:
    """Another passphrase."""
    kept = _kept(request)
    form = NewPassphraseForm(_given(request))
    if request.method == "POST" and form.is_valid():
        kept.change_passphrase(form.cleaned_data["passphrase"])
        return redirect("vault:vault")
    return render(request, "accounts/passphrase.html", {"form": form}, status=_status(form))


@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """A new recovery code; the old one opens nothing any more."""
    return render(request, "accounts/code.html", {"code": _kept(request).new_code()})


@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """A token for programs of the person's own, shown once."""
    kept, person = _kept(request), place_of(request).person
    return render(request, "accounts/token.html", {"token": new_token(int(person or 0), kept)})


@require_POST
def withdraw_token(request: HttpRequest) -> HttpResponse:
    """The token opens nothing any more."""
    _kept(request)
    withdraw(int(place_of(request).person or 0))
    return redirect("vault:vault")


def backup(request: HttpRequest) -> HttpResponse:
    """All of the vault as one encrypted file."""
    kept = _kept(request)
    with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
        path = Path(folder) / "backup"
        vaults.back_up(kept.store, path)
        response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="notes.backup"'
    return response


def restore(request: HttpRequest) -> HttpResponse:
    """A backup becomes the vault, where there is none."""
    place = place_of(request)
    if settings.HOSTED:
        raise Http404
    if place.person is not None and DatabaseStore(place.person).header() is not None:
        return render(request, "accounts/restore.html", {"form": None})
    form = BackupForm(_given(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["backup"]
        person, _ = Person.objects.get_or_create(name=ONLY_ONE)
        try:
            vaults.restore(DatabaseStore(person.pk), file.path)
            opened = doors.open_with_passphrase(person.pk, form.cleaned_data["passphrase"])
        except VaultError as error:
            DatabaseStore(person.pk).erase()
            form.add_error(None, str(error))
        else:
            return _entered(request, person.pk, opened, "")
        finally:
            wipe(file.path.parent)
    return render(request, "accounts/restore.html", {"form": form}, status=_status(form))


def take_out(request: HttpRequest) -> HttpResponse:
    """All of it, readable, in open formats."""
    place = place_of(request)
    if place.is_locked:
        raise Locked
    if request.method != "POST":
        return render(request, "accounts/take_out.html")
    response = HttpResponse(everything(place.vault), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="notes.zip"'
    return response


def erase(request: HttpRequest) -> HttpResponse:
    """Destroy the keys and every record."""
    place = place_of(request)
    form = EraseForm(_given(request))
    if request.method == "POST" and form.is_valid():
        person = place.person
        response = render(request, "accounts/erased.html")
        place.lock(response)
        if person is not None:
            DatabaseStore(person).erase()
            Person.objects.filter(pk=person).delete()
        request.session.pop("person", None)
        return response
    return render(request, "accounts/erase.html", {"form": form, "place": place}, status=_status(form))


def _open(request: HttpRequest, kind: type[Form], opener: Callable[[int | None, Form], Vault]) -> HttpResponse:
    place = place_of(request)
    if place.is_kept or (place.person is None and not settings.HOSTED):
        return redirect("vault:vault")
    form = kind(_given(request))
    name = NameForm(_given(request)) if settings.HOSTED else None
    if request.method == "POST" and form.is_valid() and (name is None or name.is_valid()):
        person = doors.named(name.cleaned_data["name"]) if name else place.person
        try:
            opened = opener(person, form)
        except VaultError as error:
            form.add_error(None, str(error))
        else:
            response = redirect("vault:passphrase" if kind is CodeForm else "start")
            place.let_guest_go()
            place.enter(int(person or 0), opened, response)
            return response
    context = {"form": form, "name": name, "by_code": kind is CodeForm}
    return render(request, "accounts/open.html", context, status=_status(form))


def _entered(request: HttpRequest, person: int, opened: Vault, code: str) -> HttpResponse:
    response = render(request, "accounts/code.html", {"code": code, "is_new": True}) if code else redirect("start")
    place = place_of(request)
    place.let_guest_go()
    place.enter(person, opened, response)
    return response


def _kept(request: HttpRequest) -> Vault:
    place = place_of(request)
    if not place.is_kept:
        raise Locked
    return place.vault


def _given(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _status(form: Form) -> int:
    return 400 if form.is_bound and form.errors else 200

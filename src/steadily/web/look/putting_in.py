"""Putting a chat in: the files, the reading of them, and what a person has to choose on the way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from steadily.synthetic import sample_couple, sample_plan
from steadily.synthetic.exports import write_export
from steadily.web.accounts.place import place_of
from steadily.web.look import importing
from steadily.web.look.chats import Chat, the_story
from steadily.web.look.forms import DropForm
from steadily.web.look.uploads import PrivateFile, private_folder
from steadily.web.shell.stopping import coaches
from steadily.web.shell.trouble import Locked

IMPORT = "import"
SAMPLE_ME, SAMPLE_PARTNER, SAMPLE_ZONE = "Robin", "Jules", "Europe/London"


@require_GET
@coaches("look back")
def newer(request: HttpRequest) -> HttpResponse:
    """Where a chat can be put in while one is there."""
    is_newer = the_story(place_of(request).vault) is not None
    return render(request, "look/drop.html", {"form": DropForm(), "is_newer": is_newer})


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Take files and begin to read them."""
    form = DropForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "look/drop.html", {"form": form}, status=400)
    files: list[PrivateFile] = form.cleaned_data["chat"]
    place = place_of(request)
    if place.is_locked:
        raise Locked
    importing.let_go(request.session.get(IMPORT, ""))
    folders = [one.path.parent for one in files]
    request.session[IMPORT] = importing.begin(
        folders,
        place.vault,
        zone=form.cleaned_data["zone"] or None,
        date_order=form.cleaned_data["date_order"] or None,
    )
    return redirect("look:reading")


@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    """An invented couple to look at, where nothing else is there yet."""
    place = place_of(request)
    if not place.is_locked and the_story(place.vault) is None and import_of(request) is None:
        folder = private_folder()
        write_export(sample_couple(), folder, "whatsapp")
        request.session[IMPORT] = importing.begin([folder], place.vault, zone=SAMPLE_ZONE, me=[SAMPLE_ME])
    return redirect("look:reading")


def is_sample(chat: Chat) -> bool:
    """Whether a chat is the invented couple's: their names, from their first day on."""
    who, first = chat.conversation.partners, chat.conversation.messages["local_time"][0]
    plan = sample_plan()
    return (who.me, who.partner) == (SAMPLE_ME, SAMPLE_PARTNER) and abs(first.date() - plan.phases[0].start).days <= 1


@require_GET
def reading(request: HttpRequest) -> HttpResponse:
    """How far the reading has come, or what has to be chosen."""
    one = import_of(request)
    if one is None or one.finished:
        importing.let_go(request.session.pop(IMPORT, ""))
        return redirect("look:look")
    return render(request, "look/reading.html", {"one": one})


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """The part of the page that moves."""
    one = import_of(request)
    if one is None or not one.is_running:
        response = HttpResponse()
        response["HX-Redirect"] = "/look/reading/"
        return response
    return render(request, "look/_progress.html", {"one": one})


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """What the person chose; the reading goes on."""
    one = import_of(request)
    if one is None or one.needed is None:
        return redirect("look:look")
    answer = request.POST.get("value", "")
    if answer not in {choice.value for choice in one.needed.choices}:
        return redirect("look:reading")
    if one.needed.what == "me":
        one.me = [answer]
    elif one.needed.what == "partner":
        one.partner.append(answer)
    else:
        one.chat = answer
    one.go_on()
    return redirect("look:reading")


@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    """Stop reading and remove the files."""
    importing.let_go(request.session.pop(IMPORT, ""))
    return redirect("look:look")


def import_of(request: HttpRequest) -> importing.Import | None:
    """The import of this visit, where there is one."""
    return importing.named(request.session.get(IMPORT, ""))


urlpatterns = [
    path("newer/", newer, name="newer"),
    path("drop/", drop, name="drop"),
    path("sample/", sample, name="sample"),
    path("reading/", reading, name="reading"),
    path("reading/progress/", progress, name="progress"),
    path("reading/choose/", choose, name="choose"),
    path("reading/stop/", give_up, name="give_up"),
]

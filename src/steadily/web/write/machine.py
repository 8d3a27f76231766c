"""Wordings from a model server that the person runs, where they connected one; checked like Steadily's own, and named for what they are."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from steadily.coach.alternatives import Alternative, verified
from steadily.coach.model_server import Server, candidates
from steadily.errors import ModelServerError
from steadily.web.shell.stop_page import stop_page
from steadily.web.shell.stopping import coaches
from steadily.web.write.forms import DraftForm
from steadily.web.write.reading import before_it, read_draft


def server() -> Server | None:
    """The server that was connected; None where none was."""
    address, model = settings.MODEL_SERVER
    return Server(address, model) if address else None


@require_POST
@coaches("draft")
def machine(request: HttpRequest) -> HttpResponse:
    """Ask it, when the person asks."""
    found = server()
    form = DraftForm(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        return redirect("write:write")
    if read_draft(request, form, reword=False).gate.stops:
        return stop_page(request, form.cleaned_data["text"])
    draft, before = form.cleaned_data["text"], before_it(request, form)
    try:
        texts, problem = verified(draft, candidates(found, draft, before), before), ""
    except ModelServerError as error:
        texts, problem = [], str(error)
    note = _("Written by your model server. Change it until it sounds like you.")
    told = {"ways": [Alternative(text, "machine", note) for text in texts], "problem": problem, "form": form}
    return render(request, "write/machine.html", told)

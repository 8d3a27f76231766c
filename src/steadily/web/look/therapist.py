"""Chosen chapters as a PDF, to take along to a therapist; made here and never kept."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from steadily.report.story import Chapter, chapters
from steadily.report.therapist import FILE_NAME, Wanted, for_therapist
from steadily.web.accounts.place import place_of
from steadily.web.look.chats import Story, the_chat
from steadily.web.look.coded_chat import coded_of
from steadily.web.look.retelling import story_now
from steadily.web.shell.stopping import coaches


class TherapistForm(forms.Form):
    """What is to be in it."""

    sections = forms.MultipleChoiceField(
        label=_("Chapters"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one chapter.")},
    )
    names = forms.ChoiceField(
        label=_("Names"),
        choices=(("no", _("Left out: only “you” and “your partner”")), ("yes", _("As in the chat"))),
        initial="no",
        widget=forms.RadioSelect,
    )
    quotes = forms.ChoiceField(
        label=_("Messages"),
        choices=(("no", _("None quoted")), ("yes", _("A few quoted"))),
        initial="no",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: object, found: tuple[Chapter, ...], *, has_chat: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["sections"].choices = [(one.name, one.heading) for one in found]  # type: ignore[attr-defined]
        self.fields["sections"].initial = [one.name for one in found if not one.is_folded]
        if not has_chat:
            del self.fields["names"], self.fields["quotes"]


@require_http_methods(["GET", "POST"])
@coaches("look back")
def therapist(request: HttpRequest) -> HttpResponse:
    """Choose, and get the file."""
    vault = place_of(request).vault
    story, chat = story_now(vault), the_chat(vault)
    if story is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = TherapistForm(data, chapters(story.told), has_chat=chat is not None)
    if not form.is_valid():
        return render(request, "look/therapist.html", {"form": form}, status=400 if form.is_bound else 200)
    return _file(request, story, form)


def _file(request: HttpRequest, story: Story, form: TherapistForm) -> HttpResponse:
    vault, chosen = place_of(request).vault, form.cleaned_data
    chat = the_chat(vault)
    wanted = Wanted(tuple(chosen["sections"]), names=chosen.get("names") == "yes", quotes=chosen.get("quotes") == "yes")
    content = for_therapist(
        story.headline,
        story.told,
        coded_of(vault),
        chat.conversation.partners if chat else None,
        wanted,
        timezone.localdate(),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


urlpatterns = [path("for-a-therapist/", therapist, name="therapist")]

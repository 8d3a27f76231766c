"""The workbook as a PDF: which paper, blank or with what was kept; made here and never kept."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from steadily.report.workbook import Entries, workbook
from steadily.safety.helplines import countries
from steadily.web.accounts.place import place_of
from steadily.web.shell.stopping import coaches

FILE_NAME = "workbook.pdf"
"""Safe in a list of downloads."""


class WorkbookForm(forms.Form):
    """What the book should be like."""

    kind = forms.ChoiceField(
        label=_("Inside"),
        choices=(("blank", _("Blank, to write on paper")), ("filled", _("With what I kept here"))),
        initial="blank",
        widget=forms.RadioSelect,
    )
    paper = forms.ChoiceField(
        label=_("Paper"), choices=(("a4", _("A4")), ("letter", _("US Letter"))), initial="a4", widget=forms.RadioSelect
    )
    country = forms.ChoiceField(
        label=_("Helplines of a country"),
        required=False,
        help_text=_("Only where you want them on paper. Nothing is looked up, and the choice is not kept."),
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["country"].choices = [("", _("None")), *countries().items()]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@coaches("practice")
def workbook_page(request: HttpRequest) -> HttpResponse:
    """Choose, and get the file."""
    form = WorkbookForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "practice/workbook.html", {"form": form}, status=400 if form.is_bound else 200)
    chosen = form.cleaned_data
    entries = Entries.of(place_of(request).vault) if chosen["kind"] == "filled" else None
    content = workbook(entries, paper=chosen["paper"], today=timezone.localdate(), country=chosen["country"])
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


urlpatterns = [path("workbook/", workbook_page, name="workbook")]

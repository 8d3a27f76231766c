"""Proof: practice, check-ins, wins and repairs over weeks, on one calm page."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from steadily.program.entries import FORGIVING, HARD_DAYS, PRACTICED, RITUALS, WINS
from steadily.program.proof import BEFORE_AFTER, WEEKS, YEAR_WEEKS, span_of, strands
from steadily.program.strand import Band, Lived, Stretches
from steadily.report.charts import Spec
from steadily.report.proof_charts import level_chart, weeks_chart
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.at_hand import at_hand
from steadily.web.look.before_after import before_and_after
from steadily.web.look.chats import the_chat
from steadily.web.look.drawing import NARROW, WIDE, picture
from steadily.web.practice import checked_in
from steadily.web.practice.entries_at_hand import all_of
from steadily.web.practice.wins import found_in_chat, is_after_harm
from steadily.web.shell.stopping import coaches

PICTURES, MOST_PICTURES, PICTURES_BYTES = "proof pictures", 40, 3_000_000


@dataclass(frozen=True)
class Drawn:
    """
    A chart as it stands on the page.

    Attributes:
        wide: As SVG.
        narrow: The same for a phone.
        described: What it shows, for screen readers.
    """

    wide: str
    narrow: str
    described: str


@require_GET
@coaches("proof")
def proof(request: HttpRequest) -> HttpResponse:
    """The last twelve weeks."""
    return _page(request, WEEKS)


@require_GET
@coaches("proof")
def proof_year(request: HttpRequest) -> HttpResponse:
    """The last year."""
    return _page(request, YEAR_WEEKS)


def lived(vault: Vault) -> Lived:
    """All that the proof is made of."""
    day, chat = timezone.localdate(), the_chat(vault)
    check_ins = [one.entry for one in checked_in.kept(vault)]
    return Lived(
        practiced=[one.entry for one in all_of(vault, PRACTICED)],
        wins=[one.entry for one in all_of(vault, WINS)],
        rituals=[one.entry for one in all_of(vault, RITUALS)],
        check_ins=check_ins,
        hard_days=[one.entry for one in all_of(vault, HARD_DAYS)],
        forgiving=[one.entry for one in all_of(vault, FORGIVING)],
        curves=checked_in.curves(vault, day) if check_ins else {},
        found=found_in_chat(vault),
        chat_until=chat.conversation.messages["local_time"].dt.date()[-1] if chat else None,
        tells_repairs=not is_after_harm(vault),
        again=before_and_after(vault),
    )


def _page(request: HttpRequest, n_weeks: int) -> HttpResponse:
    vault = place_of(request).vault
    everything = lived(vault)
    span = span_of(everything, timezone.localdate(), n_weeks)
    found = strands(everything, span)
    built = [one for one in found if not isinstance(one.chart, Band) and one.name != BEFORE_AFTER]
    context = {
        "span": span,
        "built": built,
        "weeks": _drawn(vault, weeks_chart(built, span, WIDE), weeks_chart(built, span, NARROW)),
        "felt": [
            (one, _drawn(vault, level := level_chart(one, span), level)) for one in found if isinstance(one.chart, Band)
        ],
        "again": everything.again,
        "has_stretches": any(isinstance(one.chart, Stretches) for one in built),
        "is_year": n_weeks == YEAR_WEEKS,
        "has_more": span_of(everything, timezone.localdate(), YEAR_WEEKS).n_weeks > WEEKS,
    }
    return render(request, "practice/proof.html", context)


def _drawn(vault: Vault, wide: Spec | None, narrow: Spec | None) -> Drawn | None:
    """A chart, drawn once for as long as nothing in it changes."""
    if wide is None or narrow is None:
        return None
    there: dict[str, Drawn] = at_hand(vault.number, PICTURES, dict, lambda _: PICTURES_BYTES)
    name = json.dumps(wide)
    if name not in there:
        if len(there) >= MOST_PICTURES:
            there.clear()
        there[name] = Drawn(picture(wide, WIDE), picture(narrow, NARROW), str(wide["description"]))
    return there[name]


urlpatterns = [
    path("proof/", proof, name="proof"),
    path("proof/year/", proof_year, name="proof_year"),
]

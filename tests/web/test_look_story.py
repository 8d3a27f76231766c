"""The story in the Look room: by chapters, amounts folded, older ones still open; and chosen chapters as a PDF."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from visits import Visit

from steadily.vault import Vault

CRISIS = "I just want to die, I have thoughts of ending my life"
THERAPIST = "/look/for-a-therapist/"


@pytest.fixture
def read(visit: Visit, tmp_path: Path) -> Visit:
    """A visit in which twelve quiet weeks have been read."""
    lines = [
        f"[{datetime(2026, 1, 5, hour, minute) + timedelta(days=day):%d/%m/%Y, %H:%M:%S}] {who}: {text}"
        for day in range(84)
        for hour, minute, who, text in (
            (8 + day % 3, 5, ("Ana", "Ben")[day % 2], "did you sleep"),
            (8 + day % 3, 9 + day % 9, ("Ben", "Ana")[day % 2], "yes, a little"),
            (13, day % 50, "Ana", "lunch?"),
            (13, 50 + day % 9, "Ben", "see you at one"),
            (20, day % 40, "Ben", "on my way"),
            (21, day % 40, "Ana", "good night"),
        )
    ]
    visit.put_in(tmp_path, "\n".join(lines) + "\n")
    return visit


def vault_of(visit: Visit) -> Vault:
    """Where a visit without a passphrase keeps things."""
    from steadily.web.accounts import place

    return place._guests[visit.session["guest"]].vault


def words_of(content: bytes) -> str:
    """All words of a PDF, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def story_of(page: str) -> str:
    """The page without what is around it."""
    return page.split("<main", 1)[1]


def test_it_is_told_by_chapters_in_their_order(read: Visit) -> None:
    from steadily.report.story import PLANS

    page = story_of(read.page("/look/"))
    found = re.findall(r'<h2 id="h-([a-z-]+)">', page)
    assert found
    assert found == [plan.name for plan in PLANS if plan.name in found]
    assert found[-1] == "amounts"
    assert page.index("<h1>") < page.index("<h2")


def test_amounts_are_folded_and_nothing_else_is(read: Visit) -> None:
    page = story_of(read.page("/look/"))
    folded = re.findall(r'<details class="text"><summary><h2 id="h-([a-z-]+)">', page)
    assert folded == ["amounts"]
    amounts = page.split('id="h-amounts"')[1]
    assert "You wrote first on" in amounts
    assert amounts.index("You wrote first on") < amounts.index("</section>")


def test_every_finding_is_there_once_and_opens_its_messages(read: Visit) -> None:
    from steadily.web.look.chats import the_story

    page = story_of(read.page("/look/"))
    story = the_story(vault_of(read))
    assert story is not None
    known = [place for place, one in enumerate(story.told) if one.finding.estimate is not None]
    assert sorted(int(one) for one in re.findall(r'id="finding-(\d+)"', page)) == known
    behind = {int(one) for one in re.findall(r'data-behind="/look/behind/(\d+)/"', page)}
    assert behind == {place for place in known if story.told[place].finding.messages}


def test_charts_have_words_and_numbers(read: Visit) -> None:
    page = story_of(read.page("/look/"))
    charts = re.findall(r'<div class="chart" role="img" aria-label="([^"]*)">', page)
    assert len(charts) >= 4
    assert all(len(one) > 20 for one in charts)
    assert page.count('<details class="numbers">') == len(charts)


def test_a_story_kept_before_there_were_chapters_still_opens(read: Visit) -> None:
    from steadily.web.at_hand import forget

    old = {
        "headline": "14 months, 9,212 messages; something changed around April 2026.",
        "told": [
            {
                "finding": {
                    "measure": measure, "estimate": 0.5, "interval": [0.4, 0.6], "n": 90, "unit": "share", "messages": [],
                    "facts": {},
                },
                "heading": "Who opens the day", "statement": f"Said of {measure}.", "spread": "", "caveat": "It cannot tell.",
            }
            for measure in ("openings.day", "waits.usual", "of.another_version")
        ],
        "charts": {"waits.usual": "<svg><title>old</title></svg>", "waits.usual on a phone": "<svg></svg>"},
        "described": {"waits.usual": "Of a hundred turns, how many wait."},
        "rows": {"waits.usual": [["s"], ["1"]]},
    }  # fmt: skip
    read.post("/look/keep/", {"keep": "findings"})
    vault = vault_of(read)
    vault.put("story", json.dumps(old).encode(), "look-story")
    forget(vault.number)

    page = story_of(read.page("/look/"))
    for measure in ("openings.day", "waits.usual", "of.another_version"):
        assert f"Said of {measure}." in page
    assert "<svg><title>old</title></svg>" in page
    assert "Show the messages" not in page
    answer = read.post(THERAPIST, {"sections": ["amounts"]})
    assert "Said of openings.day." in words_of(answer.content)


def test_a_pdf_of_chosen_chapters_has_a_neutral_name(read: Visit) -> None:
    assert THERAPIST in read.page("/look/")
    page = read.page(THERAPIST)
    assert 'name="names" value="no"' in page
    assert re.search(r'name="quotes" value="no"[^>]*checked', page)
    assert re.search(r'value="amounts"(?![^>]*checked)', page)

    answer = read.post(THERAPIST, {"sections": ["amounts"], "names": "no", "quotes": "no"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    words = words_of(answer.content)
    assert "You wrote first on" in words
    assert "What this cannot know" in words
    for name in ("Ana", "Ben"):
        assert name not in words
    named = read.post(THERAPIST, {"sections": ["amounts"], "names": "yes", "quotes": "no"})
    assert "“You” is Ana, “your partner” is Ben." in words_of(named.content)


@pytest.mark.parametrize(
    "data",
    [{}, {"sections": ["nonsense"], "names": "no", "quotes": "no"}, {"sections": ["amounts"], "names": "perhaps"}],
)
def test_a_choice_that_is_none_is_said(read: Visit, data: dict[str, list[str] | str]) -> None:
    answer = read.post(THERAPIST, data)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_without_messages_there_are_neither_names_nor_quotes_to_choose(read: Visit) -> None:
    read.post("/look/keep/", {"keep": "findings"})
    page = read.page(THERAPIST)
    assert 'name="quotes"' not in page
    assert "You wrote first on" in words_of(read.post(THERAPIST, {"sections": ["amounts"]}).content)
    read.post("/look/keep/", {"keep": "nothing"})
    assert read.get(THERAPIST).status_code == 404


def test_there_is_none_while_coaching_is_stopped(visit: Visit, tmp_path: Path) -> None:
    visit.put_in(tmp_path)
    visit.post("/name-it/", {"note": CRISIS})
    answer = visit.post(THERAPIST, {"sections": ["amounts"], "names": "no", "quotes": "no"})
    assert answer.headers["Location"] == "/stopped/"

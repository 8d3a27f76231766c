"""One's own phrases, from outside: keeping one, writing one, finding it again, taking it away."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from visits import Visit

OWN = "Tea in ten minutes, and no agenda. Only if you like."
KEEP = "/write/phrases/keep/"


@pytest.fixture
def listed(visit: Visit) -> str:
    """A phrase of the library for repair."""
    from steadily.coach.library import search

    return search(kind="repair")[0].text


def mine(page: str) -> str:
    """The group of one's own; empty where it is not shown."""
    found = re.search(r'<section class="card" id="mine".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def escaped(text: str) -> str:
    """As it stands in a page."""
    from django.utils.html import escape

    return str(escape(text))


def test_mine_is_on_top_and_says_what_it_is_for_while_empty(visit: Visit) -> None:
    page = visit.page("/write/phrases/")
    assert "stands here" in mine(page)
    assert page.index('id="mine"') < page.index('id="k-opener"')


def test_a_phrase_of_the_library_is_kept_once_and_taken_away(visit: Visit, listed: str) -> None:
    answer = visit.post(KEEP, {"text": listed, "asked": "kind=repair", "place": "repair-1"})
    assert answer.headers["Location"] == "/write/phrases/?kind=repair#repair-1"
    visit.post(KEEP, {"text": listed})
    page = visit.page("/write/phrases/?kind=repair")
    assert mine(page).count(f'<p class="statement words" dir="auto">{escaped(listed)}</p>') == 1
    assert "in memory only" in mine(page)
    assert "Take it up" in mine(page)
    away = re.findall(r"/write/phrases/take-away/\w{32}/", page)
    assert len(away) == 2
    assert len(set(away)) == 1
    visit.post(away[0])
    assert escaped(listed) not in mine(visit.page("/write/phrases/"))


def test_a_phrase_of_ones_own_is_kept_found_and_taken_up(visit: Visit) -> None:
    answer = visit.post(KEEP, {"text": f"  {OWN} "})
    assert answer.headers["Location"] == "/write/phrases/#mine"
    assert OWN in mine(visit.page("/write/phrases/"))
    assert OWN in mine(visit.page("/write/phrases/?words=TEA"))
    assert OWN not in visit.page("/write/phrases/?words=coffee")
    assert OWN not in visit.page("/write/phrases/?kind=repair")
    only = visit.page("/write/phrases/?kind=mine")
    assert OWN in only
    assert 'id="k-' not in only
    assert "No phrase fits" not in only
    assert OWN in visit.post("/write/phrases/take-up/", {"text": OWN}).content.decode()


def test_what_is_asked_narrows_mine_as_well(visit: Visit, listed: str) -> None:
    visit.post(KEEP, {"text": listed})
    assert escaped(listed) in mine(visit.page("/write/phrases/?kind=repair"))
    assert mine(visit.page("/write/phrases/?kind=apology")) == ""


def test_lines_to_oneself_can_be_kept_and_are_not_for_sending(visit: Visit) -> None:
    from steadily.coach.regulate import lines_to_oneself

    visit.post(KEEP, {"text": lines_to_oneself()[0].text})
    group = mine(visit.page("/write/phrases/"))
    assert escaped(lines_to_oneself()[0].text) in group
    assert "Take it up" not in group


def test_an_empty_phrase_or_a_very_long_one_is_told_and_nothing_is_lost(visit: Visit) -> None:
    assert visit.post(KEEP, {"text": " "}).status_code == 400
    answer = visit.post(KEEP, {"text": "word " * 300})
    assert answer.status_code == 400
    assert "word word word" in mine(answer.content.decode())
    assert "stands here" in mine(visit.page("/write/phrases/"))


def test_danger_in_a_phrase_stops_coaching_and_it_is_not_kept(visit: Visit) -> None:
    answer = visit.post(KEEP, {"text": "I just want to die, I have thoughts of ending my life"})
    assert answer.headers["Location"] == "/stopped/"
    assert visit.post(KEEP, {"text": OWN}).headers["Location"] == "/stopped/"
    visit.page("/stopped/")
    visit.post("/stopped/go-on/")
    assert "ending my life" not in visit.page("/write/phrases/")


def test_keeping_leads_nowhere_but_to_the_phrases(visit: Visit) -> None:
    answer = visit.post(KEEP, {"text": OWN, "asked": "//elsewhere.example/?x=1", "place": '"><script>'})
    assert answer.headers["Location"].startswith("/write/phrases/?")
    assert answer.headers["Location"].endswith("#mine")
    assert "<script" not in answer.headers["Location"]


def test_phrases_go_into_the_vault_and_come_out_again(visit: Visit) -> None:
    visit.post(KEEP, {"text": OWN})
    visit.make_vault()
    group = mine(visit.page("/write/phrases/"))
    assert OWN in group
    assert "in memory only" not in group
    packed = zipfile.ZipFile(io.BytesIO(visit.post("/vault/take-out/").content))
    assert json.loads(packed.read("phrases.json"))[0]["text"] == OWN
    visit.post("/vault/lock/")
    assert visit.post(KEEP, {"text": "x"}).headers["Location"] == "/vault/open/"

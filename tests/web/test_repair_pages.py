"""The pages for mending, from outside: a phrase for a slip, a pause with a return, an apology."""

from __future__ import annotations

import html
import re

import pytest
from visits import Visit

PATHS = ("/write/repair/", "/write/time-out/", "/write/apology/")
PAUSE = {"minutes": "20", "at": "", "register": "plain", "where": ""}
SORRY = {"did": "I shouted at you", "amends": "I've told your sister that I was wrong"}
DANGER = "I just want to die, I have thoughts of ending my life"


def posted(visit: Visit, path: str, given: dict[str, str]) -> str:
    """The page that answers."""
    answer = visit.post(path, given)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def message(page: str) -> str:
    """What was composed; empty where nothing was."""
    found = re.search(r'<textarea name="text"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_help_and_breathing_and_composes_nothing_by_itself(visit: Visit, path: str) -> None:
    page = visit.page(path)
    main = page.split("<main", 1)[1]
    assert 'href="/help/"' in main
    assert 'href="/breathe/"' in main
    assert "What is known about this" in main
    assert message(page) == ""
    assert "!" not in re.sub(r"<[^>]*>", "", main)


@pytest.mark.parametrize("path", PATHS)
def test_none_of_them_is_there_while_coaching_is_stopped(visit: Visit, path: str) -> None:
    visit.post("/write/read/", {"text": DANGER})
    assert visit.get(path).headers["Location"] == "/stopped/"
    assert visit.post(path, SORRY | PAUSE).headers["Location"] == "/stopped/"


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/write/time-out/", PAUSE | {"where": DANGER}),
        ("/write/time-out/", {"text": DANGER}),
        ("/write/apology/", SORRY | {"more": DANGER}),
        ("/write/apology/", {"text": DANGER}),
    ],
)
def test_danger_in_what_is_written_stops_coaching(visit: Visit, path: str, given: dict[str, str]) -> None:
    page = visit.post(path, given).content.decode()
    assert "crisis line" in page
    assert "readonly>" in page
    assert visit.get("/write/").headers["Location"] == "/stopped/"


def test_one_tap_gets_two_or_three_phrases_with_when_and_one_can_be_taken_up(visit: Visit) -> None:
    from steadily.coach.repair import SLIPS

    page = visit.page("/write/repair/")
    assert page.count('name="what"') == len(SLIPS)
    assert "Take it up" not in page
    found = posted(visit, "/write/repair/", {"what": "sharp"})
    phrases = re.findall(r'<input type="hidden" name="text" value="([^"]+)">', found)
    assert 2 <= len(phrases) <= 3
    assert found.count("When: ") == len(phrases)
    assert phrases[0] in html.unescape(visit.post("/write/phrases/take-up/", {"text": phrases[0]}).content.decode())


def test_an_unknown_slip_shows_the_list_again(visit: Visit) -> None:
    page = posted(visit, "/write/repair/", {"what": "nothing like that"})
    assert "Tap what comes nearest." in page
    assert "Take it up" not in page


def test_a_pause_says_when_it_ends_and_is_shown_to_copy(visit: Visit) -> None:
    page = posted(visit, "/write/time-out/", PAUSE)
    assert message(page) == "I need a pause. It's not a punishment. I'll be back in 20 minutes."
    assert 'data-copy="message"' in page
    assert "not a measured threshold" in page
    warm = posted(
        visit, "/write/time-out/", {"minutes": "", "at": "19:30", "register": "warm", "where": "Saturday's plans"}
    )
    assert re.search(r"I'll be back at 19:30( tomorrow)?\.", message(warm))
    assert "come back to this: Saturday's plans." in message(warm)
    assert "in 20 minutes" in message(posted(visit, "/write/time-out/", PAUSE | {"minutes": ""}))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"minutes": "1441"}, "stops at 24 hours"),
        ({"minutes": "0"}, "at least a minute"),
        ({"minutes": "soon"}, "whole number"),
        ({"at": "noonish"}, "valid time"),
        ({"register": "cold"}, "valid choice"),
    ],
)
def test_a_pause_that_cannot_be_says_why(visit: Visit, wrong: dict[str, str], told: str) -> None:
    page = posted(visit, "/write/time-out/", PAUSE | wrong)
    assert told in page
    assert message(page) == ""


def test_an_apology_is_made_of_the_writers_own_words(visit: Visit) -> None:
    assert "yours to apologize for" in visit.page("/write/apology/")
    page = posted(visit, "/write/apology/", SORRY)
    assert message(page) == "I shouted at you. I'm sorry. I've told your sister that I was wrong."
    assert '<div class="reading">' not in page
    assert "yours to apologize for" in page


def test_forgiveness_is_a_box_that_is_off(visit: Visit) -> None:
    page = visit.page("/write/apology/")
    assert "checked" not in page
    assert "Nothing is owed." in page
    assert "forgive" not in message(posted(visit, "/write/apology/", SORRY))
    asked = message(posted(visit, "/write/apology/", SORRY | {"asks_forgiveness": "on", "needs_no_answer": "on"}))
    assert "You don't owe me that. You don't need to answer this." in asked


def test_what_takes_an_apology_back_gets_a_remark_and_is_composed_all_the_same(visit: Visit) -> None:
    page = posted(visit, "/write/apology/", SORRY | {"more": "but you made me do it"})
    assert "<mark>you made me</mark> This hands your part to them." in page
    assert "But you made me do it." in message(page)


def test_an_apology_needs_what_was_done_and_what_is_done_about_it(visit: Visit) -> None:
    page = posted(visit, "/write/apology/", {"did": " ", "amends": ""})
    assert "An apology stands on this." in page
    assert "One small thing is enough" in page
    assert message(page) == ""


@pytest.mark.parametrize("path", ["/write/time-out/", "/write/apology/"])
def test_what_came_out_can_be_changed_and_put_on_the_page(visit: Visit, path: str) -> None:
    page = posted(visit, path, {"text": "I need a pause. Back at 19:30, love."})
    assert 'id="letter"' in page
    assert message(page) == "I need a pause. Back at 19:30, love."


def test_words_are_escaped_and_nothing_is_kept(visit: Visit) -> None:
    raw = visit.post("/write/apology/", SORRY | {"more": "<b>very particular</b>"}).content.decode()
    assert "<b>very" not in raw
    for path in (*PATHS, "/write/", "/write/drawer/"):
        assert "very particular" not in visit.page(path)

"""Check-ins, from outside: said in a few taps, changed, thrown away; never a number that nobody chose, nor one without n."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from visits import PASSPHRASE, Visit

TODAY, PAGE, DAYS = "/practice/check-ins/today/", "/practice/check-ins/", "/practice/check-ins/days/"
FORGIVING, LONGER_LOOK = "/practice/check-ins/forgiving/", "/practice/check-ins/longer-look/"
CRISIS = "I just want to die, I have thoughts of ending my life"
START = date(2026, 3, 2)


@pytest.fixture
def on(app: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], date]:
    """The function that goes to a day, so many after `START`; the day alone, since a session does not live for weeks."""
    from django.utils import timezone

    def go(n_days: int) -> date:
        day = START + timedelta(days=n_days)
        monkeypatch.setattr(timezone, "localdate", lambda: day)
        return day

    go(0)
    return go


def checked(page: str) -> list[tuple[str, str]]:
    """Which choices stand in a page, by name and value."""
    inputs = re.findall(r"<input[^>]*\bchecked\b[^>]*>", page)
    return [(re.findall(r'name="(\w+)"', one)[0], re.findall(r'value="([^"]*)"', one)[0]) for one in inputs]


def card(page: str) -> str:
    """The part of the first page."""
    found = re.search(r'<section class="card" id="check-in".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def test_the_first_page_asks_two_things_and_has_chosen_nothing(visit: Visit) -> None:
    asked = card(visit.page("/practice/"))
    assert asked.index("How safe") < asked.index("How close") < asked.index("<details") < asked.index("how hard")
    assert checked(asked) == [("safety", ""), ("closeness", ""), ("strain", "")]
    assert len(re.findall(r'name="safety"', asked)) == 12
    assert "on guard" in asked
    assert "<script" not in asked


def test_a_day_is_said_once_and_changed_quietly(visit: Visit) -> None:
    answer = visit.post(TODAY, {"safety": "6", "events": ["we laughed"], "note": " a slow morning "})
    assert answer.headers["Location"] == "/practice/#check-in"
    done = card(visit.page("/practice/"))
    assert "You have said how today was" in done
    assert "<form" not in done
    page = visit.page(TODAY)
    assert checked(page) == [("safety", "6"), ("closeness", ""), ("strain", ""), ("events", "we laughed")]
    assert "a slow morning</textarea>" in page
    visit.post(TODAY, {"safety": "4", "closeness": "0"})
    page = visit.page(DAYS)
    assert page.count("<article") == 1
    assert "Safe: 4 of 10." in page
    assert "Close: 0 of 10." in page
    assert "Hard:" not in page
    assert "a slow morning" not in page


def test_nothing_is_kept_where_nothing_was_said(visit: Visit) -> None:
    page = visit.post(TODAY, {"safety": "", "note": "  "})
    assert page.status_code == 200
    assert "nothing was kept" in page.content.decode()
    assert "<article" not in visit.page(DAYS)
    assert "How was today?" in card(visit.page("/practice/"))


def test_what_cannot_be_is_told_and_the_rest_stays(visit: Visit) -> None:
    answer = visit.post(TODAY, {"safety": "11", "closeness": "7", "tags": ["calm", "<b>"], "note": "x" * 3000})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.count('class="problem"') == 3
    assert ("closeness", "7") in checked(page)
    assert "xxxx" in page
    assert "<article" not in visit.page(DAYS)


def test_an_earlier_day_is_changed_and_thrown_away(visit: Visit, on: Callable[[int], date]) -> None:
    visit.post(TODAY, {"safety": "6", "note": "the first"})
    on(1)
    visit.post(TODAY, {"safety": "8", "note": "the second"})
    page = visit.page(DAYS)
    assert page.index("the second") < page.index("the first")
    first = re.findall(r"/practice/check-ins/\w{32}/(?=\")", page)[1]
    assert "How was 2 March 2026?" in visit.page(first)
    answer = visit.post(first, {"safety": "5", "note": "the first, again"})
    assert answer.headers["Location"] == DAYS
    assert "the first, again" in visit.page(DAYS)
    assert "You have said how today was" in card(visit.page("/practice/"))
    visit.post(f"{first}let-go/")
    visit.post(f"{PAGE}{'0' * 32}/let-go/")
    page = visit.page(DAYS)
    assert "the first" not in page
    assert "the second" in page
    assert visit.get(first).status_code == 404


def test_too_little_says_so_with_n_and_later_a_level_has_its_range(visit: Visit, on: Callable[[int], date]) -> None:
    assert "<figure" not in visit.page(PAGE)
    visit.post(TODAY, {"safety": "6"})
    page = visit.page(PAGE)
    assert "Too little to tell yet" in page
    assert "From 1 answer in 1 day." in page
    assert "Each dot is a day." in page
    assert "The line is" not in page
    for n in range(2, 20):
        on(n)
        visit.post(TODAY, {"safety": str(5 + n % 3)})
    page = visit.page(PAGE)
    assert "Lately around 6 on a scale from 0 to 10" in page
    assert "From 19 answers in 20 days." in page
    assert "A typical" not in page
    assert "a typical one lies" in page
    assert "The line is where the level most likely lies" in page
    assert page.count("<figure") == 1
    assert "missed" not in page


def test_curves_follow_what_is_changed(visit: Visit) -> None:
    visit.post(TODAY, {"safety": "6"})
    assert "<td>6</td>" in visit.page(PAGE)
    visit.post(TODAY, {"safety": "3"})
    page = visit.page(PAGE)
    assert "<td>3</td>" in page
    assert "<td>6</td>" not in page
    visit.post(re.findall(r"/practice/check-ins/\w{32}/let-go/", visit.page(TODAY))[0])
    assert "<figure" not in visit.page(PAGE)


def test_danger_in_a_note_stops_coaching_and_the_note_is_not_lost(visit: Visit) -> None:
    assert visit.post(TODAY, {"safety": "1", "note": CRISIS}).headers["Location"] == "/stopped/"
    for path in (PAGE, TODAY, FORGIVING, LONGER_LOOK):
        assert visit.get(path).headers["Location"] == "/stopped/", path
    page = visit.page(DAYS)
    assert CRISIS in page
    assert "Change" not in page
    visit.post(re.findall(r"/practice/check-ins/\w{32}/let-go/", page)[0])
    assert CRISIS not in visit.page(DAYS)


def test_a_note_that_was_read_before_does_not_stop_again(visit: Visit) -> None:
    visit.post(TODAY, {"note": CRISIS})
    visit.page("/stopped/")
    visit.post("/stopped/go-on/")
    assert visit.post(TODAY, {"safety": "3", "note": CRISIS}).headers["Location"] == "/practice/#check-in"


def test_a_day_that_felt_anything_but_safe_shows_where_people_are(visit: Visit) -> None:
    visit.post(TODAY, {"safety": "2"})
    assert 'href="/help/"' in card(visit.page("/practice/"))
    visit.post(TODAY, {"safety": "3"})
    assert 'href="/help/"' not in card(visit.page("/practice/"))


def test_check_ins_rest_until_they_are_wanted(visit: Visit) -> None:
    visit.post(TODAY, {"safety": "6"})
    visit.post(re.findall(r"/practice/check-ins/\w{32}/let-go/", visit.page(TODAY))[0])
    visit.post("/practice/check-ins/rest/")
    resting = card(visit.page("/practice/"))
    assert "are resting" in resting
    assert "<form" not in resting
    assert "Ask me again" in visit.page(PAGE)
    visit.post("/practice/check-ins/rest/")
    assert "How was today?" in card(visit.page("/practice/"))


def test_forgiving_is_asked_apart_every_four_weeks_and_may_be_left(visit: Visit, on: Callable[[int], date]) -> None:
    assert "orgiv" not in card(visit.page("/practice/"))
    assert "orgiv" not in visit.page(TODAY)
    visit.post(FORGIVING, {"forgiving": "3"})
    page = visit.page(FORGIVING)
    assert 'name="forgiving"' not in page
    assert "again from 30 March 2026" in page
    assert "again from 30 March 2026" in visit.page(PAGE)
    assert "1 answer." in page
    assert "<figure" not in page
    visit.post(FORGIVING, {"forgiving": "9"})
    assert "9 of 10" not in visit.page(FORGIVING)
    on(28)
    assert checked(visit.page(FORGIVING)) == [("forgiving", "")]
    visit.post(FORGIVING, {"forgiving": ""})
    page = visit.page(FORGIVING)
    assert "you would rather not say" in page
    assert page.index("you would rather not say") < page.index("3 of 10")
    for way in re.findall(r"/practice/check-ins/forgiving/\w{32}/let-go/", page):
        visit.post(way)
    assert 'name="forgiving"' in visit.page(FORGIVING)
    assert visit.post(FORGIVING, {"forgiving": "12"}).status_code == 400


def test_the_longer_look_stands_beside_earlier_ones(visit: Visit, on: Callable[[int], date]) -> None:
    page = visit.page(LONGER_LOOK)
    assert page.count("<fieldset") == 8
    assert {value for _, value in checked(page)} == {""}
    assert "CSI-16" in page
    assert visit.post(LONGER_LOOK, {"expecting": "high"}).status_code == 400
    visit.post(LONGER_LOOK, {"expecting": "4", "saying_no": "2"})
    page = visit.page(LONGER_LOOK)
    assert "<fieldset" not in page
    assert "again from 30 March 2026" in page
    assert 'href="/help/"' in page.split("<main", 1)[1]
    on(28)
    visit.post(LONGER_LOOK, {"expecting": "7", "saying_no": "9"})
    page = visit.page(LONGER_LOOK)
    assert "<td>4</td><td>7</td>" in page
    assert "<td>–</td><td>–</td>" in page
    assert 'href="/help/"' not in page.split("<main", 1)[1]
    for way in re.findall(r"/practice/check-ins/longer-look/\w{32}/let-go/", page):
        visit.post(way)
    assert visit.page(LONGER_LOOK).count("<fieldset") == 8


def test_check_ins_go_into_the_vault_and_are_closed_while_it_is_locked(visit: Visit) -> None:
    visit.post(TODAY, {"safety": "2"})
    assert "in memory only" in visit.page(DAYS)
    visit.make_vault()
    visit.post(TODAY, {"safety": "6", "note": "a very private line"})
    page = visit.page(DAYS)
    assert "a very private line" in page
    assert "in memory only" not in page
    visit.post("/vault/lock/")
    for path in (PAGE, TODAY, DAYS, FORGIVING, LONGER_LOOK):
        assert visit.get(path).headers["Location"] == "/vault/open/", path
    assert visit.post(TODAY, {"safety": "1"}).headers["Location"] == "/vault/open/"
    visit.post("/vault/open/", {"passphrase": PASSPHRASE})
    page = visit.page(DAYS)
    assert "a very private line" in page
    assert "Safe: 6 of 10." in page


def test_words_of_a_note_are_only_words(visit: Visit) -> None:
    visit.post(TODAY, {"note": "<b>cross</b>"})
    for path in (PAGE, TODAY, DAYS):
        assert "<b>" not in visit.page(path)

"""A hard day, from outside: five steps that can all be skipped, what was written is kept, and nothing resets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape
from visits import Visit

START, KEPT = "/practice/hard-day/", "/practice/hard-day/kept/"
STEPS = ("breathe", "words", "before", "line", "next", "done")
CRISIS = "I just want to die, I have thoughts of ending my life"
AFRAID = "he pushed me against the wall and I am scared of him"


def main(page: str) -> str:
    """The page without what is around it."""
    return page.split("<main", 1)[1]


def walk(visit: Visit, step: str, **given: str) -> str:
    """Take one step; where it leads."""
    return visit.post(f"{START}{step}/", given).headers["Location"]


def vault_of(visit: Visit) -> object:
    """The vault of a visit without one of its own: in memory."""
    from steadily.web.accounts import place

    return place._guests[visit.session["guest"]].vault


def test_every_step_can_be_skipped_and_it_ends_where_nothing_is_lost(visit: Visit) -> None:
    at, seen = START, []
    for step in STEPS[:-1]:
        page = main(visit.page(at))
        seen.append(page)
        assert 'href="/help/"' in page
        at = walk(visit, step)
    assert at == f"{START}done/"
    assert "Everything you built is still here" in visit.page(at)
    assert "data-breath-circle" in seen[0]
    assert "breathe.js" in seen[0]
    assert all("<script" not in page for page in seen[1:])


def test_what_is_tapped_is_kept_and_comes_back_at_the_end(visit: Visit) -> None:
    from steadily.coach.regulate import lines_to_oneself
    from steadily.program.setbacks import hard_day_texts

    texts, line = hard_day_texts(), lines_to_oneself()[0].text
    visit.post("/practice/wins/keep/", {"text": "We laughed about something."})
    assert escape(texts.reframes[1]) in visit.page(f"{START}words/")
    walk(visit, "words", chosen=texts.reframes[1])
    assert escape(line) in visit.page(f"{START}line/")
    walk(visit, "line", chosen=line)
    walk(visit, "next", chosen=texts.steps[0], what="")
    page = main(visit.page(f"{START}done/"))
    assert escape(texts.reframes[1]) in page
    assert escape(line) in page
    assert texts.steps[0] in page
    assert "We laughed about something." in page
    walk(visit, "line", chosen="something that was never offered")
    assert "never offered" not in visit.page(f"{START}done/")


def test_one_day_is_kept_once_and_its_own_words_with_it(visit: Visit) -> None:
    for _ in range(2):
        walk(visit, "breathe")
        walk(visit, "next", own="I sit in the garden", what="The call went badly")
    page = main(visit.page(KEPT))
    assert page.count("<article") == 1
    assert "The call went badly" in page
    assert "I sit in the garden" in page
    assert "The call went badly" in visit.page(f"{START}next/")


def test_it_can_be_said_that_it_has_passed_and_thrown_away(visit: Visit) -> None:
    walk(visit, "breathe")
    page = visit.page(KEPT)
    passed, away = (re.findall(rf"{KEPT}\w{{32}}/{name}/", page) for name in ("passed", "let-go"))
    visit.post(passed[0])
    page = visit.page(KEPT)
    assert "Passed by" in page
    assert "It has passed" not in page
    assert visit.post(f"{KEPT}{'0' * 32}/passed/").status_code == 404
    visit.post(f"{KEPT}{'0' * 32}/let-go/")
    visit.post(away[0])
    assert "None is kept" in visit.page(KEPT)


@pytest.mark.parametrize("given", [{"what": CRISIS}, {"what": AFRAID}, {"own": "suicidal"}])
def test_danger_stops_coaching_and_the_note_is_still_there(visit: Visit, given: dict[str, str]) -> None:
    assert walk(visit, "next", **given) == "/stopped/"
    assert visit.get(START).headers["Location"] == "/stopped/"
    page = visit.page(KEPT)
    assert next(iter(given.values())) in page
    assert "Back to today" not in page


def test_too_long_a_note_is_told_and_not_lost(visit: Visit) -> None:
    answer = visit.post(f"{START}next/", {"what": "word " * 600, "own": "rest"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "word word word" in page
    assert "<details open>" in page


def test_the_pages_say_what_earlier_days_did_with_much_and_with_little(visit: Visit) -> None:
    from steadily.program.entries import HARD_DAYS, HardDay

    visit.page(START)
    assert "Not enough here yet" in visit.page(f"{START}before/")
    assert "Not enough here yet" not in visit.page(f"{START}words/")
    vault, today = vault_of(visit), timezone.localdate()
    for ago, took in ((100, 1), (60, 3), (30, 2)):
        day = today - timedelta(days=ago)
        HARD_DAYS.put(vault, HardDay(day, passed=day + timedelta(days=took)))  # type: ignore[arg-type]
    told = "Three days like this are in your year; the longest lasted three days, the shortest one."
    assert told in visit.page(f"{START}before/")
    assert f'value="{told}"' in visit.page(f"{START}words/")
    walk(visit, "words", chosen=told)
    assert told in visit.page(f"{START}done/")


def test_the_first_page_always_leads_there_and_sees_a_dip_and_a_day_that_is_open(visit: Visit) -> None:
    from steadily.program.entries import CHECK_INS, HARD_DAYS, CheckIn, HardDay

    page = main(visit.page("/practice/"))
    assert f'href="{START}"' in page
    assert "lower than is usual" not in page
    vault, today = vault_of(visit), timezone.localdate()
    for ago in range(20, 0, -1):
        CHECK_INS.put(vault, CheckIn(today - timedelta(days=ago), 7 if ago > 2 else 3, 7 if ago > 2 else 3))  # type: ignore[arg-type]
    HARD_DAYS.put(vault, HardDay(today - timedelta(days=3)))  # type: ignore[arg-type]
    page = main(visit.page("/practice/"))
    assert "lower than is usual for you" in page
    assert "It has passed" in page
    visit.post(re.findall(rf"{KEPT}\w{{32}}/passed/", page)[0])
    assert "It has passed" not in visit.page("/practice/")


def test_a_step_that_is_none_is_not_there_and_a_locked_vault_is_opened_first(visit: Visit) -> None:
    assert visit.get(f"{START}elsewhere/").status_code == 404
    assert visit.get(f"{START}breathe/").headers["Location"] == START
    visit.make_vault()
    walk(visit, "breathe")
    assert "in memory only" not in visit.page(f"{START}done/")
    visit.post("/vault/lock/")
    for path in (START, KEPT, f"{START}words/"):
        assert visit.get(path).headers["Location"] == "/vault/open/"

"""Today and the steps, from outside: one small thing, why this one, and nothing that nags or is lost."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from visits import PASSPHRASE, Visit

from steadily.program.lessons import LESSON_ORDER, SECTIONS, lessons, practices
from steadily.program.plan import WRITING

ROOM, PLAN, WRITTEN = "/practice/", "/practice/plan/", "/practice/written/"
DANGER = "I am afraid of him, he hit me again on Sunday and I hide when he comes home"
DAY = datetime(2026, 3, 3, 12, tzinfo=UTC)
NO_CONTACT = """[03/02/2026, 09:00:12] Ana: are you there
[03/02/2026, 09:02:40] Ben: please stop writing to me. I do not want any more contact
[03/02/2026, 09:05:05] Ana: ok
"""


def card(page: str) -> str:
    """Today's card."""
    found = re.search(r'<section class="card" aria-labelledby="card-h">.*?</section>', page, re.DOTALL)
    return html.unescape(found[0]) if found else ""


def shown(page: str) -> str:
    """The name of the practice on the card; empty where there is none."""
    found = re.search(r"/practice/do/([\w-]+)/", card(page))
    return found[1] if found else ""


def title(name: str) -> str:
    """What a practice is called."""
    return practices()[name].title


@pytest.fixture
def walking(visit: Visit) -> Visit:
    """A visit in which a plan has begun."""
    visit.post(PLAN, {"hardest": ["sharp words"], "distance": "days", "strength": "little"})
    return visit


def test_the_word_to_everyone_comes_once_before_the_first_practice(visit: Visit) -> None:
    first = next(iter(practices()))
    for path in (ROOM, f"/practice/do/{first}/"):
        assert "This is for two people who are both safe to say no." in visit.page(path)
    assert visit.post("/practice/understood/", {"practice": first}).headers["Location"] == f"/practice/do/{first}/"
    assert visit.post("/practice/understood/").headers["Location"] == ROOM
    for path in (ROOM, f"/practice/do/{first}/"):
        assert "both safe to say no" not in visit.page(path)


def test_it_begins_with_three_taps_or_with_none(visit: Visit) -> None:
    page = visit.page(ROOM)
    assert shown(page) == ""
    assert "Three taps" in card(page)
    assert visit.post("/practice/plan/just-show/").headers["Location"] == ROOM
    name = shown(visit.page(ROOM))
    assert practices()[name].lesson == "regulate"
    assert "minutes, alone." in card(visit.page(ROOM))


def test_the_taps_decide_and_can_be_changed(visit: Visit) -> None:
    too_many = visit.post(PLAN, {"hardest": ["fixing", "silence", "old hurt"], "strength": "some"})
    assert too_many.status_code == 400
    page = too_many.content.decode()
    assert "two of them at most" in page
    assert len(re.findall(r"<input[^>]+checked", page)) == 4
    assert visit.post(PLAN, {"hardest": ["fixing", "silence"], "strength": "some"}).headers["Location"] == ROOM
    page = visit.page(PLAN)
    assert re.search(r'value="fixing"[^>]+checked', page)
    assert not re.search(r'value="old hurt"[^>]+checked', page)
    assert visit.post(PLAN, {"hardest": ["nothing known"]}).status_code == 400


def test_a_look_back_suggests_and_does_not_decide(visit: Visit, tmp_path: Path) -> None:
    """Ana writes again after each of twenty silences."""
    lines = [f"[{2 * n % 28 + 1:02}/{2 + 2 * n // 28:02}/2026, 09:00:00] Ana: coffee?\n" for n in range(20)]
    visit.put_in(
        tmp_path, "".join(f"{one}{one.replace('09:00', '10:00').replace('Ana: coffee?', 'Ben: ok')}" for one in lines)
    )
    page = visit.page(PLAN)
    assert "where your look back points" in page
    assert re.findall(r'value="([^"]+)"[^>]+checked', page) == ["reaching"]
    visit.post("/practice/plan/just-show/")
    page = visit.page(PLAN)
    assert "where your look back points" not in page
    assert not re.search(r'name="hardest"[^>]+checked', page)


def test_one_thing_a_day_and_no_more_unless_asked(walking: Visit) -> None:
    name = shown(walking.page(ROOM))
    page = walking.page(f"/practice/do/{name}/")
    assert html.escape(practices()[name].not_when) in page or practices()[name].not_when in html.unescape(page)
    assert "What is known about this" in page
    assert walking.post(f"/practice/do/{name}/done/", {"helped": "yes"}).headers["Location"] == ROOM
    page = walking.page(ROOM)
    assert shown(page) == ""
    assert "Nothing more is needed" in card(page)
    walking.post("/practice/one-more/")
    assert shown(walking.page(ROOM)) not in ("", name)


def test_not_today_costs_nothing_and_something_else_comes_when_asked(walking: Visit) -> None:
    first = shown(walking.page(ROOM))
    walking.post("/practice/not-today/", {"practice": first})
    page = walking.page(ROOM)
    assert shown(page) == ""
    assert "Leaving it costs nothing" in card(page)
    walking.post("/practice/one-more/")
    second = shown(walking.page(ROOM))
    walking.post("/practice/something-else/", {"practice": second})
    third = shown(walking.page(ROOM))
    assert len({"", first, second, third}) == 4
    assert walking.post("/practice/not-today/", {"practice": "nothing"}).status_code == 404


def test_tomorrow_there_is_something_else_again(app: None, visit: Visit) -> None:
    with time_machine.travel(DAY, tick=False):
        today = Visit()
        today.make_vault()
        today.post("/practice/plan/just-show/")
        first = shown(today.page(ROOM))
        today.post("/practice/not-today/", {"practice": first})
    with time_machine.travel(DAY.replace(day=4), tick=False):
        tomorrow = Visit()
        tomorrow.post("/vault/open/", {"passphrase": PASSPHRASE})
        assert shown(tomorrow.page(ROOM)) not in ("", first)


def test_what_is_not_for_me_is_gone_until_it_is_asked_back(walking: Visit) -> None:
    first = shown(walking.page(ROOM))
    walking.post(f"/practice/do/{first}/not-for-me/")
    second = shown(walking.page(ROOM))
    assert second not in ("", first)
    assert html.escape(title(first)) in walking.page(PLAN)
    page = walking.page(f"/practice/do/{first}/")
    assert "Ask it back" in page
    assert "Not for me" not in page
    walking.post(f"/practice/do/{first}/come-back/")
    assert "Ask it back" not in walking.page(f"/practice/do/{first}/")
    assert "These come back" in walking.page(PLAN)
    walking.post(f"/practice/do/{first}/not-for-me/")
    assert "These come back" not in walking.page(PLAN)


def test_any_practice_can_be_put_on_the_card(walking: Visit) -> None:
    name = next(one.name for one in practices().values() if one.setting == "together" and one.effort == "some")
    walking.post(f"/practice/do/{name}/today/")
    assert shown(walking.page(ROOM)) == name
    assert "You chose this one" in card(walking.page(ROOM))


def test_it_rests_and_begins_again_and_nothing_is_lost(walking: Visit) -> None:
    name = shown(walking.page(ROOM))
    walking.post(f"/practice/do/{name}/done/", {"note": "my jaw let go"})
    walking.post("/practice/plan/rest/")
    page = walking.page(ROOM)
    assert shown(page) == ""
    assert "Everything you built is still here" in card(page)
    walking.post("/practice/plan/go-on/")
    assert "resting" not in card(walking.page(ROOM))
    walking.post("/practice/plan/start-over/")
    assert not re.search(r"<input[^>]+checked", walking.page(PLAN).split("<form", 3)[-1].split("hardest")[-1])
    assert "my jaw let go" in walking.page(WRITTEN)
    assert "just begun" in walking.page("/practice/steps/")


def test_every_lesson_stands_on_the_path_with_its_strength_in_words(visit: Visit) -> None:
    page = visit.page("/practice/steps/")
    assert [f"/practice/steps/{name}/" in page for name in LESSON_ORDER] == [True] * len(LESSON_ORDER)
    assert page.count("whenever you like") == len(LESSON_ORDER)
    assert "%" not in page.split("<main", 1)[1]


@pytest.mark.parametrize("name", LESSON_ORDER)
def test_a_lesson_has_all_its_parts_and_its_practices(visit: Visit, name: str) -> None:
    page = html.unescape(visit.page(f"/practice/steps/{name}/"))
    assert all(f">{heading}</h2>" in page for heading in SECTIONS)
    assert page.index("<details") < page.index("What is known")
    found = next(one for one in lessons() if one.name == name)
    assert found.source in page
    assert all(one.title in page for one in found.practices)
    assert "<script" not in page.split("<main", 1)[1]


def test_no_other_lesson_or_practice_is_there(visit: Visit) -> None:
    for path in ("/practice/steps/nothing/", "/practice/do/nothing/"):
        assert visit.get(path).status_code == 404
    assert visit.post("/practice/do/nothing/done/").status_code == 404


def test_every_practice_page_says_what_is_known_and_when_not(visit: Visit) -> None:
    for one in practices().values():
        page = html.unescape(visit.page(f"/practice/do/{one.name}/"))
        assert one.title in page
        assert one.source in page
        assert one.not_when in page
        assert ("data-writing=" in page) == (one.lesson == WRITING)


def test_a_note_is_kept_shown_and_thrown_away_while_the_practice_stays_done(walking: Visit) -> None:
    name = shown(walking.page(ROOM))
    given = {"helped": "a little", "note": "<b>warm</b> hands\nand tea"}
    walking.post(f"/practice/do/{name}/done/", given)
    walking.post(f"/practice/do/{name}/done/", given)
    page = walking.page(WRITTEN)
    assert page.count("&lt;b&gt;warm&lt;/b&gt; hands\nand tea") == 1
    assert html.escape(title(name)) in page
    assert "in memory only" in page
    away = re.findall(r"/practice/written/\w{32}/let-go/", page)
    walking.post("/practice/written/" + "0" * 32 + "/let-go/")
    walking.post(away[0])
    assert "hands" not in walking.page(WRITTEN)
    assert "just begun" in walking.page("/practice/steps/")


def test_too_long_a_note_comes_back_whole(walking: Visit) -> None:
    name = shown(walking.page(ROOM))
    answer = walking.post(f"/practice/do/{name}/done/", {"note": "long " * 500, "helped": "no"})
    assert answer.status_code == 400
    assert ("long " * 500).strip() in answer.content.decode()
    assert "long" not in walking.page(WRITTEN)
    assert walking.post(f"/practice/do/{name}/done/", {"helped": "splendid"}).status_code == 400


def outsider() -> str:
    """The first page of the neutral observer."""
    return next(one.name for one in practices().values() if one.lesson == WRITING)


def test_a_page_of_writing_is_kept(walking: Visit) -> None:
    page = walking.page(f"/practice/do/{outsider()}/")
    assert "About 7 minutes" in html.unescape(page)
    text = "\n\n".join(f"On evening {n} they both were tired, and the plates stood there." for n in range(60))
    assert walking.post(f"/practice/do/{outsider()}/done/", {"note": text}).headers["Location"] == ROOM
    assert html.escape(text) in walking.page(WRITTEN)


def test_what_was_written_is_kept_when_coaching_stops_at_it(walking: Visit) -> None:
    calm = "They sat at the table and talked about the week and the trains and the soup. " * 30
    for n, note in enumerate((DANGER, calm + DANGER + calm, "suicidal")):
        name = outsider()
        answer = walking.post(f"/practice/do/{name}/done/", {"note": note})
        assert answer.headers["Location"] == "/stopped/", n
        assert walking.get(ROOM).headers["Location"] == "/stopped/"
        assert html.escape(note.strip()) in walking.page(WRITTEN)
        walking.page("/stopped/")
        walking.post("/stopped/go-on/")


def test_what_was_written_is_kept_while_coaching_is_stopped_elsewhere(walking: Visit) -> None:
    walking.post("/name-it/", {"note": DANGER})
    answer = walking.post(f"/practice/do/{outsider()}/done/", {"note": "the rain on the tent"})
    assert answer.headers["Location"] == "/stopped/"
    assert "the rain on the tent" in walking.page(WRITTEN)
    for path in (ROOM, PLAN, "/practice/steps/", "/practice/steps/repair/", f"/practice/do/{outsider()}/"):
        assert walking.get(path).headers["Location"] == "/stopped/"


def test_what_was_written_is_not_lost_when_the_vault_locks_meanwhile(walking: Visit) -> None:
    walking.make_vault()
    walking.post("/vault/lock/")
    answer = walking.post(f"/practice/do/{outsider()}/done/", {"note": "the rain on the tent", "helped": "yes"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "the rain on the tent" in page
    assert "locked itself" in page
    assert walking.get(ROOM).headers["Location"] == "/vault/open/"
    assert walking.get(WRITTEN).headers["Location"] == "/vault/open/"
    walking.post("/vault/open/", {"passphrase": PASSPHRASE})
    assert (
        walking.post(f"/practice/do/{outsider()}/done/", {"note": "the rain on the tent"}).headers["Location"] == ROOM
    )
    page = walking.page(WRITTEN)
    assert "the rain on the tent" in page
    assert "in memory only" not in page


def test_after_a_no_to_contact_nothing_reaches_out(visit: Visit, tmp_path: Path) -> None:
    visit.put_in(tmp_path, NO_CONTACT)
    visit.post(PLAN, {"hardest": ["sharp words"], "distance": "days", "strength": "some"})
    assert "nothing here will suggest reaching out" in visit.page(PLAN)
    name = next(one.name for one in practices().values() if one.setting == "in a message")
    assert "better left for now" in visit.page(f"/practice/do/{name}/")
    visit.post(f"/practice/do/{name}/today/")
    for _ in range(15):
        found = shown(visit.page(ROOM))
        assert found == "" or practices()[found].setting == "alone"
        visit.post("/practice/something-else/", {"practice": found or name})


def test_old_unanswered_messages_say_nothing_of_now(visit: Visit, tmp_path: Path) -> None:
    visit.put_in(tmp_path, NO_CONTACT.replace("please stop writing to me. I do not want any more contact", "hm"))
    assert "nothing here will suggest reaching out" not in visit.page(PLAN)

"""Calming down, from outside: there for everybody at any time, and nothing is kept unless somebody wants it."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from visits import PASSPHRASE, Visit

CALM = ("/pause/", "/breathe/", "/grounding/", "/name-it/")
CRISIS = "I just want to die, I have thoughts of ending my life"
Given = dict[str, str | list[str]]


def test_calm_pages_lead_to_each_other_and_to_help(visit: Visit) -> None:
    for path in CALM:
        page = visit.page(path).split("<main", 1)[1]
        for other in CALM[1:]:
            assert other == path or f'href="{other}"' in page, (path, other)
        assert 'href="/help/"' in page


def test_they_are_there_while_coaching_is_stopped(visit: Visit) -> None:
    visit.post("/write/read/", {"text": CRISIS})
    assert visit.get("/write/").status_code == 302
    assert [visit.get(path).status_code for path in CALM] == [200] * 4
    assert "Right now: sad." in visit.post("/name-it/", {"feelings": ["sad"]}).content.decode()


def test_they_are_there_while_the_vault_is_locked_and_then_keep_nothing(visit: Visit) -> None:
    visit.make_vault()
    visit.post("/name-it/", {"feelings": ["hurt"], "note": "a very private line", "keep": "yes"})
    visit.post("/vault/lock/")
    assert [visit.get(path).status_code for path in CALM] == [200] * 4
    assert "a very private line" not in visit.page("/name-it/")
    page = visit.post("/name-it/", {"feelings": ["sad"], "note": "another line", "keep": "yes"}).content.decode()
    assert "locked" in page
    assert "another line" in page
    assert "Keep this</button>" not in page
    visit.post("/vault/open/", {"passphrase": PASSPHRASE})
    kept = visit.page("/name-it/")
    assert "a very private line" in kept
    assert "another line" not in kept


def test_danger_shows_help_also_while_the_vault_is_locked(visit: Visit) -> None:
    visit.make_vault()
    visit.post("/vault/lock/")
    assert visit.post("/name-it/", {"note": CRISIS}).headers["Location"] == "/stopped/"
    assert "crisis line" in visit.page("/stopped/")


@pytest.mark.parametrize(
    ("asked", "minutes", "pace"),
    [("", 1, 6), ("?minutes=5&pace=5", 5, 5), ("?minutes=9&pace=60", 1, 6), ("?pace=7", 1, 7)],
)
def test_breathing_has_its_length_and_pace(visit: Visit, asked: str, minutes: int, pace: int) -> None:
    page = visit.page(f"/breathe/{asked}")
    assert f'data-pace="{pace}"' in page
    assert re.search(rf'name="minutes" value="{minutes}" checked', page)
    shown = re.findall(r'<p class="breath-count" data-breath-count="(\d)">', page)
    assert shown == [str(pace)]
    assert "What is known about this" in page


def test_sound_waits_until_it_is_asked_for_and_comes_from_no_file(visit: Visit) -> None:
    page = visit.page("/breathe/")
    assert re.search(r"<button[^>]+data-breath-sound[^>]+hidden>Soft sound</button>", page)
    assert not re.search(r"<audio|\.mp3|\.ogg|\.wav", page)


def test_every_way_of_grounding_says_what_is_known(visit: Visit) -> None:
    from steadily.coach.regulate import WAYS

    page = visit.page("/grounding/")
    for way in WAYS:
        section = page.split(f'id="{way.name}"', 1)[1].split("</details>\n</details>", 1)[0]
        assert way.title in section
        assert "What is known about this" in section
    assert "Something to say to yourself" in page
    assert "Take it up" not in page


def test_a_feeling_gets_a_name_and_nothing_is_kept(visit: Visit) -> None:
    given: Given = {"feelings": ["hurt", "tired"], "own": "left out", "note": "the dinner"}
    page = visit.post("/name-it/", given).content.decode()
    assert "Right now: hurt, tired and left out." in page
    assert "the dinner" in page
    assert "Keep this" in page
    again = visit.page("/name-it/")
    assert "the dinner" not in again
    assert "What you kept" not in again


def test_nothing_named_is_fine_and_a_word_of_ones_own_is_only_shown_as_words(visit: Visit) -> None:
    assert "That is fine too" in visit.post("/name-it/", {"own": " "}).content.decode()
    assert "<b>" not in visit.post("/name-it/", {"own": "<b>cross</b>"}).content.decode()
    assert "What do you feel right now?" in visit.post("/name-it/", {"note": "x" * 3000}).content.decode()


def test_what_is_kept_goes_into_the_vault_can_be_taken_out_and_thrown_away(visit: Visit) -> None:
    answer = visit.post("/name-it/", {"feelings": ["lonely"], "note": "the house is quiet", "keep": "yes"})
    assert "quiet" not in answer.headers["Location"]
    page = visit.page(answer.headers["Location"])
    assert "the house is quiet" in page
    assert "in memory only" in page
    visit.make_vault()
    page = visit.page("/name-it/?kept")
    assert "the house is quiet" in page
    assert "in memory only" not in page
    packed = zipfile.ZipFile(io.BytesIO(visit.post("/vault/take-out/").content))
    assert json.loads(packed.read("named.json"))[0]["feelings"] == "lonely"
    found = re.search(r"/name-it/kept/\w{32}/", page)
    assert found
    visit.post("/name-it/kept/" + "0" * 32 + "/")
    assert "the house is quiet" in visit.page("/name-it/")
    visit.post(found[0])
    assert "the house is quiet" not in visit.page("/name-it/")


@pytest.mark.parametrize(
    "given",
    [
        {"note": CRISIS},
        {"own": "like ending my life tonight", "feelings": ["numb"]},
        {"own": "suicidal"},
        {"own": "afraid of my wife"},
        {"feelings": ["scared"], "note": "of him when he drinks"},
        {"note": "she slapped me again on Sunday"},
    ],
)
def test_danger_stops_coaching(visit: Visit, given: Given) -> None:
    assert visit.post("/name-it/", given).headers["Location"] == "/stopped/"
    assert visit.get("/write/").headers["Location"] == "/stopped/"
    assert "Find someone to talk to" in visit.page("/stopped/")


def test_a_note_that_somebody_wants_to_keep_is_not_lost_when_coaching_stops(visit: Visit) -> None:
    given: Given = {"feelings": ["scared"], "note": "of him when he drinks", "keep": "yes"}
    assert visit.post("/name-it/", given).headers["Location"] == "/stopped/"
    assert "of him when he drinks" in visit.page("/name-it/?kept")

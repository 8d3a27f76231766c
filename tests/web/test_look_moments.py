"""Hard moments from outside: my part first, two readings, the whole of it, and made up in person; nothing is read where there is danger."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from visits import Visit

QUIET = "coffee later?|yes please|on my way|see you at six|did you eat|a little|the bus is late|ok, I'll wait"
QUARREL = (
    ("Ben", "you never listen to me, not once"),
    ("Ana", "oh please, you only ever think of yourself"),
    ("Ben", "I'm so sick of this. You always twist everything"),
    ("Ana", "whatever. you're impossible and selfish"),
    ("Ben", "great, just walk away like you always do"),
    ("Ana", "you are unbelievable, shut up"),
)
MENDED = (
    ("Ana", "that came out wrong, I'm sorry. I snapped. can we start again?"),
    ("Ben", "yes. I'm sorry too, that was unfair of me. I love you"),
    ("Ana", "I love you, come here. thank you for saying it"),
    ("Ben", "that makes sense, no wonder you were tired. I'm not going anywhere"),
)


def line(at: datetime, who: str, text: str) -> str:
    """One message of an export."""
    return f"[{at:%d/%m/%Y, %H:%M:%S}] {who}: {text}\n"


def chat() -> str:
    """Forty quiet days, and a quarrel on two evenings: the first was mended, with the second it ends."""
    lines, quiet = [], QUIET.split("|")
    for index in range(40):
        at = datetime(2026, 1, 5, 9) + timedelta(days=index)
        for place in range(8):
            text = quiet[(place + index) % 8]
            lines.append(line(at + timedelta(minutes=11 * place), "Ana" if place % 2 else "Ben", text))
        if index in (20, 39):
            for place, (who, text) in enumerate((*QUARREL, *(MENDED if index == 20 else ()))):
                lines.append(line(at.replace(hour=21) + timedelta(minutes=2 * place), who, text))
    return "".join(lines)


@pytest.fixture
def read(visit: Visit, tmp_path: Path) -> Visit:
    """A visit in which such a chat has been read."""
    visit.put_in(tmp_path, chat())
    return visit


def moments(visit: Visit) -> list[str]:
    """Addresses of all of them, as listed."""
    return re.findall(r'href="(/look/moment/\d+/)"', visit.page("/look/moments/"))


def main(page: str) -> str:
    """The page without what is around it."""
    return page.split("<main", 1)[1]


def test_they_are_listed_the_newest_first_with_how_they_ended(read: Visit) -> None:
    assert "/look/moments/" in read.page("/look/")
    page = main(read.page("/look/moments/"))
    assert len(moments(read)) == 2
    assert page.index("13 February 2026, 21:00") < page.index("25 January 2026, 21:00")
    newest, oldest = page.split("25 January 2026")
    assert "came back" not in newest
    assert "no way back" not in page
    assert re.search(r"You two found your way back after \d+ minutes\.", oldest)
    assert "/practice/wins/" in page


def test_my_part_comes_first_then_the_observer_then_the_whole(read: Visit) -> None:
    page = main(read.page(moments(read)[1]))
    places = [
        page.index(words)
        for words in (
            "Your part first",
            "you only ever think of yourself",
            "As someone might see it who wishes you both well",
            "Two readings",
            "The whole of it",
            "you never listen to me",
            "How it ended",
        )
    ]
    assert places == sorted(places)
    assert "it reads as" in page
    assert "/look/message/" in page


def test_two_readings_and_a_kinder_way_or_a_question(read: Visit) -> None:
    path = moments(read)[0]
    whole, part = read.page(f"{path}readings/"), read.get(f"{path}readings/", headers={"hx-request": "true"})
    for page in (main(whole), part.content.decode()):
        assert "A harder reading" in page
        assert "A kinder reading" in page
        assert "Your hardest line" in page
        assert "There may be a third" in page
    assert "<main" not in part.content.decode()
    assert "The whole of it" in whole


def test_made_up_in_person_counts_as_mended_and_can_be_taken_back(read: Visit) -> None:
    path = moments(read)[0]
    assert "We made up in person" in read.page(path)
    assert read.post(f"{path}made-up/", {"day": "2026-02-14"}).headers["Location"] == path
    assert read.post(f"{path}made-up/", {"day": "2026-02-15"}).status_code == 302
    assert "You two made up off the chat, you said." in read.page(path)
    assert "You two made up off the chat, you said." in read.page("/look/moments/")
    kept = _made_up(read)
    assert [one.day for one in kept] == [date(2026, 2, 15)]
    read.post(f"{path}take-back/")
    assert "no way back" in read.page(path)
    assert _made_up(read) == []


@pytest.mark.parametrize("day", ["2026-02-03", "2999-01-01", "", "soon"])
def test_a_day_that_cannot_be_is_told(read: Visit, day: str) -> None:
    path = moments(read)[0]
    answer = read.post(f"{path}made-up/", {"day": day})
    assert answer.status_code == 400
    assert 'class="problem"' in answer.content.decode()
    assert _made_up(read) == []


def test_what_was_made_up_is_known_again_in_a_newer_import(read: Visit, tmp_path: Path) -> None:
    read.post(f"{moments(read)[0]}made-up/", {"day": "2026-02-14"})
    older = line(datetime(2026, 1, 2, 9), "Ben", "are you awake") + line(datetime(2026, 1, 2, 10), "Ana", "yes")
    read.put_in(tmp_path, older + chat())
    assert "You two made up off the chat, you said." in read.page(moments(read)[0])


def test_that_is_wrong_takes_a_moment_away(read: Visit) -> None:
    first = int(re.findall(r"\d+", moments(read)[0])[0])
    for row in range(first, first + 6):
        read.post(f"/look/message/{row}/", {"labels": ["humor"]})
    assert f"/look/moment/{first}/" not in moments(read)
    assert read.get(f"/look/moment/{first}/").status_code == 404


def test_one_press_says_that_it_was_no_quarrel(read: Visit) -> None:
    path = moments(read)[0]
    first = int(re.findall(r"\d+", path)[0])
    assert "This was no quarrel" in read.page(path)
    assert read.post(f"{path}no-quarrel/").headers["Location"] == "/look/moments/"
    assert f"/look/moment/{first}/" not in moments(read)
    assert re.search("This is what you said|You said that this message", read.page(f"/look/message/{first}/"))


def test_nothing_is_read_where_words_of_danger_are(read: Visit) -> None:
    path = moments(read)[0]
    row = int(re.findall(r"\d+", path)[0]) + 2
    read.post(f"/look/message/{row}/", {"labels": ["hostility", "threat"]})
    page = main(read.page(path))
    assert "Nothing is read into this one." in page
    assert "/help/" in page
    assert "made up" not in page
    assert "no quarrel" not in page
    assert read.post(f"{path}no-quarrel/").status_code == read.get(f"{path}readings/").status_code == 404


def test_after_harm_no_moment_is_told_as_mended(read: Visit) -> None:
    from steadily.web.accounts import place
    from steadily.web.shell.stopping import stop_now

    stop_now(place._guests[read.session["guest"]].vault, "abuse")
    assert read.get("/look/moments/").headers["Location"] == "/stopped/"
    read.page("/stopped/")
    read.post("/stopped/go-on/")
    page = main(read.page("/look/moments/"))
    assert "This came back" not in page
    assert "/practice/wins/" not in page
    assert "Nothing is read into this one." in read.page(moments(read)[0])


@pytest.mark.parametrize("rules", [("a rule",), ()])
def test_a_threatening_line_stops_coaching_once_and_only_by_a_rule(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: tuple[str, ...]
) -> None:
    from dataclasses import replace

    from steadily.safety.gate import Answer
    from steadily.web.look import moments as pages

    visit.put_in(tmp_path, chat())
    path = f"{moments(visit)[0]}readings/"
    read = pages.two_readings

    def dangerous(*asked: object) -> object:
        found = read(*asked)
        return replace(found, incoming=replace(found.incoming, gate=Answer("abuse", "because", rules)))

    monkeypatch.setattr(pages, "two_readings", dangerous)
    monkeypatch.setattr(pages, "is_after_harm", lambda _: False)
    answer = visit.get(path, headers={"hx-request": "true"})
    if rules:
        assert answer.headers["HX-Redirect"] == "/stopped/"
        assert visit.get(path).headers["Location"] == "/stopped/"
        visit.page("/stopped/")
        visit.post("/stopped/go-on/")
    assert visit.get("/write/").status_code == 200
    page = main(visit.page(path))
    assert "A harder reading" not in page
    assert "Your hardest line" not in page
    assert "people who know it well" in page


def test_without_a_chat_and_with_a_calm_one(visit: Visit, tmp_path: Path) -> None:
    assert visit.get("/look/moments/").status_code == 404
    visit.put_in(tmp_path)
    assert "No stretch of this chat stands out as sharp." in visit.page("/look/moments/")
    assert visit.get("/look/moment/3/").status_code == 404
    assert visit.post("/look/moment/3/made-up/", {"day": "2026-02-03"}).status_code == 404


def _made_up(visit: Visit) -> list[object]:
    from steadily.program.entries import MADE_UP
    from steadily.web.accounts import place

    return [one.entry for one in MADE_UP.all(place._guests[visit.session["guest"]].vault)]

"""Wins and the year, from outside: kept by a tap or in own words, offered sparingly from a chat, read and thrown away."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from visits import Visit

WINS, READ, KEEP, ANSWER, YEAR = (
    *("/practice/wins/", "/practice/wins/read/", "/practice/wins/keep/", "/practice/wins/answer/"),
    "/practice/year/",
)
CRISIS = "I just want to die, I have thoughts of ending my life"
CHAT = """[03/02/2026, 09:00:12] Ana: morning, did you sleep
[03/02/2026, 09:02:40] Ben: a little. thank you for sitting up with me last night
[03/02/2026, 09:03:05] Ana: I love you
[03/02/2026, 21:15:00] Ben: you never listen to me, not once
[03/02/2026, 21:15:30] Ben: You're so selfish, you only ever think of yourself
[03/02/2026, 21:16:10] Ana: that came out wrong, I'm sorry. can we start again?
[03/02/2026, 21:18:10] Ben: yes. thank you for saying it. I love you
"""


def main(page: str) -> str:
    """The page without what is around it."""
    return page.split("<main", 1)[1]


def offers(page: str) -> list[str]:
    """What each offer is found by."""
    return re.findall(r'name="found" value="([^"]+)"', page)


def vault_of(visit: Visit) -> object:
    """The vault of a visit without one of its own: in memory."""
    from steadily.web.accounts import place

    return place._guests[visit.session["guest"]].vault


def test_a_ready_line_is_kept_with_one_tap_and_once_a_day(visit: Visit) -> None:
    from steadily.program.wins import READY

    page = visit.page(WINS)
    assert all(f'name="text" value="{line}"' in page for line in READY)
    assert "What you kept" not in page
    for _ in range(2):
        assert visit.post(KEEP, {"text": READY[0]}).headers["Location"] == WINS
    assert main(visit.page(READ)).count(READY[0]) == 1
    assert READY[0] in visit.page("/practice/")


def test_own_words_are_kept_shown_as_words_and_thrown_away(visit: Visit) -> None:
    visit.post(KEEP, {"text": "We <b>laughed</b> in the car"})
    page = main(visit.page(WINS))
    assert "We &lt;b&gt;laughed&lt;/b&gt; in the car" in page
    assert "in memory only" in page
    away = re.findall(r"/practice/wins/\w{32}/throw-away/", page)
    visit.post("/practice/wins/" + "0" * 32 + "/throw-away/")
    assert "in the car" in visit.page(READ)
    visit.post(away[0])
    assert "in the car" not in visit.page(WINS)
    assert "Nothing is kept here yet" in visit.page(READ)


def test_nothing_and_too_much_are_told_and_the_text_is_not_lost(visit: Visit) -> None:
    assert visit.post(KEEP, {"text": " "}).status_code == 400
    answer = visit.post(KEEP, {"text": "word " * 100})
    assert answer.status_code == 400
    assert "word word word" in answer.content.decode()


def test_danger_in_a_win_stops_coaching_and_what_was_written_is_kept(visit: Visit) -> None:
    assert visit.post(KEEP, {"text": CRISIS}).headers["Location"] == "/stopped/"
    assert visit.get(WINS).headers["Location"] == "/stopped/"
    visit.page("/stopped/")
    visit.post("/stopped/go-on/")
    assert "ending my life" in visit.page(READ)


def test_wins_are_read_by_month_the_newest_first(visit: Visit) -> None:
    from steadily.program.entries import WINS as KEPT
    from steadily.program.entries import Win

    visit.page(WINS)
    vault = vault_of(visit)
    for day, text in ((date(2026, 1, 5), "older"), (date(2026, 3, 2), "middle"), (date(2026, 3, 9), "newer")):
        KEPT.put(vault, Win(day, text))  # type: ignore[arg-type]
    page = main(visit.page(READ))
    places = [page.index(word) for word in ("March 2026", "newer", "middle", "January 2026", "older")]
    assert places == sorted(places)
    assert "<form" not in page
    assert "data-print" in page


def test_what_a_chat_shows_is_offered_kept_or_set_aside_and_never_offered_again(visit: Visit, tmp_path: Path) -> None:
    visit.put_in(tmp_path, CHAT)
    page = main(visit.page(WINS))
    found = offers(page)
    assert 1 <= len(found) <= 3
    assert any(one.startswith("repair") for one in found)
    assert "from a sharp word to “that came out wrong”." in page
    assert 'href="/look/day/2026-02-03/#m3"' in page
    assert "Ben" not in page
    for one in found:
        visit.post(ANSWER, {"found": one, **({"keep": "yes"} if one.startswith("repair") else {})})
    assert offers(visit.page(WINS)) == []
    read = main(visit.page(READ))
    assert "from a sharp word to" in read
    assert "A thank-you" not in read
    away = re.findall(r"/practice/wins/\w{32}/throw-away/", visit.page(WINS))
    assert len(away) == 1
    visit.post(away[0])
    assert "sharp word" not in visit.page(WINS)
    assert offers(visit.page(WINS)) == []


def test_only_what_was_offered_can_be_kept(visit: Visit, tmp_path: Path) -> None:
    visit.put_in(tmp_path, CHAT)
    visit.post(ANSWER, {"found": "repair 1", "keep": "yes"})
    visit.post(ANSWER, {"keep": "yes"})
    assert "Nothing is kept here yet" in visit.page(READ)


def test_nothing_is_offered_from_a_chat_after_a_stop_for_harm(visit: Visit, tmp_path: Path) -> None:
    from steadily.web.shell.stopping import stop_now

    visit.put_in(tmp_path, CHAT)
    stop_now(vault_of(visit), "abuse")  # type: ignore[arg-type]
    assert visit.get(WINS).headers["Location"] == "/stopped/"
    visit.page("/stopped/")
    visit.post("/stopped/go-on/")
    assert offers(visit.page(WINS)) == []


def test_a_practice_that_helped_is_offered_once(visit: Visit, monkeypatch: object) -> None:
    from django.utils import timezone

    from steadily.program.entries import PRACTICED, Practiced
    from steadily.web.practice import wins

    monkeypatch.setattr(wins, "_titles", lambda: {"cold-water": "Cold water"})  # type: ignore[attr-defined]
    visit.page(WINS)
    PRACTICED.put(vault_of(visit), Practiced(timezone.localtime(), "cold-water", "done", "yes"))  # type: ignore[arg-type]
    page = visit.page(WINS)
    assert "I did “Cold water”, and it helped." in page
    assert "Show the messages" not in page
    visit.post(ANSWER, {"found": offers(page)[0], "keep": "yes"})
    again = visit.page(WINS)
    assert offers(again) == []
    assert "I did “Cold water”, and it helped." in again


def test_the_year_is_told_with_little_and_with_more(visit: Visit) -> None:
    from django.utils import timezone

    from steadily.program.entries import CHECK_INS, HARD_DAYS, CheckIn, HardDay

    assert "One small win is a start" in visit.page(YEAR)
    visit.post(KEEP, {"text": "We laughed"})
    vault, today = vault_of(visit), timezone.localdate()
    CHECK_INS.put(vault, CheckIn(today - timedelta(days=2), 5, 5))  # type: ignore[arg-type]
    HARD_DAYS.put(vault, HardDay(today - timedelta(days=9), passed=today - timedelta(days=7)))  # type: ignore[arg-type]
    page = main(visit.page(YEAR))
    for sentence in ("You kept one small win.", "You checked in on one day.", "It passed.", "It took two days."):
        assert sentence in page
    assert not re.search(r"\b(?:missed|skipped|only|streak|failed)\b", page)


def test_wins_are_behind_the_door_of_a_locked_vault(visit: Visit) -> None:
    visit.make_vault()
    visit.post(KEEP, {"text": "We laughed"})
    assert "in memory only" not in visit.page(WINS)
    visit.post("/vault/lock/")
    for path in (WINS, READ, YEAR):
        assert visit.get(path).headers["Location"] == "/vault/open/"

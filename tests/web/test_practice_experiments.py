"""Experiments, from outside: choosing one, its days as they come, its end, and what is never told before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from visits import CHAT, Visit

from steadily.program.entries import CHECK_INS, EXPERIMENTS, CheckIn, Experiment
from steadily.program.experiment_acts import ACTS
from steadily.program.experiment_draw import drawn
from steadily.vault import Vault

TODAY = date(2026, 11, 27)
LIST, ROOM = "/practice/experiments/", "/practice/"
GIVEN = {"act": ACTS[0].text, "outcome": "safety", "n_days": "28"}
CRISIS = "I just want to die, I have thoughts of ending my life"
Go = Callable[[int], date]


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> Go:
    """Go to a day, counted from today."""
    from django.utils import timezone

    def to(n: int) -> date:
        day = TODAY + timedelta(days=n)
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)
        return day

    to(0)
    return to


def vault_of(visit: Visit) -> Vault:
    """The vault in memory of a visit."""
    from steadily.web.accounts.place import _guests

    return _guests[visit.session["guest"]].vault


def begun(visit: Visit, **given: str) -> tuple[str, Experiment]:
    """One that was begun through the form: its address, and what was kept of it."""
    answer = visit.post(f"{LIST}start/", GIVEN | given)
    assert answer.status_code == 302, answer.content.decode()
    place: str = answer.headers["Location"]
    found = EXPERIMENTS.get(vault_of(visit), place.rstrip("/").rsplit("/", 1)[1])
    assert found
    return place, found


def main_of(page: str) -> str:
    """The page without what is always there."""
    return page.split("<main", 1)[1]


def test_what_it_can_show_stands_before_the_button(visit: Visit, go: Go) -> None:
    page = visit.page(LIST)
    assert "too few check-ins yet" in page
    assert page.index("you would need about") < page.index("Begin tomorrow")
    for n in range(1, 31):
        CHECK_INS.put(vault_of(visit), CheckIn(TODAY - timedelta(days=n), safety=5 + n % 2, closeness=4 + n % 4))
    page = visit.page(LIST)
    assert "With days as different as yours" in page
    assert "in 30 check-ins of felt safety" in page
    assert "in 30 check-ins of closeness" in page


def test_one_begins_tomorrow_and_tells_a_day_only_when_it_comes(visit: Visit, go: Go) -> None:
    place, kept = begun(visit)
    assert "It begins tomorrow" in visit.page(place)
    assert "It begins tomorrow" in visit.page(ROOM)
    told = {True: "Today: with it", False: "Today: an ordinary evening"}
    for n, kind in enumerate(drawn(kept.seed, 28)):
        go(n + 1)
        for page in (visit.page(place), visit.page(ROOM)):
            assert told[bool(kind)] in page
            assert told[not kind] not in page
            assert str(kept.seed) not in page


def test_a_page_is_the_same_whatever_the_days_to_come_are(visit: Visit, go: Go) -> None:
    place, kept = begun(visit)
    go(3)
    seeds = [seed for seed in range(300) if drawn(seed, 28)[:3].tolist() == drawn(kept.seed, 28)[:3].tolist()][:4]
    pages = set()
    for seed in seeds:
        EXPERIMENTS.put(
            vault_of(visit), Experiment(kept.act, "safety", kept.started, 28, seed), place.rstrip("/").rsplit("/", 1)[1]
        )
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", main_of(visit.page(place))))
    assert len(seeds) == 4
    assert len(pages) == 1


def test_one_tap_says_whether_it_was_done(visit: Visit, go: Go) -> None:
    place, _ = begun(visit)
    go(1)
    answer = visit.post(f"{place}done/", {"day": "today", "done": "yes", "from": "today"})
    assert answer.headers["Location"] == "/practice/#experiment"
    assert "You said yes." in visit.page(ROOM)
    assert visit.post(f"{place}done/", {"day": "today", "done": "no"}).headers["Location"] == place
    assert "You said no. That is fine." in visit.page(place)
    go(3)
    assert "And yesterday, was it done?" in visit.page(place)
    visit.post(f"{place}done/", {"day": "yesterday", "done": "yes"})
    visit.post(f"{place}done/", {"day": "2026-11-28", "done": "yes"})
    visit.post(f"{place}done/", {"day": "today", "done": "perhaps"})
    assert "And yesterday" not in visit.page(place)
    kept = EXPERIMENTS.all(vault_of(visit))[0].entry
    assert kept.done == {TODAY + timedelta(days=1): False, TODAY + timedelta(days=2): True}


def test_what_it_shows_comes_the_day_after_the_last(visit: Visit, go: Go) -> None:
    place, kept = begun(visit)
    for n, kind in enumerate(drawn(kept.seed, 28)):
        CHECK_INS.put(vault_of(visit), CheckIn(kept.started + timedelta(days=n), safety=4 + 2 * bool(kind) + n % 2))
    go(28)
    page = visit.page(place)
    assert "Day 28 of 28." in page
    assert "26 December 2026" in page
    assert "higher" not in page
    go(29)
    page = visit.page(place)
    assert re.search(r"On the 14 evenings with it, felt safety was about [a-z ]+ higher than on the 14 others", page)
    assert "That is 28 days with an answer." in page
    assert page.count("<circle") == 28
    assert "what they feel" not in page
    assert "What it showed" in visit.page(ROOM)
    assert "<th" in page
    go(60)
    assert "experiment-h" not in visit.page(ROOM)
    assert place in visit.page(LIST)


def test_without_answers_it_cannot_tell(visit: Visit, go: Go) -> None:
    place, _ = begun(visit)
    go(40)
    page = visit.page(place)
    assert "too few to tell" in page
    assert "<circle" not in page


def test_one_that_ends_early_is_not_compared(visit: Visit, go: Go) -> None:
    place, kept = begun(visit)
    visit.post(f"{place}end/")
    assert "It begins tomorrow" in visit.page(place)
    for n, kind in enumerate(drawn(kept.seed, 28)):
        CHECK_INS.put(vault_of(visit), CheckIn(kept.started + timedelta(days=n), safety=2 + 6 * bool(kind)))
    go(20)
    visit.post(f"{place}end/")
    go(45)
    page = visit.page(place)
    assert "You ended it on 17 December 2026, on day 20 of 28." in page
    assert "Answers by then: 20." in page
    assert "not compared" in page
    assert "higher" not in page
    assert "ended early" in visit.page(LIST)
    assert "experiment-h" not in visit.page(ROOM)


def test_there_is_one_at_a_time_and_it_can_be_thrown_away(visit: Visit, go: Go) -> None:
    place, _ = begun(visit)
    assert visit.post(f"{LIST}start/", GIVEN).headers["Location"] == place
    page = visit.page(LIST)
    assert "Begin tomorrow" not in page
    assert place in page
    assert visit.post(f"{place}throw-away/").headers["Location"] == LIST
    assert visit.get(place).status_code == 404
    assert visit.post(f"{place}done/", {"day": "today", "done": "yes"}).status_code == 404
    assert "Begin tomorrow" in visit.page(LIST)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"act": ""}, "Choose one, or write your own below."),
        ({"act": "something that is not there"}, "Choose one of these, or write your own below."),
        ({"outcome": ""}, "Choose one of the two."),
        ({"n_days": "3"}, "Select a valid choice"),
        ({"own": "I don't answer her until she says sorry"}, "nothing is held back from your partner"),
        ({"own": "I check her phone"}, "test or watch your partner"),
        ({"own": "word " * 60}, "at most 200 characters"),
    ],
)
def test_bad_input_is_told_and_the_words_are_kept(visit: Visit, go: Go, given: dict[str, str], problem: str) -> None:
    answer = visit.post(f"{LIST}start/", GIVEN | given)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert problem in page
    assert given.get("own", "").strip().replace("'", "&#x27;") in page
    assert EXPERIMENTS.all(vault_of(visit)) == []


def test_an_act_in_ones_own_words_counts(visit: Visit, go: Go) -> None:
    _, kept = begun(visit, own=" <b>Tea</b> for two ", outcome="closeness", n_days="56")
    assert (kept.act, kept.outcome, kept.n_days) == ("<b>Tea</b> for two", "closeness", 56)
    assert "<b>Tea" not in visit.page(LIST)


def test_danger_stops_coaching_and_what_was_written_is_not_lost(visit: Visit, go: Go) -> None:
    place, _ = begun(visit)
    visit.post(f"{place}throw-away/")
    assert visit.post(f"{LIST}start/", GIVEN | {"own": CRISIS}).headers["Location"] == "/stopped/"
    assert CRISIS in visit.page("/name-it/?kept")
    assert EXPERIMENTS.all(vault_of(visit)) == []
    for path in (LIST, place):
        assert visit.get(path).headers["Location"] == "/stopped/"
    for path in (f"{LIST}start/", f"{place}done/", f"{place}end/", f"{place}throw-away/"):
        assert visit.post(path).headers["Location"] == "/stopped/"


def test_where_contact_is_not_wanted_nothing_that_reaches_the_partner_is_offered(
    visit: Visit, go: Go, tmp_path: Path
) -> None:
    place, kept = begun(visit)
    visit.put_in(tmp_path, f"{CHAT}[06/02/2026, 08:10:00] Ben: leave me alone. do not contact me again\n")
    go(1 + drawn(kept.seed, 28).tolist().index(True))
    assert "Today: leave it be" in main_of(visit.page(ROOM))
    assert kept.act not in main_of(visit.page(ROOM))
    visit.post(f"{place}throw-away/")
    page = visit.page(LIST)
    assert ACTS[0].text not in page
    assert ACTS[-1].text in page
    assert visit.post(f"{LIST}start/", GIVEN).status_code == 400
    begun(visit, act=ACTS[-1].text)


def test_a_locked_vault_shows_nothing_of_it(visit: Visit, go: Go) -> None:
    visit.make_vault()
    answer = visit.post(f"{LIST}start/", GIVEN)
    visit.post("/vault/lock/")
    for path in (LIST, answer.headers["Location"]):
        assert visit.get(path).headers["Location"].startswith("/vault/open/")

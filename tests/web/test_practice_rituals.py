"""Rituals and reminders, from outside: asking with a real no, a tap that counts only for two, files that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar, Event
from visits import PASSPHRASE, Visit

CRISIS = "I just want to die, I have thoughts of ending my life"
WEDNESDAY = "2026-03-04T18:00:00+00:00"
TEA: dict[str, object] = {"name": "Lemon tea at ten", "minutes": 15, "origin": "new", "stands": "mine"}
NO_CONTACT = """[03/03/2026, 09:00:12] Ana: can we talk tonight?
[03/03/2026, 09:02:40] Ben: please do not contact me again
"""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """A Wednesday."""
    with time_machine.travel(WEDNESDAY, tick=True):
        yield


def added(visit: Visit, **given: object) -> str:
    """The address of a new ritual."""
    answer = visit.post("/practice/rituals/add/", TEA | given)
    assert answer.status_code == 302, answer.content.decode()
    assert re.fullmatch(r"/practice/rituals/\w{32}/", answer.headers["Location"])
    return answer.headers["Location"]


@contextmanager
def later(moment: str) -> Iterator[Visit]:
    """The same person on another day, back in the vault."""
    with time_machine.travel(moment, tick=True):
        visit = Visit()
        visit.post("/vault/open/", {"passphrase": PASSPHRASE})
        yield visit


def item(page: str) -> str:
    """The page without what stands around it."""
    return page.split("<main", 1)[1]


def entry(content: bytes) -> Event:
    """The one entry of a calendar file."""
    found = Calendar.from_ical(content).walk("VEVENT")
    assert len(found) == 1
    assert isinstance(found[0], Event)
    return found[0]


def test_an_empty_page_offers_one_small_thing_and_what_is_known(visit: Visit) -> None:
    page = item(visit.page("/practice/rituals/"))
    assert "Add one" in page
    assert "Weak evidence." in page
    assert "Put away" not in page
    assert 'href="/help/"' in page
    first = item(visit.page("/practice/"))
    assert 'href="/practice/rituals/"' in first
    assert "We did this" not in first


def test_it_is_asked_for_answered_and_only_then_counts(visit: Visit) -> None:
    assert 'name="stands" value="mine"' in item(visit.page("/practice/rituals/add/"))
    at = added(visit)
    page = item(visit.page(at))
    assert "you are the one who wants it" in page
    assert "We did this" not in page
    assert "Into a calendar" not in page
    visit.post(f"{at}took-place/")
    assert "Once" not in visit.page(at)
    assert visit.post(f"{at}asked/").headers["Location"] == at
    page = item(visit.page(at))
    assert "You asked on 4 March 2026" in page
    assert "Ways to ask" not in page
    visit.post(f"{at}not-asked/")
    assert "Ways to ask" in item(visit.page(at))
    visit.post(f"{at}asked/")
    visit.post(f"{at}answer/", {"who": "them", "said": "yes"})
    assert "We did this today" in item(visit.page(at))
    visit.post(f"{at}took-place/")
    visit.post(f"{at}took-place/")
    page = item(visit.page(at))
    assert "Once, on 4 March 2026." in page
    assert "You two did this today." in page
    visit.post(f"{at}took-no-place/")
    assert "Once" not in item(visit.page(at))


def test_a_no_puts_it_away_and_nothing_asks_again(visit: Visit) -> None:
    at = added(visit, stands="asked")
    visit.post(f"{at}answer/", {"who": "them", "said": "no"})
    page = item(visit.page(at))
    assert "There was room for that" in page
    assert "Ways to ask" not in page
    assert "I&#x27;ve asked" not in page
    assert visit.get(f"{at}invite/").headers["Location"] == at
    found = item(visit.page("/practice/rituals/"))
    assert "Put away" in found
    assert "Lemon tea at ten" not in item(visit.page("/practice/"))
    visit.post(f"{at}answer/", {"who": "them", "said": "open"})
    assert "You asked on" in item(visit.page(at))


def test_the_persons_own_no_counts_as_much(visit: Visit) -> None:
    at = added(visit, stands="theirs")
    assert "Would you?" in item(visit.page(at))
    visit.post(f"{at}answer/", {"who": "me", "said": "no"})
    assert "That is reason enough" in item(visit.page(at))
    visit.post(f"{at}answer/", {"who": "me", "said": "yes"})
    assert "We did this today" in item(visit.page(at))


def test_ways_to_ask_are_few_leave_room_and_can_be_taken_up(visit: Visit) -> None:
    page = item(visit.page(f"{added(visit, origin='remembered')}invite/"))
    assert 3 <= page.count("Take it up") <= 4
    assert "Better left if they asked for space" in page
    text = re.search(r'name="text" value="([^"]+)"', page)
    assert text
    assert text[1] in visit.post("/write/phrases/take-up/", {"text": text[1]}).content.decode() or "&#x27;" in text[1]
    other = item(visit.page(f"{added(visit)}invite/"))
    assert re.findall(r'name="text" value="([^"]+)"', other) != re.findall(r'name="text" value="([^"]+)"', page)


def test_a_wish_for_no_contact_ends_the_suggestions(visit: Visit, tmp_path: Path) -> None:
    shared, mine = added(visit, stands="both"), added(visit, name="Sunday walk")
    assert "We did this" in item(visit.page("/practice/"))
    visit.put_in(tmp_path, NO_CONTACT)
    assert "We did this" not in item(visit.page("/practice/"))
    assert 'href="/practice/rituals/"' in item(visit.page("/practice/"))
    page = item(visit.page(mine))
    assert "nothing here suggests asking" in page
    assert "Ways to ask" not in page
    assert visit.get(f"{mine}invite/").headers["Location"] == mine
    assert "We did this today" in item(visit.page(shared))


def test_the_first_page_shows_todays_and_one_tap_keeps_the_day(visit: Visit) -> None:
    wednesdays = added(visit, stands="both", weekdays=["2"], clock="21:15")
    added(visit, name="Thursday film", stands="both", weekdays=["3"])
    page = item(visit.page("/practice/"))
    assert "Lemon tea at ten" in page
    assert "21:15" in page
    assert "Thursday film" not in page
    answer = visit.post(f"{wednesdays}took-place/", {"back": "today"})
    assert answer.headers["Location"] == "/practice/"
    assert "You two did this today." in item(visit.page("/practice/"))


def test_another_day_can_be_named_but_none_before_both_wanted_it(visit: Visit) -> None:
    visit.make_vault()
    at = added(visit, stands="both")
    with later("2026-03-20T18:00:00+00:00") as back:
        back.post(f"{at}took-place/", {"day": "2026-03-10"})
        assert "Once, on 10 March 2026." in back.page(at)
        for day in ("2026-03-03", "2026-03-21", "soon"):
            answer = back.post(f"{at}took-place/", {"day": day})
            assert answer.status_code == 400
            assert "<details open>" in answer.content.decode()
        back.post(f"{at}took-no-place/", {"day": "2026-03-10"})
        assert "Once" not in back.page(at)


def test_it_rests_wakes_and_is_let_go_and_nothing_speaks_of_misses(visit: Visit) -> None:
    visit.make_vault()
    at = added(visit, stands="both")
    visit.post(f"{at}took-place/")
    visit.post(f"{at}rest/")
    page = item(visit.page(at))
    assert "Resting since 4 March 2026" in page
    assert "Once, on 4 March 2026." in page
    assert "We did this" not in item(visit.page("/practice/"))
    with later("2026-05-20T18:00:00+00:00") as back:
        back.post(f"{at}wake/")
        page = item(back.page(at))
        assert "Once, on 4 March 2026." in page
        assert not re.search(r"streak|miss|in a row|days ago|!", re.sub(r"<!.*?>", "", page), re.IGNORECASE)
        assert back.post(f"{at}let-go/").headers["Location"] == "/practice/rituals/"
        assert back.get(at).status_code == 404
        assert "Lemon tea at ten" not in back.page("/practice/rituals/")


def test_it_is_changed_and_what_was_stays(visit: Visit) -> None:
    at = added(visit, stands="both")
    visit.post(f"{at}took-place/")
    page = item(visit.page(f"{at}change/"))
    assert 'value="Lemon tea at ten"' in page
    assert "You both said yes to it as it is" in page
    assert 'name="stands"' not in page
    answer = visit.post(
        f"{at}change/", {"name": " Mint \n tea ", "weekdays": ["6", "2"], "clock": "20:00", "minutes": 10}
    )
    assert answer.headers["Location"] == at
    page = item(visit.page(at))
    assert ">Mint tea<" in page
    assert "Wednesdays and Sundays, 20:00, about ten minutes" in page
    assert "Once, on 4 March 2026." in page


def test_bad_input_is_told_and_the_words_stay(visit: Visit) -> None:
    for wrong in (
        {"name": " "},
        {"name": "x" * 81},
        {"minutes": 0},
        {"clock": "late"},
        {"weekdays": ["9"]},
        {"stands": "?"},
    ):
        answer = visit.post("/practice/rituals/add/", TEA | {"name": "Sky"} | wrong)
        assert answer.status_code == 400, wrong
        assert 'class="problem"' in answer.content.decode()
        assert "name" in wrong or 'value="Sky"' in answer.content.decode()
    at = added(visit)
    assert visit.post(f"{at}change/", {"name": "Sky", "minutes": "long"}).status_code == 400
    for wrong in ({}, {"who": "them", "said": "perhaps"}, {"who": "mother", "said": "yes"}):
        assert visit.post(f"{at}answer/", wrong).status_code == 400
    nowhere = f"/practice/rituals/{'0' * 32}/"
    assert visit.get(nowhere).status_code == 404
    assert visit.get(f"{nowhere}calendar/").status_code == 404
    assert visit.post(f"{nowhere}took-place/").status_code == 404
    assert visit.get(f"{at}took-place/").status_code == 405


def test_a_name_is_only_shown_as_words(visit: Visit) -> None:
    at = added(visit, name="<b>tea</b>", stands="both")
    for page in (at, "/practice/rituals/", "/practice/", f"{at}calendar/", f"{at}change/"):
        assert "<b>tea" not in visit.page(page)


def test_danger_in_a_name_stops_coaching_and_the_name_is_not_lost(visit: Visit) -> None:
    answer = visit.post("/practice/rituals/add/", TEA | {"name": CRISIS})
    assert answer.headers["Location"] == "/stopped/"
    assert visit.get("/practice/rituals/").headers["Location"] == "/stopped/"
    assert visit.post("/practice/rituals/add/", TEA).headers["Location"] == "/stopped/"
    visit.page("/stopped/")
    visit.post("/stopped/go-on/")
    page = visit.page("/practice/rituals/")
    assert CRISIS in page
    assert "Lemon tea at ten" in page


def test_the_vault_keeps_them_and_a_locked_one_loses_no_words(visit: Visit) -> None:
    at = added(visit)
    assert "in memory only" in visit.page("/practice/rituals/")
    visit.make_vault()
    assert "in memory only" not in visit.page("/practice/rituals/")
    visit.post("/vault/lock/")
    for path in ("/practice/rituals/", at, f"{at}change/", f"{at}calendar/", "/practice/reminders/"):
        assert visit.get(path).headers["Location"] == "/vault/open/"
    page = visit.post("/practice/rituals/add/", TEA | {"name": "Sky pictures"}).content.decode()
    assert "locked itself" in page
    assert 'value="Sky pictures"' in page
    page = visit.post(f"{at}change/", {"name": "Mint tea", "minutes": 5}).content.decode()
    assert 'value="Mint tea"' in page
    visit.post("/vault/open/", {"passphrase": PASSPHRASE})
    page = visit.page("/practice/rituals/")
    assert "Lemon tea at ten" in page
    assert "Sky pictures" not in page


def test_a_calendar_file_says_nothing_unless_it_shall(visit: Visit) -> None:
    at = added(visit, stands="both", weekdays=["2"], clock="21:15")
    assert 'name="day"' not in item(visit.page(f"{at}calendar/"))
    answer = visit.post(f"{at}calendar/", {"zone": "Europe/Lisbon"})
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    assert b"Lemon" not in answer.content
    one = entry(answer.content)
    assert str(one["SUMMARY"]) == "Time set aside"
    assert one.decoded("dtstart").isoformat() == "2026-03-04T21:15:00+00:00"
    assert not one.walk("VALARM")
    again = entry(visit.post(f"{at}calendar/", {"zone": "Asia/Tokyo", "shows_name": "on", "rings": "on"}).content)
    assert str(again["SUMMARY"]) == "Lemon tea at ten"
    assert again["UID"] == one["UID"]
    assert str(one["UID"]).replace("-", "") not in at
    assert [str(bell["DESCRIPTION"]) for bell in again.walk("VALARM")] == ["Time set aside"]


def test_without_a_weekday_a_day_is_chosen_and_without_a_clock_no_zone(visit: Visit) -> None:
    at = added(visit, stands="both")
    page = item(visit.page(f"{at}calendar/"))
    assert 'value="2026-03-04"' in page
    assert 'name="zone"' not in page
    assert entry(visit.post(f"{at}calendar/", {"day": "2026-03-08"}).content).decoded("dtstart") == date(2026, 3, 8)
    for day in ("2026-03-03", ""):
        answer = visit.post(f"{at}calendar/", {"day": day})
        assert answer.status_code == 400
        assert "Content-Disposition" not in answer.headers


def test_only_what_both_want_goes_into_a_calendar(visit: Visit) -> None:
    at = added(visit, weekdays=["2"])
    assert visit.get(f"{at}calendar/").headers["Location"] == at
    assert visit.post(f"{at}calendar/").headers["Location"] == at


def test_a_reminder_is_a_file_and_nothing_is_kept(visit: Visit) -> None:
    from steadily.web.accounts.models import VaultRow

    page = item(visit.page("/practice/reminders/"))
    assert "There is none unless you want one" in page
    assert "How to take it out of a calendar again" in page
    visit.make_vault()
    before = list(VaultRow.objects.order_by("pk").values_list())
    answer = visit.post("/practice/reminders/", {"clock": "20:30", "zone": "America/New_York"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    one = entry(answer.content)
    assert str(one["SUMMARY"]) == "You have a note"
    assert one["RRULE"].to_ical() == b"FREQ=DAILY"
    assert one.decoded("dtstart").astimezone(ZoneInfo("America/New_York")).hour == 20
    assert one.decoded("duration") == timedelta(minutes=5)
    assert (
        entry(visit.post("/practice/reminders/", {"clock": "07:00", "zone": "Asia/Tokyo"}).content)["UID"] == one["UID"]
    )
    assert "20:30" not in visit.page("/practice/reminders/")
    assert list(VaultRow.objects.order_by("pk").values_list()) == before


def test_a_reminder_needs_a_time_and_a_zone_that_there_is(visit: Visit) -> None:
    for wrong in ({"clock": "", "zone": "Europe/Lisbon"}, {"clock": "20:30", "zone": "Mars/Base"}, {"clock": "20:30"}):
        answer = visit.post("/practice/reminders/", wrong)
        assert answer.status_code == 400
        assert 'class="problem"' in answer.content.decode()


def test_the_zone_begins_with_that_of_the_chat_where_the_machine_has_none(visit: Visit, tmp_path: Path) -> None:
    from django.test import override_settings

    with override_settings(TIME_ZONE="Etc/UTC"):
        assert 'value="Etc/UTC"' in visit.page("/practice/reminders/")
        visit.put_in(tmp_path)
        assert 'value="Europe/Lisbon"' in visit.page("/practice/reminders/")
    with override_settings(TIME_ZONE="Asia/Tokyo"):
        assert 'value="Asia/Tokyo"' in visit.page("/practice/reminders/")


def test_what_the_chat_shows_was_lost_is_offered_once_and_taken_in(visit: Visit) -> None:
    from steadily.dynamics import Finding
    from steadily.report.sentences import tell
    from steadily.web.look.chats import Story, put_story

    facts: dict[str, str | int | float | bool | None] = {
        "name": "night love",
        "hour": 22,
        "weekday": None,
        "weekdays": "0123456",
    }
    facts |= {"n_days": 60, "first": "2026-01-01", "last": "2026-04-02", "faded": "2026-04-02"}
    facts |= {"faded_low": "2026-03-28", "faded_high": "2026-04-09"}
    lost = tell(Finding("rituals.lost", 0.8, (0.7, 0.9), 60, "share", facts=facts))
    put_story(visit.in_memory, Story("three months", (lost,), {}, {}, {}))
    page = visit.page("/practice/rituals/")
    assert "“night love”" in page
    assert "Much rarer since about 2 April 2026" in page
    visit.post("/practice/rituals/from-chat/", {"name": "not in the chat"})
    assert "Not yet both" not in visit.page("/practice/rituals/")
    visit.post("/practice/rituals/from-chat/", {"name": "night love"})
    page = visit.page("/practice/rituals/")
    assert "Not yet both" in page
    assert "I would like this one back" not in page

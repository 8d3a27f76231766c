"""Sentences: plain, whole numbers, my part first, never a verdict."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.dynamics import Finding
from steadily.report.sentences import SENTENCES, tell
from steadily.report.telling.plain import hours_between, times
from steadily.report.wording import about, between, clock_hour, count, days_between, duration, of_hundred, share_between


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (59, "59 seconds"),
        (95, "2 minutes"),
        (3600, "60 minutes"),
        (7200, "2 hours"),
        (86400, "24 hours"),
        (5 * 86400, "5 days"),
    ],
)
def test_durations_have_one_whole_unit(seconds: float, words: str) -> None:
    """No decimals, one unit."""
    assert duration(seconds) == words


def test_ranges_are_said_shortly() -> None:
    """A unit that both ends share is said once; equal ends are `about`."""
    assert between("5 minutes", "9 minutes") == "somewhere between 5 and 9 minutes"
    assert between("50 minutes", "2 hours") == "somewhere between 50 minutes and 2 hours"
    assert between("1 day", "1 day") == "about 1 day"
    assert share_between(0.481, 0.583) == "somewhere between 48 and 58 of every 100"
    assert days_between("2026-04-03", "2026-04-11") == "between 3 and 11 April 2026"
    assert days_between("2025-12-28", "2026-01-04") == "between 28 December 2025 and 4 January 2026"
    assert count(1, "day") == "1 day"
    assert [clock_hour(hour) for hour in (0, 3, 9, 12, 15, 20, 24)] == [
        "midnight", "3 at night", "9 in the morning", "noon", "3 in the afternoon", "8 in the evening", "midnight",
    ]  # fmt: skip


@given(st.floats(0, 1))
def test_a_share_that_is_not_nothing_is_never_nothing(share: float) -> None:
    """0 and 100 are kept for none and all."""
    whole = of_hundred(share)

    assert (whole == 0) == (share == 0)
    assert (whole == 100) == (share == 1)


FACTS = {
    "first": "2025-01-01", "last": "2026-01-01", "n_messages": 9212, "last_day": "2025-03-01", "next_day": "2025-03-12",
    "day": "2025-04-03", "low": "2025-04-01", "high": "2025-04-09", "before": 22.4, "after": 7.6, "n_me": 210, "n_partner": 188,
    "most_s": 40_000.0, "from": "2025-03-01", "to": "2025-03-12", "hour": 20, "weekday": 7, "n_long": 3, "n_unfinished": 9,
    "kind": "drifting", "start": "2025-04-03", "end": "2025-07-01", "place": 1, "n_phases": 3, "per_day": 8.0, "per_day_before": 22.0,
    "warm": 0.12, "warm_before": 0.25, "open": 0.02, "open_before": 0.04, "strained": 0.08, "strained_before": 0.03, "wait_s": 900.0,
    "wait_s_before": 300.0, "quickest_minutes": 7.0, "quickest_day": "2025-06-04", "quickest_row": 40, "n_days": 400,
    "middle": "2025-07-01", "n_earlier": 9, "n_later": 18, "n_repaired": 10, "n_taken": 6, "name": "good night",
    "weekdays": "0123456", "faded": "2025-05-01", "faded_low": "2025-04-20", "faded_high": "2025-05-08", "returned": "2025-09-01",
    "returned_low": "2025-08-25", "returned_high": "2025-09-03", "behavior": "appreciation", "n_tested": 12, "reaching": "me",
    "since": "2025-11-01", "k": 30, "n_weeks": 8, "weeks_yes": 7, "shortest": 3, "longest": 13, "in_year": 2, "longest_in_year": 13,
}  # fmt: skip


@pytest.mark.parametrize("measure", SENTENCES)
def test_every_sentence_keeps_the_voice(measure: str) -> None:
    """No decimals, no percent, no exclamation mark, no gender, no verdict; it ends in a full stop."""
    estimate = {"coverage.days": 380.0, "coverage.gap": 10.0, "silences.longest": 11.2, "waits.usual": 540.0}.get(
        measure, 0.53
    )
    finding = Finding(measure, estimate, (estimate * 0.9, estimate * 1.1), 398, "x", (1, 2), FACTS)

    told = tell(finding)

    text = f"{told.heading}. {told.statement} {told.spread} {told.caveat}"
    assert not re.search(r"\d\.\d|%|!", text), text
    assert not re.search(
        r"\b(he|she|his|her|him|husband|wife|boyfriend|girlfriend|should|users?)\b", text, re.IGNORECASE
    ), text
    assert told.statement.endswith(".")
    assert told.spread == "" or told.spread.endswith(".")


@pytest.mark.parametrize("measure", SENTENCES)
def test_too_little_is_an_answer(measure: str) -> None:
    """Without an estimate there is no number in the statement."""
    assert tell(Finding(measure, None, None, 3, "x")).statement == "Not enough here to say."


def test_one_and_none_are_said_as_people_say_them() -> None:
    """`once`, not `1 time`; the part of the day once; a change by many times as times, not of every 100."""
    assert [times(n) for n in (0, 1, 2)] == ["0 times", "once", "2 times"]
    assert hours_between(18, 21) == "between 6 and 9 in the evening"
    assert hours_between(11, 14) == "between 11 in the morning and 2 in the afternoon"
    assert hours_between(21, 24) == "between 9 in the evening and midnight"
    assert hours_between(17, 18) == "between 5 and 6 in the afternoon"
    assert hours_between(12, 15) == "between noon and 3 in the afternoon"
    rate = Finding("silences.rate", 0.5, (0.2, 1.1), 5, "per 30 days")
    assert tell(rate).spread == "That is at most about once a month."
    many = Finding("contact_changes.change", 25.0, (18.98, 37.73), 300, "ratio", (), FACTS)
    assert tell(many).spread.endswith("For every message before, there were then somewhere between 19 and 38.")
    half = Finding("contact_changes.change", 0.5, (0.4, 0.6), 300, "ratio", (), FACTS)
    assert tell(half).spread.endswith("For every 100 messages before, there were then somewhere between 40 and 60.")
    longest = Finding("silences.longest", 11.2, (11.2, 11.2), 1, "days", (), FACTS)
    assert tell(longest).statement.endswith("lasted about 11 days, between 1 and 12 March 2025.")
    waiting = Finding("waits.unanswered", 0.007, (0.003, 0.011), 6221, "share", (), {"n_long": 5})
    assert tell(waiting).statement.startswith("After 5 of 6,221 turns nothing came for more than a day")


@pytest.mark.parametrize(
    ("away", "against", "rest"),
    [(0, 0, ""), (1, 0, " One went by."), (4, 2, " The others went by or met something sharp.")],
)
def test_small_reaches_that_were_not_met_are_not_counted(away: int, against: int, rest: str) -> None:
    """What was missed is never counted."""
    facts = {"n_toward": 40, "n_away": away, "n_against": against}
    told = tell(Finding("bids.met", 0.9, (0.8, 0.95), 40 + away + against, "share", (), facts))
    assert told.statement.endswith(f"the other turned toward it 40 times.{rest}")


@pytest.mark.parametrize(
    ("taken", "words"), [((0, 0), ""), ((1, 0), " 1 of them was taken up."), ((5, 2), " 7 of them were taken up.")]
)
def test_who_reached_first_has_its_grammar(taken: tuple[int, int], words: str) -> None:
    """None, one and all of seven."""
    facts = {"n_me": 5, "n_partner": 2, "n_me_taken": taken[0], "n_partner_taken": taken[1]}
    told = tell(Finding("rupture_repair.first", 0.7, (0.4, 0.9), 7, "share", (), facts))
    assert told.statement == (
        f"This reading saw one of you reach first after sharp words 7 times: you 5 times, your partner 2 times.{words}"
    )


def test_my_part_comes_first() -> None:
    """Where the two are told apart, the statement begins with me."""
    for measure in ("openings.day", "balance.messages"):
        finding = Finding(measure, 0.5, (0.4, 0.6), 398, "share", (), FACTS)
        assert tell(finding).statement.startswith("You ")


def test_small_amounts_are_not_none() -> None:
    """Less than one a day is said so, and the same whole number before and after is not told as a change to itself."""
    assert [about(n, "message") for n in (0.0, 0.4, 1.2, 12.3)] == [
        "no message", "less than one message", "about 1 message", "about 12 messages",
    ]  # fmt: skip
    less = FACTS | {"before": 1.4, "after": 0.9}
    told = tell(Finding("contact_changes.change", 0.64, (0.5, 0.8), 300, "ratio", (), less))
    assert "a little less: still about 1 message on a typical day." in told.statement

"""Openings, silences, gaps, rhythm, changes: what was planted comes out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from conversations import conversation_of
from steadily.conversation import Conversation
from steadily.dynamics.contact_changes import contact_changes, find_contact_changes
from steadily.dynamics.coverage import find_coverage
from steadily.dynamics.days import daily_counts
from steadily.dynamics.openings import day_openings, find_openings, reopenings
from steadily.dynamics.rhythm import find_rhythm
from steadily.dynamics.silences import find_silences, longest_silences
from steadily.dynamics.uncertainty import poisson_rate, wilson

START = datetime(2025, 1, 6)


def daily_chat(counts: list[int], *, hour: int = 9, seed: int = 0) -> Conversation:
    """So many messages on each day, from *hour* on, authors in turn."""
    rng = np.random.default_rng(seed)
    rows = []
    for day, n in enumerate(counts):
        minutes = np.sort(rng.integers(0, 600, n))
        rows += [(START + timedelta(days=day, hours=hour, minutes=int(m)), "me", "x") for m in minutes]
    return conversation_of([(at, "me" if n % 2 else "partner", text) for n, (at, _, text) in enumerate(rows)])


def test_a_late_evening_belongs_to_its_day(chat: Conversation) -> None:
    """A message at one in the morning does not open a new day.

    1 09:00 Alice: morning
    1 23:50 Bob: still up?
    2 01:10 Alice: yes
    2 08:00 Bob: morning
    """
    assert day_openings(chat.messages)["author"].to_list() == ["me", "partner"]


def test_it_sees_who_writes_again(chat: Conversation) -> None:
    """A silence of more than a day, and who ended it.

    1 09:00 Alice: morning
    1 09:05 Bob: hey
    3 10:00 Alice: back
    3 11:00 Bob: good
    """
    found = reopenings(chat.messages)

    assert found.select("author", "previous_author", "silence_s").rows() == [("me", "partner", 2 * 86400 + 55 * 60.0)]


def test_shares_of_openings_are_planted_shares() -> None:
    """I open seven days of ten."""
    rows = []
    for day in range(100):
        first, second = ("me", "partner") if day % 10 < 7 else ("partner", "me")
        rows += [
            (START + timedelta(days=day, hours=8), first, "x"),
            (START + timedelta(days=day, hours=9), second, "x"),
        ]

    (opened, _) = find_openings(conversation_of(rows).messages)

    assert (opened.estimate, opened.n) == (0.7, 100)
    assert opened.interval == pytest.approx((0.6196, 0.7699), abs=1e-3)


def test_it_finds_the_longest_silence_and_gaps() -> None:
    """Eleven days without a message are a silence and a gap, and the rows around it are shown."""
    chat = daily_chat([6] * 20 + [0] * 11 + [6] * 20)

    (longest, rate) = find_silences(chat.messages)
    coverage = find_coverage(chat.messages)

    assert 11 <= longest.estimate < 12.5
    assert longest.messages == (119, 120)
    assert rate.n == 1
    assert [finding.estimate for finding in coverage] == [40.0, 11.0]
    assert longest_silences(chat.messages).height == 1


def test_days_without_a_message_count() -> None:
    """Silent days are days."""
    counts = daily_counts(daily_chat([3, 0, 0, 2]).messages)

    assert counts["n_messages"].to_list() == [3, 0, 0, 2]
    assert counts["day"][0] == date(2025, 1, 6)


def test_it_finds_the_hours() -> None:
    """Two thirds of the messages in the evening: that is the peak, evening it is called."""
    rows = []
    for day in range(70):
        rows += [
            (START + timedelta(days=day, hours=20, minutes=m), "me" if m % 2 else "partner", "x") for m in range(6)
        ]
        rows += [(START + timedelta(days=day, hours=h), "me", "x") for h in (7, 11, 15)]

    (peak,) = find_rhythm(conversation_of(sorted(rows)).messages)

    assert peak.facts["hour"] in (18, 19, 20)
    assert peak.estimate == pytest.approx(6 / 9)


def test_it_finds_a_planted_change() -> None:
    """From some twenty messages a day to some eight, on day 150: found within two weeks, with the right amounts."""
    rng = np.random.default_rng(3)
    counts = [int(n) for n in np.concatenate((rng.poisson(20, 150), rng.poisson(8, 120)))]

    (change,) = contact_changes(daily_chat(counts, seed=1).messages)

    assert abs((change.day - (START.date() + timedelta(days=150))).days) <= 14
    assert change.low <= START.date() + timedelta(days=150) <= change.high
    assert change.before == pytest.approx(20, rel=0.15)
    assert change.after == pytest.approx(8, rel=0.2)
    assert change.ratio_low < 8.5 / 20.5 < change.ratio_high


def test_it_finds_no_change_where_there_is_none() -> None:
    """Ten steady chats of busy and quiet days: no change in any."""
    found = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        busy = np.exp(np.convolve(rng.normal(0, 0.5, 400), [0.7, 0.5, 0.3], "same"))
        found += contact_changes(daily_chat([int(n) for n in rng.poisson(12 * busy)], seed=seed).messages)

    assert found == []


def test_two_months_are_needed() -> None:
    """Below sixty days nothing is said about change."""
    (finding,) = find_contact_changes(daily_chat([9] * 40).messages)

    assert finding.estimate is None


def test_intervals_are_the_textbook_ones() -> None:
    """Wilson and Garwood, against published values."""
    assert wilson(10, 20) == pytest.approx((0.3274, 0.6726), abs=1e-4)
    assert poisson_rate(0, 1.0) == pytest.approx((0.0, 2.9957), abs=1e-3)
    assert poisson_rate(10, 1.0) == pytest.approx((5.4254, 16.9622), abs=1e-3)

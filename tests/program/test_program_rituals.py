"""Rituals, from outside: nothing counts until both want it, a no ends the asking, and what was is told without what was not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.program.entries import Answer, Ritual
from steadily.program.records import Kept
from steadily.program.rituals import (
    MOST_TODAY,
    N_FOR_BUSIEST,
    LastSeen,
    answered,
    asked,
    both_want,
    busiest,
    decided,
    for_today,
    not_asked,
    offered,
    rested,
    standing,
    told,
    took_no_place,
    took_place,
    when_in_words,
    woken,
)

TODAY = date(2026, 6, 17)
TEA = Ritual("Tea before bed")
SHARED = answered(TEA, "yes", date(2026, 3, 2))

ANSWERS = st.sampled_from(get_args(Answer))
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
RITUALS = st.builds(
    Ritual,
    name=st.text(max_size=10),
    mine=ANSWERS,
    theirs=ANSWERS,
    asked_on=st.none() | DAYS,
    rested=st.none() | DAYS,
    weekdays=st.sets(st.integers(0, 6)).map(lambda found: tuple(sorted(found))),
)


def on(*days: tuple[int, int]) -> Ritual:
    """The shared ritual, with days of 2026 on which it took place."""
    ritual = replace(SHARED, began=date(2026, 1, 1))
    for month, day in days:
        ritual = took_place(ritual, date(2026, month, day))
    return ritual


def test_it_begins_when_both_have_said_yes_and_not_before() -> None:
    assert standing(TEA) == "mine"
    waiting = asked(TEA, date(2026, 3, 1))
    assert standing(waiting) == "asked"
    assert waiting.began is None
    assert not_asked(waiting) == TEA
    begun = answered(waiting, "yes", date(2026, 3, 4))
    assert standing(begun) == "both"
    assert begun.began == date(2026, 3, 4)
    assert asked(begun, TODAY).asked_on == date(2026, 3, 1)


def test_a_yes_of_the_partner_alone_does_not_begin_it() -> None:
    theirs = answered(replace(TEA, mine="open"), "yes", TODAY)
    assert standing(theirs) == "theirs"
    assert theirs.began is None
    assert standing(decided(theirs, "yes", TODAY)) == "both"
    assert standing(decided(theirs, "no", TODAY)) == "put away"


def test_a_no_puts_it_away_whatever_was_before_and_keeps_what_was() -> None:
    lived = took_place(SHARED, date(2026, 3, 5))
    for ended in (
        answered(lived, "no", TODAY),
        decided(lived, "no", TODAY),
        answered(rested(lived, TODAY), "no", TODAY),
    ):
        assert standing(ended) == "put away"
        assert ended.kept == (date(2026, 3, 5),)
        assert took_place(ended, TODAY) == ended
        assert for_today([Kept("a", ended)], TODAY) == []


def test_a_rest_hides_it_and_waking_brings_all_of_it_back() -> None:
    lived = took_place(SHARED, date(2026, 3, 5))
    resting = rested(lived, TODAY)
    assert standing(resting) == "resting"
    assert for_today([Kept("a", resting)], TODAY) == []
    assert took_place(resting, TODAY) == resting
    assert woken(rested(resting, TODAY + timedelta(days=9))) == lived


def test_a_day_is_kept_once_and_not_before_both_wanted_it() -> None:
    twice = took_place(took_place(SHARED, TODAY), TODAY)
    assert twice.kept == (TODAY,)
    assert took_place(SHARED, date(2026, 3, 1)) == SHARED
    assert took_no_place(twice, TODAY) == SHARED
    assert took_no_place(SHARED, TODAY) == SHARED


@given(RITUALS, st.lists(DAYS, max_size=5))
def test_nothing_counts_unless_both_want_it(ritual: Ritual, days: list[date]) -> None:
    begun = decided(ritual, ritual.mine, date(2025, 1, 1))
    lived = begun
    for day in days:
        lived = took_place(lived, day)
    counts = both_want(ritual) and ritual.rested is None
    assert lived.kept == (tuple(sorted(set(days))) if counts else ())
    assert (begun.began is not None) == both_want(ritual)
    assert standing(ritual) in ("mine", "asked", "theirs", "both", "resting", "put away")
    assert (standing(ritual) == "put away") == ("no" in (ritual.mine, ritual.theirs))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), ""),
        (((3, 4),), "Once, on 4 March 2026."),
        (((3, 4), (5, 1)), "Two times since March 2026."),
        (((6, 3), (6, 10)), "Two times since 3 June 2026."),
        (
            ((3, 2), (4, 6), (4, 8), (4, 9), (4, 11), (6, 1)),
            "Six times since March 2026, most of them in the week of 6 April 2026.",
        ),
        (
            ((3, 2), (4, 6), (4, 7), (4, 14), (4, 15), (5, 4), (6, 1)),
            "Seven times since March 2026, most of them in the two weeks from 6 April 2026.",
        ),
        (((3, 2), (3, 9), (3, 16), (3, 23), (3, 30)), "Five times since March 2026."),
    ],
)
def test_it_is_told_how_often_and_when_most_and_nothing_of_misses(
    days: tuple[tuple[int, int], ...], words: str
) -> None:
    assert told(on(*days), TODAY) == words


@given(st.sets(st.dates(date(2026, 1, 1), date(2026, 7, 1)), max_size=40))
def test_the_busiest_weeks_are_those_that_a_plain_search_finds(found: set[date]) -> None:
    days = sorted(found)
    most = busiest(days)
    runs = []
    if len(days) >= N_FOR_BUSIEST:
        first = days[0] - timedelta(days=days[0].weekday())
        n_weeks = (days[-1] - first).days // 7 + 1
        for length in range(1, n_weeks + 1):
            for place in range(n_weeks - length + 1):
                begins = first + timedelta(weeks=place)
                n = sum(begins <= day < begins + timedelta(weeks=length) for day in days)
                if 2 * n > len(days) and 2 * length <= n_weeks:
                    runs.append((length, -begins.toordinal()))
    wanted = min(runs, default=None)
    assert most == (None if wanted is None else (date.fromordinal(-wanted[1]), wanted[0]))


def test_today_shows_few_those_of_the_day_first_by_the_clock() -> None:
    wednesday, thursday = TODAY.weekday(), TODAY.weekday() + 1
    found = {
        "any": SHARED,
        "late": replace(SHARED, weekdays=(wednesday,), clock="21:00"),
        "early": replace(SHARED, weekdays=(wednesday,), clock="07:30"),
        "other": replace(SHARED, weekdays=(thursday,), clock="06:00"),
        "mine": replace(TEA, weekdays=(wednesday,)),
    }
    kept = [Kept(name, one) for name, one in found.items()]
    assert [one.id for one in for_today(kept, TODAY)] == ["early", "late", "any"]
    assert [one.id for one in for_today(kept, TODAY + timedelta(days=1))] == ["other", "any"]
    assert len(for_today([Kept(str(n), SHARED) for n in range(9)], TODAY)) == MOST_TODAY


@pytest.mark.parametrize(
    ("ritual", "words"),
    [
        (TEA, "No day of its own, about 20 minutes"),
        (replace(TEA, weekdays=(3, 0), clock="19:30", minutes=1), "Mondays and Thursdays, 19:30, about one minute"),
        (replace(TEA, weekdays=tuple(range(7)), clock="07:05"), "Every day, 07:05, about 20 minutes"),
    ],
)
def test_when_it_is_stands_in_words(ritual: Ritual, words: str) -> None:
    assert when_in_words(ritual) == words


def test_what_the_chat_shows_is_offered_once_and_a_no_stays_a_no() -> None:
    seen = [
        LastSeen("sky pictures", date(2025, 4, 1)),
        LastSeen("Sky  Pictures", date(2025, 5, 1)),
        LastSeen("Friday film", date(2025, 9, 1)),
        LastSeen("TEA before bed", date(2025, 8, 1)),
    ]
    there = [answered(TEA, "no", TODAY)]
    assert offered(seen, there) == [
        LastSeen("Friday film", date(2025, 9, 1)),
        LastSeen("Sky  Pictures", date(2025, 5, 1)),
    ]
    assert offered(seen[:2], [replace(TEA, name="sky pictures")]) == []

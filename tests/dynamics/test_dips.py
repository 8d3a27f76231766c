"""Dips: planted rough stretches are found and measured, a step for good is none, and a stable chat has few."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coded_chats import MONDAY, Day, chat_of, mirrored, uncoded
from steadily.dynamics.dips import dips, find_dips, low_stretches
from steadily.report.telling.dips import SENTENCES

USUAL = Day(20, 0.28, 0.04)
ROUGH = Day(8, 0.1, 0.15)
FIRST = MONDAY.date()


def places(days: list[Day], *, seed: int = 1) -> list[tuple[int, int, bool]]:
    """First and last day of each dip as days from the beginning, and whether it has passed."""
    found = dips(chat_of(days, seed=seed))
    return [((dip.start - FIRST).days, (dip.end - FIRST).days, dip.passed) for dip in found]


def test_it_finds_planted_dips() -> None:
    """Two rough stretches of nine and twelve days, each to about a day."""
    found = places([USUAL] * 60 + [ROUGH] * 9 + [USUAL] * 60 + [ROUGH] * 12 + [USUAL] * 60)

    assert [passed for _, _, passed in found] == [True, True]
    assert [end for dip in found for end in dip[:2]] == pytest.approx([60, 68, 129, 140], abs=2)


def test_most_dips_are_found_and_few_are_made_up() -> None:
    """Of twenty planted ones at least eighteen; in twenty stable chats of 200 days less than one in two."""
    found, made_up = 0, 0
    for seed in range(20):
        planted = places([USUAL] * 80 + [ROUGH] * 9 + [USUAL] * 60, seed=seed)
        found += any(start <= 88 and end >= 80 for start, end, _ in planted)
        made_up += len(places([USUAL] * 200, seed=100 + seed))

    assert found >= 18
    assert made_up <= 10


def test_the_one_at_the_end_has_not_passed() -> None:
    """The chat ends in it: it is told as the one that is there, beside the earlier ones."""
    chat = chat_of([USUAL] * 70 + [ROUGH] * 8 + [USUAL] * 60 + [ROUGH] * 10)

    passed, now = find_dips(chat)

    assert (passed.measure, passed.n) == ("dips.passed", 1)
    assert (now.measure, now.estimate) == ("dips.now", pytest.approx(10, abs=4))
    assert (now.facts["in_year"], now.facts["longest_in_year"]) == (1, passed.estimate)
    assert now.facts["contact"] < 12 < now.facts["contact_usual"]
    assert dips(chat)[-1].end == FIRST + timedelta(days=147)
    statement, _ = SENTENCES["dips.now"][2](now, *now.interval)
    assert statement.endswith("days." if passed.estimate > 1 else "day.")
    assert "One like this is in your year; it lasted" in statement


def test_a_step_for_good_is_no_dip() -> None:
    """What becomes the usual is a phase."""
    assert places([USUAL] * 100 + [ROUGH] * 100) == []


def test_one_silent_day_is_no_dip() -> None:
    """Nor are seven lost ones."""
    assert places([USUAL] * 60 + [Day(0)] + [USUAL] * 60) == []
    assert places([USUAL] * 60 + [Day(0)] * 8 + [USUAL] * 60) == []


def test_it_is_the_same_from_both_sides() -> None:
    """A rough stretch belongs to both."""
    chat = chat_of([USUAL] * 60 + [ROUGH] * 9 + [USUAL] * 60)

    assert dips(mirrored(chat)) == dips(chat)


def test_too_little_is_an_answer() -> None:
    """Below sixty days or four hundred messages; no messages at all."""
    for chat in (chat_of([USUAL] * 50), chat_of([Day(4)] * 90), chat_of([USUAL] * 9).head(0)):
        assert dips(chat) == ()
        assert [(one.measure, one.estimate) for one in find_dips(chat)] == [("dips.passed", None)]


def test_with_nothing_coded_it_goes_by_contact() -> None:
    """A very quiet week shows without any code; its wording is the same."""
    found = dips(uncoded(chat_of([USUAL] * 70 + [Day(3)] * 12 + [USUAL] * 70)))

    assert len(found) == 1
    assert (found[0].start - FIRST).days == pytest.approx(70, abs=3)


@settings(max_examples=80)
@given(st.lists(st.floats(-3, 3) | st.just(float("nan")), max_size=60))
def test_stretches_are_in_order_and_apart(low: list[float]) -> None:
    """Whatever the days are like; only the last can be there still."""
    found = low_stretches(np.array(low, dtype=np.float64))

    assert all(0 <= start <= end < len(low) for start, end, _ in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert all(passed for _, _, passed in found[:-1])


def test_how_long_dips_take_has_an_interval_of_two_of_them() -> None:
    """The median and its order-statistic interval (binomial): of nine, the second to the eighth."""
    from steadily.dynamics.dips import _around_median

    assert _around_median([4]) == (4, 4)
    assert _around_median([1, 2, 3, 4, 5]) == (1, 5)
    assert _around_median(list(range(1, 10))) == (2, 8)
    assert _around_median(list(range(20))) == (5, 14)


@pytest.mark.parametrize(
    ("lengths", "words"),
    [
        ([], "No rough stretch that has passed"),
        ([9], "It passed after nine days."),
        (
            [4, 9],
            "Two stretches in this chat were clearly rougher than is usual for you two. Each of them passed: the longest after nine",
        ),
        ([9, 9], "the longest after nine days."),
    ],
)
def test_what_passed_is_told(lengths: list[int], words: str) -> None:
    """How many, and how long they took."""
    from steadily.dynamics.finding import Finding

    facts = {"shortest": min(lengths, default=None), "longest": max(lengths, default=None)}
    middle = float(np.median(lengths)) if lengths else 0.0
    ends = (float(min(lengths, default=0)), float(max(lengths, default=0)))
    told = SENTENCES["dips.passed"][2](Finding("dips.passed", middle, ends, len(lengths), "days", (), facts), *ends)

    assert words in told[0]

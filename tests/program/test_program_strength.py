"""Strength: rises with practice, survives misses, and says so in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from steadily.program.entries import How, Practiced
from steadily.program.lessons import LESSON_ORDER, practices
from steadily.program.strength import (
    BEGUN,
    FLOOR,
    GROWING,
    GROWS_FROM,
    HALF_LIFE_DAYS,
    MANY,
    NOT_YET,
    THERE,
    THERE_FROM,
    in_words,
    strength,
    strengths,
)

FIRST = date(2026, 1, 1)
DAYS = st.lists(st.integers(0, 400).map(lambda n: FIRST + timedelta(days=n)), max_size=40)
DAY = st.integers(0, 900).map(lambda n: FIRST + timedelta(days=n))


@given(DAYS, DAY)
def test_it_lies_between_nothing_and_all(days: list[date], day: date) -> None:
    assert 0 <= strength(days, day) < 1
    assert (strength(days, day) == 0) == all(one > day for one in days)


@given(DAYS, DAY, DAY)
def test_one_more_day_of_practice_never_lowers_it(days: list[date], more: date, day: date) -> None:
    assert strength([*days, more], day) >= strength(days, day) - 1e-12


@given(DAYS.filter(bool), st.integers(0, 3000))
def test_no_gap_however_long_takes_it_below_its_floor(days: list[date], gap: int) -> None:
    last = max(days)
    best = max(strength(days, one) for one in days)
    assert strength(days, last + timedelta(days=gap)) >= FLOOR * best - 1e-12


@given(DAYS.filter(bool), st.integers(0, 2000))
def test_without_practice_it_never_rises_and_a_missed_day_changes_almost_nothing(days: list[date], gap: int) -> None:
    at = max(days) + timedelta(days=gap)
    before, after = strength(days, at), strength(days, at + timedelta(days=1))
    assert before - 0.01 <= after <= before


@given(DAYS.flatmap(lambda days: st.tuples(st.just(days), st.permutations(days))), DAY)
def test_the_order_in_which_days_come_does_not_matter_nor_a_day_that_comes_twice(
    both: tuple[list[date], list[date]], day: date
) -> None:
    days, shuffled = both
    assert strength(days, day) == strength(shuffled, day) == strength(days + shuffled, day)


@given(DAYS, DAY, st.integers(0, 500))
def test_moving_everything_by_some_days_changes_nothing(days: list[date], day: date, n: int) -> None:
    by = timedelta(days=n)
    assert strength([one + by for one in days], day + by) == strength(days, day)


def test_it_is_told_in_words() -> None:
    weekly = [FIRST + timedelta(days=7 * n) for n in range(12)]
    assert in_words(strength([], FIRST)) == NOT_YET
    assert in_words(strength(weekly[:1], weekly[0])) == BEGUN
    assert in_words(strength(weekly[:4], weekly[3])) == GROWING
    assert in_words(strength(weekly, weekly[-1])) == THERE
    assert in_words(strength(weekly, weekly[-1] + timedelta(days=30))) == THERE


def test_each_lesson_has_its_own_and_only_what_was_done_counts() -> None:
    repair = next(one.name for one in practices().values() if one.lesson == "repair")
    at = datetime(2026, 3, 1, 20, tzinfo=UTC)

    def found(name: str, how: How) -> dict[str, float]:
        return strengths([Practiced(at, name, how)], at.date())

    assert set(found(repair, "done")) == set(LESSON_ORDER)
    assert [name for name, value in found(repair, "done").items() if value] == ["repair"]
    assert not any(found(repair, "not today").values())
    assert not any(found(repair, "not for me").values())
    assert not any(found("a practice of an older version", "done").values())
    assert not any(strengths([Practiced(at, repair, "done")], date(2026, 2, 28)).values())


def test_the_page_about_it_has_the_constants_that_are_used() -> None:
    page = (Path(__file__).parents[2] / "docs" / "practice.md").read_text(encoding="utf-8")
    for said in (f"`HALF_LIFE_DAYS = {HALF_LIFE_DAYS}`", f"`MANY = {MANY}`", f"`FLOOR = {FLOOR}`"):
        assert said in page
    assert f"*{BEGUN}* (below {GROWS_FROM}), *{GROWING}* (below {THERE_FROM}), *{THERE}*" in page

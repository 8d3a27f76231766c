"""Setbacks: a planted dip is seen, ordinary wavering is not, and earlier ones are told with how long they took."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st

from steadily.program.checking import NEVER, PRONOUNS
from steadily.program.entries import CheckIn, HardDay
from steadily.program.setbacks import FEWEST, Dip, beside_earlier, dips, drops, earlier_dips, hard_day_texts, is_dip

START = date(2026, 1, 1)


def on(at: int) -> date:
    """A day by number."""
    return START + timedelta(days=at)


def diary(*points: int | None, first: int = 0) -> list[CheckIn]:
    """A check-in a day with both points the same; None is a day without one."""
    return [CheckIn(on(first + at), point, point) for at, point in enumerate(points) if point is not None]


CALM = (7, 6, 7, 7) * 4


def test_a_dip_of_two_days_is_seen_and_one_low_day_is_not_yet() -> None:
    after = diary(*CALM, 5, 5)

    assert is_dip(after, on(17))
    assert not is_dip(after[:-1], on(16))
    assert is_dip(diary(*CALM, 2), on(16))
    assert not is_dip([*after, *diary(6, first=18)], on(18))
    assert not is_dip(after, on(20))


def test_nothing_is_said_with_fewer_than_fourteen_answers_before() -> None:
    assert not is_dip(diary(*CALM[: FEWEST - 1], 0), on(FEWEST - 1))
    assert is_dip(diary(*CALM[:FEWEST], 0), on(FEWEST))
    assert drops(diary(*CALM[:FEWEST])) == {}


def test_an_outcome_that_was_left_out_does_not_stand_in_the_way() -> None:
    days = [CheckIn(one.day, one.safety, None) for one in diary(*CALM, 3, 3)]

    assert is_dip(days, on(17))
    assert drops([CheckIn(one.day, strain=9) for one in days]) == {}


def test_someone_who_always_answers_the_same_has_no_dip_from_one_point_less() -> None:
    assert not is_dip(diary(*[7] * 20, 6, 6), on(21))
    assert is_dip(diary(*[7] * 20, 5, 5), on(21))


@pytest.mark.parametrize("spread", [0.5, 1.0, 1.5, 2.0])
def test_ordinary_wavering_is_seldom_called_a_dip(spread: float) -> None:
    rng = np.random.default_rng(7)
    alarms = asked = 0
    for _ in range(12):
        points = np.clip(np.round(rng.normal(6, spread, (120, 2))), 0, 10).astype(int).tolist()
        told = [CheckIn(on(at), *both) for at, both in enumerate(points) if rng.random() < 0.7]
        for at in range(40, 120, 2):
            alarms += is_dip([one for one in told if one.day <= on(at)], on(at))
            asked += 1

    assert alarms / asked <= 0.03


def test_dips_are_told_with_how_long_they_took() -> None:
    told = diary(*CALM, 2, 2, 7, 6, 7, 6, 2, None, 2, 3, 7, 6)

    assert dips(told, [], on(27)) == [Dip(on(16), 2, is_over=True), Dip(on(22), 4, is_over=True)]
    assert dips([*told, *diary(1, first=28)], [], on(28))[-1] == Dip(on(28), None, is_over=False)


def test_a_hard_day_is_one_as_well_and_passes_by_a_check_in_or_by_the_persons_word() -> None:
    told = diary(*CALM)

    assert dips(told, [HardDay(on(3))], on(15)) == [Dip(on(3), None, is_over=True)]
    assert dips([*told, *diary(7, first=18)], [HardDay(on(16))], on(19)) == [Dip(on(16), 2, is_over=True)]
    assert dips([], [HardDay(on(1), passed=on(4))], on(9)) == [Dip(on(1), 3, is_over=True)]
    assert dips([], [HardDay(on(1), passed=on(1))], on(1)) == [Dip(on(1), 1, is_over=True)]
    assert dips([], [HardDay(on(1)), HardDay(on(3), passed=on(4))], on(9)) == [Dip(on(1), 3, is_over=True)]
    assert dips([], [HardDay(on(1))], on(5)) == [Dip(on(1), None, is_over=False)]
    assert dips([], [HardDay(on(1))], on(30)) == [Dip(on(1), None, is_over=True)]


def test_earlier_ones_leave_out_today_what_goes_on_and_what_is_more_than_a_year_ago() -> None:
    hard = [HardDay(on(at), passed=on(at + 1)) for at in (-400, -100, -50, 0)]

    assert [one.began for one in earlier_dips([], hard, on(0))] == [on(-100), on(-50)]
    assert earlier_dips([], [HardDay(on(-2)), HardDay(on(0))], on(0)) == []


@pytest.mark.parametrize(
    ("days", "n", "told"),
    [
        ([], 3, "Not enough here yet to say how days like this went before."),
        ([], 40, "No other day like this is in your year, so there is none to set beside it."),
        ([1], 40, "One day like this is in your year; it took one day to pass."),
        ([None], 40, "One day like this is in your year. How long it took is not known."),
        ([1, 3, 2, 1], 40, "Four days like this are in your year; the longest lasted three days, the shortest one."),
        ([2, 2], 40, "Two days like this are in your year; each lasted two days."),
        (
            [2, None],
            40,
            "Two days like this are in your year; one took two days to pass. How long the rest took is not known.",
        ),
        (
            [1, 3, None],
            40,
            "Three days like this are in your year; the longest lasted three days, the shortest one. "
            "How long one of them took is not known.",
        ),
        ([None, None], 40, "Two days like this are in your year. How long they took is not known."),
    ],
)
def test_earlier_ones_are_told_in_a_sentence(days: list[int | None], n: int, told: str) -> None:
    assert beside_earlier([Dip(START, one, is_over=True) for one in days], n) == told


@given(st.lists(st.integers(3, 7), min_size=1, max_size=60), st.integers(-3, 3), st.randoms())
def test_a_shift_of_all_answers_and_their_order_change_nothing(points: list[int], shift: int, random: object) -> None:
    told, moved = diary(*points), diary(*[one + shift for one in points])
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert drops(told) == drops(moved) == drops(shuffled)


@given(
    st.lists(st.integers(0, 10) | st.none(), max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5) | st.none()), max_size=6),
)
def test_dips_come_in_order_do_not_overlap_and_last_at_least_a_day(
    points: list[int | None], hard: list[tuple[int, int | None]]
) -> None:
    days = [HardDay(on(at), passed=None if more is None else on(at + more)) for at, more in hard]
    found = dips(diary(*points), days, on(60))

    for one, following in pairwise(found):
        assert one.is_over
        assert one.began + timedelta(days=one.days or 1) <= following.began
    assert all(one.days is None or one.days >= 1 for one in found)
    assert all(one.began <= on(60) for one in found)
    assert {one.began for one in found} <= {one.day for one in days} | {one.day for one in diary(*points)}


def test_the_texts_of_the_page_are_short_plain_and_ask_for_nothing() -> None:
    texts = hard_day_texts()

    assert 3 <= len(texts.reframes) <= 6
    assert "Nothing" in texts.steps[-1]
    for text in (*texts.reframes, *texts.steps):
        assert "!" not in text
        assert len(text) <= 60
        assert not PRONOUNS.search(text)
        assert not [phrase for phrase in NEVER if phrase in text.lower()]
        assert not any(
            word in text.lower() for word in ("partner", "write", "call", "message", "text", "forgive", "stay")
        )
    assert textstat.flesch_kincaid_grade(" ".join([*texts.reframes, *(f"{one}." for one in texts.steps)])) <= 8

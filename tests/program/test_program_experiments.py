"""Experiments: the draw and its secrecy, what is shown and when, how honest the interval is, and what can be promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from steadily.errors import UsageError
from steadily.program.entries import CheckIn, Experiment
from steadily.program.experiment_acts import ACTS, reaches, why_not
from steadily.program.experiment_draw import AHEAD, ON_A_WEEKDAY, drawn, redraws
from steadily.program.experiment_effect import Difference, Effect, compare, effect
from steadily.program.experiment_power import ASSUMED, LONGEST, Spread, change_seen, days_needed, spread_of
from steadily.program.experiment_words import done_told, points, power_told, result
from steadily.program.experiments import (
    LENGTHS,
    answers,
    begin,
    day_number,
    days_so_far,
    end_early,
    is_on,
    is_open,
    last_day,
    stage,
    with_answer,
)

START = date(2026, 3, 2)
SEEDS = st.integers(0, 2**62)
GOLDEN = "x..x..x.xx.x.x..x.xxxx...xx."
"""What seed 20261127 draws. An experiment under way must not change when the app is renewed."""


def tried(seed: int = 5, n_days: int = 40) -> Experiment:
    """An experiment that begins on `START`."""
    return Experiment("I say thank you.", "safety", START, n_days, seed)


def day(n: int) -> date:
    """Its day number *n*, from 1."""
    return START + timedelta(days=n - 1)


def answered(experiment: Experiment, rng: np.random.Generator, change: float, share: float = 0.8) -> list[CheckIn]:
    """Check-ins of days that hang together and drift, with a change on drawn days, some of them missing."""
    level, found = 0.0, []
    for n, kind in enumerate(drawn(experiment.seed, experiment.n_days)):
        level = 0.4 * level + rng.normal() * 1.1
        if rng.random() < share:
            point = 5 + level + 2 * n / experiment.n_days + change * kind + (n % 7 > 4)
            found.append(CheckIn(day(n + 1), safety=int(np.clip(round(point), 0, 10))))
    return found


def shown(experiment: Experiment, check_ins: list[CheckIn]) -> Difference:
    """The difference on the day after the end."""
    found = effect(experiment, check_ins, last_day(experiment) + timedelta(days=1))
    assert found is not None
    assert found.difference is not None
    return found.difference


@given(seed=SEEDS, n_days=st.sampled_from(LENGTHS))
@settings(max_examples=60, deadline=None)
def test_the_draw_is_even_at_every_time_and_over_the_week(seed: int, n_days: int) -> None:
    kinds = np.where(drawn(seed, n_days), 1, -1)

    assert kinds.sum() == 0
    assert np.abs(np.cumsum(kinds)).max() <= AHEAD
    assert all(abs(kinds[weekday::7].sum()) <= ON_A_WEEKDAY for weekday in range(7))


def test_every_day_is_with_it_as_often_as_not_and_lengths_of_runs_differ() -> None:
    kinds = redraws(56)

    assert kinds.mean(axis=0) == pytest.approx(np.full(56, 0.5), abs=0.04)
    assert len(np.unique(kinds, axis=0)) > 0.99 * len(kinds)
    three = kinds[:, 20:23]
    assert 0.05 < (three.all(axis=1) | ~three.any(axis=1)).mean() < 0.25


def test_a_seed_draws_the_same_days_in_every_version() -> None:
    kinds = "".join("x" if kind else "." for kind in drawn(20261127, 28))

    assert kinds == GOLDEN


@given(seed=SEEDS, n=st.integers(-5, 50), ahead=st.integers(1, 60))
@settings(deadline=None)
def test_no_day_is_told_before_it(seed: int, n: int, ahead: int) -> None:
    experiment, today = tried(seed), day(n)

    assert is_on(experiment, today + timedelta(days=ahead), today) is None
    assert all(one <= today for one in days_so_far(experiment, today))
    told = is_on(experiment, today, today)
    assert (told is None) == (not 1 <= n <= 40)


def test_what_is_told_until_a_day_is_the_same_whatever_comes_after_it() -> None:
    """Of two draws that agree until a day, nothing differs on that day."""
    by_start: dict[tuple[bool, ...], int] = {}
    for seed in range(200):
        start = tuple(drawn(seed, 28)[:6].tolist())
        if start in by_start:
            one, other = tried(by_start[start], 28), tried(seed, 28)
            break
        by_start[start] = seed
    today = day(6)

    assert drawn(one.seed, 28).tolist() != drawn(other.seed, 28).tolist()
    assert days_so_far(one, today) == days_so_far(other, today)
    assert effect(one, [], today) is effect(other, [], today) is None
    assert replace(with_answer(one, today, True, today), seed=0) == replace(
        with_answer(other, today, True, today), seed=0
    )


def test_it_begins_tomorrow_and_runs_for_its_length() -> None:
    one = begin("  I say thank you. ", "closeness", 28, START)

    assert (one.act, one.started, one.n_days, one.ended) == ("I say thank you.", START + timedelta(days=1), 28, None)
    assert begin("x", "safety", 28, START).seed != one.seed
    stages = [stage(one, START + timedelta(days=n)) for n in (0, 1, 28, 29)]
    assert stages == ["coming", "running", "running", "over"]
    assert [day_number(one, START + timedelta(days=n)) for n in (0, 1, 28, 60)] == [0, 1, 28, 28]
    with pytest.raises(UsageError, match="28, 40 or 56 days"):
        begin("x", "safety", 30, START)


def test_whether_it_was_done_is_taken_for_today_and_yesterday_only() -> None:
    one = tried()

    assert with_answer(one, day(5), True, day(5)).done == {day(5): True}
    assert with_answer(with_answer(one, day(5), True, day(5)), day(5), False, day(6)).done == {day(5): False}
    for other, today in ((day(4), day(6)), (day(7), day(6)), (day(0), day(1)), (day(41), day(41)), (day(40), day(41))):
        assert with_answer(one, other, True, today) == one


def test_ended_early_tells_no_later_day_and_compares_nothing() -> None:
    one = end_early(tried(), day(9))

    assert (one.ended, stage(one, day(9)), is_open(one, day(9))) == (day(9), "ended early", False)
    assert is_on(one, day(9), day(60)) is not None
    assert is_on(one, day(10), day(60)) is None
    assert len(days_so_far(one, day(60))) == 9
    check_ins = answered(one, np.random.default_rng(1), 3.0)
    assert effect(one, check_ins, day(60)) is None
    assert max(answers(one, check_ins, day(60))) <= day(9)
    assert with_answer(one, day(9), True, day(9)) == one
    for untouched, today in ((tried(), day(0)), (tried(), day(41)), (one, day(20))):
        assert end_early(untouched, today) == untouched


def test_nothing_is_compared_before_the_day_after_the_last() -> None:
    check_ins = answered(tried(), np.random.default_rng(1), 3.0)

    assert [effect(tried(), check_ins, day(n)) is None for n in (0, 14, 39, 40, 41)] == [True, True, True, True, False]


def test_a_planted_change_is_recovered() -> None:
    rng = np.random.default_rng(2)
    found = [shown(one, answered(one, rng, 1.5)) for one in (tried(seed) for seed in range(120))]

    assert np.mean([one.estimate for one in found]) == pytest.approx(1.5, abs=0.12)
    assert np.mean([one.is_clear for one in found]) > 0.75
    assert 0.82 < np.mean([one.low <= 1.5 <= one.high for one in found]) < 0.97


def test_where_there_is_nothing_one_in_ten_is_called() -> None:
    rng = np.random.default_rng(3)
    found = [shown(one, answered(one, rng, 0.0)) for one in (tried(seed, 28) for seed in range(400))]

    assert 0.05 < np.mean([one.is_clear for one in found]) < 0.15
    assert all(one.is_clear == (not one.low <= 0 <= one.high) for one in found)


def test_days_count_as_they_were_drawn_whatever_was_done() -> None:
    one = tried()
    check_ins = answered(one, np.random.default_rng(4), 1.0)
    kinds = days_so_far(one, day(41))
    told = replace(one, done={when: not kind for when, kind in kinds.items()})

    assert shown(told, check_ins) == shown(one, check_ins)
    found = effect(told, check_ins, day(41))
    assert found
    assert (found.n_drawn, found.n_done, found.n_done_others) == (20, 0, 20)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Days with an answer, their kinds, their answers, and what could have been drawn on them."""
    seed = draw(SEEDS)
    there = draw(st.lists(st.booleans(), min_size=28, max_size=28))
    days = np.flatnonzero(there)
    points = np.array(draw(st.lists(st.integers(0, 10), min_size=len(days), max_size=len(days))), dtype=np.float64)
    assume(len(days) >= 8)
    return days, drawn(seed, 28)[days], points, redraws(28)[:499, days]


def ends(one: Difference) -> list[float]:
    """All numbers of a difference."""
    return [one.estimate, one.low, one.high, one.p]


@given(weeks(), st.integers(-5, 5))
@settings(max_examples=60, deadline=None)
def test_the_level_of_the_answers_and_the_date_make_no_difference(
    given_weeks: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray], shift: int
) -> None:
    days, kinds, said, others = given_weeks
    plain, moved = compare(days, kinds, said, others), compare(days + 100, kinds, said + shift, others)

    assert ends(moved) == pytest.approx(ends(plain), abs=1e-6)


@given(weeks())
@settings(max_examples=60, deadline=None)
def test_the_kinds_changing_names_turns_it_around(
    given_weeks: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    days, kinds, said, others = given_weeks
    plain, turned = compare(days, kinds, said, others), compare(days, ~kinds, said, ~others)

    assert ends(turned) == pytest.approx([-plain.estimate, -plain.high, -plain.low, plain.p], abs=1e-6)


@given(weeks(), st.integers(-3, 3))
@settings(max_examples=60, deadline=None)
def test_a_change_added_to_drawn_days_moves_estimate_and_interval_by_it(
    given_weeks: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray], change: int
) -> None:
    days, kinds, said, others = given_weeks
    assume(0 < kinds.sum() < len(kinds))
    plain, moved = compare(days, kinds, said, others), compare(days, kinds, said + change * kinds, others)

    assert ends(moved)[:3] == pytest.approx([one + change for one in ends(plain)[:3]], abs=1e-6)


@given(weeks())
@settings(max_examples=25, deadline=None)
def test_the_ends_are_those_of_the_test_tried_at_each_difference(
    given_weeks: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    days, kinds, said, others = given_weeks
    found = compare(days, kinds, said, others)
    assume(np.isfinite([found.low, found.high]).all() and found.high - found.low > 0.01)
    for end, inward in ((found.low, 1), (found.high, -1)):
        inside, outside = (
            compare(days, kinds, said - (end + step * 1e-4) * kinds, others) for step in (inward, -inward)
        )
        assert inside.p > 0.1 >= outside.p


def test_no_answers_few_answers_and_answers_that_are_all_the_same_cannot_tell() -> None:
    one = tried()
    after = day(41)
    none, few = effect(one, [], after), effect(one, answered(one, np.random.default_rng(5), 1.0)[:7], after)
    flat = effect(one, [CheckIn(day(n), safety=6) for n in range(1, 41)], after)
    empty = effect(one, [CheckIn(day(n), closeness=6) for n in range(1, 41)], after)

    assert none
    assert few
    assert flat
    assert empty
    assert none.difference is few.difference is flat.difference is empty.difference is None
    assert result(none, "safety") == (
        "There are no answers on evenings with it, and none on the others. That is too few to tell.",
    )
    assert "too few to tell" in result(few, "safety")[0]
    assert result(flat, "safety") == (
        "Your answer was the same on all 40 days that have one. So these days cannot tell.",
    )


def test_a_result_is_told_with_its_range_and_days_and_no_decimals() -> None:
    effect_of = Effect(20, 18, 20, 17, 2, False, Difference(0.52, -0.06, 0.94, 0.2))

    assert result(effect_of, "safety") == (
        "On the 20 evenings with it, felt safety was about half a point higher than on the 18 others "
        "(somewhere between a tenth of a point lower and one point higher). That is 38 days with an answer.",
        "That is too close to call.",
    )
    assert done_told(effect_of).startswith(
        "You said that it was done on 17 of the 20 drawn evenings, and on two of the others."
    )
    lower = replace(effect_of, difference=Difference(-1.3, -2.44, -0.04, 0.03))
    assert "about one point and three tenths lower" in result(lower, "closeness")[0]
    assert "between next to nothing and two and a half points lower" in result(lower, "closeness")[0]
    assert "about one try in ten" in result(lower, "closeness")[1]
    same = replace(effect_of, difference=Difference(0.02, -0.5, 0.5, 0.9))
    assert "closeness was about the same as on the 18 others" in result(same, "closeness")[0]


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (0.04, "next to nothing"),
        (0.1, "a tenth of a point"),
        (0.5, "half a point"),
        (-1, "one point"),
        (1.5, "one and a half points"),
        (2.3, "two points and three tenths"),
        (3, "three points"),
    ],
)
def test_points_in_words(size: float, told: str) -> None:
    assert points(size) == told


def test_days_needed_is_where_the_change_can_be_seen() -> None:
    for spread in (Spread(0.6, 0.2, 20), Spread(1.0, 0.0, 20), ASSUMED):
        n_days = days_needed(spread.points, spread.autocorrelation, 1.0)
        assert n_days
        assert change_seen(n_days, spread.points, spread.autocorrelation) <= 1.0
        assert n_days == 10 or change_seen(n_days - 1, spread.points, spread.autocorrelation) > 1.0
    assert days_needed(3.0, 0.0, 0.5) is None


@given(st.floats(0.3, 3), st.floats(0, 0.6), st.integers(20, 200))
def test_more_days_and_steadier_days_show_smaller_changes(spread: float, r: float, n_days: int) -> None:
    assert change_seen(n_days + 10, spread, r) < change_seen(n_days, spread, r) < change_seen(n_days, spread * 1.1, r)
    assert change_seen(n_days, spread, r) <= change_seen(n_days, spread, 0) * 1.0001


def test_promised_days_keep_their_promise() -> None:
    rng, change = np.random.default_rng(6), 1.0
    n_days = days_needed(float(np.sqrt(1.2**2 + 1 / 12)), 0.0, change)
    assert n_days
    seen = []
    for seed in range(200):
        one = tried(seed, n_days + n_days % 2)
        kinds = drawn(one.seed, one.n_days)
        check_ins = [
            CheckIn(day(n + 1), safety=int(np.clip(round(5 + rng.normal() * 1.2 + change * kind), 0, 10)))
            for n, kind in enumerate(kinds)
            if rng.random() < 0.8
        ]
        seen.append(shown(one, check_ins).is_clear)
    assert 0.7 < np.mean(seen) < 0.9


def test_the_spread_comes_from_ones_own_check_ins_where_there_are_enough() -> None:
    rng = np.random.default_rng(7)
    said = [CheckIn(day(n), safety=round(5 + n / 30 + rng.normal())) for n in range(1, 61)]
    found = spread_of(said, "safety", day(61))

    assert found.n == 60
    assert found.points == pytest.approx(1.05, abs=0.25)
    assert found.autocorrelation < 0.35
    assert spread_of(said, "closeness", day(61)) == ASSUMED
    assert spread_of(said[:13], "safety", day(61)) == ASSUMED
    assert spread_of(said, "safety", day(400)) == ASSUMED
    assert spread_of([CheckIn(day(n), safety=5) for n in range(1, 31)], "safety", day(31)).points == 0.5
    apart = [one for one in said if one.day.toordinal() % 2]
    assert spread_of(apart, "safety", day(61)).autocorrelation == 0


def test_what_it_can_show_is_told_before() -> None:
    own = " ".join(power_told(Spread(0.55, 0.1, 31), "safety"))
    assert "With days as different as yours (about half a point from day to day, in 31 check-ins of felt safety)" in own
    assert "you would need about 40 days to see a change of half a point, and fewer than 28 days for one point." in own
    assumed = " ".join(power_told(ASSUMED, "closeness"))
    assert "too few check-ins yet" in assumed
    assert "one and a half points from day to day" in assumed
    assert f"more than {LONGEST} days" in " ".join(power_told(Spread(3.0, 0.0, 20), "safety"))


@pytest.mark.parametrize(
    "act",
    [
        *(one.text for one in ACTS),
        "I don't check work email after eight",
        "I don't speak over her",
        "no phone calls from the office at dinner",
        "I keep back a sharp word",
        "I ask how she is and see how he is doing",
        "a cup of tea together, if they like",
    ],
)
def test_acts_of_ones_own_pass(act: str) -> None:
    assert why_not(act) == ""


@pytest.mark.parametrize(
    "act",
    [
        "I ignore his messages for the evening",
        "I don't answer until she apologizes",
        "no kisses tonight",
        "I leave him on read",
        "I stay silent at dinner",
        "I don't answer his phone calls",
        "make her miss me",
        "I check her phone",
        "I go through my wife's messages",
        "Test whether he still cares",
        "I make him jealous",
        "I write late and see how he reacts",
    ],
)
def test_acts_that_withhold_test_or_watch_do_not(act: str) -> None:
    assert why_not(act)


def test_an_act_in_ones_own_words_may_reach_the_partner() -> None:
    assert reaches("I bring her tea.")
    assert reaches(ACTS[0].text)
    assert not reaches(ACTS[-1].text)


def test_answers_on_one_kind_of_day_only_have_no_difference() -> None:
    kinds = drawn(5, 28)
    days = np.flatnonzero(kinds)

    found = compare(days, kinds[days], np.arange(14, dtype=np.float64), redraws(28)[:, days])

    assert (found.estimate, found.low, found.high, found.p) == (0.0, -np.inf, np.inf, 1.0)
    assert not found.is_clear

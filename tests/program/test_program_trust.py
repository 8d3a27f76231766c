"""Check-in curves: the level that was planted, ranges that hold it, and nothing said that cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steadily.program.local_level import MONTH_DAYS, NOISE, NOISE_WORTH, WANDERS, fitted
from steadily.program.trust import Curve, curve

Numbers = npt.NDArray[np.float64]
START = date(2026, 1, 1)
DIARIES = st.dictionaries(st.integers(0, 60), st.integers(0, 10), min_size=1, max_size=40)


def diary(level: Numbers, noise: float, seed: int = 0, missing: float = 0.4) -> dict[date, int]:
    """Rounded answers around a level, with so many days missing."""
    rng = np.random.default_rng(seed)
    answers = np.round(np.clip(level + rng.normal(0, noise, len(level)), 0, 10)).astype(int)
    there = rng.random(len(level)) >= missing
    there[0] = True
    return {START + timedelta(days=int(day)): int(answers[day]) for day in np.flatnonzero(there)}


def after(n_days: int) -> date:
    """So many days after the first."""
    return START + timedelta(days=n_days)


def drawn(level: Numbers, noise: float, seed: int = 0) -> Curve:
    """The curve of a planted level."""
    return curve(diary(level, noise, seed), after(len(level) - 1))


def test_it_agrees_with_the_same_model_written_out_in_full() -> None:
    """A matrix of all covariances and generalized least squares for where the level starts, in place of filter and smoother."""
    answers = np.array([6, np.nan, 5, 8, np.nan, np.nan, 7, 3, np.nan, 4, 4, np.nan])
    fit = fitted(answers)
    known, days = np.isfinite(answers), np.arange(len(answers))
    ones, said = np.ones(known.sum()), answers[known]
    logs = []
    for place, size in enumerate(WANDERS):
        steps = size**2 / MONTH_DAYS * np.minimum.outer(days, days)
        inverse = np.linalg.inv(steps[np.ix_(known, known)] + np.eye(known.sum()))
        sure = ones @ inverse @ ones
        start = ones @ inverse @ said / sure
        gain = steps[:, known] @ inverse
        left = 1 - gain @ ones
        covariance = steps - gain @ steps[known] + np.outer(left, left) / sure

        assert fit.means[place] == pytest.approx(start + gain @ (said - start))
        assert fit.variances[place] == pytest.approx(np.diag(covariance))
        assert fit.variances[place, -1] * np.prod(fit.carried[place, 4:]) == pytest.approx(covariance[4, -1])

        squares = NOISE_WORTH * NOISE**2 + (said - start) @ inverse @ (said - start)
        logs.append(0.5 * np.linalg.slogdet(inverse)[1] - 0.5 * np.log(sure) - 0.5 * fit.worth * np.log(squares))
    weights = np.exp(logs - np.max(logs))

    assert fit.weights == pytest.approx(weights / weights.sum())


@pytest.mark.parametrize("level", [2.5, 5.0, 7.3])
def test_a_flat_level_is_found_and_not_told_as_moved(level: float) -> None:
    found = drawn(np.full(120, level), 1.0)

    assert found.low[-1] <= level <= found.high[-1]
    assert found.high[-1] - found.low[-1] < 2
    assert "higher" not in found.said
    assert "lower" not in found.said
    assert "much as it was four weeks ago" in found.said


@pytest.mark.parametrize("noise", [0.6, 1.2, 2.2])
def test_how_much_days_differ_is_found(noise: float) -> None:
    found = drawn(np.full(150, 5.0), noise, seed=3)
    planted = np.sqrt(noise**2 + 1 / 12)

    assert found.spread_low is not None
    assert found.spread_high is not None
    assert found.spread_low <= planted <= found.spread_high
    assert found.spread == pytest.approx(planted, rel=0.25)


@pytest.mark.parametrize(("before", "now", "word"), [(3.0, 7.0, "higher"), (7.0, 3.0, "lower")])
def test_a_jump_is_found_and_told_with_its_range(before: float, now: float, word: str) -> None:
    level = np.where(np.arange(100) < 85, before, now)
    found = drawn(level, 0.8)

    assert f"That is {word} than four weeks ago, by somewhere between" in found.said
    assert found.level[20] == pytest.approx(before, abs=0.7)
    assert found.level[-1] == pytest.approx(now, abs=0.7)


def test_a_short_diary_is_set_beside_its_beginning() -> None:
    found = drawn(np.linspace(1, 9, 20), 0.5)

    assert "higher than when you began" in found.said


def test_ranges_hold_what_is_true_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(7)
    held, held_last, spreads = [], [], []
    for seed in range(80):
        n_days, noise = int(rng.integers(14, 120)), rng.uniform(0.6, 2.0)
        level = np.clip(rng.uniform(3, 7) + np.cumsum(rng.normal(0, rng.choice([0, 0.15]), n_days)), 1, 9)
        found = drawn(level, noise, seed)
        inside = (np.array(found.low) <= level) & (level <= np.array(found.high))
        held.append(inside.mean())
        held_last.append(inside[-1])
        spreads.append((found.spread_low or 0) <= np.sqrt(noise**2 + 1 / 12) <= (found.spread_high or 0))

    assert 0.84 <= np.mean(held) <= 0.99
    assert 0.82 <= np.mean(held_last) <= 1
    assert 0.80 <= np.mean(spreads) <= 0.99


def test_flat_diaries_are_hardly_ever_told_as_moved() -> None:
    told = [drawn(np.full(60, 5.0), 1.5, seed).said for seed in range(60)]

    assert sum("higher" in one or "lower" in one for one in told) <= 4


def test_nothing_was_answered() -> None:
    found = curve({}, START)

    assert (found.days, found.n, found.spread, found.is_enough, found.spread_said) == ((), 0, None, False, "")
    assert found.said == "Nothing here yet."
    assert curve({after(3): 5}, START) == found


def test_one_answer_says_nearly_nothing() -> None:
    found = curve({START: 7}, START)

    assert found.n == 1
    assert found.level == pytest.approx((7.0,))
    assert found.high[0] - found.low[0] > 6
    assert found.said.startswith("Too little to tell yet.")
    assert found.said.endswith("From 1 answer in 1 day.")
    assert not found.is_enough


def test_all_answers_alike_leave_a_range() -> None:
    found = curve({after(n): 10 for n in range(40)}, after(39))

    assert found.level[-1] == pytest.approx(10)
    assert found.low[-1] < 10
    assert "Lately around 10 on a scale from 0 to 10, give or take less than a point." in found.said
    assert "much alike: a typical one lies 1 point or less" in found.spread_said


@pytest.mark.parametrize(
    ("days", "until", "enough"),
    [(range(13), 12, False), (range(14), 13, True), (range(0, 28, 4), 27, False), (range(0, 32, 4), 31, True)],
)
def test_nothing_is_said_before_two_weeks_with_enough_answers(days: range, until: int, enough: bool) -> None:
    found = curve({after(n): 5 for n in days}, after(until))

    assert found.is_enough is enough
    assert ("Lately around 5" in found.said) is enough
    assert ("Too little to tell yet" in found.said) is not enough


def test_nothing_is_said_of_now_where_the_answers_are_old() -> None:
    points = {after(n): 5 for n in range(30)}

    assert "Lately" in curve(points, after(40)).said
    later = curve(points, after(60))
    assert later.said == "Too little from the last two weeks to tell how it is now. From 30 answers in 61 days."
    assert later.high[-1] - later.low[-1] > later.high[20] - later.low[20]


@settings(max_examples=30, deadline=None)
@given(DIARIES, st.integers(0, 20))
def test_a_curve_holds_together(answers: dict[int, int], more: int) -> None:
    points = {after(day): point for day, point in answers.items()}
    found = curve(points, max(points) + timedelta(days=more))

    assert len(found.days) == len(found.level) == len(found.low) == len(found.high) == len(found.points)
    assert found.days == tuple(min(points) + timedelta(days=n) for n in range(len(found.days)))
    assert {day: point for day, point in zip(found.days, found.points, strict=True) if point is not None} == points
    assert found.n == len(points)
    assert all(
        0 <= low <= level <= high <= 10 for low, level, high in zip(found.low, found.level, found.high, strict=True)
    )
    assert found.spread is not None
    assert (found.spread_low or 0) <= found.spread <= (found.spread_high or 0)
    assert f"From {found.n} answer" in found.said
    assert "." not in found.said.replace(". ", " ").rstrip(".")


@settings(max_examples=20, deadline=None)
@given(DIARIES, st.integers(1, 400))
def test_only_what_was_said_up_to_then_matters(answers: dict[int, int], shift: int) -> None:
    points = {after(day): point for day, point in answers.items()}
    until = max(points)
    found = curve(points, until)

    assert curve(points | {until + timedelta(days=1): 0}, until) == found
    moved = curve({day + timedelta(days=shift): point for day, point in points.items()}, until + timedelta(days=shift))
    assert (moved.level, moved.low, moved.high, moved.said) == (found.level, found.low, found.high, found.said)
    turned = curve({day: 10 - point for day, point in points.items()}, until)
    assert turned.level == pytest.approx([10 - one for one in found.level], abs=1e-6)
    assert turned.low == pytest.approx([10 - one for one in found.high], abs=1e-6)
    assert turned.spread == pytest.approx(found.spread)

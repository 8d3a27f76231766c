"""Before and after: what is planted is seen, nothing is seen where nothing changed, and only what was written down is told."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations import conversation_of
from steadily.dynamics import MEASURES, Finding, Measure
from steadily.dynamics.finding import too_little
from steadily.dynamics.uncertainty import wilson
from steadily.program.entries import Watched
from steadily.program.leads import LEADS
from steadily.program.lessons import FITS, practices
from steadily.program.opening import OPENS, can_be_compared, practice_of, practices_for
from steadily.program.remeasure import difference, ratio, remeasured, since

START, DAY = datetime(2026, 1, 5), date(2026, 3, 2)
FEWEST = 20


def yes(messages: pl.DataFrame) -> list[Finding]:
    """The share of messages that say yes."""
    k, n = int((messages["text"] == "yes").sum()), messages.height
    if n < FEWEST:
        return [too_little("rupture_repair.repaired", n, "share")]
    return [
        Finding("rupture_repair.repaired", k / n, wilson(k, n), n, "share"),
        Finding("other.thing", 1, (1, 1), n, ""),
    ]


STUB = (Measure("rupture_repair", yes), Measure("other", yes))
WATCHED = Watched("rupture_repair.repaired", "own-a-tenth", DAY)


def answers(before: float, after: float, rng: np.random.Generator, per_day: int = 4, until: int = 112) -> pl.DataFrame:
    """Messages that say yes with one probability before 2 March, and with another from it on."""
    rows = []
    for index in range(until * per_day):
        at = START + timedelta(hours=24 * index / per_day)
        share = before if at.date() < DAY else after
        rows.append((at, "me" if index % 2 else "partner", "yes" if rng.random() < share else "no"))
    return conversation_of(rows).messages


def finding(estimate: float, low: float, high: float) -> Finding:
    """A finding with these."""
    return Finding("a.b", estimate, (low, high), 10, "share")


def test_where_nothing_changed_the_interval_holds_zero_in_about_nine_of_ten() -> None:
    rng = np.random.default_rng(7)
    found = [remeasured([WATCHED], answers(0.4, 0.4, rng, 1), STUB)[0] for _ in range(300)]
    held = np.mean([one.low <= 0 <= one.high for one in found])
    assert 0.86 <= held <= 0.95


def test_a_planted_change_is_seen_and_covered() -> None:
    rng = np.random.default_rng(8)
    found = [remeasured([WATCHED], answers(0.3, 0.6, rng, 2), STUB)[0] for _ in range(100)]
    assert np.mean([one.is_seen and one.change > 0 for one in found]) >= 0.95
    assert 0.82 <= np.mean([one.low <= 0.3 <= one.high for one in found]) <= 0.97


def test_a_ratio_of_times_covers_one_in_about_nine_of_ten() -> None:
    rng = np.random.default_rng(9)

    def middle() -> Finding:
        logs = rng.normal(3.0, 1.0, 40)
        half = 1.685 * logs.std(ddof=1) / math.sqrt(len(logs))
        return Finding(
            "a.b", math.exp(logs.mean()), (math.exp(logs.mean() - half), math.exp(logs.mean() + half)), 40, ""
        )

    ends = [ratio(middle(), middle()) for _ in range(400)]
    assert 0.86 <= np.mean([one[1] <= 1 <= one[2] for one in ends]) <= 0.95


def test_before_and_after_part_at_the_day_itself() -> None:
    only = remeasured([WATCHED], answers(0.0, 1.0, np.random.default_rng(1)), STUB)[0]
    assert (only.before.estimate, only.after.estimate, only.change) == (0.0, 1.0, 1.0)
    assert (only.before.n, only.after.n) == (56 * 4, 56 * 4)


def test_only_what_was_written_down_is_told_and_the_first_word_counts() -> None:
    coded = answers(0.3, 0.6, np.random.default_rng(2))
    later = Watched("rupture_repair.repaired", "own-a-tenth", DAY + timedelta(days=30))
    found = remeasured([later, WATCHED, Watched("gone.measure", "x", DAY)], coded, STUB)
    assert [(one.watched.finding, one.watched.day) for one in found] == [("rupture_repair.repaired", DAY)]
    assert remeasured([], coded, STUB) == []


def test_too_little_says_how_many_more_weeks_would_do() -> None:
    only = remeasured([WATCHED], answers(0.3, 0.6, np.random.default_rng(3), 1, until=60), STUB)[0]
    assert only.change is None
    assert only.after.n == 4
    assert only.more_weeks == 3
    assert not only.is_seen


def test_a_chat_that_ends_before_the_day_and_one_that_begins_there() -> None:
    coded = answers(0.3, 0.6, np.random.default_rng(4))
    before = remeasured([WATCHED], coded.filter(pl.col("local_time").dt.date() < DAY), STUB)[0]
    assert before.change is None
    assert before.until == DAY - timedelta(days=1)
    after = remeasured([WATCHED], coded.filter(pl.col("local_time").dt.date() >= DAY), STUB)[0]
    assert (after.change, after.more_weeks) == (None, None)
    assert remeasured([WATCHED], coded.clear(), STUB)[0].change is None


def test_a_named_day_compares_what_can_be_compared_and_nothing_else() -> None:
    found = since(DAY, answers(0.3, 0.6, np.random.default_rng(5)), STUB)
    assert [one.watched.finding for one in found] == ["rupture_repair.repaired"]


def test_where_there_is_none_of_it_since_that_is_the_answer_and_not_too_little() -> None:
    def loop(messages: pl.DataFrame) -> list[Finding]:
        late = messages["local_time"].dt.date().min() >= DAY
        name, unit = ("demand_withdraw.none", "seconds") if late else ("demand_withdraw.loop", "ratio")
        return [Finding(name, 1.5, (1.2, 2.0), messages.height, unit)]

    watched = Watched("demand_withdraw.loop", "my-first-sign", DAY)
    only = remeasured([watched], answers(0.3, 0.6, np.random.default_rng(5)), [Measure("demand_withdraw", loop)])[0]
    assert (only.after.measure, only.after.estimate, only.change) == ("demand_withdraw.none", 1.5, None)


def test_real_measures_are_measured_on_both_parts() -> None:
    rng = np.random.default_rng(6)
    rows, at = [], START
    while at < START + timedelta(days=300):
        share = 0.2 if at < START + timedelta(days=150) else 0.8
        rows.append((at, "me" if rng.random() < share else "partner", "hey"))
        rows.append((at + timedelta(minutes=5), "partner", "hi"))
        at += timedelta(hours=30)
    middle = (START + timedelta(days=150)).date()
    coded = conversation_of(rows).messages
    only = remeasured([Watched("openings.silence", "ready-for-a-no", middle)], coded, MEASURES)[0]
    assert only.is_seen
    assert only.change == pytest.approx(0.6, abs=0.2)


ENDS = st.tuples(*[st.floats(0.01, 0.99)] * 3).map(sorted)


@given(ENDS, ENDS)
def test_the_interval_holds_the_change_and_turns_round_with_time(one: list[float], other: list[float]) -> None:
    a, b = finding(one[1], one[0], one[2]), finding(other[1], other[0], other[2])
    change, low, high = difference(a, b)
    assert low <= change <= high
    back, back_low, back_high = difference(b, a)
    assert (back, back_low, back_high) == pytest.approx((-change, -high, -low))
    times, fewest, most = ratio(a, b)
    assert fewest <= times <= most
    assert ratio(b, a)[1] == pytest.approx(1 / most)


@given(ENDS, ENDS, st.floats(0.1, 1000))
def test_a_ratio_does_not_depend_on_the_unit(one: list[float], other: list[float], unit: float) -> None:
    a, b = (finding(ends[1], ends[0], ends[2]) for ends in (one, other))
    scaled = [finding(ends[1] * unit, ends[0] * unit, ends[2] * unit) for ends in (one, other)]
    assert ratio(*scaled) == pytest.approx(ratio(a, b))


@given(st.floats(0.2, 0.8), st.floats(0.2, 0.8), st.floats(0.01, 0.1))
def test_what_is_known_exactly_before_leaves_the_interval_of_after(a: float, b: float, half: float) -> None:
    assert difference(finding(b, b, b), finding(a, a - half, a + half)) == pytest.approx(
        (a - b, a - b - half, a - b + half)
    )


def test_it_is_newcombes_interval_for_two_shares() -> None:
    """His example (1998, table II): 56 of 70 and 48 of 80, at 95 %: 0.0524 to 0.3339."""
    from scipy.stats import binomtest

    ends = [binomtest(k, n).proportion_ci(0.95, method="wilson") for k, n in ((48, 80), (56, 70))]
    before, after = (finding(k, end.low, end.high) for k, end in zip((0.6, 0.8), ends, strict=True))
    assert difference(before, after)[1:] == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_zero_has_no_ratio_and_an_end_at_zero_stays_finite() -> None:
    assert ratio(finding(0.0, 0.0, 0.1), finding(0.5, 0.4, 0.6)) is None
    assert all(map(math.isfinite, ratio(finding(0.5, 0.0, 0.9), finding(0.5, 0.4, 0.6))))


@pytest.mark.parametrize("name", OPENS)
def test_every_practice_that_is_opened_exists_and_fits_where_its_finding_leads(name: str) -> None:
    assert practices_for(name)
    for practice in practices_for(name):
        assert practice in practices()
        assert set(practices()[practice].fits) & set(LEADS[name])


def test_words_of_leads_are_those_that_can_be_tapped() -> None:
    assert {word for words in LEADS.values() for word in words} <= set(FITS)


def test_findings_without_a_practice_open_none() -> None:
    for name in ("coverage.days", "waits.usual", "what_helps.followed", "silences.longest"):
        assert practices_for(name) == ()
        assert not can_be_compared(name)
        assert practice_of(Finding(name, 1.0, (0.9, 1.1), 30, "share")) == ""


@pytest.mark.parametrize(
    ("estimate", "interval", "opened"),
    [
        (0.8, (0.7, 0.9), "ready-for-a-no"),
        (0.2, (0.1, 0.3), "smallest-next-step"),
        (0.5, (0.4, 0.6), ""),
        (None, None, ""),
    ],
)
def test_what_a_silence_opens_depends_on_who_ends_it(
    estimate: float | None, interval: tuple[float, float] | None, opened: str
) -> None:
    assert practice_of(Finding("openings.silence", estimate, interval, 40, "share")) == opened


def test_too_little_opens_nothing() -> None:
    assert practice_of(too_little("rupture_repair.repaired", 2, "share")) == ""
    assert practice_of(Finding("rupture_repair.repaired", 0.4, (0.2, 0.6), 20, "share")) == "own-a-tenth"

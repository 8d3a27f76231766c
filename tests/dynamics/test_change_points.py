"""Phases: planted changes come out where they were planted, stable chats have none, and a lost month is no phase."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coded_chats import MONDAY, Day, chat_of, mirrored, uncoded
from steadily.dynamics.change_points import Kind, find_change_points, name_kinds, phases
from steadily.dynamics.change_search import find_steps
from steadily.dynamics.day_signals import LONG_S, SHORT_S, day_signals
from steadily.dynamics.days import with_days
from steadily.dynamics.waits import waits
from steadily.report.telling.change_points import SENTENCES

CLOSE = Day(22, 0.27, 0.03, 0.02, 4)
DRIFTING = Day(13, 0.15, 0.07, 0.04, 15)
DISTANT = Day(5, 0.1, 0.1, 0.03, 40)
RECOVERING = Day(18, 0.23, 0.05, 0.05, 8)
FIRST = MONDAY.date()


def starts(messages: pl.DataFrame) -> list[int]:
    """The first days of the phases after the first, as days from the beginning."""
    return [(phase.start - FIRST).days for phase in phases(messages)[1:]]


def test_it_finds_what_was_planted() -> None:
    """Three changes, each within a few days, each named for what it is."""
    chat = chat_of([CLOSE] * 90 + [DRIFTING] * 80 + [DISTANT] * 90 + [RECOVERING] * 70)

    found = phases(chat)

    assert [phase.kind for phase in found] == ["close", "drifting", "distant", "recovering"]
    assert starts(chat) == pytest.approx([90, 170, 260], abs=5)
    assert all(phase.low <= phase.start <= phase.high for phase in found)
    assert all((after.start - phase.end).days == 1 for phase, after in pairwise(found))
    assert (found[0].start, found[0].low, found[0].high) == (FIRST, FIRST, FIRST)


def test_starts_lie_where_they_were_planted() -> None:
    """Of thirty planted falls, nearly all are found within two weeks, and the ranges hold about nine in ten of them."""
    rng = np.random.default_rng(4)
    near, held = 0, 0
    for seed in range(30):
        turn = int(rng.integers(50, 110))
        found = phases(chat_of([CLOSE] * turn + [DRIFTING] * (160 - turn), seed=seed, mood=0.45))
        near += len(found) == 2 and abs((found[1].start - FIRST).days - turn) <= 14
        held += any(phase.low <= FIRST + timedelta(days=turn) <= phase.high for phase in found[1:])

    assert near >= 28
    assert held >= 23


def test_a_stable_chat_has_no_changes() -> None:
    """The amount of writing wanders; of thirty stable chats at most one gets a change."""
    changed = [len(starts(chat_of([CLOSE] * 240, seed=seed, mood=0.45))) > 0 for seed in range(30)]

    assert sum(changed) <= 1


def test_days_in_another_order_have_no_changes() -> None:
    """What was planted is gone once its weeks are shuffled."""
    signals = day_signals(chat_of([CLOSE] * 112 + [DRIFTING] * 112))
    order = np.random.default_rng(3).permutation(32)
    days = np.concatenate([np.arange(7 * week, 7 * week + 7) for week in order])

    assert len(find_steps(signals.values, signals.weights)) == 1
    assert find_steps(signals.values[days], signals.weights[days]) == []


def test_a_lost_month_is_no_phase() -> None:
    """Four weeks without a message in a stable chat change nothing; a silence that comes back again and again does count."""
    lost = chat_of([CLOSE] * 100 + [Day(0)] * 28 + [CLOSE] * 100)
    seldom = chat_of([CLOSE] * 100 + ([Day(9)] + [Day(0)] * 9) * 12)

    assert starts(lost) == []
    assert day_signals(lost).weights[110, 0] == 0
    assert starts(seldom) == pytest.approx([100], abs=3)


@pytest.mark.parametrize(
    ("levels", "strain", "nearer", "kinds"),
    [
        ([1.0], 0.2, [], ["steady"]),
        ([1.0], 0.9, [], ["distant"]),
        ([1.0, 0.4], 0.9, [-1], ["steady", "drifting"]),
        ([1.0, 0.4, 0.1], 0.2, [-1, -1], ["close", "drifting", "distant"]),
        ([1.0, 0.1, 0.6, 0.95], 0.2, [-1, 1, 1], ["close", "distant", "recovering", "steady"]),
        ([0.1, 0.7, 1.0], 0.2, [1, 1], ["distant", "recovering", "steady"]),
        ([0.1, 1.0], 0.2, [1], ["distant", "recovering"]),
        ([1.0, 0.9], 0.2, [-1], ["close", "close"]),
        ([0.5, 1.0], 0.2, [1], ["steady", "close"]),
        ([1.0, 0.5, 0.4], 0.2, [-1, -1], ["close", "drifting", "drifting"]),
    ],
)
def test_kinds_follow_from_the_couples_own_levels(
    levels: list[float], strain: float, nearer: list[float], kinds: list[Kind]
) -> None:
    """Each name beside the rest of the same chat."""
    assert name_kinds(levels, strain, nearer) == kinds


@settings(max_examples=60)
@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=6), st.data())
def test_every_stretch_gets_a_kind(levels: list[float], data: st.DataObject) -> None:
    """Whatever the levels are."""
    nearer = data.draw(st.lists(st.floats(-3, 3), min_size=len(levels) - 1, max_size=len(levels) - 1))

    assert len(name_kinds(levels, 0.1, nearer)) == len(levels)


def test_it_is_the_same_from_both_sides() -> None:
    """Phases belong to both."""
    chat = chat_of([CLOSE] * 70 + [DISTANT] * 70)

    assert phases(mirrored(chat)) == phases(chat)


def test_too_little_is_an_answer() -> None:
    """Below sixty days, or below four hundred messages, nothing is said."""
    for chat in (chat_of([CLOSE] * 50), chat_of([Day(4)] * 90), chat_of([CLOSE] * 50).head(0)):
        assert phases(chat) == ()
        (finding,) = find_change_points(chat)
        assert (finding.measure, finding.estimate) == ("change_points.none", None)


def test_without_codes_it_goes_by_contact() -> None:
    """A table with nothing coded still shows how much was written."""
    chat = uncoded(chat_of([CLOSE] * 80 + [DISTANT] * 80))

    assert [phase.kind for phase in phases(chat)] in (["close", "drifting"], ["close", "distant"])
    assert starts(chat) == pytest.approx([80], abs=4)
    assert find_change_points(chat)[1].facts["warm"] is None


def test_findings_are_whole_and_told() -> None:
    """Each phase has its numbers, those of the phase before, rows around its start, and a sentence."""
    chat = chat_of([CLOSE] * 80 + [DISTANT] * 80)
    days = dict(with_days(chat).select("row", "day").iter_rows())

    first, second = find_change_points(chat)

    assert (first.facts["kind"], second.facts["kind"]) == ("close", "distant")
    assert second.facts["per_day"] == pytest.approx(5, abs=1)
    assert second.facts["per_day_before"] == first.facts["per_day"]
    assert second.facts["warm"] < second.facts["warm_before"]
    assert second.interval[0] <= second.estimate <= second.interval[1]
    start = date.fromisoformat(str(second.facts["start"]))
    assert all(0 <= (days[row] - start).days <= 10 for row in second.messages)
    statement, spread = SENTENCES[second.measure][2](second, *second.interval)
    assert statement.startswith("A distant time, from 2")
    assert "where it had been about 2" in statement
    assert "Answers between you came later." in statement
    assert spread.startswith("It most likely began")
    statement, spread = SENTENCES[first.measure][2](first, *first.interval)
    assert "before" not in statement
    assert spread.startswith("The chat begins in it")


def test_one_time_is_told() -> None:
    """Nothing changed: the numbers of it all."""
    (finding,) = find_change_points(chat_of([CLOSE] * 120))

    statement, _ = SENTENCES[finding.measure][2](finding, 0.0, 0.0)
    assert finding.facts["kind"] == "steady"
    assert statement.startswith("Over 120 days, things between you two stayed about the same")


def test_waits_of_days_are_those_of_the_measure() -> None:
    """The daily waits are the waits of `waits`, by the day on which they began."""
    chat = chat_of([Day(12, minutes=90)] * 30)
    found = waits(chat).join(with_days(chat).select("row", "day"), on="row")
    stood = found.group_by("day").agg(
        wait=(SHORT_S + pl.col("wait_s").clip(upper_bound=LONG_S)).log().mean(), n_turns=pl.len()
    )

    days = day_signals(chat).days.select("day", "wait", "n_turns").filter(pl.col("n_turns") > 0)

    both = days.join(stood, on="day", suffix="_other")
    assert both.height == days.height == stood.height
    assert (both["n_turns"] == both["n_turns_other"]).all()
    assert both["wait"].to_numpy() == pytest.approx(both["wait_other"].to_numpy())


@pytest.mark.parametrize(("kind", "seed"), [("sudden distance", 31), ("steady", 31)])
def test_it_recovers_a_synthetic_couple(kind: str, seed: int) -> None:
    """Texts from the bank, codes from the real model."""
    from steadily.dynamics.coded import with_codes
    from steadily.pipeline import code_conversation
    from steadily.synthetic import make_couple
    from steadily.synthetic.variety import plan_of_kind

    couple = make_couple(plan_of_kind(kind, seed=seed), seed=seed)
    codes = code_conversation(couple.conversation)

    found = phases(with_codes(couple.conversation.messages, codes.p, codes.p >= codes.thresholds))

    planted = couple.truth.plan.phases
    assert len(found) == len(planted)
    for phase, truth in zip(found[1:], planted[1:], strict=True):
        assert abs((phase.start - truth.start).days) <= 14

"""Waits: unanswered ones are kept, and the curve is Kaplan and Meier's."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from conversations import conversation_of
from steadily.conversation import Conversation
from steadily.dynamics.waits import EDGES_S, find_waits, kaplan_meier, survival, waits, week_tables


def test_it_keeps_a_wait_that_nobody_ended(chat: Conversation) -> None:
    """A turn that is followed by the same person in a new session waited until then, unanswered.

    1 09:00 Alice: are you up?
    1 09:10 Bob: yes
    1 20:00 Bob: home late
    2 09:00 Alice: ok
    2 09:05 Alice: and?
    2 09:30 Bob: all fine
    """
    found = waits(chat.messages)

    assert found.select("author", "wait_s", "answered").rows() == [
        ("me", 600.0, True),
        ("partner", 39_000.0, False),
        ("partner", 46_800.0, True),
        ("me", 1_500.0, True),
    ]


def test_the_curve_is_that_of_scipy() -> None:
    """The binned estimate agrees with SciPy's on the same waits, to the width of a bin."""
    from scipy.stats import CensoredData, ecdf

    rng = np.random.default_rng(7)
    seconds = rng.lognormal(6, 1.5, 4000)
    answered = rng.random(4000) < 0.8
    frame = pl.DataFrame(
        {
            "started_at": [datetime(2025, 1, 1) + timedelta(hours=n) for n in range(4000)],
            "wait_s": seconds,
            "answered": answered,
        }
    )

    ours = kaplan_meier(*week_tables(frame).sum(axis=0))

    sample = CensoredData(uncensored=seconds[answered], right=seconds[~answered])
    theirs = ecdf(sample).sf.evaluate(EDGES_S)
    assert np.abs(ours - theirs).max() < 0.01


def test_it_recovers_a_planted_wait() -> None:
    """Half of all turns answered in eight minutes: that is what comes out, inside its interval."""
    rng = np.random.default_rng(8)
    at, rows = datetime(2025, 1, 6, 9), []
    for number in range(3000):
        rows.append((at, "me" if number % 2 else "partner", "x"))
        at += timedelta(seconds=float(rng.lognormal(np.log(480), 1.0)))
        at += timedelta(hours=9) if number % 20 == 19 else timedelta()
    (usual, unanswered) = find_waits(conversation_of(rows).messages)

    low, high = usual.interval
    assert low <= 480 * 1.15
    assert high >= 480 * 0.87
    assert usual.estimate == pytest.approx(480, rel=0.25)
    assert unanswered.estimate < 0.02


def test_too_few_turns_are_too_few() -> None:
    """A dozen turns give no number."""
    rows = [(datetime(2025, 1, 6, 9) + timedelta(minutes=5 * n), "me" if n % 2 else "partner", "x") for n in range(12)]

    assert [finding.estimate for finding in find_waits(conversation_of(rows).messages)] == [None, None]


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Of forty planted chats whose weeks differ, at least three in four intervals hold the planted median."""
    rng = np.random.default_rng(9)
    held = 0
    for _ in range(40):
        at, rows = datetime(2025, 1, 6, 9), []
        for week in range(20):
            slow = float(np.exp(rng.normal(0, 0.3)))
            at = datetime(2025, 1, 6, 9) + timedelta(weeks=week)
            for number in range(60):
                rows.append((at, "me" if number % 2 else "partner", "x"))
                at += timedelta(seconds=float(rng.lognormal(np.log(300 * slow), 0.8)))
        (usual, _) = find_waits(conversation_of(rows).messages)
        held += usual.interval[0] * 0.97 <= 300 <= usual.interval[1] * 1.03

    assert held >= 30


def test_a_curve_without_enough_weeks_has_no_band() -> None:
    """Below six weeks the curve stands alone."""
    rows = [(datetime(2025, 1, 6, 9) + timedelta(minutes=5 * n), "me" if n % 2 else "partner", "x") for n in range(80)]

    assert np.isnan(survival(waits(conversation_of(rows).messages)).low).all()

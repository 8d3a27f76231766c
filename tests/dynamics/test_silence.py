"""Silence in context: the share that is recovered, the hours that count, and when nothing is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from conversations import conversation_of
from steadily.dynamics.silence import Silence, silence

START = datetime(2026, 1, 5)


def asked(rows: list[tuple[datetime, str, str]], after: timedelta, zone: str = "UTC") -> Silence | None:
    """What is said of the silence that long after the last message."""
    conversation = conversation_of(rows, zone=zone)
    return silence(conversation.messages, rows[-1][0].replace(tzinfo=UTC) + after, zone)


def evenings(days: int, wait: float, hour: int = 20, seed: int = 1) -> list[tuple[datetime, str, str]]:
    """On every day one message of mine at an hour, which waits for an exponential time of that many minutes on average."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[datetime, str, str]] = []
    for day in range(days):
        at = START + timedelta(days=day, hours=hour)
        rows.append((at, "me", "home soon"))
        rows.append((at + timedelta(minutes=float(rng.exponential(wait))), "partner", "ok"))
    return rows


def test_it_recovers_how_many_lasted_longer() -> None:
    rows = [*evenings(400, 60.0), (START + timedelta(days=400, hours=20), "me", "home soon")]
    found = asked(rows, timedelta(minutes=60))
    assert found is not None
    share = float(np.exp(-1))
    # Half of the turns are the partner's last words of the day, which stand until the next evening.
    assert found.longer == pytest.approx((1 + share) / 2, abs=0.05)
    assert found.interval[0] < found.longer < found.interval[1]


def test_the_hour_decides_what_it_is_compared_with() -> None:
    """Answers come within minutes by day and after hours by night: an hour is long by day and short by night."""
    by_day, by_night = evenings(200, 5.0, hour=10), evenings(200, 300.0, hour=22, seed=2)
    rows = sorted([*by_day, *by_night])
    day = asked([*rows, (START + timedelta(days=201, hours=10), "me", "hi")], timedelta(hours=1))
    night = asked([*rows, (START + timedelta(days=201, hours=22), "me", "hi")], timedelta(hours=1))
    assert day is not None
    assert night is not None
    assert day.alike == night.alike == "this hour and day"
    assert day.longer < night.longer - 0.2


def test_unanswered_turns_are_kept() -> None:
    """Where half of mine never got an answer, a long silence is no rare thing."""
    rows: list[tuple[datetime, str, str]] = []
    for day in range(200):
        at = START + timedelta(days=day, hours=20)
        rows.append((at, "me", "hi"))
        if day % 2:
            rows.append((at + timedelta(minutes=2), "partner", "hi"))
    rows.append((START + timedelta(days=200, hours=20), "me", "hi"))
    found = asked(rows, timedelta(hours=6))
    assert found is not None
    assert found.longer > 0.4


@pytest.mark.parametrize("days", [0, 1, 20])
def test_too_little_is_an_answer(days: int) -> None:
    assert (
        asked([*evenings(days, 5.0), (START + timedelta(days=days, hours=20), "me", "hi")], timedelta(hours=1)) is None
    )


def test_nobody_is_waited_for_when_the_last_word_is_theirs() -> None:
    assert asked(evenings(200, 5.0), timedelta(hours=1)) is None


def test_a_moment_before_the_last_message_is_no_silence() -> None:
    rows = [*evenings(200, 5.0), (START + timedelta(days=200, hours=20), "me", "hi")]
    assert asked(rows, -timedelta(minutes=1)) is None
    found = asked(rows, timedelta(days=900))
    assert found is not None
    assert 0 <= found.longer <= 1


def test_hours_are_those_of_the_conversations_zone() -> None:
    rows = [*evenings(300, 30.0), (START + timedelta(days=300, hours=20), "me", "hi")]
    here, there = asked(rows, timedelta(hours=1)), asked(rows, timedelta(hours=1), "Pacific/Auckland")
    assert here is not None
    assert there is not None
    assert here.longer == pytest.approx(there.longer, abs=0.1)

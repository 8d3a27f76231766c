"""The moment: when a draft is better kept, and when nothing is said about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.coach.moment import Moment, hold, next_morning, of_messages, silence_told
from steadily.dynamics.silence import Silence
from steadily.safety.outreach import Said

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 4, 23, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "tone", "pressure", "words"),
    [
        (Moment(NIGHT), -0.6, 0.1, "late"),
        (Moment(NIGHT), 0.0, 0.3, "late"),
        (Moment(NOON, n_unanswered=2), 0.0, 0.0, "still open"),
        (Moment(NOON), 0.0, 0.9, "pressure"),
        (Moment(NOON, is_heated=True), -0.5, 0.0, "hot"),
    ],
)
def test_a_hold_is_advised_with_its_reason(moment: Moment, tone: float, pressure: float, words: str) -> None:
    found = hold(moment, tone=tone, pressure=pressure)
    assert found.advised
    assert words in found.why
    assert found.until is not None
    assert found.until > moment.now


@pytest.mark.parametrize(
    ("moment", "tone", "pressure"),
    [
        (Moment(NOON), 0.0, 0.1),
        (Moment(NIGHT), 0.8, 0.0),
        (Moment(NOON, is_heated=True), 0.8, 0.0),
        (Moment(NIGHT, n_unanswered=2, is_recovering=True), -0.2, 0.9),
    ],
)
def test_it_stays_quiet(moment: Moment, tone: float, pressure: float) -> None:
    found = hold(moment, tone=tone, pressure=pressure)
    assert not found.advised
    assert found.why == ""
    assert found.until is None


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)))
def test_morning_is_eight_and_less_than_a_day_away(now: datetime) -> None:
    morning = next_morning(now)
    assert (morning.hour, morning.minute) == (8, 0)
    assert timedelta(0) < morning - now <= timedelta(days=1)


def test_a_fight_is_heated_and_a_softer_word_after_it_is_recovery() -> None:
    chat = [Said("partner", "you never listen"), Said("me", "whatever"), Said("partner", "sorry. that was sharp")]
    just_now = NOON - timedelta(minutes=5)
    before = of_messages(chat[:2], [True, True], [False, False], NOON, just_now)
    after = of_messages(chat, [True, True, False], [False, False, True], NOON, just_now)
    assert (before.is_heated, before.is_recovering) == (True, False)
    assert (after.is_heated, after.is_recovering) == (False, True)
    assert (before.n_unanswered, after.n_unanswered) == (1, 0)
    yesterday = of_messages(chat[:2], [True, True], [False, False], NOON, NOON - timedelta(days=1))
    assert not yesterday.is_heated


@pytest.mark.parametrize(("longer", "word"), [(0.5, "ordinary"), (0.1, "not unusual"), (0.01, "rare")])
def test_a_silence_is_told_in_a_sentence_without_a_clock(longer: float, word: str) -> None:
    told = silence_told(Silence(7200.0, longer, (longer, longer), 200, "this hour"))
    assert word in told
    assert "put the phone down" in told
    assert "hour" not in told
    assert "seen" not in told

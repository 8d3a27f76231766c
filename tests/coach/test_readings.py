"""Readings of a draft stay in their ranges and move the right way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from steadily.coach.readings import HARSH, OPEN, PRESSING, WARM, readings
from steadily.codebook import LABELS

NOTHING = dict.fromkeys(LABELS, 0.01)
SHARES = st.floats(0, 1)


@given(st.lists(SHARES, min_size=len(LABELS), max_size=len(LABELS)))
def test_they_stay_in_their_ranges(p: list[float]) -> None:
    found = readings(dict(zip(LABELS, p, strict=True)))
    assert -1 <= found.tone <= 1
    assert 0 <= found.transparency <= 1
    assert 0 <= found.pressure <= 1


def test_each_behavior_moves_its_own_reading() -> None:
    still = readings(NOTHING)
    assert still.told == ()
    for label in WARM:
        assert readings(NOTHING | {label: 0.9}).tone > still.tone + 0.5
    for label in HARSH:
        assert readings(NOTHING | {label: 0.9}).tone < still.tone - 0.5
    for label in OPEN:
        assert readings(NOTHING | {label: 0.9}).transparency > 0.8
    for label in PRESSING:
        assert readings(NOTHING | {label: 0.9}).pressure > 0.8


def test_a_warm_word_does_not_outweigh_a_harsh_one() -> None:
    assert readings(NOTHING | {"affection": 0.95, "contempt": 0.95}).tone < -0.5


def test_every_sentence_is_plain() -> None:
    told = readings(NOTHING | {"affection": 0.9, "disclosure": 0.9, "demand": 0.9}).told
    assert len(told) == 3
    assert all(len(sentence.split()) <= 12 for sentence in told)

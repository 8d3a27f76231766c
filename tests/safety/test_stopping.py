"""What stays when coaching stops, how it goes on, and the self-check."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from steadily.errors import UsageError
from steadily.safety.self_check import GOES_ON, QUESTIONS, outcome
from steadily.safety.stopping import STAYS, Feature, Stop, allowed, having_read, lift
from steadily.safety.wording import NOTHING_FOUND, WHY

STOP = Stop("abuse", datetime(2026, 3, 2, tzinfo=UTC))
COACHES = ("draft", "phrases", "outreach", "proof", "together", "practice")


@pytest.mark.parametrize("feature", get_args(Feature))
def test_what_stays_and_what_stops(feature: Feature) -> None:
    """Help, calming down, notes, export and erasing stay; nothing that coaches does."""
    assert allowed(feature, None)
    assert allowed(feature, STOP) == (feature in STAYS)
    assert not (feature in COACHES and allowed(feature, STOP))


def test_only_who_has_read_why_goes_on() -> None:
    """And then everything is there again."""
    with pytest.raises(UsageError, match="once the reason"):
        lift(STOP)

    assert allowed("draft", lift(having_read(STOP)))


def test_any_yes_stops_and_the_gravest_is_named() -> None:
    """Crisis before abuse before control; skipped questions say nothing."""
    for question in QUESTIONS:
        found = outcome({question.key: "yes"})
        assert (found.gate, found.why) == (question.gate, WHY[question.gate])
    assert outcome({"watched": "yes", "life": "yes", "hurt": "yes"}).gate == "crisis"
    assert outcome({"watched": "yes", "hurt": "yes"}).gate == "abuse"


def test_no_yes_is_no_verdict() -> None:
    """It goes on, and does not say that anyone is safe."""
    for replies in ({}, {one.key: "no" for one in QUESTIONS}, {one.key: "skip" for one in QUESTIONS}):
        found = outcome(replies)
        assert (found.gate, found.why) == ("none", GOES_ON)


def test_nothing_that_is_said_accuses_or_promises() -> None:
    """One sentence each, without a score or a diagnosis."""
    for words in (*WHY.values(), NOTHING_FOUND, GOES_ON):
        lowered = words.lower()
        assert not any(
            word in lowered for word in ("you are safe.", "abuser", "victim", "score", "%", "toxic", "narcissis")
        )
    assert all(words.count(". ") == 0 for words in WHY.values())

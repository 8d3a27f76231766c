"""The neutral observer: in order, the reader's part first, and never what the other feels."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.coach.observer import HARD, HEARD_AND_MEANT, Line, hardest_of, observed
from steadily.coach.review import REMARKS
from steadily.codebook import LABELS

AT = datetime(2026, 3, 1, 20)
LINES = st.lists(
    st.builds(
        lambda mine, minutes, labels: Line(mine, AT + timedelta(minutes=minutes), tuple(labels)),
        st.booleans(),
        st.integers(0, 600),
        st.lists(st.sampled_from(LABELS), max_size=3),
    ),
    max_size=12,
).map(lambda lines: sorted(lines, key=lambda one: one.at))


def line(mine: bool, minutes: int, *labels: str) -> Line:
    """One message."""
    return Line(mine, AT + timedelta(minutes=minutes), labels)


def test_it_tells_what_came_first_and_what_softened_it() -> None:
    found = observed(
        [
            line(False, 0, "criticism"),
            line(True, 2, "defensiveness"),
            line(False, 3, "hostility"),
            line(False, 4, "withdrawal"),
            line(True, 12, "repair"),
        ]
    )
    assert found.told == (
        "The first sharp message here is your partner's; it reads as blame.",
        "After it, you wrote one message that reads as defending oneself, and your partner wrote two messages that read as "
        "anger and shutting down.",
        "The first softer message came from you after 12 minutes; it reads as a try to mend it.",
    )
    assert found.mine == (
        "What you wrote may have been heard as not listening. You may have meant to be seen rightly. Both can be so."
    )


def test_without_a_way_back_it_says_so_and_does_not_say_that_there_was_none() -> None:
    found = observed([line(True, 0, "demand"), line(False, 5)])
    assert found.told[-1] == "No softer message follows here. What was said off the chat is not in it."


def test_where_nothing_of_mine_was_hard_there_is_nothing_to_read_in_it() -> None:
    assert observed([line(False, 0, "contempt"), line(True, 1)]).mine == ""
    assert len(observed([line(True, 0), line(False, 1)]).told) == 1
    assert observed([]).mine == ""


@given(LINES)
def test_it_is_short_and_says_nothing_that_must_not_be_said(lines: list[Line]) -> None:
    found = observed(lines)
    text = " ".join((*found.told, found.mine))
    assert 1 <= len(found.told) <= 3
    assert not re.search(r"feels|felt|fault|always|never|should|\bhe\b|\bshe\b|!", text)
    if any(hardest_of(one.labels) and one.mine for one in lines):
        assert found.mine


@given(LINES)
def test_swapping_the_two_swaps_who_began(lines: list[Line]) -> None:
    swapped = [Line(not one.mine, one.at, one.labels) for one in lines]
    mine, theirs = observed(lines).told[0], observed(swapped).told[0]
    assert mine.replace("yours", "x").replace("your partner's", "yours").replace("x", "your partner's") == theirs


@pytest.mark.parametrize("label", HARD)
def test_every_hard_thing_has_two_readings_and_a_question(label: str) -> None:
    assert label in LABELS
    assert all(HEARD_AND_MEANT[label])
    assert label in REMARKS

"""A time-out always says that it is a pause, that it is no punishment, and when it ends."""

from __future__ import annotations

import re
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.coach.time_out import CUSTOM, CUSTOM_TOLD, REGISTERS, TOO_LONG, Register, time_out
from steadily.errors import UsageError

RETURN = re.compile(r"I'll be back (in|at) [^.]+\.")


@given(
    st.sampled_from(REGISTERS),
    st.integers(1, 24 * 60),
    st.none() | st.times(),
    st.sampled_from(["", "the plans for Saturday"]),
)
def test_it_always_has_a_return_time_and_is_no_punishment(
    register: Register, minutes: int, at: time | None, where: str
) -> None:
    message = time_out(register, minutes, at, where)
    assert "I need a pause" in message
    assert "not a punishment" in message
    assert len(RETURN.findall(message)) == 1
    assert where in message
    assert len(message.split()) <= 45
    assert "  " not in message


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (1, "in a minute."),
        (CUSTOM, "in 20 minutes."),
        (60, "in an hour."),
        (61, "in an hour and a minute."),
        (90, "in an hour and 30 minutes."),
        (180, "in 3 hours."),
        (1440, "in 24 hours."),
    ],
)
def test_minutes_are_told_in_words(minutes: int, told: str) -> None:
    assert f"I'll be back {told}" in time_out("plain", minutes)


def test_a_clock_time_counts_in_place_of_the_minutes() -> None:
    assert "I'll be back at 07:05." in time_out("warm", 5_000, time(7, 5))


def test_more_than_a_day_is_refused_with_the_reason() -> None:
    with pytest.raises(UsageError) as refused:
        time_out("plain", 1441)
    assert str(refused.value) == TOO_LONG
    assert "24 hours" in TOO_LONG
    assert "silence" in TOO_LONG
    with pytest.raises(UsageError):
        time_out("plain", 0)


def test_twenty_minutes_is_called_a_custom() -> None:
    assert CUSTOM == 20
    assert "not a measured threshold" in CUSTOM_TOLD


def test_where_to_go_on_stays_in_the_writers_words() -> None:
    assert time_out("plain", where=" Ben's exam ").endswith("come back to this: Ben's exam.")
    assert time_out("plain", where="what did you mean?").endswith("this: what did you mean?")
    assert time_out("plain", where="  ").endswith("in 20 minutes.")


def test_the_registers_differ() -> None:
    assert len({time_out(one) for one in REGISTERS}) == len(REGISTERS)


def test_a_time_that_has_passed_is_tomorrows() -> None:
    assert "back at 04:30 tomorrow." in time_out("plain", at=time(4, 30), now=time(4, 43))
    assert "back at 05:30." in time_out("plain", at=time(5, 30), now=time(4, 43))

"""What the check-ins, the hard days and the last messages say of today, as far as the plan asks: a few plain rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, median

from steadily.program.entries import CheckIn, HardDay

STRAIN_IS_HIGH = 7
"""On the slider from 0 to 10."""
LATELY = timedelta(days=2)
"""A check-in older than this says nothing of today."""
N_LATELY = 3
"""Of how many check-ins the mean is looked at beside the last one."""
USUAL = timedelta(days=28)
N_USUAL = 5
"""Fewer earlier check-ins than this say nothing of what is usual."""
LOWER_BY = 2


@dataclass(frozen=True)
class Signals:
    """
    What today is like.

    Attributes:
        strain_is_high: It is a lot lately.
        safety_is_low: It has felt less safe than is usual for this person.
        had_hard_day: Today or yesterday was a hard day.
        outreach_has_ended: Nothing that reaches out is suggested (EVIDENCE.md R15).
    """

    strain_is_high: bool = False
    safety_is_low: bool = False
    had_hard_day: bool = False
    outreach_has_ended: bool = False

    @property
    def is_a_lot(self) -> bool:
        """Whether only little should be asked today."""
        return self.strain_is_high or self.safety_is_low or self.had_hard_day


def signals_of(
    check_ins: Sequence[CheckIn], hard_days: Sequence[HardDay], day: date, *, outreach_has_ended: bool = False
) -> Signals:
    """
    The signals of a day.

    Args:
        check_ins: All that were kept, in any order.
        hard_days: The same.
        day: Today.
        outreach_has_ended: Whether the other asked for no contact, or two messages stand unanswered.

    Returns:
        Strain is high where the last check-in of these two days, or the mean of the last three of a week, is `STRAIN_IS_HIGH` or
        more. Safety is low where the last is `LOWER_BY` or more under the median of the four weeks before it.
    """
    known = sorted((one for one in check_ins if one.day <= day), key=lambda one: one.day)
    return Signals(
        strain_is_high=_strain_is_high(known, day),
        safety_is_low=_safety_is_low(known, day),
        had_hard_day=any(timedelta() <= day - one.day <= timedelta(days=1) for one in hard_days),
        outreach_has_ended=outreach_has_ended,
    )


def _strain_is_high(known: Sequence[CheckIn], day: date) -> bool:
    week = [(one.day, one.strain) for one in known if one.strain is not None and day - one.day < timedelta(days=7)]
    if not week or day - week[-1][0] > LATELY:
        return False
    lately = [point for _, point in week[-N_LATELY:]]
    return lately[-1] >= STRAIN_IS_HIGH or (len(lately) == N_LATELY and mean(lately) >= STRAIN_IS_HIGH)


def _safety_is_low(known: Sequence[CheckIn], day: date) -> bool:
    told = [(one.day, one.safety) for one in known if one.safety is not None]
    if not told or day - told[-1][0] > LATELY:
        return False
    last_day, last = told[-1]
    before = [point for at, point in told[:-1] if last_day - at <= USUAL]
    return len(before) >= N_USUAL and last <= median(before) - LOWER_BY

"""
Dips: rough stretches of days or weeks beside what is usual for the two, how long they took to pass, and the one that is there now.

**Source.** Cumulative sums (Page 1954, 10.1093/biomet/41.1-2.100) on robust scores; a plain rule for one couple's own days, whose lines
were chosen, not found. **Formula.** Two signals a day, from `day_signals`: contact, and tone (warmth less strain). Each is set beside the
lower of two usual values, the medians of the `USUAL_DAYS` days before it and after it, in units of the usual distance from them
(median, times 1.4826), cut at `MOST`, so that no single day makes a dip. How low a day is: the sum of both by √2. The sum over days of
(how low − `SLACK`), begun anew whenever it falls to zero, is a dip where it reaches `ENOUGH` within `LEAST_DAYS` days or more: from the
first of them to the day on which the sum was highest. It has passed once the sum has fallen by `OVER` from there. How long dips take is
the median of their lengths; its interval lies between two of them, as their number allows. **Limits.** A move, exams, a holiday together
look the same. A stretch of a week or more without a message is not judged (`day_signals`). What lasts for a month or more is a phase and no
dip. Chance makes some. Under `MIN_DAYS` days or `MIN_MESSAGES` messages nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import comb

import numpy as np
import polars as pl

from steadily.conversation import spoken
from steadily.dynamics.change_points import MIN_DAYS, MIN_MESSAGES
from steadily.dynamics.day_signals import SIGNALS, DaySignals, day_signals
from steadily.dynamics.days import with_days
from steadily.dynamics.finding import Fact, Finding, spread_rows, too_little
from steadily.dynamics.uncertainty import LEVEL, Floats

USUAL_DAYS = 42
LEAST_KNOWN = 14
"""A day is judged where so many of the days before it, or after it, say something."""
TO_NORMAL = 1.4826
LEAST_SPREAD = 0.5
"""Where days are more alike than usual, their spread still counts for half of the usual one."""
MOST = 2.5
SLACK = 0.5
ENOUGH = 5.0
OVER = 2.5
LEAST_DAYS = 3
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Dip:
    """
    A rough stretch.

    Attributes:
        start: Its first day.
        end: Its last day; where it has not passed, the last day of the chat.
        passed: Whether it is behind.
        days: How many days it lasted, or has lasted.
    """

    start: date
    end: date
    passed: bool
    days: int


def dips(messages: pl.DataFrame) -> tuple[Dip, ...]:
    """
    The rough stretches of one conversation, in order.

    Args:
        messages: One conversation, coded. Reads what `day_signals` reads.

    Returns:
        The dips; only the last can be one that has not passed. Empty with fewer than `MIN_DAYS` days or `MIN_MESSAGES` messages.
    """
    return _measured(messages) or ()


def _measured(messages: pl.DataFrame) -> tuple[Dip, ...] | None:
    if spoken(messages).height < MIN_MESSAGES:
        return None
    signals = day_signals(messages)
    if signals.days.height < MIN_DAYS:
        return None
    first: date = signals.days["day"][0]
    found = []
    for start, end, passed in low_stretches(how_low(signals)):
        ends = first + timedelta(days=end)
        found.append(Dip(first + timedelta(days=start), ends, passed, end - start + 1))
    return tuple(found)


def how_low(signals: DaySignals) -> Floats:
    """
    How far each day lies below what is usual around it.

    Args:
        signals: The days of one conversation.

    Returns:
        Shape (n_days,): about standard normal on usual days, above zero on rough ones; NaN on days that say nothing.
    """
    place = {signal: SIGNALS.index(signal) for signal in ("contact", "warmth", "strain")}
    tone = signals.values[:, place["warmth"]] - signals.values[:, place["strain"]]
    contact = _below(signals.values[:, place["contact"]], signals.weights[:, place["contact"]])
    low: Floats = (contact + np.nan_to_num(_below(tone, signals.weights[:, place["warmth"]]))) / np.sqrt(2)
    return low


def low_stretches(low: Floats) -> list[tuple[int, int, bool]]:
    """
    Stretches that are low for long enough.

    Args:
        low: What `how_low` gives.

    Returns:
        First and last day of each as indices, and whether it has passed.
    """
    found: list[tuple[int, int, bool]] = []
    start, peak_at, height, peak = 0, 0, 0.0, 0.0
    for day, more in enumerate(np.nan_to_num(low - SLACK).tolist()):
        if height <= 0:
            start, height, peak = day, 0.0, 0.0
        height += more
        if height > peak:
            peak, peak_at = height, day
        if peak - height >= OVER or height <= 0:
            if peak >= ENOUGH and peak_at - start + 1 >= LEAST_DAYS:
                found.append((start, peak_at, True))
            height = 0.0
    if height > 0 and peak >= ENOUGH and len(low) - start >= LEAST_DAYS:
        found.append((start, len(low) - 1, False))
    return found


def _below(values: Floats, weights: Floats) -> Floats:
    """How far values lie below the usual ones before and after, in usual distances; days of few messages count for less."""
    known = pl.Series(np.where(weights > 0, values, np.nan)).fill_nan(None)
    before, after = _before(known), _before(known.reverse()).reverse()
    usual = pl.select(pl.min_horizontal(before, after)).to_series()
    weight = pl.Series(np.sqrt(weights))
    rest = (weight * (known - pl.select(pl.mean_horizontal(before, after)).to_series())).abs()
    spread = TO_NORMAL * pl.select(pl.mean_horizontal(_before(rest), _before(rest.reverse()).reverse())).to_series()
    least = LEAST_SPREAD * TO_NORMAL * float(rest.median() or 0.0) + 1e-6  # type: ignore[arg-type]
    below: Floats = (
        (weight * (usual - known) / spread.clip(lower_bound=least)).clip(-MOST, MOST).fill_null(np.nan).to_numpy()
    )
    return below


def _before(values: pl.Series) -> pl.Series:
    return values.shift(1).rolling_median(USUAL_DAYS, min_samples=LEAST_KNOWN)


def find_dips(messages: pl.DataFrame) -> list[Finding]:
    """
    How long rough stretches took to pass, and the one at the end of the chat.

    Args:
        messages: One conversation, coded.

    Returns:
        `dips.passed` (estimate: usual length in days, 0 where there was none; n: how many have passed; facts: `shortest`, `longest`, and
        of the year before the chat ends `in_year` and `longest_in_year`), and `dips.now` where the chat ends in one (estimate: days so
        far; n: messages; facts: `start`, `contact` and `contact_usual`, which are messages a day in it and in the weeks before it, and
        `in_year`, `longest_in_year` of those that passed).
    """
    found = _measured(messages)
    days = with_days(messages)
    if found is None:
        return [too_little("dips.passed", days["day"].n_unique(), "days")]
    last: date = days["day"].max()  # type: ignore[assignment]
    passed = [dip for dip in found if dip.passed]
    recent = [dip.days for dip in passed if dip.end > last - YEAR]
    year: dict[str, Fact] = {"in_year": len(recent), "longest_in_year": max(recent, default=None)}
    return [_passed(passed, days, year), *(_now(dip, days, year) for dip in found if not dip.passed)]


def _passed(passed: list[Dip], days: pl.DataFrame, year: dict[str, Fact]) -> Finding:
    lengths = sorted(dip.days for dip in passed)
    if not lengths:
        return Finding("dips.passed", 0.0, (0.0, 0.0), 0, "days", facts=year)
    facts: dict[str, Fact] = {"shortest": lengths[0], "longest": lengths[-1], **year}
    inside = pl.any_horizontal(pl.col("day").is_between(dip.start, dip.end) for dip in passed)
    rows = spread_rows(days.filter(inside)["row"])
    return Finding("dips.passed", float(np.median(lengths)), _around_median(lengths), len(lengths), "days", rows, facts)


def _around_median(lengths: list[int]) -> tuple[float, float]:
    """The interval of the median between two of the sorted lengths; with fewer than five, all of them, which holds less than 90 %."""
    n, inside, below = len(lengths), 0, 0.5 ** len(lengths)
    while below <= (1 - LEVEL) / 2 and inside < (n - 1) // 2:
        inside += 1
        below += comb(n, inside) / 2**n
    outside = max(inside - 1, 0)
    return float(lengths[outside]), float(lengths[n - 1 - outside])


def _now(dip: Dip, days: pl.DataFrame, year: dict[str, Fact]) -> Finding:
    inside = days.filter(pl.col("day") >= dip.start)
    before = days.filter(pl.col("day").is_between(dip.start - timedelta(days=USUAL_DAYS), dip.start, closed="left"))
    facts: dict[str, Fact] = {
        "start": str(dip.start),
        "contact": inside.height / dip.days,
        "contact_usual": before.height / USUAL_DAYS,
        **year,
    }
    return Finding(
        "dips.now",
        float(dip.days),
        (float(dip.days), float(dip.days)),
        inside.height,
        "days",
        spread_rows(inside["row"]),
        facts,
    )

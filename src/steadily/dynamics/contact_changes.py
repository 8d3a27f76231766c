"""
When contact changed: days at which the amount of writing became another, with their uncertainty.

**Source.** Penalized change-point search (PELT; Killick, Fearnhead & Eckley 2012, 10.1080/01621459.2012.737745; through
`ruptures`, Truong, Oudre & Vayatis 2020, 10.1016/j.sigpro.2019.107299). **Formula.** Messages per day, silent days
included, as log(1 + n), less each weekday's mean. A change is worth its place when it lowers the squared error by more than
`PENALTY` × long-run variance × log(days); the long-run variance takes up that busy days come in runs (first-order
autocorrelation). Where it lies: with a flat prior, each day between its neighbors weighs exp(−error / 2 variance); the
interval holds 90 % of that weight. How much: the ratio of the typical days after and before, with an interval from the
long-run variance. **Limits.** It sees amounts, not warmth; moving in together changes amounts too. Under `MIN_DAYS` days
nothing is said. Gradual change shows as one step in its middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from steadily.dynamics.days import daily_counts, with_days
from steadily.dynamics.finding import Fact, Finding, spread_rows, too_little
from steadily.dynamics.uncertainty import LEVEL, Floats

MIN_DAYS = 60
MIN_STRETCH_DAYS = 14
PENALTY = 3.0
WINDOW_DAYS = 29
MOST_AUTOCORRELATION = 0.8
Z = 1.6449
"""Half-width of a 90 % normal interval in standard errors."""


@dataclass(frozen=True)
class Change:
    """
    One change.

    Attributes:
        day: The first day of the new stretch.
        low: Lower end of the 90 % interval of that day.
        high: Upper end.
        before: Typical messages per day in the stretch before.
        after: Typical messages per day in the stretch after.
        ratio: after / before, on the log(1 + n) scale.
        ratio_low: Lower end of its 90 % interval.
        ratio_high: Upper end.
    """

    day: date
    low: date
    high: date
    before: float
    after: float
    ratio: float
    ratio_low: float
    ratio_high: float


def contact_changes(messages: pl.DataFrame) -> list[Change]:
    """
    The changes in one conversation, in order.

    Args:
        messages: One conversation. Reads `conversation_id`, `local_time`, `author`, `kind`.

    Returns:
        The changes; empty when there are none or fewer than `MIN_DAYS` days.
    """
    days = daily_counts(messages)
    if days.height < MIN_DAYS:
        return []
    level = np.log1p(days["n_messages"].to_numpy().astype(np.float64))
    series = _without_weekdays(level, days["day"].dt.weekday().to_numpy())
    variance = long_run_variance(series)
    bounds = find_bounds(series, variance)
    first: date = days["day"][0]
    return [_change(level, series, variance, first, bounds[index : index + 3]) for index in range(len(bounds) - 2)]


def find_bounds(series: Floats, variance: float) -> list[int]:
    """
    Where the mean of a series changes.

    Args:
        series: Daily values, shape (n_days,).
        variance: Their long-run variance.

    Returns:
        Indices of stretch ends, 0 first and n_days last.
    """
    import ruptures

    penalty = PENALTY * variance * np.log(len(series))
    search = ruptures.KernelCPD(kernel="linear", min_size=MIN_STRETCH_DAYS).fit(series.reshape(-1, 1))
    return [0, *(int(bound) for bound in search.predict(pen=penalty))]


def long_run_variance(series: Floats) -> float:
    """
    Variance of a series around its slow course, times (1 + r) / (1 - r) for the autocorrelation r from day to day.

    Args:
        series: Daily values, shape (n_days,).

    Returns:
        The variance; never zero.
    """
    half = WINDOW_DAYS // 2
    padded = np.pad(series, half, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_DAYS)
    rest = series - np.median(windows, axis=1)
    spread = float(rest.var()) + 1e-6
    lagged = float((rest[1:] * rest[:-1]).mean()) / spread
    r = min(max(lagged, 0.0), MOST_AUTOCORRELATION)
    return spread * (1 + r) / (1 - r)


def _without_weekdays(level: Floats, weekday: Floats) -> Floats:
    means = {day: level[weekday == day].mean() for day in np.unique(weekday)}
    series: Floats = level - np.array([means[day] for day in weekday]) + level.mean()
    return series


def _change(level: Floats, series: Floats, variance: float, first: date, bounds: list[int]) -> Change:
    start, middle, stop = bounds
    low, high = _where(series[start:stop], variance)
    step = float(series[middle:stop].mean() - series[start:middle].mean())
    error = float(np.sqrt(variance * (1 / (middle - start) + 1 / (stop - middle))))
    before, after = (float(np.expm1(part.mean())) for part in (level[start:middle], level[middle:stop]))
    return Change(
        day=first + timedelta(days=middle),
        low=first + timedelta(days=start + low),
        high=first + timedelta(days=start + high),
        before=before,
        after=after,
        ratio=float(np.exp(step)),
        ratio_low=float(np.exp(step - Z * error)),
        ratio_high=float(np.exp(step + Z * error)),
    )


def _where(series: Floats, variance: float) -> tuple[int, int]:
    """The 90 % interval of the one change in a series, as indices of the first new day."""
    places = np.arange(1, len(series))
    sums, total = np.cumsum(series)[:-1], series.sum()
    gain = sums**2 / places + (total - sums) ** 2 / (len(series) - places)
    weight = np.exp((gain - gain.max()) / (2 * variance))
    mass = np.cumsum(weight) / weight.sum()
    tail = (1 - LEVEL) / 2
    low, high = np.searchsorted(mass, [tail, 1 - tail])
    return int(places[low]), int(places[min(int(high), len(places) - 1)])


def find_contact_changes(messages: pl.DataFrame) -> list[Finding]:
    """
    When the two began to write more or less.

    Args:
        messages: One conversation.

    Returns:
        `contact_changes.change` for each change (estimate: ratio of messages a day after and before), or
        `contact_changes.none` (estimate 0 changes) where the amount stayed the same.
    """
    n_days = daily_counts(messages).height
    if n_days < MIN_DAYS:
        return [too_little("contact_changes.none", n_days, "changes")]
    changes = contact_changes(messages)
    if not changes:
        return [Finding("contact_changes.none", 0.0, (0.0, 0.0), n_days, "changes")]
    days = with_days(messages)
    return [_finding(change, days, n_days) for change in changes]


def _finding(change: Change, days: pl.DataFrame, n_days: int) -> Finding:
    near = days.filter(pl.col("day").is_between(change.low, change.high))
    facts: dict[str, Fact] = {
        "day": str(change.day),
        "low": str(change.low),
        "high": str(change.high),
        "before": change.before,
        "after": change.after,
    }
    interval = (change.ratio_low, change.ratio_high)
    rows = spread_rows(near["row"])
    return Finding("contact_changes.change", change.ratio, interval, n_days, "ratio", rows, facts)

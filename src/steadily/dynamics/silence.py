"""
Silence in context: how usual a silence of this length is between these two at this time of day and week.

For one purpose: to let a person put the phone down. It is told on request only, in one sentence, for the two together;
there is no countdown and nothing about when the other was last seen.

**Source.** Survival analysis with unanswered waits kept (Kaplan & Meier 1958, 10.1080/01621459.1958.10501452), weeks drawn with
replacement for the interval (see `uncertainty`). We found no study that says what a silence means, so nothing is said of it.
**Formula.** Turns like this one are those of either that ended within three hours of the same time of day, on the same kind of day
(working day or weekend); where there are too few, on any day; where those are too few, all. Of them, the share that stood longer
than this one has until now. **Limits.** What was written is not looked at, nor what is going on: travel, illness, a fight.
A call or a talk at home is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from steadily.dynamics.uncertainty import LEVEL, MIN_WEEKS, week_weights
from steadily.dynamics.waits import EDGES_S, kaplan_meier, waits, week_tables

HOURS_AROUND = 3
MIN_ALIKE = 60
"""Fewer turns than this are not compared with."""
MINUTES_A_DAY = 24 * 60
WEEKEND = 6
"""From this day of the week on (Monday is 1)."""

Alike = Literal["this hour and day", "this hour", "any time"]


@dataclass(frozen=True)
class Silence:
    """
    A silence, beside others of these two.

    Attributes:
        seconds: How long it has lasted.
        longer: Share of turns like this one that stood longer, unanswered ones kept.
        interval: Its 90 % interval.
        n: Turns like this one.
        alike: What makes them alike.
    """

    seconds: float
    longer: float
    interval: tuple[float, float]
    n: int
    alike: Alike


def silence(messages: pl.DataFrame, now: datetime, zone: str) -> Silence | None:
    """
    How usual the silence since the last message is.

    Args:
        messages: One conversation, sorted. Reads what `waits` reads.
        now: The moment, with a time zone.
        zone: The conversation's time zone, for the hour and the day.

    Returns:
        None where the last message is the partner's, so that nobody is waited for, where *now* is before it, or where there is
        too little to compare with.
    """
    written = messages.filter(pl.col("author").is_not_null())
    if written.is_empty() or written["author"][-1] != "me":
        return None
    since: datetime = written["sent_at"][-1]
    seconds = (now - since).total_seconds()
    found = waits(messages)
    if seconds < 0 or not found.height:
        return None
    for alike, some in _alike(found, since.astimezone(ZoneInfo(zone)), zone):
        tables = week_tables(some)
        if some.height >= MIN_ALIKE and len(tables) >= MIN_WEEKS:
            return _beside(tables, seconds, some.height, alike)
    return None


def _alike(found: pl.DataFrame, at: datetime, zone: str) -> list[tuple[Alike, pl.DataFrame]]:
    """Waits like one that began at *at*, the most alike first."""
    local = pl.col("started_at").dt.convert_time_zone(zone)
    minute = local.dt.hour().cast(pl.Int32) * 60 + local.dt.minute().cast(pl.Int32)
    apart = (minute - (at.hour * 60 + at.minute)).abs()
    this_hour = pl.min_horizontal(apart, MINUTES_A_DAY - apart) <= HOURS_AROUND * 60
    this_day = (local.dt.weekday() >= WEEKEND) == (at.isoweekday() >= WEEKEND)
    return [
        ("this hour and day", found.filter(this_hour & this_day)),
        ("this hour", found.filter(this_hour)),
        ("any time", found),
    ]


def _beside(tables: np.ndarray[tuple[int, ...], np.dtype[np.float64]], seconds: float, n: int, alike: Alike) -> Silence:
    place = min(int(np.searchsorted(EDGES_S, seconds, side="right")) - 1, len(EDGES_S) - 1)
    draws = np.tensordot(week_weights(len(tables)), tables, axes=(1, 0))
    drawn = kaplan_meier(draws[:, 0], draws[:, 1])[:, place]
    tail = (1 - LEVEL) / 2
    low, high = (float(edge) for edge in np.quantile(drawn, [tail, 1 - tail]))
    longer = float(kaplan_meier(*tables.sum(axis=0))[place])
    return Silence(seconds, longer, (low, high), n, alike)

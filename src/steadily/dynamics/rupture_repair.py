"""
The rupture–repair ledger: when it turned sharp, how it ended, who reached first, how long until it was mended, and what stayed open.

**Source.** Ruptures and repair attempts after Gottman, Driver & Tabares 2015 (10.1080/08975353.2015.1038962; see `mending`). Wilson 1927
for shares, that of mended ones widened by what is misread (Rogan & Gladen 1978, 10.1093/oxfordjournals.aje.a112510); David &
Nagaraja 2003, Order Statistics, 7.1, for the median. **Formula.** A rupture is a stretch of `sharp_stretches`; how
it ended is found by `mending`. Minutes run from the first sharp message to the reach that was taken, and are those of mended ruptures only.
The two halves are those of the chat's days. A repair that a person adds by hand stands above the chat. **Limits.** A hug, a call and a talk
at the door leave no message: what is open here may long be well. The model misses much, and a quarrel of few words is not seen. Each
rupture counts as one case; that ruptures of one week hang together is not in the intervals. Reaching first is no merit and no fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np
import polars as pl

from steadily.conversation import spoken
from steadily.dynamics.finding import Fact, Finding, spread_rows, too_little
from steadily.dynamics.mending import DAY_S, Mendings, mendings
from steadily.dynamics.sharp_stretches import Stretches, seconds, sharp_stretches
from steadily.dynamics.uncertainty import LEVEL, Floats, wilson

Person = Literal["me", "partner"]
MIN_DAYS, MIN_CODED = 28, 200
"""Below, nothing is said of how often it turned sharp."""
FEWEST = 5
"""Ruptures on which a share or a median must rest; fewer give the median no 90 % interval."""
MISSED, MISTAKEN = 0.10, 0.027
"""Of mended ruptures, those read as open, and of open ones, those read as mended, in development couples."""

UNITS = {
    "rupture_repair.count": "ruptures",
    "rupture_repair.repaired": "share",
    "rupture_repair.minutes": "minutes",
    "rupture_repair.open": "ruptures",
    "rupture_repair.first": "share",
}
"""Finding → its unit, in the order in which they are told."""


@dataclass(frozen=True)
class Rupture:
    """
    One rupture between the two.

    Attributes:
        start: When the first sharp message was sent (UTC).
        end: When the last one was (UTC).
        first_row: Row of the first sharp message.
        last_row: Row of the last one.
        repaired: Whether it was mended, on the chat or as told by hand.
        repaired_by: Whose reach was taken; None where nobody's was, or where it was mended off the chat.
        reached_first: Who reached first, whether or not it was taken; None where nobody did.
        minutes_to_repair: From `start` to the reach that was taken, or to the time told by hand; None where it is open.
        accepted: Whether the first reach was taken: the other wrote nothing sharp after it, and it was mended.
    """

    start: datetime
    end: datetime
    first_row: int
    last_row: int
    repaired: bool
    repaired_by: Person | None
    reached_first: Person | None
    minutes_to_repair: float | None
    accepted: bool


def ruptures(messages: pl.DataFrame, *, mended: Mapping[int, datetime] | None = None) -> tuple[Rupture, ...]:
    """
    The ruptures of one conversation.

    Args:
        messages: One conversation, coded. Reads `row`, `sent_at`, `author`, `kind`, `is_coded`, and `p_…` of what is harsh, warm in
            play, mending, and of withdrawal.
        mended: Repairs that a person added by hand: a row of the rupture, such as its `first_row` → when (UTC). They stand above the
            chat. Rows in no rupture are passed over.

    Returns:
        In order of time.
    """
    rows = spoken(messages).sort("row")
    found = sharp_stretches(rows)
    if not len(found.first):
        return ()
    return _with_hand(_listed(rows, found, mendings(rows, found)), mended or {})


def _listed(rows: pl.DataFrame, found: Stretches, ends: Mendings) -> list[Rupture]:
    sent, author, row = rows["sent_at"], rows["author"], rows["row"]
    return [
        Rupture(
            start=sent[begin],
            end=sent[end],
            first_row=int(row[begin]),
            last_row=int(row[end]),
            repaired=mended,
            repaired_by=author[reach] if mended else None,
            reached_first=author[tried] if tried >= 0 else None,
            minutes_to_repair=(sent[reach] - sent[begin]).total_seconds() / 60 if mended else None,
            accepted=mended and tried == reach,
        )
        for begin, end, mended, tried, reach in zip(*(part.tolist() for part in (*found, *ends)), strict=True)
    ]


def _with_hand(found: list[Rupture], mended: Mapping[int, datetime]) -> tuple[Rupture, ...]:
    firsts = [one.first_row for one in found]
    for row, when in mended.items():
        place = int(np.searchsorted(firsts, row, side="right")) - 1
        if place >= 0 and row <= found[place].last_row:
            minutes = max((when - found[place].start).total_seconds() / 60, 0.0)
            found[place] = replace(found[place], repaired=True, repaired_by=None, minutes_to_repair=minutes)
    return tuple(found)


def find_rupture_repair(messages: pl.DataFrame, *, mended: Mapping[int, datetime] | None = None) -> list[Finding]:
    """
    The ledger in five findings.

    Args:
        messages: One conversation, coded.
        mended: Repairs added by hand, as for `ruptures`.

    Returns:
        `rupture_repair.count` (facts `n_days`, `first`, `last`: days of the chat, `middle`, `n_earlier`, `n_later`: how many before and
        from the middle day on); `rupture_repair.repaired` (share; facts `n_repaired`, `n_by_hand`, `n_taken`: first reaches
        that were taken); `rupture_repair.minutes` (median of mended ones; facts `quickest_minutes`, `quickest_day`, `quickest_row`,
        and where each half holds `FEWEST`, `middle`, `earlier_minutes`, `later_minutes`, `n_earlier`, `n_later`);
        `rupture_repair.open` (how many were not mended, with their rows; facts `n_then_call`: after how many a call was answered within
        a day, `n_recent`: how many more lie in the last day of the chat, of which nothing is said yet);
        `rupture_repair.first` (share in which I reached first, of those in which somebody did; facts `n_me`, `n_partner`, `n_nobody`,
        `n_me_taken`, `n_partner_taken`).
    """
    rows = spoken(messages).sort("row")
    times = rows["local_time"]
    n_days = (times[-1].date() - times[0].date()).days + 1 if rows.height else 0
    if n_days < MIN_DAYS or int(rows["is_coded"].sum()) < MIN_CODED:
        return [too_little(name, 0, unit) for name, unit in UNITS.items()]
    found = ruptures(rows, mended=mended)
    place = np.searchsorted(rows["row"].to_numpy(), [one.first_row for one in found])
    days = [times[int(index)].date() for index in place]
    middle = times[0].date() + timedelta(days=n_days // 2)
    settled = [one for one in found if one.repaired or (rows["sent_at"][-1] - one.end).total_seconds() > DAY_S]
    return [
        _count(found, days, middle, (times[0].date(), times[-1].date())),
        _repaired(settled, list(mended or {})),
        _minutes(found, days, middle),
        _open(settled, rows, n_recent=len(found) - len(settled)),
        _first(settled),
    ]


def _count(found: Sequence[Rupture], days: list[date], middle: date, span: tuple[date, date]) -> Finding:
    n, n_earlier = len(found), sum(day < middle for day in days)
    facts: dict[str, Fact] = {
        "n_days": (span[1] - span[0]).days + 1,
        "first": str(span[0]),
        "last": str(span[1]),
        "middle": str(middle),
        "n_earlier": n_earlier,
        "n_later": n - n_earlier,
    }
    return Finding("rupture_repair.count", n, (n, n), n, UNITS["rupture_repair.count"], _rows(found), facts)


def _repaired(found: Sequence[Rupture], by_hand: list[int]) -> Finding:
    mended = [one for one in found if one.repaired]
    facts: dict[str, Fact] = {
        "n_repaired": len(mended),
        "n_by_hand": sum(any(one.first_row <= row <= one.last_row for row in by_hand) for one in mended),
        "n_taken": sum(one.accepted for one in found),
    }
    told = _share("rupture_repair.repaired", len(mended), len(found), mended, facts)
    return told if told.interval is None else replace(told, interval=_with_misread(*told.interval))


def _with_misread(low: float, high: float) -> tuple[float, float]:
    """An interval that holds the share whether or not this chat is misread as often as the development couples."""
    return min(low, _if_misread(low)), max(high, _if_misread(high))


def _if_misread(share: float) -> float:
    """The share that would be seen as this one."""
    return min(max((share - MISTAKEN) / (1 - MISSED - MISTAKEN), 0.0), 1.0)


def _minutes(found: Sequence[Rupture], days: list[date], middle: date) -> Finding:
    name = "rupture_repair.minutes"
    mended = [(one.minutes_to_repair, day, one) for one, day in zip(found, days, strict=True) if one.repaired]
    timed = [(minutes, day, one) for minutes, day, one in mended if minutes is not None]
    if len(timed) < FEWEST:
        return too_little(name, len(timed), UNITS[name])
    quickest, its_day, its = min(timed, key=lambda one: one[0])
    facts: dict[str, Fact] = {"quickest_minutes": quickest, "quickest_day": str(its_day), "quickest_row": its.first_row}
    earlier = [minutes for minutes, day, _ in timed if day < middle]
    later = [minutes for minutes, day, _ in timed if day >= middle]
    if min(len(earlier), len(later)) >= FEWEST:
        facts |= {
            "middle": str(middle),
            "earlier_minutes": float(np.median(earlier)),
            "later_minutes": float(np.median(later)),
            "n_earlier": len(earlier),
            "n_later": len(later),
        }
    minutes = np.sort([one[0] for one in timed])
    rows = _rows([one for *_, one in timed])
    return Finding(name, float(np.median(minutes)), _median_interval(minutes), len(timed), UNITS[name], rows, facts)


def _median_interval(ordered: Floats) -> tuple[float, float]:
    """The ends of the narrowest pair of order statistics around the median that holds it at least so often as `LEVEL` says."""
    from scipy.stats import binom

    n = len(ordered)
    below = max(int(binom.ppf((1 - LEVEL) / 2, n, 0.5)), 1)
    return float(ordered[below - 1]), float(ordered[n - below])


def _open(settled: Sequence[Rupture], rows: pl.DataFrame, *, n_recent: int) -> Finding:
    left = [one for one in settled if not one.repaired]
    calls = seconds(rows.filter((pl.col("kind") == "call") & (pl.col("call_s") > 0)))
    ends = np.array([one.end.timestamp() for one in left])
    called = np.searchsorted(calls, ends + DAY_S) > np.searchsorted(calls, ends)
    facts: dict[str, Fact] = {"n_then_call": int(called.sum()), "n_recent": n_recent}
    n, name = len(left), "rupture_repair.open"
    return Finding(name, n, (n, n), len(settled), UNITS[name], _rows(left), facts)


def _first(found: Sequence[Rupture]) -> Finding:
    reached = [one for one in found if one.reached_first is not None]
    mine = [one for one in reached if one.reached_first == "me"]
    taken = sum(one.accepted for one in mine)
    facts: dict[str, Fact] = {
        "n_me": len(mine),
        "n_partner": len(reached) - len(mine),
        "n_nobody": len(found) - len(reached),
        "n_me_taken": taken,
        "n_partner_taken": sum(one.accepted for one in reached) - taken,
    }
    return _share("rupture_repair.first", len(mine), len(reached), reached, facts)


def _share(name: str, k: int, n: int, behind: Sequence[Rupture], facts: dict[str, Fact]) -> Finding:
    if n < FEWEST:
        return too_little(name, n, UNITS[name], **facts)
    return Finding(name, k / n, wilson(k, n), n, UNITS[name], _rows(behind), facts)


def _rows(found: Sequence[Rupture]) -> tuple[int, ...]:
    return spread_rows(pl.Series([one.first_row for one in found], dtype=pl.UInt32))

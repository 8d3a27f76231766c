"""
Phases: stretches of weeks in which the two were close, drifting, distant, recovering, or steady, with how sure each start is.

**Source.** See `change_search` for how starts are found. The names follow from this couple's own chat; we know of no measured border
between them, and claim none. **Formula.** The days of `day_signals` (contact, warmth, openness, strain, waits, both partners together)
are cut where they changed together. Each stretch has a level: its warm messages a day beside those of the warmest stretch (all messages
where nothing is coded). At `FAR` of that or less it is distant. Otherwise the step into it decides. Further apart (contact and warmth
down, strain and waits up, added in standard deviations) is drifting, unless the level stays near the warmest (`NEAR`). Nearer after a
lower time is recovering, and steady once the level is back (`BACK`) where it was before, or, where the chat does not hold a better time
before, after a second step. The first stretch is close where it is near the warmest. One level all along is steady, or distant where
strained messages come to `STRAINED` of the warm ones: a chat may hold nothing but a hard time. Where that is so in the warmest of several
stretches, it is called steady, not close. Neighbors of one kind are one phase. **Limits.** Words on a screen, in months; living together,
illness and exams change a chat too. Ups and downs that last for weeks can look like phases. Close and steady are told apart only by what
else the chat holds. Under `MIN_DAYS` days or `MIN_MESSAGES` messages nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import polars as pl

from steadily.conversation import spoken
from steadily.dynamics.change_search import Step, find_steps
from steadily.dynamics.day_signals import CARRIED_BY, SHORT_S, SIGNALS, DaySignals, Signal, day_signals
from steadily.dynamics.days import with_days
from steadily.dynamics.finding import Fact, Finding, spread_rows, too_little

Kind = Literal["close", "drifting", "distant", "recovering", "steady"]

MIN_DAYS = 60
MIN_MESSAGES = 400
FAR = 0.2
NEAR = 0.75
BACK = 0.9
STRAINED = 2 / 3
NEARER: Mapping[Signal, int] = {"contact": 1, "warmth": 1, "strain": -1, "wait": -1}
"""Which way each signal points when two come nearer. Openness has none: hurt is spoken about, too."""
COUNTED = ("warm", "open", "strained")
SHOWN_DAYS = 6
"""The messages of so many days after a start are shown with it."""


@dataclass(frozen=True)
class Phase:
    """
    One phase.

    Attributes:
        kind: What it was like beside the rest of this chat.
        start: Its first day.
        end: Its last day.
        low: Lower end of the 90 % range of its start; the start itself where the chat begins.
        high: Upper end.
    """

    kind: Kind
    start: date
    end: date
    low: date
    high: date


def phases(messages: pl.DataFrame) -> tuple[Phase, ...]:
    """
    The phases of one conversation, in order, without gaps.

    Args:
        messages: One conversation, coded. Reads what `day_signals` reads.

    Returns:
        The phases, one where nothing changed; empty with fewer than `MIN_DAYS` days or `MIN_MESSAGES` messages.
    """
    return _measured(messages)[0]


def _measured(messages: pl.DataFrame) -> tuple[tuple[Phase, ...], DaySignals | None]:
    """The phases, and the days that they rest on; none where there is too little."""
    if spoken(messages).height < MIN_MESSAGES:
        return (), None
    signals = day_signals(messages)
    if signals.days.height < MIN_DAYS:
        return (), None
    steps = find_steps(signals.values, signals.weights)
    bounds = [0, *(step.at for step in steps), signals.days.height]
    kinds = name_kinds(*_levels(signals, bounds), [_nearer(step) for step in steps])
    first: date = signals.days["day"][0]
    starts = [(0, 0, 0), *((step.at, step.low, step.high) for step in steps)]
    kept = [place for place, kind in enumerate(kinds) if not place or kind != kinds[place - 1]]
    found = []
    for place, after in pairwise([*kept, len(kinds)]):
        start, low, high = (first + timedelta(days=day) for day in starts[place])
        found.append(Phase(kinds[place], start, first + timedelta(days=bounds[after] - 1), low, high))
    return tuple(found), signals


def name_kinds(levels: list[float], strain: float, nearer: list[float]) -> list[Kind]:
    """
    What each stretch was like beside the others.

    Args:
        levels: Level of each stretch beside the highest, 0 to 1.
        strain: Strained messages for each warm one in the highest.
        nearer: For each but the first: how far the step into it brought the two nearer (above 0) or further apart.

    Returns:
        One kind for each.
    """
    if len(levels) == 1:
        return ["distant" if strain >= STRAINED else "steady"]
    closest: Kind = "steady" if strain >= STRAINED else "close"
    kinds: list[Kind] = ["distant" if levels[0] <= FAR else closest if levels[0] >= NEAR else "steady"]
    for place, step in enumerate(nearer, 1):
        before, level = kinds[-1], levels[place]
        knew_better = "close" in kinds or "steady" in kinds
        is_back = level >= BACK * max(levels[:place]) if knew_better else before == "recovering" and level >= BACK
        if level <= FAR:
            kinds.append("distant")
        elif step < 0:
            kinds.append("drifting" if level < NEAR else before)
        elif before in ("close", "steady"):
            kinds.append(closest if level >= NEAR else before)
        else:
            kinds.append("steady" if is_back else "recovering")
    return kinds


def _nearer(step: Step) -> float:
    return float(sum(sign * step.effect[SIGNALS.index(signal)] for signal, sign in NEARER.items()))


def _levels(signals: DaySignals, bounds: list[int]) -> tuple[list[float], float]:
    """Warm messages a day of each stretch beside the highest, and strained ones for each warm one in that."""
    days = signals.days.select(
        "n_messages",
        warm=pl.col("n_coded") * pl.col("warmth"),
        strained=pl.col("n_coded") * pl.col("strain"),
        known=pl.col("w_contact"),
    ).to_numpy()
    n_messages, warm, strained, known = np.add.reduceat(days, bounds[:-1], axis=0).T
    a_day = (warm if warm.any() else n_messages) / np.maximum(known, 1)
    best = int(a_day.argmax())
    strain = float(strained[best] / warm[best]) if warm[best] else 0.0
    return [float(level) for level in a_day / a_day[best]], strain


def find_change_points(messages: pl.DataFrame) -> list[Finding]:
    """
    The phases, or that there is only one.

    Args:
        messages: One conversation, coded.

    Returns:
        `change_points.phase` for each phase where there are several (estimate: its length in days; n: its messages), or one
        `change_points.none` (estimate 0 changes; n: days). Facts: `kind`, `start`, `end`, `low`, `high` (ISO dates), `place` and `n_phases`
        (1, 2, …), and of the phase `per_day` (messages), `warm`, `open`, `strained` (shares of coded messages; null where none are),
        `wait_s` (usual wait between turns, both together; null where there is none), and the same of the phase before as `…_before`.
    """
    found, signals = _measured(messages)
    days = with_days(messages)
    if signals is None:
        first, last = days["day"].min(), days["day"].max()
        n_days = (last - first).days + 1 if isinstance(first, date) and isinstance(last, date) else 0
        return [too_little("change_points.none", n_days, "changes", n_messages=days.height)]
    parts = _parts(days, found)
    like = [_like(part, phase, signals.days) for part, phase in zip(parts, found, strict=True)]
    if len(found) == 1:
        n_days = signals.days.height
        facts = _facts(found, 0, like)
        return [Finding("change_points.none", 0.0, (0.0, 0.0), n_days, "changes", spread_rows(parts[0]["row"]), facts)]
    return [_finding(found, place, parts[place], _facts(found, place, like)) for place in range(len(found))]


def _parts(days: pl.DataFrame, found: tuple[Phase, ...]) -> list[pl.DataFrame]:
    """The messages of each phase."""
    starts = np.array([phase.start for phase in found], dtype="datetime64[D]")
    place = np.searchsorted(starts, days["day"].to_numpy(), side="right") - 1
    read = days.select(
        "row",
        "day",
        "is_coded",
        warm=pl.col("warm") & pl.col("is_coded"),
        open=(pl.col("open") | pl.col("bid")) & pl.col("is_coded"),
        strained=pl.any_horizontal(*CARRIED_BY["strain"]) & pl.col("is_coded"),
        phase=pl.Series(place),
    )
    parts = read.partition_by("phase", as_dict=True, include_key=False)
    return [parts.get((place,), read.clear()) for place in range(len(found))]


def _like(part: pl.DataFrame, phase: Phase, days: pl.DataFrame) -> dict[str, Fact]:
    """What a phase was like, in plain numbers."""
    n_coded = int(part["is_coded"].sum())
    shares: dict[str, Fact] = {name: float(part[name].sum()) / n_coded if n_coded else None for name in COUNTED}
    within = days.filter(pl.col("day").is_between(phase.start, phase.end))
    n_turns = float(within["n_turns"].sum())
    stood = float((within["n_turns"] * within["wait"]).sum())
    wait = float(np.exp(stood / n_turns)) - SHORT_S if n_turns else None
    return {"per_day": part.height / max(float(within["w_contact"].sum()), 1.0), **shares, "wait_s": wait}


def _facts(found: tuple[Phase, ...], place: int, like: list[dict[str, Fact]]) -> dict[str, Fact]:
    phase = found[place]
    before = {f"{name}_before": value for name, value in like[place - 1].items()} if place else {}
    dates: dict[str, Fact] = {name: str(getattr(phase, name)) for name in ("start", "end", "low", "high")}
    return {"kind": phase.kind, **dates, "place": place + 1, "n_phases": len(found), **like[place], **before}


def _finding(found: tuple[Phase, ...], place: int, part: pl.DataFrame, facts: dict[str, Fact]) -> Finding:
    """Rows are those around its start, where one can see it turn; of the first phase, rows from all of it."""
    phase = found[place]
    last = place == len(found) - 1
    ends = (
        (phase.end, phase.end)
        if last
        else tuple(edge - timedelta(days=1) for edge in (found[place + 1].low, found[place + 1].high))
    )
    days = (phase.end - phase.start).days + 1
    shortest, longest = (ends[0] - phase.high).days + 1, (ends[1] - phase.low).days + 1
    near = part.filter(pl.col("day") <= phase.high + timedelta(days=SHOWN_DAYS)) if place else part
    return Finding(
        "change_points.phase", float(days), (float(min(shortest, days)), float(max(longest, days))),
        part.height, "days", spread_rows(near["row"]), facts,
    )  # fmt: skip

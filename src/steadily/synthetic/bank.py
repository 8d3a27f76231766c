"""
The text bank: some two thousand short exchanges, written for this project, from which synthetic couples are put together.

One exchange a line in `bank/*.jsonl`; `a` opens it, `b` is the other. Two personas, Robin and Jules, neither of them gendered;
an exchange whose `opener` is `either` fits both ways round.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Mood = Literal["close", "everyday", "drifting", "distant", "rupture", "repair", "recovering", "ritual"]
Persona = Literal["robin", "jules"]
MOODS: tuple[Mood, ...] = ("close", "everyday", "drifting", "distant", "rupture", "repair", "recovering", "ritual")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Turn:
    """One message of an exchange: who (`a` or `b`), the text, and whether it comes hours after the one before."""

    who: Literal["a", "b"]
    text: str
    later: bool = False


@dataclass(frozen=True)
class Exchange:
    """
    A short exchange.

    Attributes:
        mood: The file it is from.
        kind: What it is within its mood.
        opener: Who `a` must be; None when it fits both ways round.
        hours: Local hours in which it may start.
        turns: Its messages.
        days: Weekdays on which it may start (0 Monday); empty for any.
        months: Months in which it may start; empty for any.
        reaching: Who presses in it, `a` or `b`, if someone does.
        repaired_by: Who turns it round, in a rupture that is repaired inside.
        repair_at: Index of the message that does.
        accepted: For a repair: whether the other takes it.
        warmth: For a ritual: 2 warm, 1 thin, 0 alone.
        of: For a ritual brought back: which.
    """

    mood: Mood
    kind: str
    opener: Persona | None
    hours: tuple[int, int]
    turns: tuple[Turn, ...]
    days: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    reaching: Literal["a", "b"] | None = None
    repaired_by: Literal["a", "b"] | None = None
    repair_at: int | None = None
    accepted: bool | None = None
    warmth: int | None = None
    of: str | None = None


@cache
def exchanges(mood: Mood) -> tuple[Exchange, ...]:
    """All exchanges of a mood, in the order of the file."""
    path = resources.files("steadily.synthetic").joinpath("bank", f"{mood}.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_exchange(mood, json.loads(line)) for line in lines if line.strip())


def _exchange(mood: Mood, record: dict[str, object]) -> Exchange:
    def get(key: str) -> object:
        return record.get(key)

    turns = record["turns"]
    hours = record["hours"]
    assert isinstance(turns, list) and isinstance(hours, list)
    days, months = get("days") or [], get("months") or []
    assert isinstance(days, list) and isinstance(months, list)
    opener = record["opener"]
    return Exchange(
        mood=mood,
        kind=str(record["kind"]),
        opener=opener if opener in ("robin", "jules") else None,
        hours=(int(hours[0]), int(hours[1])),
        turns=tuple(Turn(turn[0], turn[1], later=len(turn) > 2) for turn in turns),
        days=frozenset(WEEKDAYS.index(str(day)) for day in days),
        months=frozenset(int(month) for month in months),
        reaching=get("reaching"),  # type: ignore[arg-type]
        repaired_by=get("repaired_by"),  # type: ignore[arg-type]
        repair_at=get("repair_at"),  # type: ignore[arg-type]
        accepted=get("accepted"),  # type: ignore[arg-type]
        warmth=get("warmth"),  # type: ignore[arg-type]
        of=get("of"),  # type: ignore[arg-type]
    )

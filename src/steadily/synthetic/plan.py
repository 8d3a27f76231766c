"""What is planted in a synthetic couple: phases, roles, ruptures, rituals. The truth that measures must recover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

from steadily.synthetic.bank import Mood, Persona
from steadily.synthetic.style import PLAIN, Style

PhaseKind = Literal["close", "drifting", "distant", "recovering", "steady"]
Role = Literal["me", "partner", "both"]
App = Literal["signal", "whatsapp", "sms"]
"""Signal keeps seconds, reactions and calls; WhatsApp minutes and calls; a backup of SMS seconds and nothing but texts and pictures."""


@dataclass(frozen=True)
class Phase:
    """A stretch of days in one mood: first day, and first day after."""

    kind: PhaseKind
    start: date
    stop: date


@dataclass(frozen=True)
class Manner:
    """
    How a phase sounds.

    Attributes:
        per_day: Mean exchanges a day, rituals apart.
        moods: Mood → weight.
        answer_s: Median seconds until the other answers.
        ruptures_per_day: Mean ruptures a day.
        repaired: Share of ruptures that are mended, inside or after.
        ritual: Share of occasions on which a ritual takes place, and its usual warmth.
        silent: Share of days on which nothing is written.
        calls_per_day: Mean calls a day.
    """

    per_day: float
    moods: dict[Mood, float]
    answer_s: float
    ruptures_per_day: float
    repaired: float
    ritual: tuple[float, int]
    silent: float
    calls_per_day: float


MANNERS: dict[PhaseKind, Manner] = {
    "close": Manner(6.2, {"close": 0.58, "everyday": 0.42}, 150, 1 / 45, 0.95, (0.75, 2), 0.01, 0.25),
    "steady": Manner(5.6, {"close": 0.5, "everyday": 0.5}, 170, 1 / 40, 0.9, (0.7, 2), 0.02, 0.25),
    "drifting": Manner(4.2, {"drifting": 0.6, "everyday": 0.4}, 480, 1 / 11, 0.5, (0.35, 1), 0.06, 0.12),
    "distant": Manner(2.6, {"distant": 0.66, "everyday": 0.34}, 1500, 1 / 8, 0.25, (0.07, 0), 0.2, 0.05),
    "recovering": Manner(
        4.6, {"recovering": 0.56, "everyday": 0.34, "close": 0.1}, 300, 1 / 25, 0.9, (0.45, 2), 0.04, 0.2
    ),
}


@dataclass(frozen=True)
class Plan:
    """
    What is planted.

    Attributes:
        phases: In order, without gaps.
        me: Which persona is me.
        reaching: Who reaches while the other steps back; None plants no loop.
        strength: How much slower the one who steps back answers when pressed (factor).
        zone: IANA time zone of the couple.
        volume: Factor on the amount of writing.
        answers: Factor on how long answers take.
        style: How the two write.
        app: Which app the chat is from: what it keeps of times, reactions and calls.
        missing: Stretches that the export has lost: first day, and first day after.
    """

    phases: tuple[Phase, ...]
    me: Persona = "robin"
    reaching: Role | None = "me"
    strength: float = 4.0
    zone: str = "Europe/London"
    volume: float = 1.0
    answers: float = 1.0
    style: Style = PLAIN
    app: App = "signal"
    missing: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class PlantedRupture:
    """A rupture: when it turned sharp, how it ended."""

    start: datetime
    end: datetime
    repaired: bool
    repaired_by: Literal["me", "partner"] | None
    minutes_to_repair: float | None


@dataclass(frozen=True)
class Truth:
    """
    What a synthetic couple holds.

    Attributes:
        plan: What was planted.
        ruptures: Those that came about, in order (UTC).
        rituals: Ritual → the local days on which it took place.
    """

    plan: Plan
    ruptures: tuple[PlantedRupture, ...]
    rituals: dict[str, tuple[date, ...]]


def sample_plan() -> Plan:
    """Robin and Jules: close, then a contract in another city, drift, distance, and the first months of coming back."""
    turns = [date(2025, 9, 1), date(2025, 12, 22), date(2026, 3, 16), date(2026, 7, 13), date(2026, 11, 1)]
    kinds: tuple[PhaseKind, ...] = ("close", "drifting", "distant", "recovering")
    return Plan(
        tuple(Phase(kind, start, stop) for kind, (start, stop) in zip(kinds, pairwise(turns), strict=True)), volume=1.35
    )

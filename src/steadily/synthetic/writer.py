"""Fill the days of a couple with exchanges from the bank, as the plan says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np

from steadily.synthetic.bank import Exchange, Mood, exchanges
from steadily.synthetic.plan import MANNERS, Manner, Phase, Plan, PlantedRupture

PLACEHOLDERS = {"[photo]": "image", "[voice]": "audio", "[video]": "video", "[sticker]": "sticker"}
RITUAL_DAYS = {
    "good_morning": range(7),
    "home_safe": (1, 3, 5),
    "good_night": range(7),
    "friday_noodles": (4,),
    "sunday_best_bit": (6,),
}
MOODINESS = 0.45
"""Standard deviation of the log amount of writing from day to day; half of it carries over to the next day."""
RUPTURE_ANSWER_S = 70.0
LATEST = timedelta(hours=2)
"""How long after its hour an exchange still makes sense."""
NIGHT = (1, 7)
ROLE_HELD = 0.9
LOVED = "❤️ 😂 👍 🥺 😮".split()
LONG_AGO = datetime(1900, 1, 1)
Author = Literal["me", "partner"]


@dataclass(frozen=True)
class Line:
    """One message before it becomes a row; `at` is on the couple's clock, `target` the index of what a reaction is to."""

    at: datetime
    author: Author
    kind: str
    text: str | None = None
    media: str | None = None
    call_s: float | None = None
    target: int | None = None


class _Deck:
    """Deals the exchanges of a mood so that none comes again before all that fit have been used."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._used: dict[Exchange, int] = {}

    def deal(self, fitting: list[Exchange]) -> Exchange | None:
        if not fitting:
            return None
        least = min(self._used.get(one, 0) for one in fitting)
        fresh = [one for one in fitting if self._used.get(one, 0) == least]
        chosen = fresh[int(self._rng.integers(len(fresh)))]
        self._used[chosen] = least + 1
        return chosen


@dataclass
class Writer:
    """Fills days; all randomness comes from one generator. `lines`, `ruptures` and `rituals` are what came of it."""

    plan: Plan
    rng: np.random.Generator
    deck: _Deck = field(init=False)
    lines: list[Line] = field(default_factory=list)
    ruptures: list[PlantedRupture] = field(default_factory=list)
    rituals: dict[str, list[date]] = field(default_factory=dict)
    free_at: datetime = LONG_AGO
    temper: float = 0.0

    def __post_init__(self) -> None:
        self.deck = _Deck(self.rng)

    def write_phase(self, phase: Phase) -> None:
        """Every day of a phase, in order."""
        manner = MANNERS[phase.kind]
        for offset in range((phase.stop - phase.start).days):
            day = phase.start + timedelta(days=offset)
            self.temper = 0.5 * self.temper + self.rng.normal(0, MOODINESS * np.sqrt(0.75))
            if self.rng.random() >= manner.silent:
                self._write_day(day, manner)

    def _write_day(self, day: date, manner: Manner) -> None:
        mean = manner.per_day * self.plan.volume * float(np.exp(self.temper - MOODINESS**2 / 2))
        planned = [self._draw(mood, day) for mood in self._moods(manner, int(self.rng.poisson(mean)))]
        planned += [self._ritual(kind, day, manner) for kind, days in RITUAL_DAYS.items() if day.weekday() in days]
        found = [one for one in planned if one is not None]
        if self.rng.random() < manner.ruptures_per_day:
            found += [one for one in [self._rupture(manner)] if one is not None]
        starts = sorted((self._start(day, one), index) for index, one in enumerate(found))
        for start, index in starts:
            self._write(found[index], start, manner)
        if self.rng.random() < manner.calls_per_day:
            self._call(day)

    def _moods(self, manner: Manner, n: int) -> list[Mood]:
        moods = list(manner.moods)
        weights = np.array([manner.moods[mood] for mood in moods])
        return [moods[int(index)] for index in self.rng.choice(len(moods), size=n, p=weights / weights.sum())]

    def _draw(self, mood: Mood, day: date) -> Exchange | None:
        return self.deck.deal([one for one in exchanges(mood) if _fits(one, day) and self._in_role(one)])

    def _in_role(self, exchange: Exchange) -> bool:
        """Whether the planted role allows the exchange: one that is written for a person casts its roles by itself."""
        if exchange.opener is None or exchange.reaching is None or self.plan.reaching not in ("me", "partner"):
            return True
        opener: Author = "me" if exchange.opener == self.plan.me else "partner"
        return self.plan.reaching == (opener if exchange.reaching == "a" else _other(opener))

    def _ritual(self, kind: str, day: date, manner: Manner) -> Exchange | None:
        share, warmth = manner.ritual
        if self.rng.random() >= share:
            return None
        fitting = [one for one in exchanges("ritual") if one.kind == kind and one.warmth == warmth and _fits(one, day)]
        return self.deck.deal(fitting)

    def _rupture(self, manner: Manner) -> Exchange | None:
        inside = self.rng.random() < manner.repaired * 0.6
        return self.deck.deal([one for one in exchanges("rupture") if (one.repaired_by is not None) == inside])

    def _start(self, day: date, exchange: Exchange) -> datetime:
        first, last = exchange.hours
        hour = self.rng.uniform(first, last)
        return datetime(day.year, day.month, day.day) + timedelta(hours=float(hour))

    def _write(self, exchange: Exchange, start: datetime, manner: Manner) -> None:
        """Write an exchange; one whose hour has passed by the time the two are free is left unsaid."""
        people = self._cast(exchange)
        at = self._awake(max(start, self.free_at + timedelta(minutes=float(self.rng.uniform(8, 40)))))
        if at - start > LATEST and exchange.mood not in ("rupture", "repair"):
            return
        if exchange.mood == "ritual":
            self.rituals.setdefault(exchange.of or exchange.kind, []).append(start.date())
        first = len(self.lines)
        previous = None
        for index, turn in enumerate(exchange.turns):
            if index:
                pressed = exchange.reaching is not None and turn.who != exchange.reaching
                at = self._awake(
                    at + self._pause(turn.later, turn.who == previous, manner, exchange.mood, pressed=pressed)
                )
            self._say(at, people[turn.who], turn.text)
            previous = turn.who
        self.free_at = at
        if exchange.mood == "rupture":
            self._end_rupture(exchange, people, first, manner)

    def _cast(self, exchange: Exchange) -> dict[str, Author]:
        """Who is `a`, who is `b`."""
        me = self.plan.me
        if exchange.opener is not None:
            opener: Author = "me" if exchange.opener == me else "partner"
        elif exchange.reaching is not None and self.plan.reaching in ("me", "partner"):
            holder: Author = "me" if self.plan.reaching == "me" else "partner"
            holder = holder if self.rng.random() < ROLE_HELD else _other(holder)
            opener = holder if exchange.reaching == "a" else _other(holder)
        else:
            opener = "me" if self.rng.random() < 0.5 else "partner"
        return {"a": opener, "b": _other(opener)}

    def _pause(self, later: bool, same: bool, manner: Manner, mood: Mood, *, pressed: bool) -> timedelta:
        if later:
            return timedelta(hours=float(self.rng.uniform(2, 5)))
        if same:
            return timedelta(seconds=float(self.rng.lognormal(np.log(14), 0.8)))
        median = RUPTURE_ANSWER_S if mood == "rupture" else manner.answer_s * self.plan.answers
        slower = self.plan.strength if pressed and self.plan.reaching and mood != "rupture" else 1.0
        return timedelta(seconds=min(float(self.rng.lognormal(np.log(median * slower), 1.0)), 6 * 3600))

    def _awake(self, at: datetime) -> datetime:
        """The same time, or some time after seven in the morning when it falls into the night."""
        if not NIGHT[0] <= at.hour < NIGHT[1]:
            return at
        return at.replace(hour=NIGHT[1], minute=0) + timedelta(minutes=float(self.rng.uniform(0, 110)))

    def _say(self, at: datetime, author: Author, text: str) -> None:
        media = PLACEHOLDERS.get(text)
        self.lines.append(Line(at, author, "media" if media else "text", None if media else text, media))
        if self.rng.random() < 0.015:
            emoji = LOVED[int(self.rng.integers(len(LOVED)))]
            self.lines.append(Line(at, _other(author), "reaction", emoji, target=len(self.lines) - 1))

    def _end_rupture(self, exchange: Exchange, people: dict[str, Author], first: int, manner: Manner) -> None:
        start, end = self.lines[first].at, self.lines[-1].at
        if exchange.repaired_by is not None and exchange.repair_at is not None:
            spoken = [line for line in self.lines[first:] if line.kind != "reaction"]
            minutes = (spoken[exchange.repair_at].at - start).total_seconds() / 60
            self.ruptures.append(PlantedRupture(start, end, True, people[exchange.repaired_by], minutes))
            return
        mended = self.rng.random() < manner.repaired * 0.4 / max(1 - manner.repaired * 0.6, 1e-9)
        repair = self.deck.deal([one for one in exchanges("repair") if one.accepted]) if mended else None
        if repair is None:
            self.ruptures.append(PlantedRupture(start, end, False, None, None))
            self.free_at = end + timedelta(hours=float(self.rng.uniform(6, 30)))
            return
        wait = timedelta(minutes=float(self.rng.lognormal(np.log(75), 1.0)))
        self.free_at = end
        self._write(repair, end + wait, manner)
        mended_line = next(line for line in self.lines[first:] if line.at > end and line.kind != "reaction")
        minutes = (mended_line.at - start).total_seconds() / 60
        self.ruptures.append(PlantedRupture(start, self.free_at, True, mended_line.author, minutes))

    def _call(self, day: date) -> None:
        at = max(
            datetime(day.year, day.month, day.day, 18) + timedelta(hours=float(self.rng.uniform(0, 4))), self.free_at
        )
        answered = self.rng.random() < 0.8
        seconds = float(np.round(self.rng.lognormal(np.log(420), 0.9))) if answered else 0.0
        author: Author = "me" if self.rng.random() < 0.5 else "partner"
        self.lines.append(Line(at + timedelta(minutes=2), author, "call", call_s=seconds))
        self.free_at = at + timedelta(seconds=seconds + 120)


def _other(author: Author) -> Author:
    return "partner" if author == "me" else "me"


def _fits(exchange: Exchange, day: date) -> bool:
    return (not exchange.days or day.weekday() in exchange.days) and (
        not exchange.months or day.month in exchange.months
    )

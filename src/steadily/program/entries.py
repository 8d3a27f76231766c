"""
The shapes of what a person keeps of the program.

A point is a whole number from 0 to 10 that was set on a slider with words; None where it was left out. Days are the person's own,
on the clock of where the app runs. Fields are added with a default and never renamed: what was kept stays readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from steadily.program.records import Records

Point = int | None
How = Literal["done", "not today", "not for me"]
Helped = Literal["", "yes", "a little", "no"]
Outcome = Literal["safety", "closeness"]
Answer = Literal["open", "yes", "no"]
WinFrom = Literal["own", "chat", "practice"]


@dataclass(frozen=True)
class CheckIn:
    """
    One day in a few words; at most one a day, and a later one takes its place.

    Attributes:
        day: Which day.
        safety: How safe it felt between the two.
        closeness: How close.
        strain: How hard the day was otherwise.
        note: A line of the person's own.
        tags: Words that were tapped.
        events: What happened in person that day.
    """

    day: date
    safety: Point = None
    closeness: Point = None
    strain: Point = None
    note: str = ""
    tags: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forgiving:
    """
    How far something is forgiven; asked apart and rarely, and never a task.

    Attributes:
        day: When.
        point: 0 not at all, 10 wholly; None where the person would rather not say.
    """

    day: date
    point: Point


@dataclass(frozen=True)
class Baseline:
    """
    The longer look, every four weeks.

    Attributes:
        day: When.
        points: By question.
    """

    day: date
    points: Mapping[str, Point]


@dataclass(frozen=True)
class Practiced:
    """
    A practice that was shown, and what became of it.

    Attributes:
        at: When, with its zone.
        practice: Its name in the content.
        how: Done, left for another day, or set aside.
        helped: What the person said of it.
        note: A line of the person's own, or what they answered to its question.
    """

    at: datetime
    practice: str
    how: How
    helped: Helped = ""
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """
    Where the plan starts from, and where it stands; there is one.

    Attributes:
        started: When it began.
        hardest: What is hardest now, words of `lessons.FITS`.
        distance: For how long it has been cool; a word of `lessons.DISTANCES`.
        strength: How much the person has to give now.
        paused_since: Since when it rests.
        chosen: The practice that was chosen by hand for a day.
        chosen_on: That day.
        repeats: Practices that the person wants to come back.
        opened: Practices that a finding has opened, with the day (a later import compares before and after).
    """

    started: date
    hardest: tuple[str, ...] = ()
    distance: str = ""
    strength: Literal["little", "some"] = "little"
    paused_since: date | None = None
    chosen: str = ""
    chosen_on: date | None = None
    repeats: tuple[str, ...] = ()
    opened: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Experiment:
    """
    Days drawn at random, to see whether something helps these two.

    Attributes:
        act: What is done on the days that are drawn, in the person's words.
        outcome: What is looked at, chosen before.
        started: The first day.
        n_days: How many days it runs; the stop rule, fixed before.
        seed: What the days are drawn with; it stays in the vault, so that nobody knows a day before its morning.
        done: On which days it was done, by day; a day that is not there was not answered.
        ended: When it was ended; None while it runs.
    """

    act: str
    outcome: Outcome
    started: date
    n_days: int
    seed: int
    done: Mapping[date, bool] = field(default_factory=dict)
    ended: date | None = None


@dataclass(frozen=True)
class Ritual:
    """
    Something that comes back, if both want it.

    Attributes:
        name: What the two call it.
        origin: New, remembered by the person, or seen in the chat.
        weekdays: On which days, Monday is 0; none where it has no day of its own.
        clock: At what time, `19:30`; empty where it has none.
        minutes: About how long.
        mine: Whether the person wants it.
        theirs: What the partner said, as the person tells it.
        asked_on: When they were asked.
        began: The first day on which both wanted it.
        rested: Since when it rests; None while it lives.
        kept: Days on which it took place.
    """

    name: str
    origin: Literal["new", "remembered", "chat"] = "new"
    weekdays: tuple[int, ...] = ()
    clock: str = ""
    minutes: int = 20
    mine: Answer = "yes"
    theirs: Answer = "open"
    asked_on: date | None = None
    began: date | None = None
    rested: date | None = None
    kept: tuple[date, ...] = ()


@dataclass(frozen=True)
class Win:
    """
    Something small that went well.

    Attributes:
        day: When.
        text: In the person's words, or as it was offered.
        origin: Where it comes from.
        found: What it was found by, so that it is not offered twice; empty for one's own.
        is_kept: Whether the person took it; False remembers that they did not want it.
    """

    day: date
    text: str
    origin: WinFrom = "own"
    found: str = ""
    is_kept: bool = True


@dataclass(frozen=True)
class HardDay:
    """
    A day on which the two-minute way back was walked.

    Attributes:
        day: When.
        what: What happened, in a line; may be empty.
        line: The sentence that was chosen to hold on to.
        step: The smallest next step that was chosen.
        passed: When it had passed, as the person said; None while it has not.
    """

    day: date
    what: str = ""
    line: str = ""
    step: str = ""
    passed: date | None = None


@dataclass(frozen=True)
class Watched:
    """
    A finding that opened a practice, written down before anything is measured again, so that nobody can fish for good news.

    Attributes:
        finding: Which: `rupture_repair.repaired`.
        practice: Which practice it opened.
        day: When; messages before it are *before*, messages from it on are *after*.
        estimate: What it was then; None where there was too little.
        low: Lower end of its 90 % interval.
        high: Upper end.
        n: What it rested on.
        unit: What the estimate counts.
    """

    finding: str
    practice: str
    day: date
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    unit: str = ""


@dataclass(frozen=True)
class MadeUp:
    """
    That the two made up after a hard moment, off the chat, as the person says.

    Attributes:
        first: The instant of the first message of that moment; it is the same in a newer import, where rows are not.
        day: On which day they made up.
    """

    first: datetime
    day: date


CHECK_INS = Records("check-in", CheckIn)
FORGIVING = Records("forgiving", Forgiving)
BASELINES = Records("baseline", Baseline)
PRACTICED = Records("practiced", Practiced)
PLANS = Records("plan", Plan)
EXPERIMENTS = Records("experiment", Experiment)
RITUALS = Records("ritual", Ritual)
WINS = Records("win", Win)
HARD_DAYS = Records("hard day", HardDay)
WATCHED = Records("watched", Watched)
MADE_UP = Records("made up", MadeUp)

ALL: Mapping[str, Records] = {  # type: ignore[type-arg]
    "check-ins": CHECK_INS,
    "forgiving": FORGIVING,
    "baselines": BASELINES,
    "practiced": PRACTICED,
    "plan": PLANS,
    "experiments": EXPERIMENTS,
    "rituals": RITUALS,
    "wins": WINS,
    "hard-days": HARD_DAYS,
    "watched": WATCHED,
    "made-up": MADE_UP,
}
"""By the name that they have when everything is taken out."""

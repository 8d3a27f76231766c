"""
How well a practice fits today, as a sum of reasons, most of which can be said in words.

Each point is a choice of ours and no measurement (docs/practice.md lists them); they are small whole or half numbers so that
anybody can follow why one practice came before another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from steadily.program.entries import Plan, Practiced
from steadily.program.lessons import Practice, practices
from steadily.program.signals import Signals

WEEK = timedelta(days=7)
HELPED_POINTS = {"yes": 1.0, "a little": 0.5, "no": -1.0}
HELPED_HALF_LIFE_DAYS = 30
MOST_FROM_HELPED = 2.0
SAID_FROM = 0.75
"""Reasons with fewer points are said only where there is nothing else to say."""
FRESH_HALF_LIFE_DAYS = 14
APART_POINTS = {"": -0.5, "hours": 0.0, "days": -0.25, "weeks": -1.0, "months": -1.0}
REPEAT_POINTS = 5.0
"""Enough for about once a week; more would leave little room for anything else."""
OPENED_POINTS = 100.0
"""What a finding opened comes before everything else."""
SETTLING = ("regulate", "setbacks")
SHORT_MINUTES = 5

BECAUSE = {
    "reaching": "you write and ask more when it gets quiet",
    "stepping back": "you go quiet or pull away",
    "sharp words": "small things turn sharp",
    "fixing": "explaining or fixing lands wrong",
    "little warmth": "there is little warmth left between you two",
    "silence": "you two hardly talk",
    "unsteady": "it is good for a while and then falls back",
    "old hurt": "something that happened still stands between you two",
}
"""The words of `lessons.FITS`, after *because*."""


@dataclass(frozen=True)
class Reason:
    """
    One reason for or against a practice today.

    Attributes:
        points: How much it counts.
        words: What follows *because*; empty where it is not said.
    """

    points: float
    words: str = ""


class History:
    """
    What became of practices so far, looked through once.

    Args:
        log: All of it, in any order.
        day: Today; what came later is left out.
    """

    def __init__(self, log: Sequence[Practiced], day: date) -> None:
        self.day = day
        self.log = sorted((one for one in log if one.at.date() <= day), key=lambda one: (one.at, one.practice))
        self.last = {one.practice: one for one in self.log}
        self.today = [one for one in self.log if one.at.date() == day]
        done = [one for one in self.log if one.how == "done"]
        self.done_last = {one.practice: one.at.date() for one in done}
        self.last_done_on = done[-1].at.date() if done else None
        known = practices()
        week = [known[one.practice] for one in self._within_a_week() if one.practice in known]
        self.lately = Counter(one.lesson for one in week)
        self.n_reached_out = sum(one.setting != "alone" for one in week)
        self.lessons = {known[name].lesson for name in self.done_last if name in known}
        self._answers = [
            (known[one.practice], HELPED_POINTS[one.helped] * 0.5 ** (self.ago(one) / HELPED_HALF_LIFE_DAYS))
            for one in done
            if one.helped and one.practice in known
        ]

    def ago(self, one: Practiced) -> int:
        """How many days ago it was."""
        return (self.day - one.at.date()).days

    def n_left(self, name: str) -> int:
        """How often a practice was left for another day since it was last done."""
        hows = [one.how for one in self.log if one.practice == name]
        since = hows[len(hows) - hows[::-1].index("done") :] if "done" in hows else hows
        return since.count("not today")

    def helped_by(self, practice: Practice) -> float:
        """How much practices of its kind have helped: the same lesson, setting, or thing that is hard; within `MOST_FROM_HELPED`."""
        total: float = sum(points * _likeness(practice, other) for other, points in self._answers)
        return max(-MOST_FROM_HELPED, min(MOST_FROM_HELPED, total))

    def _within_a_week(self) -> list[Practiced]:
        return [one for one in self.log if one.how != "not for me" and self.day - one.at.date() < WEEK]


def reasons(practice: Practice, plan: Plan, history: History, signals: Signals) -> tuple[Reason, ...]:
    """
    What speaks for and against a practice today.

    Args:
        practice: Any.
        plan: Where the plan starts from.
        history: What was done so far.
        signals: What today is like.

    Returns:
        The reasons; the points of all of them together are its weight.
    """
    return (
        *_asked_for(practice, plan, history),
        *_today(practice, signals),
        *_hardest(practice, plan),
        _helped(practice, history),
        *_variety(practice, history),
        _reaching_out(practice, plan, history),
    )


def weight(found: Sequence[Reason]) -> float:
    """The points of all reasons together."""
    return sum(one.points for one in found)


def said(found: Sequence[Reason], most: int) -> list[str]:
    """The strongest reasons that can be said, in words."""
    named = sorted((one for one in found if one.words and one.points > 0), key=lambda one: -one.points)
    strong = [one.words for one in named if one.points >= SAID_FROM]
    return strong[:most] or [one.words for one in named[:1]]


def _asked_for(practice: Practice, plan: Plan, history: History) -> list[Reason]:
    found = []
    opened = plan.opened.get(practice.name)
    done = history.done_last.get(practice.name)
    if opened and opened <= history.day and (done is None or done < opened):
        found.append(Reason(OPENED_POINTS, "your look back points to it"))
    if practice.name in plan.repeats:
        found.append(Reason(REPEAT_POINTS, "you wanted this one to come back"))
    return found


def _today(practice: Practice, signals: Signals) -> list[Reason]:
    settles = practice.lesson in SETTLING
    found = [
        Reason(4, "you had a hard day") if settles and signals.had_hard_day else Reason(0),
        Reason(2.5, "there is a lot on you these days") if settles and signals.strain_is_high else Reason(0),
        Reason(2.5, "it felt less safe than it usually does") if settles and signals.safety_is_low else Reason(0),
    ]
    if signals.is_a_lot:
        is_light = practice.minutes <= SHORT_MINUTES and practice.setting == "alone"
        found.append(Reason(1 if is_light else 0))
    return found


def _hardest(practice: Practice, plan: Plan) -> list[Reason]:
    """Both that were tapped count the same; a practice that fits both is a little better still."""
    met = [word for word in plan.hardest if word in practice.fits and word in BECAUSE]
    return [Reason(3 if place == 0 else 1, BECAUSE[word]) for place, word in enumerate(met)]


def _helped(practice: Practice, history: History) -> Reason:
    return Reason(history.helped_by(practice), "something like it helped you")


def _variety(practice: Practice, history: History) -> list[Reason]:
    """Another part of the program than in the last week, and another practice than lately."""
    n_lately = history.lately[practice.lesson]
    rested = (
        "this part has rested for a while"
        if practice.lesson in history.lessons
        else "this part has not had its turn yet"
    )
    done = history.done_last.get(practice.name)
    fresh = 0.5 if done is None else -(0.5 ** ((history.day - done).days / FRESH_HALF_LIFE_DAYS))
    return [Reason(-1.5 * n_lately) if n_lately else Reason(0.5, rested), Reason(fresh)]


def _reaching_out(practice: Practice, plan: Plan, history: History) -> Reason:
    """What needs the other comes a little less easily, and less so the longer it has been cool or the more of it there was."""
    if practice.setting == "alone":
        return Reason(0)
    return Reason(APART_POINTS[plan.distance] - 0.5 * history.n_reached_out)


def _likeness(one: Practice, other: Practice) -> float:
    """0 to 1: how much two practices are of a kind."""
    shares = bool(set(one.fits) & set(other.fits))
    return 0.5 * (one.lesson == other.lesson) + 0.25 * (one.setting == other.setting) + 0.25 * shares

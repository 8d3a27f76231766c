"""
The plan: one practice for a day, chosen by plain rules from what the person tapped, did and said, with the reason in a sentence.

It is a pure function: the same plan, log, signals and day give the same choice. It never counts what was missed; after a month
away it simply chooses again. docs/practice.md has the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from steadily.program.entries import Plan, Practiced
from steadily.program.lessons import Practice, practices
from steadily.program.signals import Signals
from steadily.program.weighing import History, reasons, said, weight

FIRST = "regulate"
REST_DAYS = 9
REPEAT_REST_DAYS = 5
NO_HELP_REST_DAYS = 28
NOT_TODAY_REST_DAYS = 3
"""Once for every time that it was left since it was last done, up to the next."""
MOST_NOT_TODAY_REST_DAYS = 21
WRITING_REST_DAYS = 21
"""Between one page of the neutral observer and the next. The study of it had months between; three weeks are our choice."""
ONLY_FOR = {"forgiving-and-feeling-safe": "old hurt"}
"""Forgiving is nobody's task: it is offered only where the person said that something still stands between the two."""
WRITING = "neutral-observer"
MINUTES = {3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
MOST_REASONS = 2
Standing = Literal["open", "resting", "done", "left"]


@dataclass(frozen=True)
class Choice:
    """
    One practice for today.

    Attributes:
        practice: Which.
        why: Why this one, in a sentence.
    """

    practice: Practice
    why: str


def standing(plan: Plan, log: Sequence[Practiced], day: date) -> Standing:
    """
    Whether there is room for a practice today.

    Returns:
        `resting` while the plan rests, `done` after one was done today, `left` after one was left for another day, else `open`.
    """
    if plan.paused_since is not None:
        return "resting"
    hows = {one.how for one in log if one.at.date() == day}
    return "done" if "done" in hows else "left" if "not today" in hows else "open"


def today(plan: Plan, log: Sequence[Practiced], signals: Signals, day: date) -> Choice | None:
    """
    The one practice for a day.

    Args:
        plan: Where the plan starts from.
        log: What was shown and what became of it, in any order.
        signals: What today is like.
        day: Today.

    Returns:
        The choice; None while the plan rests, once one was done or left today and no other was asked for, or where nothing is left.
    """
    if plan.paused_since is not None:
        return None
    history = History(log, day)
    if (asked := _chosen(plan, history, signals)) is not None:
        by_hand = not history.today
        return Choice(asked, _told(asked, "You chose this one") if by_hand else _why(asked, plan, history, signals))
    return another(plan, log, signals, day) if standing(plan, log, day) == "open" else None


def another(plan: Plan, log: Sequence[Practiced], signals: Signals, day: date) -> Choice | None:
    """
    What would come next today, whether or not there is room for it: for whoever asks for something else, or for one more.

    Args:
        plan: As for `today`.
        log: The same.
        signals: The same.
        day: The same.
    """
    history = History(log, day)
    found = ranked(plan, history, signals)
    return Choice(found[0], _why(found[0], plan, history, signals)) if found else None


def ranked(plan: Plan, history: History, signals: Signals) -> list[Practice]:
    """Everything that may be offered today, the best first; of equals, the one that stands first in the content."""
    aside = set_aside(plan, history.log)
    known = [one for name, one in practices().items() if name not in aside]
    fitting = [one for one in known if _may_come(one, plan, history, signals)]
    rested = [one for one in fitting if _has_rested(one, plan, history)]
    ready = _first_ones(rested, plan, history) or rested or fitting
    return sorted(ready, key=lambda one: -weight(reasons(one, plan, history, signals)))


def set_aside(plan: Plan, log: Sequence[Practiced]) -> list[str]:
    """Practices that were *not for me* when they were last seen, and were not asked back since."""
    last = {one.practice: one for one in sorted(log, key=lambda one: one.at)}
    return [name for name, one in last.items() if one.how == "not for me" and name not in plan.repeats]


def _chosen(plan: Plan, history: History, signals: Signals) -> Practice | None:
    found = practices().get(plan.chosen) if plan.chosen_on == history.day else None
    if found is None or any(one.practice == found.name for one in history.today):
        return None
    return None if _reaches_out(found) and signals.outreach_has_ended else found


def _may_come(practice: Practice, plan: Plan, history: History, signals: Signals) -> bool:
    """What no weight can make up for."""
    only_for = ONLY_FOR.get(practice.lesson)
    wanted = practice.name in plan.repeats or practice.name in plan.opened
    return not (
        any(one.practice == practice.name for one in history.today)
        or (practice.effort == "some" and (plan.strength == "little" or signals.is_a_lot))
        or (_reaches_out(practice) and not _may_reach_out(practice, plan, history, signals))
        or (only_for is not None and only_for not in plan.hardest and not wanted)
        or (practice.lesson == WRITING and not _is_next_page(practice, history))
    )


def _is_next_page(practice: Practice, history: History) -> bool:
    """Whether it is this page's turn: they come in order, with weeks between any two, and begin anew after the last."""
    pages = [name for name, one in practices().items() if one.lesson == WRITING]
    done = [one for one in history.log if one.how == "done" and one.practice in pages]
    if not done:
        return practice.name == pages[0]
    place = (pages.index(done[-1].practice) + 1) % len(pages)
    return practice.name == pages[place] and history.ago(done[-1]) >= WRITING_REST_DAYS


def _may_reach_out(practice: Practice, plan: Plan, history: History, signals: Signals) -> bool:
    """
    EVIDENCE.md R15: one a day at most, none once it has ended; after months of distance only what was asked for; and none on a hard day or
    where it felt less safe than usual, also where it was wanted.
    """
    known = practices()
    if signals.outreach_has_ended or signals.had_hard_day or signals.safety_is_low:
        return False
    if any(one.practice in known and _reaches_out(known[one.practice]) for one in history.today):
        return False
    return plan.distance != "months" or practice.name in plan.repeats


def _reaches_out(practice: Practice) -> bool:
    return practice.setting != "alone"


def _has_rested(practice: Practice, plan: Plan, history: History) -> bool:
    last = history.last.get(practice.name)
    if last is None:
        return True
    if last.how != "done":
        return history.ago(last) >= min(NOT_TODAY_REST_DAYS * history.n_left(practice.name), MOST_NOT_TODAY_REST_DAYS)
    if practice.name in plan.repeats:
        rest = REPEAT_REST_DAYS
    elif last.helped == "no":
        rest = NO_HELP_REST_DAYS
    else:
        rest = REST_DAYS
    return history.ago(last) >= rest


def _first_ones(rested: list[Practice], plan: Plan, history: History) -> list[Practice]:
    """To begin with, something little to settle with; nothing where the plan has begun already."""
    if history.last_done_on is not None and history.last_done_on >= plan.started:
        return []
    return [one for one in rested if (one.lesson, one.setting, one.effort) == (FIRST, "alone", "little")]


def _why(practice: Practice, plan: Plan, history: History, signals: Signals) -> str:
    found = reasons(practice, plan, history, signals)
    if practice.lesson == FIRST and _first_ones([practice], plan, history):
        return _told(practice, "To begin, something to settle with")
    words = said(found, MOST_REASONS)
    if len(words) < MOST_REASONS and plan.strength == "little" and not signals.is_a_lot:
        words.append("you said there is little strength")
    return _told(practice, f"Because {', and '.join(words)}") if words else _told(practice, "For a change")


def _told(practice: Practice, beginning: str) -> str:
    return f"{beginning}: {MINUTES.get(practice.minutes, str(practice.minutes))} minutes, {practice.setting}."

"""
Check-ins: what is asked, how often, and how a later answer takes the place of an earlier one.

Every question is our own and none is a tested scale. A slider has words at its ends and in its middle; leaving it out is an answer. How
far something is forgiven is asked apart from how safe it feels, and rarely: the two are different things, and neither is owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from steadily.program.entries import Baseline, CheckIn, Forgiving
from steadily.program.records import Kept

OUR_OWN = "These are our own questions, not a tested scale."
EVERY = timedelta(days=28)
"""The shortest time between two times that the rare questions are asked."""
LITTLE = 2
"""At or under this, a slider that asks for ease or freedom says where people can be found to talk with."""


@dataclass(frozen=True)
class Slider:
    """
    One question that is answered from 0 to 10.

    Attributes:
        name: What its answer is kept under; never changed.
        title: What its curve is called.
        asks: The question.
        low: The words at 0.
        middle: The words at 5.
        high: The words at 10.
    """

    name: str
    title: str
    asks: str
    low: str
    high: str
    middle: str = "in between"

    @property
    def ends(self) -> tuple[str, str, str]:
        """Its words, from 0 to 10."""
        return self.low, self.middle, self.high


SLIDERS = (
    Slider("safety", "How safe it felt", "How safe did it feel with your partner today?", "on guard", "at ease"),
    Slider("closeness", "How close it felt", "How close did you feel to your partner today?", "far away", "very close"),
    Slider("strain", "How hard the day was", "Apart from the two of you, how hard was the day?", "easy", "very hard"),
)
SAFETY, CLOSENESS, STRAIN = SLIDERS

TAGS = (
    *("calm", "warm", "playful", "hopeful", "thankful", "tired"),
    *("busy", "tense", "distant", "lonely", "sad", "proud of myself"),
)
EVENTS = (
    *("a good hour together", "a real talk", "we laughed", "a kind word", "a hug", "I kept a promise"),
    *("an argument", "we made up", "other people with us", "apart today"),
)

FORGIVING_SLIDER = Slider(
    *(
        "forgiving",
        "How far it is forgiven",
        "If something happened that hurt you: how far is it forgiven, as things are now?",
    ),
    *("not at all", "wholly"),
)

BASELINE_SLIDERS = (
    Slider(
        "expecting",
        "Knowing what to expect",
        "How well do you know what to expect from your partner?",
        "hardly",
        "very well",
    ),
    Slider(
        "relying",
        "Relying on each other's word",
        "How far can you rely on what you two tell each other?",
        "hardly",
        "wholly",
    ),
    Slider("hard_things", "Saying hard things", "How easy is it for you to say something hard?", "very hard", "easy"),
    Slider(
        "finding_back",
        "Finding back",
        "After a sharp word, how easy is it to find back to each other?",
        "very hard",
        "easy",
    ),
    Slider("saying_no", "Saying no", "How free do you feel to say no?", "not at all", "wholly free"),
    Slider("own_part", "My own part", "How often are you the partner that you want to be?", "hardly ever", "most days"),
    Slider(
        "time_together", "Time together", "How good is the time that you two spend together?", "hard going", "very good"
    ),
    Slider(
        "ahead",
        "Looking ahead",
        "When you think of the two of you a year from now, how does it feel?",
        "heavy",
        "hopeful",
    ),
)

TESTED_ELSEWHERE = (
    "If you want a tested questionnaire: the Couples Satisfaction Index, short form CSI-16, is one that researchers use. Its form says "
    "that it is free for research and clinical use. It is not in here, since we have not asked its author. A search engine finds it by "
    "that name."
)


def by_day(kept: Iterable[Kept[CheckIn]]) -> dict[date, Kept[CheckIn]]:
    """One check-in a day, in order of days; should two have been kept for one, always the same of them."""
    ordered = sorted(kept, key=lambda one: (one.entry.day, one.id))
    return {one.entry.day: one for one in ordered}


def of_day(kept: Iterable[Kept[CheckIn]], day: date) -> Kept[CheckIn] | None:
    """The check-in of a day; a later one that day takes its place, under the same id."""
    return by_day(one for one in kept if one.entry.day == day).get(day)


def is_empty(entry: CheckIn) -> bool:
    """Whether everything was left out."""
    return entry == CheckIn(entry.day)


def points_of(check_ins: Iterable[CheckIn], slider: str) -> dict[date, int]:
    """
    The answers on one slider.

    Args:
        check_ins: At most one a day.
        slider: The name of one of `SLIDERS`.

    Returns:
        By day, in the order in which they came; days on which it was left out are not there.
    """
    found: Mapping[date, int | None] = {one.day: getattr(one, slider) for one in check_ins}
    return {day: point for day, point in found.items() if point is not None}


def forgiving_points(answers: Iterable[Forgiving]) -> dict[date, int]:
    """How far it was forgiven, by day; where the person would rather not say, the day is not there."""
    return {one.day: one.point for one in answers if one.point is not None}


def next_asked(days: Iterable[date]) -> date | None:
    """From when on a rare question may be asked again; nothing where it was never answered."""
    last = max(days, default=None)
    return None if last is None else last + EVERY


def is_due_forgiving(answers: Iterable[Forgiving], day: date) -> bool:
    """Whether the question may be asked; saying that one would rather not is an answer too."""
    return _is_due(next_asked(one.day for one in answers), day)


def is_due_baseline(answers: Iterable[Baseline], day: date) -> bool:
    """Whether the longer look may be asked for."""
    return _is_due(next_asked(one.day for one in answers), day)


def asks_for_help(check_in: CheckIn) -> bool:
    """Whether to say where people can be found to talk with: it felt anything but safe."""
    return check_in.safety is not None and check_in.safety <= LITTLE


def baseline_asks_for_help(baseline: Baseline) -> bool:
    """The same of the longer look: saying no is not free."""
    point = baseline.points.get("saying_no")
    return point is not None and point <= LITTLE


def _is_due(asked_from: date | None, day: date) -> bool:
    return asked_from is None or day >= asked_from

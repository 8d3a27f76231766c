"""Phases in words: what each time was like beside the one before it. The numbers are said, not a verdict on anyone."""

from __future__ import annotations

from steadily.dynamics import Finding
from steadily.report.facts import Sentences, number, word
from steadily.report.wording import about, count, day, days_between, of_hundred

NAMES = {
    "close": "A close time",
    "drifting": "Further apart than before",
    "distant": "A distant time",
    "recovering": "Coming nearer again",
    "steady": "A steady time",
}
MUCH = 1.5
"""Answers came clearly later, or sooner, when waits differ by this factor."""


def _phase(finding: Finding, low: float, high: float) -> tuple[str, str]:
    dates = f"from {day(word(finding, 'start'))} to {day(word(finding, 'end'))}"
    statement = f"{NAMES[word(finding, 'kind')]}, {dates}: {_like(finding)}{_answers(finding)}"
    if number(finding, "place") == 1:
        weeks = f"about {count(low / 7, 'week')}" if round(low / 7) == round(high / 7) else _weeks(low, high)
        return statement, f"The chat begins in it; it lasted {weeks}."
    return statement, f"It most likely began {days_between(word(finding, 'low'), word(finding, 'high'))}."


def _weeks(low: float, high: float) -> str:
    return f"somewhere between {round(low / 7)} and {count(high / 7, 'week')}"


def _like(finding: Finding) -> str:
    now = number(finding, "per_day")
    was = number(finding, "per_day_before") if _known(finding, "per_day_before") else now
    amount = f"{about(now, 'message')} a day on average"
    amount += f", where it had been {about(was)}." if round(was) != round(now) else "."
    if not _known(finding, "warm"):
        return amount
    return f"{amount} Of every 100, about {_share(finding, 'warm')} read as warm and {_share(finding, 'strained')} as sharp or closed."


def _share(finding: Finding, fact: str) -> str:
    now = str(of_hundred(number(finding, fact)))
    return (
        f"{now} ({of_hundred(number(finding, f'{fact}_before'))} before)" if _known(finding, f"{fact}_before") else now
    )


def _answers(finding: Finding) -> str:
    now, before = number(finding, "wait_s"), number(finding, "wait_s_before")
    if now <= 0 or before <= 0 or 1 / MUCH < now / before < MUCH:
        return ""
    return f" Answers between you came {'later' if now > before else 'sooner'}."


def _one_time(finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    return (
        f"Over {count(finding.n, 'day')}, things between you two stayed about the same in this chat: {_like(finding)}",
        "",
    )


def _known(finding: Finding, fact: str) -> bool:
    return isinstance(finding.facts.get(fact), int | float)


SENTENCES: Sentences = {
    "change_points.phase": (
        "How it went between you",
        "This is the chat, not the two of you. A move, an illness or exams change a chat too.",
        _phase,
    ),
    "change_points.none": (
        "How it went between you",
        "This is the chat, not the two of you. A chat can stay the same while other things change.",
        _one_time,
    ),
}
"""Finding → heading, caveat, and the function that makes its statement and its range."""

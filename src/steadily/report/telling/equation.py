"""Tone, transparency and time in words: my part, lately, beside the time before. Never one number for all three."""

from __future__ import annotations

from steadily.dynamics import Finding
from steadily.dynamics.equation import LATELY
from steadily.program.plain_words import number as in_words
from steadily.report.facts import Sentences, cap, number
from steadily.report.wording import count, of_hundred, share_between

WHEN = f"the last {in_words(LATELY)} weeks"


def _tone(finding: Finding, low: float, high: float) -> tuple[str, str]:
    statement = (
        f"Of your {count(finding.n, 'message')} with a clear tone in {WHEN}, "
        f"about {of_hundred(finding.estimate or 0)} of every 100 were warm, "
        f"with nothing sharp or pressing in them.{_course(finding)}"
    )
    return statement, cap(share_between(low, high)) + "."


def _transparency(finding: Finding, low: float, high: float) -> tuple[str, str]:
    share = of_hundred(finding.estimate or 0)
    statement = (
        f"In {WHEN}, about {share} of every 100 of your {count(finding.n, 'message')} "
        f"named a feeling, a need or a part of your own, without blame."
        f"{_course(finding)}"
    )
    return statement, cap(share_between(low, high)) + "."


def _time(finding: Finding, low: float, high: float) -> tuple[str, str]:
    met, weeks = round(number(finding, "k")), round(number(finding, "weeks_yes"))
    answered = f"In {WHEN}, {count(finding.n, 'moment')} read as strained and had an answer from you within a day."
    how = f"This reading found warmth, or a step to mend, in {f'{met:,}' if met else 'none'} of your answers"
    share = f", about {of_hundred(finding.estimate or 0)} of every 100"
    often = (
        f"{share}, spread over {_weeks(weeks, round(number(finding, 'n_weeks')))}." if met else ", and it misses much."
    )
    both = f" Counting both of you, it was in {round(number(finding, 'k_between')):,} of {round(number(finding, 'n_between')):,}."
    return f"{answered} {how}{often}{_course(finding)}{both}", cap(share_between(low, high)) + "."


def _weeks(some: int, every: int) -> str:
    """In how many of the weeks that held such a moment."""
    weeks = "week" if every == 1 else f"{in_words(every)} weeks"
    if some == every:
        return f"{'the' if every == 1 else 'each of the'} {weeks} that held such moments"
    return f"{in_words(some)} of the {weeks} that held such moments"


def _course(finding: Finding) -> str:
    """The time before, and whether the difference is clear."""
    if not isinstance(finding.facts.get("before"), int | float):
        return ""
    before = f" Before, it was about {of_hundred(number(finding, 'before'))} of every 100"
    if number(finding, "change_low") > 0:
        return f"{before}, so there is more of it now."
    if number(finding, "change_high") < 0:
        return f"{before}, so there is less of it now."
    return f"{before}: no clear change."


CAVEAT = "A reading of words misses some and sees some that are not there. How it changes says more than the number."
SENTENCES: Sentences = {
    "equation.tone": ("Your tone", CAVEAT, _tone),
    "equation.transparency": (
        "Saying what is in you",
        "A reading of words misses some and sees some that are not there. Easy weeks may need little of it.",
        _transparency,
    ),
    "equation.time": (
        "Warmth when it is hard",
        "It sees messages, not a call, a look or a hand. Staying calm is no duty where something frightens you.",
        _time,
    ),
}
"""Finding → heading, caveat, and the function that makes its statement and its range."""

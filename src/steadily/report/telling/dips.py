"""Rough stretches in words: that they were there before, how long they took, and nothing about how this one will end."""

from __future__ import annotations

from steadily.dynamics import Finding
from steadily.program.plain_words import number as in_words
from steadily.program.plain_words import opened, so_many
from steadily.report.facts import Sentences, number
from steadily.report.wording import between, count

FEWEST = 5
"""Of fewer, the longest and the shortest say as much as a range."""


def _passed(finding: Finding, low: float, high: float) -> tuple[str, str]:
    if not finding.n:
        return "No rough stretch that has passed stands out in this chat.", ""
    longest, shortest = (so_many(round(number(finding, fact)), "day") for fact in ("longest", "shortest"))
    if finding.n == 1:
        return f"One stretch in this chat was clearly rougher than is usual for you two. It passed after {longest}.", ""
    many = opened(so_many(finding.n, "stretch").replace("stretchs", "stretches"))
    statement = f"{many} in this chat were clearly rougher than is usual for you two. Each of them passed: the longest after {longest}"
    statement += "." if shortest == longest else f", the shortest after {shortest}."
    if finding.n < FEWEST:
        return statement, ""
    return statement, f"For one in the middle, that is {between(count(low, 'day'), count(high, 'day'))}."


def _now(finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    days = so_many(round(finding.estimate or 0), "day")
    start = f"Rough days: for {days} now it has been quieter or sharper than is usual for you two."
    n = round(number(finding, "in_year"))
    if not n:
        return f"{start} No other stretch like this is in the year before it, so there is none to set beside it.", ""
    longest = so_many(round(number(finding, "longest_in_year")), "day")
    if n == 1:
        return f"{start} One like this is in your year; it lasted {longest}.", ""
    return f"{start} {opened(in_words(n))} like this are in your year; the longest lasted {longest}.", ""


SENTENCES: Sentences = {
    "dips.passed": (
        "Rough stretches, and how they passed",
        "A busy week or a holiday together can look like a rough one. One rough stretch says little.",
        _passed,
    ),
    "dips.now": (
        "Rough days now",
        "A busy week or a holiday together can look the same. What was before does not say how this one goes.",
        _now,
    ),
}
"""Finding → heading, caveat, and the function that makes its statement and its range."""

"""Small things that came back: kept, faded, there again."""

from __future__ import annotations

from steadily.dynamics import Finding
from steadily.report.facts import Sentences, number, word
from steadily.report.telling.plain import hours_between
from steadily.report.wording import WEEKDAYS, count, day, days_between, of_hundred

FEW_WEEKDAYS = 3


def _weekdays(finding: Finding) -> list[str]:
    return [f"{WEEKDAYS[int(one)]}s" for one in word(finding, "weekdays")]


def _when(finding: Finding) -> str:
    hour, weekdays = round(number(finding, "hour")), _weekdays(finding)
    at = f"most often {hours_between(hour, hour + 1)}"
    if len(weekdays) > FEW_WEEKDAYS:
        return at
    *others, last = weekdays
    named = f"{', '.join(others)} and {last}" if others else last
    return f"mostly on {named}, {at}"


def _named(finding: Finding) -> str:
    return f"“{word(finding, 'name')}”, {_when(finding)},"


def _kept(finding: Finding, low: float, high: float) -> tuple[str, str]:
    statement = (
        f"{_named(finding)} is a small thing that you two kept: there on {count(number(finding, 'n_days'), 'day')} "
        f"from {day(word(finding, 'first'))} to {day(word(finding, 'last'))}."
    )
    weekdays = _weekdays(finding)
    days = "days" if len(weekdays) == len(WEEKDAYS) else weekdays[0] if len(weekdays) == 1 else "such days"
    first, last = of_hundred(low), of_hundred(high)
    share = f"about {first}" if first == last else f"somewhere between {first} and {last}"
    return statement, f"Of every 100 {days} on which you two wrote, it was there on {share}."


def _lost(finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    faded, last = word(finding, "faded"), word(finding, "last")
    statement = f"{_named(finding)} was a small thing between you two, usual until around {day(faded)}."
    statement += f" It was last there on {day(last)}." if last > faded else ""
    return statement, f"It most likely faded {days_between(word(finding, 'faded_low'), word(finding, 'faded_high'))}."


def _returned(finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    statement = (
        f"{_named(finding)} faded around {day(word(finding, 'faded'))}. "
        f"Around {day(word(finding, 'returned'))} it came back between you two."
    )
    when = days_between(word(finding, "returned_low"), word(finding, "returned_high"))
    return statement, f"It most likely came back {when}."


def _none(_finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    return (
        "Nothing in your short messages came back at its own hour often enough, and for long enough, to call it a ritual.",
        "",
    )


UNSEEN = "What is said at the door, in a call or in new words each time is not seen here."
SENTENCES: Sentences = {
    "rituals.kept": (
        "What you two kept",
        f"{UNSEEN} What only became rarer stands here too. Only you two can say whether it means something.",
        _kept,
    ),
    "rituals.lost": (
        "A small thing that faded",
        f"{UNSEEN} It may have moved there. If you miss it, it can be asked about, and a no is fine.",
        _lost,
    ),
    "rituals.returned": (
        "A small thing that came back",
        f"{UNSEEN} Only you two can say what brought it back.",
        _returned,
    ),
    "rituals.none": ("Small things that come back", UNSEEN, _none),
}

"""Small things that came back: kept, faded, there again."""

from __future__ import annotations

from steadily.dynamics import Finding
from steadily.report.facts import Sentences, number, word
from steadily.report.wording import WEEKDAYS, clock_hour, count, day, days_between, share_between


def _when(finding: Finding) -> str:
    hour = f"around {clock_hour(round(number(finding, 'hour')))}"
    weekday = finding.facts.get("weekday")
    return f"on {WEEKDAYS[int(weekday)]}s {hour}" if isinstance(weekday, int) else hour


def _days(finding: Finding) -> str:
    weekday = finding.facts.get("weekday")
    return f"{WEEKDAYS[int(weekday)]}s" if isinstance(weekday, int) else "days"


def _kept(finding: Finding, low: float, high: float) -> tuple[str, str]:
    statement = (
        f"“{word(finding, 'name')}”, {_when(finding)}, is a small thing that you two kept: "
        f"there on {count(number(finding, 'n_days'), 'day')} from {day(word(finding, 'first'))} to {day(word(finding, 'last'))}."
    )
    return statement, f"It was there on {share_between(low, high)} {_days(finding)} on which you two wrote."


def _lost(finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    statement = (
        f"“{word(finding, 'name')}”, {_when(finding)}, was a small thing between you two, "
        f"usual until around {day(word(finding, 'faded'))}. It was last there on {day(word(finding, 'last'))}."
    )
    return statement, f"It most likely faded {days_between(word(finding, 'faded_low'), word(finding, 'faded_high'))}."


def _returned(finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    statement = (
        f"“{word(finding, 'name')}”, {_when(finding)}, faded around {day(word(finding, 'faded'))}. "
        f"Around {day(word(finding, 'returned'))} it came back between you two."
    )
    when = days_between(word(finding, "returned_low"), word(finding, "returned_high"))
    return statement, f"It most likely came back {when}."


def _none(_finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    return "Nothing in your short messages came back at its own hour often enough to call it a ritual.", ""


UNSEEN = "What is said at the door, in a call or in new words each time is not seen here."
SENTENCES: Sentences = {
    "rituals.kept": ("What you two kept", f"{UNSEEN} Only you two can say whether it means something.", _kept),
    "rituals.lost": (
        "A small thing that faded",
        f"{UNSEEN} It may have moved there. If you miss it, it can be asked about, and a no is fine.",
        _lost,
    ),
    "rituals.returned": ("A small thing that came back", f"{UNSEEN} Only you two can say what brought it back.", _returned),
    "rituals.none": ("Small things that come back", UNSEEN, _none),
}

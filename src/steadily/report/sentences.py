"""
Findings in words: a heading that people would say, a statement, its honest range, and what it cannot tell.

One function per finding, in `SENTENCES`. How they sound is in docs/voice.md: plain, warm, short; my part first; a pattern
between two people, never a verdict on one.
"""

from __future__ import annotations

from dataclasses import dataclass

from steadily.dynamics import Finding
from steadily.report.facts import Sentences, cap, number, word
from steadily.report.telling import (
    bids,
    change_points,
    demand_withdraw,
    dips,
    equation,
    rituals,
    rupture_repair,
    what_helps,
)
from steadily.report.telling.plain import hours_between, times
from steadily.report.wording import (
    WEEKDAYS,
    about,
    between,
    count,
    day,
    days_between,
    duration,
    of_hundred,
    share_between,
)

MANY_TIMES = 2
"""From so many times as much on, a change in amount is told for each message and not for every 100."""


@dataclass(frozen=True)
class Told:
    """
    A finding in words.

    Attributes:
        finding: The finding itself.
        heading: What people would call it.
        statement: What is so.
        spread: How sure that is, in words; empty for plain counts.
        caveat: What it cannot tell.
    """

    finding: Finding
    heading: str
    statement: str
    spread: str
    caveat: str


def tell(finding: Finding) -> Told:
    """
    A finding in words.

    Args:
        finding: Any finding of a measure in `steadily.dynamics.MEASURES`.

    Returns:
        The same, told.
    """
    heading, caveat, sentence = SENTENCES[finding.measure]
    if finding.estimate is None or finding.interval is None:
        return Told(finding, heading, "Not enough here to say.", "", caveat)
    statement, spread = sentence(finding, *finding.interval)
    return Told(finding, heading, statement, spread, caveat)


def _days_written(finding: Finding, low: float, _high: float) -> tuple[str, str]:
    span = f"from {day(word(finding, 'first'))} to {day(word(finding, 'last'))}"
    messages = count(number(finding, "n_messages"), "message")
    if finding.n == 1:
        return f"{messages}, all on {day(word(finding, 'first'))}.", ""
    if low == finding.n:
        return f"{messages}, {span}: something on every one of {count(finding.n, 'day')}.", ""
    return f"{messages}, {span}: you two wrote on {round(low):,} of {count(finding.n, 'day')}.", ""


def _gap(finding: Finding, low: float, _high: float) -> tuple[str, str]:
    before, after = day(word(finding, "last_day")), day(word(finding, "next_day"))
    return f"After {before} there is nothing in this chat for {count(low, 'day')}, until {after}.", ""


def _change(finding: Finding, low: float, high: float) -> tuple[str, str]:
    before, after = number(finding, "before"), number(finding, "after")
    direction = "less" if after < before else "more"
    when = days_between(word(finding, "low"), word(finding, "high"))
    amount = f"{about(after, 'message')} on a typical day, where it had been {about(before)}"
    if round(before) == round(after):
        direction, amount = f"a little {direction}", f"still {about(after, 'message')} on a typical day"
    statement = f"Around {day(word(finding, 'day'))} you two began to write {direction}: {amount}."
    each, times_as = ("100 messages", 100) if low < MANY_TIMES else ("message", 1)
    first, last = round(low * times_as), round(high * times_as)
    amount = f"about {first:,}" if first == last else f"somewhere between {first:,} and {last:,}"
    return statement, f"It most likely changed {when}. For every {each} before, there were then {amount}."


def _no_change(finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    return f"Over {count(finding.n, 'day')}, how much you two write stayed about the same.", ""


def _opened_days(finding: Finding, low: float, high: float) -> tuple[str, str]:
    mine, theirs = round(number(finding, "n_me")), round(number(finding, "n_partner"))
    statement = f"You wrote first on {mine:,} of {count(finding.n, 'day')}, your partner on {theirs:,}."
    return statement, f"As a habit, yours would be {share_between(low, high)} days."


def _ended_silences(finding: Finding, low: float, high: float) -> tuple[str, str]:
    mine, theirs = round(number(finding, "n_me")), round(number(finding, "n_partner"))
    statement = (
        f"After a day or more without a message, you wrote again first {mine:,} of {finding.n:,} times, "
        f"your partner {times(theirs)}."
    )
    return statement, f"Yours would be {share_between(low, high)} such silences."


def _my_messages(finding: Finding, low: float, high: float) -> tuple[str, str]:
    mine, theirs = number(finding, "n_me"), number(finding, "n_partner")
    return (
        f"You sent {count(mine, 'message')}, your partner {round(theirs):,}.",
        f"As a habit, yours are {share_between(low, high)}.",
    )


def _my_words(finding: Finding, low: float, high: float) -> tuple[str, str]:
    share = of_hundred(finding.estimate or 0)
    statement = f"Of all that was written between you, about {share} of every 100 letters are yours."
    return statement, f"As a habit, {share_between(low, high)}."


def _usual_wait(finding: Finding, low: float, high: float) -> tuple[str, str]:
    statement = f"Between you two, half of all turns were answered within {duration(finding.estimate or 0)}"
    most = finding.facts.get("most_s")
    statement += f", nine in ten within {duration(float(most))}." if isinstance(most, int | float) else "."
    return statement, f"For the half: {between(duration(low), duration(high))}."


def _unanswered(finding: Finding, low: float, high: float) -> tuple[str, str]:
    long = round(number(finding, "n_long"))
    if not finding.estimate:
        return "Between you two, no turn stayed unanswered for more than a day.", cap(share_between(low, high)) + "."
    statement = f"After {long:,} of {count(finding.n, 'turn')} nothing came for more than a day, counting both of you."
    again = "Where one of you wrote again before an answer came, the first turn may have waited as long"
    return statement, f"{again}: with those, {share_between(low, high)}."


def _longest_silence(finding: Finding, low: float, _high: float) -> tuple[str, str]:
    dates = days_between(word(finding, "from"), word(finding, "to"))
    return f"The longest stretch without a message lasted about {duration(low * 86400)}, {dates}.", ""


def _silences(finding: Finding, low: float, high: float) -> tuple[str, str]:
    statement = f"A day or more without a message happened {times(finding.n)} in this chat."
    if not finding.n:
        return "There was never more than a day without a message.", ""
    return statement, f"That is {_rate(low, high)} a month."


def _rate(low: float, high: float) -> str:
    first, last = round(low), round(high)
    if last == 0:
        return "less than once"
    if first == 0:
        return f"at most about {times(last)}"
    return f"about {times(first)}" if first == last else f"somewhere between {first} and {count(last, 'time')}"


def _peak(finding: Finding, low: float, high: float) -> tuple[str, str]:
    start = round(number(finding, "hour"))
    share = of_hundred(finding.estimate or 0)
    weekday = WEEKDAYS[round(number(finding, "weekday")) - 1]
    statement = (
        f"You two write most {hours_between(start, start + 3)}: "
        f"about {share} of every 100 messages. {weekday} is the fullest day."
    )
    return statement, cap(share_between(low, high)) + "."


SENTENCES: Sentences = {
    **equation.SENTENCES,
    **demand_withdraw.SENTENCES,
    **change_points.SENTENCES,
    **rupture_repair.SENTENCES,
    **rituals.SENTENCES,
    **what_helps.SENTENCES,
    **bids.SENTENCES,
    **dips.SENTENCES,
    "coverage.days": (
        "What this chat covers",
        "Talk, calls elsewhere and time together are not in it.",
        _days_written,
    ),
    "coverage.gap": (
        "Where it shows nothing",
        "A gap can be silence, a holiday together, another app or a lost phone. The file cannot tell which.",
        _gap,
    ),
    "contact_changes.change": (
        "When it changed",
        "This counts messages, not closeness. A new job or moving in together changes the count too.",
        _change,
    ),
    "contact_changes.none": (
        "When it changed",
        "This counts messages, not closeness.",
        _no_change,
    ),
    "openings.day": (
        "Who opens the day",
        "A day runs from four in the morning here. Shifts, sleep and living together decide much of this. "
        "Opening a day is not the same as caring more.",
        _opened_days,
    ),
    "openings.silence": (
        "Who writes again after a silence",
        "A call or a talk at the door may have ended a silence before any message did.",
        _ended_silences,
    ),
    "balance.messages": (
        "How the writing is shared",
        "Calls count as messages here. Some people write in many short lines, some in one long one.",
        _my_messages,
    ),
    "balance.words": (
        "How the words are shared",
        "Voice messages and calls are not counted in it.",
        _my_words,
    ),
    "waits.usual": (
        "How long a turn waits, between you",
        "Sleep, work and messages that need no answer are all in this. It says nothing about how much anyone cares.",
        _usual_wait,
    ),
    "waits.unanswered": (
        "What stays open",
        "Many messages need no answer, and some are answered by a call or a look.",
        _unanswered,
    ),
    "silences.longest": (
        "The longest silence",
        "People who are together need no messages. The chat cannot tell a good week from a hard one.",
        _longest_silence,
    ),
    "silences.rate": (
        "How usual a silence is",
        "For you two, that is simply how often it has been quiet.",
        _silences,
    ),
    "rhythm.peak": (
        "Your hours",
        "Times follow one clock; for someone who travels they are off.",
        _peak,
    ),
}
"""Finding → heading, caveat, and the function that makes its statement and its range."""

"""Sharp moments and how they ended, in words."""

from __future__ import annotations

from steadily.dynamics.finding import Finding
from steadily.report.facts import Sentences, number, word
from steadily.report.telling.plain import times
from steadily.report.wording import MINUTE, between, count, day, duration, share_between


def _count(finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    days = count(number(finding, "n_days"), "day")
    if not finding.n:
        return f"Nothing in these {days} reads as a sharp stretch between you two.", ""
    statement = f"It turned sharp between you two {times(finding.n)} in {days}."
    earlier, later = round(number(finding, "n_earlier")), round(number(finding, "n_later"))
    if finding.n > 1:
        statement += f" In the first half of this chat it was {earlier:,}, in the second {later:,}."
    return statement, ""


def _repaired(finding: Finding, low: float, high: float) -> tuple[str, str]:
    mended, by_hand = round(number(finding, "n_repaired")), round(number(finding, "n_by_hand"))
    statement = f"After {mended:,} of {finding.n:,} sharp stretches this reading saw you two find your way back."
    if not mended:
        statement = f"After these {finding.n:,} sharp stretches this reading saw no way back; it misses quiet ones."
    if by_hand:
        statement += f" Of these, {by_hand:,} you added by hand."
    return statement, f"That would be {share_between(low, high)} such stretches."


def _minutes(finding: Finding, low: float, high: float) -> tuple[str, str]:
    usual, quickest = _span(finding.estimate or 0), _span(number(finding, "quickest_minutes"))
    statement = (
        f"Half of the times that you two found your way back, it took {usual} or less from the first sharp word. "
        f"The quickest took {quickest}, on {day(word(finding, 'quickest_day'))}."
    )
    if finding.facts.get("middle"):
        earlier, later = (_span(number(finding, name)) for name in ("earlier_minutes", "later_minutes"))
        statement += (
            f" A usual way back took about {earlier} in the first half of this chat, about {later} in the second."
        )
    return statement, f"The {usual} may be {between(_span(low), _span(high))}."


def _span(minutes: float) -> str:
    """Whole minutes at least: apps that round to the minute know no seconds."""
    return duration(minutes * MINUTE) if minutes >= 1.5 else "1 minute"


def _open(finding: Finding, low: float, _high: float) -> tuple[str, str]:
    if not low:
        recent = " It is too soon to say about its last day." if number(finding, "n_recent") else ""
        return f"This reading saw nothing sharp left open in this chat.{recent}", ""
    left = f"{round(low):,} sharp {'stretch' if round(low) == 1 else 'stretches'}"
    statement = f"After {left} this reading saw no way back within a day; it misses quiet ones."
    called = round(number(finding, "n_then_call"))
    if called:
        statement += f" After {called:,} of them you two talked on the phone."
    return statement, ""


def _first(finding: Finding, low: float, high: float) -> tuple[str, str]:
    mine, theirs = round(number(finding, "n_me")), round(number(finding, "n_partner"))
    taken = round(number(finding, "n_me_taken") + number(finding, "n_partner_taken"))
    statement = (
        f"This reading saw one of you reach first after sharp words {times(finding.n)}: "
        f"you {times(mine)}, your partner {times(theirs)}."
    )
    if taken:
        statement += f" {taken:,} of them {'was' if taken == 1 else 'were'} taken up."
    return statement, f"Yours would be {share_between(low, high)}."


SENTENCES: Sentences = {
    "rupture_repair.count": (
        "When it turned sharp",
        "Only what was written is seen. Some quarrels are missed, most of all short ones, and banter may look like one.",
        _count,
    ),
    "rupture_repair.repaired": (
        "What found its way back",
        "A hug, a call or a talk at the door leaves no message. You can add such moments by hand.",
        _repaired,
    ),
    "rupture_repair.minutes": (
        "How long until it was well again",
        "These are only the times that ended kindly here. Some things need a night, and that is fine.",
        _minutes,
    ),
    "rupture_repair.open": (
        "What stayed open here",
        "What stays open in a chat may long be well, in ways no message shows. Nothing needs doing about it now.",
        _open,
    ),
    "rupture_repair.first": (
        "Who reached first",
        "Some people reach in their own quiet words, and those are missed: one of you may have reached more often than is seen. "
        "Reaching first is no merit and waiting is no fault.",
        _first,
    ),
}
"""Finding → heading, caveat, and the function that makes its statement and its range."""

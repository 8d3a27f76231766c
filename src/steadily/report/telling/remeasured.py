"""
Before and after in words: what is so since a practice was opened, what was so before, and how far the two differ.

It never says that the one made the other: much else changes with time, and a low time is often followed by a better one by itself.
"""

from __future__ import annotations

from datetime import date

from steadily.dynamics import Finding
from steadily.program.lessons import practices
from steadily.program.remeasure import Remeasured, ToldAgain
from steadily.report.facts import cap
from steadily.report.sentences import tell
from steadily.report.wording import count, day, duration, of_hundred

CAVEAT = (
    "What comes after is not always because of what came before. It may have other reasons, and a low time is often followed by a "
    "better one by itself."
)
HOW_MANY = {
    "rupture_repair.repaired": ("sharp moments came back to warm", "sharp moments"),
    "openings.silence": ("silences of a day or more were ended by you", "silences"),
    "bids.met": ("times you turned toward what your partner offered", "offers"),
    "equation.tone": ("of your messages with warmth, harshness or pressing in them were only warm", "such messages"),
    "equation.transparency": ("of your messages named a feeling, a need or a part of yours", "messages"),
    "equation.time": ("strained moments were met with warmth or a kind pause by you", "strained moments"),
}
"""Finding → what follows `7 of 9`, and what is counted."""
HOW_LONG = {
    "rupture_repair.minutes": "half of the sharp moments that came back had come back within {}",
    "dips.passed": "a rough stretch usually lasted {}",
}
SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


def tell_again(one: Remeasured) -> ToldAgain:
    """
    One finding before and after, in words.

    Args:
        one: From `program.remeasure`; its finding has to have a sentence where it is none of those with words here.
    """
    heading = tell(one.after).heading
    n = one.before.n + one.after.n
    if one.change is None:
        return ToldAgain(heading, *_too_little(one), _short(one.before), _short(one.after), n)
    said = f"{cap(_since(one))}: {_so(one.after)}; before, {_so(one.before, in_short=True)}."
    if one.watched.finding not in HOW_MANY and one.watched.finding not in HOW_LONG:
        said = f"{cap(_since(one))}: {tell(one.after).statement} Before: {tell(one.before).statement}"
    return ToldAgain(heading, said, _spread(one), _short(one.before), _short(one.after), n)


def how_many_compared(n: int) -> str:
    """What to keep in mind where several are compared at once."""
    if n < 2:
        return ""
    return (
        f"{count(n, 'thing')} are compared here. Of ten that stayed the same, about one would look changed by chance alone, "
        "so read them together."
    )


def _since(one: Remeasured) -> str:
    title = practices()[one.watched.practice].title if one.watched.practice in practices() else ""
    when = f"since {day(one.watched.day.isoformat())}"
    return f"{when}, when you began “{title}”" if title else when


def _so(finding: Finding, *, in_short: bool = False) -> str:
    """`7 of 9 sharp moments came back to warm`, or `8 of 20`."""
    name, estimate = finding.measure, finding.estimate or 0.0
    if name in HOW_LONG:
        took = _time(estimate, finding.unit)
        return took if in_short else HOW_LONG[name].format(took)
    if name in HOW_MANY:
        number = f"{round(estimate * finding.n):,} of {finding.n:,}"
        return number if in_short else f"{number} {HOW_MANY[name][0]}"
    return _short(finding)


def _short(finding: Finding) -> str:
    """The number alone, as it stands in a table."""
    if finding.estimate is None:
        return ""
    if finding.unit in SECONDS:
        return _time(finding.estimate, finding.unit)
    if finding.unit == "share":
        return f"{of_hundred(finding.estimate)} of 100"
    return f"{finding.estimate:.1f}"


def _time(amount: float, unit: str) -> str:
    return duration(amount * SECONDS.get(unit, 1))


def _spread(one: Remeasured) -> str:
    low, high = one.low or 0.0, one.high or 0.0
    if one.scale == "ratio":
        return _times(one, low, high)
    first, last = round(low * 100), round(high * 100)
    if one.is_seen and low > 0:
        return f"That is somewhere between {max(first, 1)} and {max(last, 1)} of every 100 more than before."
    if one.is_seen:
        return f"That is somewhere between {max(-last, 1)} and {max(-first, 1)} of every 100 fewer than before."
    down, up = max(-first, 0), max(last, 0)
    return f"It may be {down} of every 100 fewer, or {up} more, or the same: too little to tell them apart."


def _times(one: Remeasured, low: float, high: float) -> str:
    before = one.before.estimate or 0.0
    if one.before.unit in SECONDS:
        first, last = _time(before * low, one.before.unit), _time(before * high, one.before.unit)
        base = _time(before, one.before.unit)
    else:
        first, last, base = f"{round(low * 100):,}", f"{round(high * 100):,}", "100"
    said = f"For {base} before, it is now somewhere between {first} and {last}"
    if first == last:
        said = f"For {base} before, it is now about {first}"
    return f"{said}." if one.is_seen else f"{said}: too little to tell it from the same."


def _too_little(one: Remeasured) -> tuple[str, str]:
    """What is so where it cannot be compared, and what would do."""
    since = _since(one)
    if one.before.estimate is None:
        return f"{cap(since)}: there was too little before that day to compare with.", ""
    if one.until is not None and one.until < one.watched.day:
        until = day(one.until.isoformat())
        return f"{cap(since)}: this chat goes until {until}, so there is nothing yet.", "A newer export would tell."
    noun = HOW_MANY.get(one.watched.finding, ("", ""))[1]
    so_far = f", {one.after.n:,} {noun} so far" if noun and one.after.n else ""
    needed = f"About {count(one.more_weeks, 'more week')} would do." if one.more_weeks else "A newer export will tell."
    return f"{cap(since)}: too little yet to compare{so_far}.", needed


def since_heading(day_named: date) -> str:
    """The heading of a comparison around a day that was named."""
    return f"Before {day(day_named.isoformat())} and since"

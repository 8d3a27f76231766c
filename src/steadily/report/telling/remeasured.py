"""
Before and after in words: what is so since a practice was opened, what was so before, and how far the two differ.

It never says that the one made the other: much else changes with time, and a low time is often followed by a better one by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from steadily.dynamics import Finding
from steadily.program.lessons import practices
from steadily.program.remeasure import Remeasured, ToldAgain
from steadily.report.sentences import tell
from steadily.report.wording import between, count, day, duration, of_hundred

CAVEAT = (
    "What comes after is not always because of what came before. It may have other reasons, and a low time is often followed by a "
    "better one by itself."
)
NO_NUMBER = "No range can be given for the difference here."
HOW_MANY = {
    "rupture_repair.repaired": ("sharp moments came back to warm", "sharp moment"),
    "openings.silence": ("silences of a day or more were ended by you", "silence"),
    "bids.mine_met": ("times you turned toward what your partner offered", "offer"),
    "equation.tone": (
        "messages of yours that were warm, harsh or pressing were warm alone",
        "message with a clear tone",
    ),
    "equation.transparency": ("messages of yours named a feeling, a need or a part of your own", "message"),
    "equation.time": ("strained moments were met with warmth or a kind pause by you", "strained moment"),
}
"""Finding → what follows `7 of 9`, and what is counted."""
HOW_LONG = {
    "rupture_repair.minutes": "half of the sharp moments that came back had come back within {}",
    "dips.passed": "a rough stretch usually lasted {}",
}
SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


def tell_again(one: Remeasured) -> ToldAgain:
    """
    One finding before and after, since its practice was opened, in words.

    Args:
        one: From `program.remeasure.remeasured`.
    """
    title = practices()[one.watched.practice].title if one.watched.practice in practices() else ""
    return _told(one, f"{_since(one)}, when you began “{title}”" if title else _since(one))


def tell_since(one: Remeasured) -> ToldAgain:
    """
    The same around a day that was only named.

    Args:
        one: From `program.remeasure.since`.
    """
    return _told(one, _since(one))


def since_as_json(compared: Sequence[Remeasured]) -> list[dict[str, Any]]:
    """
    Before and after as plain values, for `steadily look --since --json`.

    Args:
        compared: From `program.remeasure.since`.

    Returns:
        For each `measure`, `statement`, `before`, `after`, `scale`, `change` and `interval`.
    """
    return [_as_json(one) for one in compared]


def how_many_compared(n: int) -> str:
    """What to keep in mind where several are compared at once."""
    if n < 2:
        return ""
    return (
        f"{count(n, 'thing')} are compared here. Of ten that stayed the same, about one would look changed by chance alone, "
        "so read them together."
    )


def _told(one: Remeasured, since: str) -> ToldAgain:
    heading, n = tell(one.after).heading, one.before.n + one.after.n
    short = _short(one.before), _short(one.after)
    if one.before.estimate is None or one.after.estimate is None:
        return ToldAgain(heading, *_too_little(one, since), *short, n)
    said = f"{since}: {_so(one.after)}; before, {_so(one.before, in_short=True)}."
    if one.change is None or not {one.before.measure, one.after.measure} <= {*HOW_MANY, *HOW_LONG}:
        said = f"{since}: {tell(one.after).statement} Before: {tell(one.before).statement}"
    spread = NO_NUMBER if one.change is None else _spread(one)
    return ToldAgain(heading, said, spread, *short, n)


def _since(one: Remeasured) -> str:
    return f"Since {day(one.watched.day.isoformat())}"


def _as_json(one: Remeasured) -> dict[str, Any]:
    told = tell_since(one)
    return {
        "measure": one.watched.finding,
        "statement": f"{told.said} {told.spread}".strip(),
        "before": _finding(one.before),
        "after": _finding(one.after),
        "scale": one.scale,
        "change": one.change,
        "interval": None if one.low is None or one.high is None else [one.low, one.high],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    interval = list(finding.interval) if finding.interval else None
    return {"estimate": finding.estimate, "interval": interval, "n": finding.n, "unit": finding.unit}


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
    said = f"Where it was {base} before, it is now {between(first, last)}"
    return f"{said}." if one.is_seen else f"{said}: too little to tell it from the same."


def _too_little(one: Remeasured, since: str) -> tuple[str, str]:
    """What is so where it cannot be compared, and what would do."""
    if one.before.estimate is None:
        return f"{since}: there was too little before that day to compare with.", ""
    if one.until is not None and one.until < one.watched.day:
        until = day(one.until.isoformat())
        return f"{since}: this chat goes until {until}, so there is nothing yet.", "A newer export would tell."
    noun = HOW_MANY.get(one.watched.finding, ("", ""))[1]
    so_far = f", {_so_many(one.after.n, noun)} so far" if noun and one.after.n else ""
    needed = f"About {count(one.more_weeks, 'more week')} would do." if one.more_weeks else "A newer export may tell."
    return f"{since}: too little yet to compare{so_far}.", needed


def _so_many(n: int, noun: str) -> str:
    """`1 sharp moment`, `3 messages with a clear tone`."""
    what, _, rest = noun.partition(" with ")
    return f"{count(n, what)} with {rest}" if rest else count(n, what)


def since_heading(day_named: date) -> str:
    """The heading of a comparison around a day that was named."""
    return f"Before {day(day_named.isoformat())} and since"

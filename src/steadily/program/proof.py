"""
Proof: what was practiced, kept, mended and felt over weeks, one strand each, and never anything added up.

A strand tells what was there. What was left out or missed is in no sentence, in no row and in no chart, and no number stands for the
person or for the two. Nothing is foretold, and that two strands go together is never told as a cause.

**How another measure joins.** Write a function `(Lived, Span) -> Strand | None` that returns None where there is nothing to tell, put
it into `STRANDS` at its place on the page, and, if it needs something new, add a field with a default to `Lived` and fill it where
entries are gathered (`web/practice/proof.py`). Page, charts and table follow from the strand: one with a `Band` gets a card of its
own, every other one is told under "What you built". So the Equation's weekly table
(`week`, `tone`, `tone_low`, `tone_high`, …) becomes three strands, one a reading and never one of all three, each with a `Band`:
`days` are the weeks, `level`, `low` and `high` its columns, None where a week has too little. A finding before and after a practice
is the strand `before_and_after`, told in `report/telling/remeasured.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from steadily.program.check_ins import FORGIVING_SLIDER, SLIDERS, Slider, forgiving_points
from steadily.program.lessons import STEPS, lessons, practices
from steadily.program.plain_words import day_in_words, listed, number, opened, so_many
from steadily.program.repaired import repairs
from steadily.program.rituals import both_want
from steadily.program.setbacks import Dip, dips
from steadily.program.strand import WEEK, Band, Counts, Lived, Span, Strand, Stretches, monday
from steadily.program.strength import BEGUN, GROWING, THERE, in_words, strengths
from steadily.program.trust import HIGHEST, LOWEST, whole
from steadily.program.weeks import per_week, week_rows

BEFORE_AFTER = "before-after"
"""A strand with a card of its own: a difference can go either way, and is nothing that was built."""
WEEKS, YEAR_WEEKS = 12, 53
"""How many weeks are looked at, and how many for a year: whole weeks that hold it."""
APART = 6 * WEEK
"""From so long on it is said where a level began."""


def strands(lived: Lived, span: Span) -> list[Strand]:
    """All that there is something to tell of, in the order of the page."""
    found = (make(lived, span) for make in STRANDS)
    return [one for one in found if one is not None]


def span_of(lived: Lived, today: date, n_weeks: int = WEEKS) -> Span:
    """
    The last weeks until today, or fewer where everything began later.

    Args:
        lived: Everything.
        today: The last day.
        n_weeks: At most so many.
    """
    first = monday(today) - (n_weeks - 1) * WEEK
    days = list(_days(lived)) or [one.day for one in lived.found or ()]
    began = min((day for day in days if day <= today), default=today)
    return Span(max(first, monday(began)), today)


def practice(lived: Lived, span: Span) -> Strand | None:
    """On how many days something was practiced, and what for."""
    done = [one for one in lived.practiced if one.how == "done" and span.holds(one.at.date())]
    if not done:
        return None
    days = {one.at.date() for one in done}
    said = [f"You practiced on {so_many(len(days), 'day')}."]
    helped = sum(one.helped in ("yes", "a little") for one in done)
    if helped:
        said.append(f"It helped, or helped a little, {_times(helped)}, you said.")
    weeks = per_week(days)
    return Strand("practice", "Practice", len(days), tuple(said), week_rows(weeks, "days"), Counts(weeks, "day"))


def leaning(lived: Lived, span: Span) -> Strand | None:
    """How much there is to lean on in each step, in words."""
    found = {
        name: in_words(one) for name, one in strengths(lived.practiced, span.last).items() if name in STEPS and one
    }
    if not found:
        return None
    titles, lesson_of = (
        {one.name: one.title for one in lessons()},
        {name: one.lesson for name, one in practices().items()},
    )
    done = {(lesson_of.get(one.practice), one.at.date()) for one in lived.practiced if one.how == "done"}
    days = Counter(name for name, day in done if span.holds(day))
    said = []
    for words in (THERE, GROWING, BEGUN):
        ones = [f"“{titles[name]}”" for name, one in found.items() if one == words]
        if ones:
            said.append(f"{opened(words)}: {listed(ones)}.")
    rows = (
        ("step", "now", "days in these weeks"),
        *((titles[name], one, str(days[name])) for name, one in found.items()),
    )
    note = "This comes from days of practice and measures nobody. A rest takes little of it away."
    return Strand("leaning", "What there is to lean on", sum(days.values()), tuple(said), rows, note=note)


def wins(lived: Lived, span: Span) -> Strand | None:
    """Small wins that were kept."""
    days = [one.day for one in lived.wins if one.is_kept and span.holds(one.day)]
    if not days:
        return None
    weeks = per_week(days)
    said = (f"You kept {so_many(len(days), 'small win')}.",)
    return Strand("wins", "Small wins", len(days), said, week_rows(weeks, "wins"), Counts(weeks, "win"))


def rituals(lived: Lived, span: Span) -> Strand | None:
    """Rituals that both want and that took place."""
    shared = sorted((one for one in lived.rituals if both_want(one)), key=lambda one: one.name.casefold())
    kept = [(one, [day for day in one.kept if span.holds(day)]) for one in shared]
    took_place = [(one, days) for one, days in kept if days]
    days = [day for _, ones in took_place for day in ones]
    if not days:
        return None
    weeks = per_week(days)
    said = tuple(f"“{one.name}” took place {_times(len(ones))}." for one, ones in took_place)
    note = "Only what you both said yes to is here."
    return Strand("rituals", "Rituals", len(days), said, week_rows(weeks, "times"), Counts(weeks, "time"), note)


def hard_days(lived: Lived, span: Span) -> Strand | None:
    """Days that were called hard, and that they passed."""
    hard = sorted({one.day for one in lived.hard_days if span.holds(one.day)})
    if not hard:
        return None
    found = dips(lived.check_ins, lived.hard_days, span.last)
    of_day = {day: max((one for one in found if one.began <= day), key=lambda one: one.began) for day in hard}
    stretches = sorted(set(of_day.values()), key=lambda one: one.began)
    rows = (
        ("began", "had passed after"),
        *((day_in_words(one.began), so_many(one.days, "day") if one.days else "not told") for one in stretches),
    )
    chart = Stretches(tuple((max(one.began, span.first), _over(one)) for one in stretches))
    return Strand("hard-days", "Hard days", len(hard), (_hard_said(len(hard), stretches),), rows, chart)


def felt(slider: Slider, lived: Lived, span: Span) -> Strand | None:
    """A slider of the check-ins, with where it most likely lies; the whole of it is fitted, and these weeks are drawn."""
    curve = lived.curves.get(slider.name)
    if curve is None:
        return None
    places = [place for place, day in enumerate(curve.days) if span.holds(day)]
    known = [(curve.days[place], point) for place in places if (point := curve.points[place]) is not None]
    if not known:
        return None
    days = tuple(curve.days[place] for place in places)
    level, low, high = (
        tuple(line[place] if curve.is_enough else None for place in places)
        for line in (curve.level, curve.low, curve.high)
    )
    label = f"around\n{whole(curve.level[-1])}" if curve.is_enough else ""
    seen = tuple(curve.points[place] for place in places)
    chart = Band(days, level, low, high, seen, (LOWEST, HIGHEST), slider.ends, label)
    said = [curve.said]
    if curve.is_enough and days[-1] - days[0] >= APART:
        first = places[0]
        said.append(_began(curve.level[first], curve.low[first], curve.high[first]))
    rows = (("day", "answer"), *((day_in_words(day), str(point)) for day, point in known))
    return Strand(slider.name, slider.title, curve.n, tuple(said), rows, chart, curve.spread_said)


def forgiving(lived: Lived, span: Span) -> Strand | None:
    """How far it was forgiven, each time that it was asked: apart from how safe it feels, and never a task."""
    points = sorted((day, point) for day, point in forgiving_points(lived.forgiving).items() if span.holds(day))
    if not points:
        return None
    days, seen = tuple(day for day, _ in points), tuple(point for _, point in points)
    n, low, high = len(points), min(seen), max(seen)
    where = f"at {low} of 10" if low == high else f"between {low} and {high} of 10"
    told = (f"{opened(so_many(n, 'answer'))}, {where}. Asked this rarely, it is too little to tell more.",)
    none = (None,) * n
    chart = Band(days, none, none, none, seen, (LOWEST, HIGHEST), FORGIVING_SLIDER.ends)
    rows = (("day", "answer"), *((day_in_words(day), str(point)) for day, point in points))
    note = "This is another thing than feeling safe. Neither is owed, and neither has a goal."
    return Strand("forgiving", FORGIVING_SLIDER.title, n, told, rows, chart, note)


def before_and_after(lived: Lived, _span: Span) -> Strand | None:
    """Findings that opened a practice, measured again; of the whole chat and not only of these weeks."""
    if not lived.again:
        return None
    said = tuple(sentence for one in lived.again for sentence in (one.said, one.spread) if sentence)
    able = [one for one in lived.again if one.before and one.after]
    rows = (("what", "before", "since"), *((one.heading, one.before, one.after) for one in able)) if able else ()
    note = "Only what you began a practice from is compared here. A difference may have other reasons."
    n = sum(one.n for one in lived.again)
    return Strand(BEFORE_AFTER, "Before and after", n, said, rows, note=note)


STRANDS: tuple[Callable[[Lived, Span], Strand | None], ...] = (
    practice,
    leaning,
    wins,
    repairs,
    rituals,
    hard_days,
    *(partial(felt, slider) for slider in SLIDERS),
    forgiving,
    before_and_after,
)
"""In the order of the page; another measure joins by one entry."""


def _days(lived: Lived) -> Iterable[date]:
    """All days of which the person kept anything; what the chat shows may lie long before they came."""
    yield from (one.at.date() for one in lived.practiced if one.how == "done")
    yield from (one.day for one in lived.wins if one.is_kept and one.origin != "chat")
    yield from (day for one in lived.rituals if both_want(one) for day in one.kept)
    yield from (one.day for one in lived.check_ins)
    yield from (one.day for one in lived.hard_days)
    yield from (one.day for one in lived.forgiving)


def _began(level: float, low: float, high: float) -> str:
    """Where a level stood when the weeks began."""
    is_wide = whole(low) < whole(high)
    ends = f"somewhere between {whole(low)} and {whole(high)}" if is_wide else "give or take less than a point"
    return f"When these weeks began it was around {whole(level)}, {ends}."


def _over(dip: Dip) -> date | None:
    return date.fromordinal(dip.began.toordinal() + dip.days) if dip.is_over and dip.days else None


def _hard_said(n: int, stretches: Sequence[Dip]) -> str:
    """How many there were, and as far as is known that they passed."""
    said = f"{opened(number(n))} hard {'day is' if n == 1 else 'days are'} in these weeks."
    over = [one.days for one in stretches if _over(one) and one.days]
    if not over:
        return said
    if len(over) == len(stretches):
        passed = "It passed" if n == 1 else "They passed"
    else:
        known = f"{number(len(over))} {'is' if len(over) == 1 else 'are'}"
        passed = f"Of {number(len(stretches))} stretches, {known} known to have passed"
    longest = so_many(max(over), "day")
    return f"{said} {passed}; {'it took' if len(over) == 1 else 'the longest took'} {longest}."


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{number(n)} times")

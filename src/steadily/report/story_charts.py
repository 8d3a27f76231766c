"""
Charts of the story: phases over the months, sharp moments and how they came back, my three readings, and rituals.

Each is drawn from the messages with their codes; without codes there is none. Like all charts here they have no legend, tell nothing
by color alone, and show no wait of one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise

import polars as pl

from steadily.dynamics.change_points import Kind, Phase, phases
from steadily.dynamics.coded import is_with_codes
from steadily.dynamics.days import daily_counts
from steadily.dynamics.equation import Reading, weekly
from steadily.dynamics.rituals import Ritual, rituals
from steadily.dynamics.rupture_repair import Rupture, ruptures
from steadily.report.charts import ACCENT, BAND, INK, LEVELS, OF_AMOUNTS, RULE, Chart, Spec, frame
from steadily.report.wording import MINUTE, MONTHS, duration

PHASES: dict[Kind, str] = {
    "close": "close",
    "drifting": "further apart",
    "distant": "far apart",
    "recovering": "nearer again",
    "steady": "steady",
}
READ_AS: dict[Reading, tuple[str, str]] = {
    "tone": ("Your tone", "of your messages with a clear tone, how many of 100 were warm"),
    "transparency": ("Saying what is in you", "of your messages, how many of 100 named a feeling, a need or a part of your own"),
    "time": ("Warmth when it is hard", "of the strained moments that you answered, how many of 100 you met with warmth"),
}  # fmt: skip
BACK = {1: "1 minute", 10: "10 minutes", 60: "1 hour", 360: "6 hours", 1440: "a day"}
OPEN_AT = 5760
"""Where what stayed open stands: above a day, in a row of its own."""
OPEN = "open here"
MOST_RITUALS = 8
TOGETHER_DAYS = 14
"""A line goes on over so many days without the ritual."""
ROW, LETTER = 40, 12
SMALL = 110
FEWEST_WEEKS = 6

X: Spec = {"type": "temporal", "title": None, "axis": {"grid": False, "tickCount": 8, "labelOverlap": True}}


def phase_timeline(messages: pl.DataFrame) -> Spec | None:
    """Messages a day, week by week, on soft bands of the phases; where a start is not sure, the band has a darker edge."""
    found = phases(messages) if is_with_codes(messages) else ()
    if len(found) < 2:
        return None
    weeks = (
        daily_counts(messages)
        .group_by(week=pl.col("day").dt.truncate("1w"))
        .agg(per_day=pl.col("n_messages").mean())
        .sort("week")
    )
    values = [
        {"week": str(week), "messages a day": round(per_day, 1), "time": _phase_on(found, week)}
        for week, per_day in weeks.iter_rows()
    ]
    y = {
        "field": "messages a day", "type": "quantitative", "axis": {"tickCount": 4},
        "scale": {"domainMin": 0, "domainMax": round(max(one["messages a day"] for one in values) * 1.5, 1)},
    }  # fmt: skip
    line = {
        "mark": {"type": "line", "color": ACCENT, "strokeWidth": 1.8, "interpolate": "monotone", "tooltip": True},
        "encoding": {"x": {"field": "week", **X}, "y": y},
    }
    return frame(
        f"Messages a day, week by week, with the times that were found: {_said(found)} "
        "The darker edges are where a time may have begun.",
        height=210,
        data={"values": values},
        layer=[*_phase_bands(found), line, *_phase_labels(found)],
    )


def _phase_on(found: Sequence[Phase], day: date) -> str:
    return PHASES[next((one for one in reversed(found) if one.start <= day), found[0]).kind]


def _said(found: Sequence[Phase]) -> str:
    said = [f"{PHASES[one.kind]} from {MONTHS[one.start.month - 1]} {one.start.year}" for one in found]
    return ", ".join(said) + "."


def _phase_bands(found: Sequence[Phase]) -> list[Spec]:
    over = {"x": {"field": "start", **X}, "x2": {"field": "end"}}
    unsure = {"x": {"field": "low", **X}, "x2": {"field": "high"}}
    edges = [{"low": str(one.low), "high": str(one.high)} for one in found[1:]]
    bands = _bands(found)
    return [
        {"data": {"values": rows}, "mark": {"type": "rect", "color": color, "opacity": opacity}, "encoding": place}
        for rows, color, opacity, place in (
            (bands[::2], BAND, 0.3, over),
            (bands[1::2], BAND, 0.75, over),
            (edges, INK, 0.08, unsure),
        )
    ]


def _bands(found: Sequence[Phase]) -> list[dict[str, str]]:
    ends = [*(after.start for after in found[1:]), found[-1].end]
    return [
        {"start": str(one.start), "end": str(end), "label": PHASES[one.kind]}
        for one, end in zip(found, ends, strict=True)
    ]


def _phase_labels(found: Sequence[Phase]) -> list[Spec]:
    bands = _bands(found)
    return [_label(bands[level::LEVELS], level) for level in range(min(LEVELS, len(bands)))]


def _label(bands: list[dict[str, str]], level: int) -> Spec:
    place = {"align": "left", "baseline": "top", "dx": 4, "dy": 3 + 17 * level}
    return {
        "data": {"values": bands},
        "mark": {"type": "text", "color": INK, "fontSize": LETTER, **place},
        "encoding": {"x": {"field": "start", "type": "temporal"}, "y": {"value": 0}, "text": {"field": "label"}},
    }


def ledger(messages: pl.DataFrame) -> Spec | None:
    """Sharp moments over time: a dot by how long until it was well again, an open triangle in its own row for what stayed open."""
    found = ruptures(messages) if is_with_codes(messages) else ()
    if not found:
        return None
    values = [
        {"day": f"{one.start:%Y-%m-%d}", "well again after": _back_after(one), "at": _height(one)} for one in found
    ]
    rows = {**BACK, OPEN_AT: OPEN}
    label = " : ".join(f"datum.value == {at} ? '{text}'" for at, text in rows.items()) + " : ''"
    y = {
        "field": "at", "type": "quantitative", "title": None, "scale": {"type": "log", "domain": [0.8, OPEN_AT * 1.6], "nice": False},
        "axis": {"values": list(rows), "labelExpr": label, "domain": False, "ticks": False},
    }  # fmt: skip
    encoding = {"x": {"field": "day", **X}, "y": y}
    is_open = f"datum.at == {OPEN_AT}"
    well = {
        "transform": [{"filter": f"!({is_open})"}],
        "mark": {"type": "point", "shape": "circle", "filled": True, "color": ACCENT, "size": 55, "opacity": 0.85},
        "encoding": encoding,
    }
    left = {
        "transform": [{"filter": is_open}],
        "mark": {"type": "point", "shape": "triangle-up", "filled": False, "color": INK, "size": 60, "strokeWidth": 1.4},
        "encoding": encoding,
    }  # fmt: skip
    return frame(
        "Each mark is a sharp moment. A dot shows how long it took until it was well again; a triangle on top is one that "
        "stayed open in this chat.",
        data={"values": values},
        layer=[well, left],
    )


def _back_after(one: Rupture) -> str:
    return OPEN if one.minutes_to_repair is None else duration(max(one.minutes_to_repair, 1) * MINUTE)


def _height(one: Rupture) -> float:
    return OPEN_AT if one.minutes_to_repair is None else round(min(max(one.minutes_to_repair, 1), 1.5 * 1440), 1)


def my_reading(messages: pl.DataFrame, reading: Reading) -> Spec | None:
    """One of my three readings, week by week, with a band that is wider where a week holds little; never added to the others."""
    if not is_with_codes(messages) or not messages.height:
        return None
    weeks = weekly(messages).select("week", reading, f"{reading}_low", f"{reading}_high", f"n_{reading}")
    if weeks[reading].count() < FEWEST_WEEKS:
        return None
    values = [
        {"week": str(week), "of 100": _of_100(share), "low": _of_100(low), "high": _of_100(high), "n": n}
        for week, share, low, high, n in weeks.iter_rows()
    ]
    title, what = READ_AS[reading]
    x = {"x": {"field": "week", **X}}
    y = {"type": "quantitative", "title": "of 100", "scale": {"domainMin": 0}, "axis": {"tickCount": 3}}
    band = {
        "mark": {"type": "area", "color": BAND, "interpolate": "monotone"},
        "encoding": {**x, "y": {"field": "low", **y}, "y2": {"field": "high"}},
    }
    line = {
        "mark": {"type": "line", "color": ACCENT, "strokeWidth": 1.8, "interpolate": "monotone"},
        "encoding": {**x, "y": {"field": "of 100", **y}},
    }
    return frame(
        f"{title}, week by week: {what}. The band is the range in which the week most likely lies.",
        height=SMALL,
        data={"values": values},
        layer=[band, line],
    )


def _of_100(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def ritual_lines(messages: pl.DataFrame) -> Spec | None:
    """Each ritual as a line over the days on which it was there, broken where it was not for more than `TOGETHER_DAYS` days."""
    found = rituals(messages)[:MOST_RITUALS] if is_with_codes(messages) else ()
    if not found:
        return None
    values = [
        {
            "ritual": one.name,
            "days": one.n,
            "first": str(one.first),
            "last": str(one.last),
            "at": at,
            "what": _became(one),
        }
        for at, one in enumerate(found)
    ]
    begin = min(one.first for one in found)
    lines = [
        {"from": str(first), "until": str(last), "at": at}
        for at, one in enumerate(found)
        for first, last in _there(one)
    ]
    scale = {"domain": [-0.9, len(found) - 0.5], "reverse": True}
    y = {"field": "at", "type": "quantitative", "title": None, "scale": scale, "axis": None}
    rule = {
        "data": {"values": lines},
        "mark": {"type": "rule", "color": ACCENT, "strokeWidth": 5, "strokeCap": "round", "opacity": 0.85},
        "encoding": {"x": {"field": "from", **X}, "x2": {"field": "until"}, "y": y},
    }
    name = {
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 0, "dy": -6, "fontSize": LETTER, "color": INK},
        "encoding": {"x": {"datum": str(begin), "type": "temporal"}, "y": y, "text": {"field": "what"}},
    }  # fmt: skip
    under = {
        "mark": {"type": "rule", "color": RULE},
        "encoding": {"x": {"field": "first", "type": "temporal"}, "x2": {"field": "last"}, "y": y},
    }
    return frame(
        "Small things that came back: each line lies over the days on which one was there.",
        height=ROW * len(found) + 20,
        data={"values": values},
        layer=[under, name, rule],
    )


def _became(one: Ritual) -> str:
    if one.returned is not None:
        return f"{one.name}, back around {_month(one.returned)}"
    return one.name if one.faded is None else f"{one.name}, until around {_month(one.faded)}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def _there(one: Ritual) -> list[tuple[date, date]]:
    """From when until when it was there without a longer break."""
    starts = [one.days[0], *(day for before, day in pairwise(one.days) if (day - before).days > TOGETHER_DAYS)]
    ends = [*(before for before, day in pairwise(one.days) if (day - before).days > TOGETHER_DAYS), one.days[-1]]
    return list(zip(starts, ends, strict=True))


CHARTS: dict[str, Chart] = {
    **OF_AMOUNTS,
    "change_points": phase_timeline,
    "rupture_repair": ledger,
    **{f"equation.{reading}": partial(my_reading, reading=reading) for reading in READ_AS},
    "rituals": ritual_lines,
}
"""Finding, or the measure whose findings share one → the chart that stands with it."""

"""
Charts of the story: sharp moments and how they came back, my three readings, and rituals; and which chart stands where.

Each is drawn from the messages with their codes; without codes there is none. Like all charts here they have no legend, tell nothing
by color alone, and show no wait of one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from itertools import pairwise

import polars as pl

from steadily.dynamics.coded import is_with_codes
from steadily.dynamics.equation import Reading, weekly
from steadily.dynamics.rituals import Ritual, rituals
from steadily.dynamics.rupture_repair import Rupture, ruptures
from steadily.report.charts import ACCENT, BAND, INK, OF_AMOUNTS, RULE, Chart, Spec, frame
from steadily.report.phase_chart import LETTER, X, phase_timeline
from steadily.report.wording import MINUTE, MONTHS, duration

READ_AS: dict[Reading, tuple[str, str]] = {
    "tone": ("Your tone", "warm messages, of 100 with a clear tone"),
    "transparency": ("Saying what is in you", "messages that say it, of 100"),
    "time": ("Warmth when it is hard", "strained moments met with warmth, of 100"),
}  # fmt: skip
BACK = {1: "1 minute", 10: "10 minutes", 60: "1 hour", 360: "6 hours", 1440: "a day"}
OPEN_AT = 5760
"""Where what stayed open stands: above a day, in a row of its own."""
OPEN = "open here"
MOST_RITUALS = 8
TOGETHER_DAYS = 14
"""A line goes on over so many days without the ritual."""
ROW = 40
SMALL = 110
FEWEST_WEEKS = 6


def ledger(messages: pl.DataFrame, *, mended: Mapping[int, datetime] | None = None) -> Spec | None:
    """
    Sharp moments over time: a dot by how long until it was well again, an open triangle in its own row for what stayed open.

    Args:
        messages: One conversation, coded.
        mended: What was made up off the chat, as `rupture_repair.ruptures` takes it.
    """
    found = ruptures(messages, mended=mended) if is_with_codes(messages) else ()
    if not found:
        return None
    firsts = messages.filter(pl.col("row").is_in([one.first_row for one in found]))
    days = dict(firsts.select("row", pl.col("local_time").dt.strftime("%Y-%m-%d")).iter_rows())
    values = [{"day": days[one.first_row], "well again after": _back_after(one), "at": _height(one)} for one in found]
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
        "A dot is a sharp moment, by how long it took until it was well again. A triangle is one that stayed open here.",
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
        f"{title}: {what}, week by week. The band shows how sure each week is.",
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


def charts_with(mended: Mapping[int, datetime]) -> dict[str, Chart]:
    """Every chart, the ledger with what was made up off the chat."""
    return {**CHARTS, "rupture_repair": partial(ledger, mended=mended)}


CHARTS: dict[str, Chart] = {
    **OF_AMOUNTS,
    "change_points": phase_timeline,
    "rupture_repair": ledger,
    **{f"equation.{reading}": partial(my_reading, reading=reading) for reading in READ_AS},
    "rituals": ritual_lines,
}
"""Finding, or the measure whose findings share one → the chart that stands with it."""

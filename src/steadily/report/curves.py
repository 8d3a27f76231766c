"""The chart of a check-in curve: dots for days, a line for the level, a soft band for its range."""

from __future__ import annotations

from datetime import date, timedelta

from steadily.program.trust import FEWEST_DAYS, HIGHEST, LOWEST, Curve, whole
from steadily.report.charts import ACCENT, BAND, INK, Spec, frame
from steadily.report.wording import days_between

Ends = tuple[str, str, str]
"""The words at the low end of a slider, in its middle and at its high end."""
NUMBERS: Ends = ("0", "5", "10")
MIDDLE = (LOWEST + HIGHEST) // 2
LONG_DAYS = 180
"""From here on months are told with their year."""
WORD_PX = 8
"""The width of a letter beside the chart, in a wide font: who draws may have a narrower one than who reads."""
ROOM = 0.2
"""How much of the time drawn is left free for the label at the end; a phone needs that much."""
BESIDE = {"align": "left", "baseline": "middle", "dx": 5, "dy": -7}
HOW_TO_READ = "Each dot is a day. The line is where the level most likely lies, and the band is its range."


def curve_chart(curve: Curve, title: str, ends: Ends = NUMBERS) -> Spec | None:
    """
    One slider over time; where there is too little for a level, its answers only.

    Args:
        curve: What to draw.
        title: What it is called, for screen readers.
        ends: What stands at the side for 0, 5 and 10.

    Returns:
        The specification; nothing where nothing was answered.
    """
    if not curve.n:
        return None
    answers = zip(curve.days, curve.points, strict=True)
    values = [{"day": str(day), "answer": answer} for day, answer in answers if answer is not None]
    layers = [_dots()]
    if curve.is_enough:
        layers = [_band(curve), _line(curve), *layers, _label(curve)]
    words = {"values": [LOWEST, MIDDLE, HIGHEST], "labelExpr": _words(ends), "minExtent": WORD_PX * max(map(len, ends))}
    y = {
        "type": "quantitative", "title": None, "scale": {"domain": [LOWEST, HIGHEST]},
        "axis": {**words, "domain": False, "ticks": False},
    }  # fmt: skip
    for layer in layers:
        layer["encoding"] = {"x": _x(curve), **layer["encoding"]}
        layer["encoding"]["y"] = {**y, **layer["encoding"]["y"]}
    return frame(described(curve, title), data={"values": values}, layer=layers)


def described(curve: Curve, title: str) -> str:
    """What the chart shows, in words."""
    days = days_between(str(curve.days[0]), str(curve.days[-1]))
    told = [
        f"{title}, {days}.",
        curve.said,
        curve.spread_said,
        HOW_TO_READ if curve.is_enough else "Each dot is a day.",
    ]
    return " ".join(one for one in told if one)


def _x(curve: Curve) -> Spec:
    room = round(len(curve.days) * ROOM) if curve.is_enough else 0
    last = max(curve.days[-1] + timedelta(days=room), curve.days[0] + timedelta(days=FEWEST_DAYS - 1))
    form = "%b %y" if len(curve.days) > LONG_DAYS else "%-d %b"
    return {
        "field": "day", "type": "temporal", "title": None,
        "scale": {"type": "utc", "domain": [_as_datum(curve.days[0]), _as_datum(last)]},
        "axis": {"grid": False, "tickCount": 4, "format": form, "labelOverlap": True, "labelSeparation": 14},
    }  # fmt: skip


def _as_datum(day: date) -> Spec:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


def _band(curve: Curve) -> Spec:
    rows = zip(curve.days, curve.low, curve.high, strict=True)
    values = [{"day": str(day), "low": round(low, 2), "high": round(high, 2)} for day, low, high in rows]
    return {
        "data": {"values": values},
        "mark": {"type": "area", "color": BAND},
        "encoding": {"y": {"field": "low"}, "y2": {"field": "high"}},
    }


def _line(curve: Curve) -> Spec:
    values = [{"day": str(day), "level": round(one, 2)} for day, one in zip(curve.days, curve.level, strict=True)]
    return {
        "data": {"values": values},
        "mark": {"type": "line", "color": ACCENT, "strokeWidth": 2},
        "encoding": {"y": {"field": "level"}},
    }


def _dots() -> Spec:
    dot = {"type": "point", "filled": True, "color": INK, "size": 22, "opacity": 0.55, "strokeWidth": 0}
    return {"mark": dot, "encoding": {"y": {"field": "answer"}}}


def _label(curve: Curve) -> Spec:
    """The level now, beside the end of its line."""
    now = {"day": str(curve.days[-1]), "level": round(curve.level[-1], 2), "told": f"around\n{whole(curve.level[-1])}"}
    return {
        "data": {"values": [now]},
        "mark": {"type": "text", "color": INK, "fontSize": 12, "lineBreak": "\n", **BESIDE},
        "encoding": {"y": {"field": "level"}, "text": {"field": "told"}},
    }


def _words(ends: Ends) -> str:
    low, middle, high = (word.replace("\\", "").replace("'", "\\'") for word in ends)
    return f"datum.value < {MIDDLE} ? '{low}' : datum.value > {MIDDLE} ? '{high}' : '{middle}'"

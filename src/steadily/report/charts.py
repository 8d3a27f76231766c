"""
Charts as Vega-Lite specifications, one function each; the same one is drawn on the page, in print and as a still picture.

Colors are the page's own CSS variables, so a chart follows light, dark and print. Nothing is told by color alone. Waits are
drawn for the two together, never per person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from steadily.dynamics.balance import weekly_balance
from steadily.dynamics.contact_changes import contact_changes
from steadily.dynamics.days import daily_counts
from steadily.dynamics.rhythm import rhythm
from steadily.dynamics.waits import MIN_TURNS, survival, waits
from steadily.report.wording import WEEKDAYS, duration

Spec = dict[str, Any]
Chart = Callable[[pl.DataFrame], Spec | None]
"""The messages of one conversation, with their codes where there are any (`dynamics.coded`) → a chart, or None where it has too little."""

WIDTH, HEIGHT = 640, 190
INK, SOFT, ACCENT, BAND, RULE = "var(--ink)", "var(--soft)", "var(--accent)", "var(--band)", "var(--rule)"
FONT = "system-ui, sans-serif"
TIMES_S = {60: "1 minute", 600: "10 minutes", 3600: "1 hour", 21600: "6 hours", 86400: "1 day", 604800: "1 week"}
MIN_WEEK_MESSAGES = 5
LEVELS = 3
"""Labels of changes stand on so many lines, so that neighbors do not run into each other on a phone."""


def frame(title: str, **parts: Any) -> Spec:
    """What all charts share; *title* is what a screen reader says."""
    axis = {
        "labelColor": SOFT, "titleColor": SOFT, "domainColor": RULE, "tickColor": RULE, "gridColor": RULE,
        "labelFont": FONT, "titleFont": FONT, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
    }  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": title,
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": {"background": "transparent", "view": {"stroke": None}, "axis": axis, "text": {"font": FONT}},
        **parts,
    }


def timeline(messages: pl.DataFrame) -> Spec | None:
    """Messages a day, week by week, with the changes marked as bands of the days on which they may lie."""
    days = daily_counts(messages)
    weeks = (
        days.group_by(week=pl.col("day").dt.truncate("1w"))
        .agg(per_day=pl.col("n_messages").mean())
        .sort("week")
        .select(pl.col("week").dt.strftime("%Y-%m-%d"), pl.col("per_day").round(1))
    )
    if weeks.height < 3:
        return None
    changes: list[dict[str, str]] = [
        {
            "low": str(one.low),
            "high": str(one.high),
            "day": str(one.day),
            "label": f"{round(one.before)} → {round(one.after)}",
        }
        for one in contact_changes(messages)
    ]
    x = {
        "field": "week",
        "type": "temporal",
        "title": None,
        "axis": {"grid": False, "tickCount": 8, "labelOverlap": True},
    }
    line: Spec = {
        "data": {"values": weeks.to_dicts()},
        "mark": {
            "type": "area",
            "line": {"color": ACCENT, "strokeWidth": 1.5},
            "color": BAND,
            "interpolate": "monotone",
            "tooltip": True,
        },
        "encoding": {
            "x": x,
            "y": {"field": "per_day", "type": "quantitative", "title": "messages a day", "axis": {"tickCount": 4}},
            "tooltip": [
                {"field": "week", "type": "temporal", "title": "Week of"},
                {"field": "per_day", "type": "quantitative", "title": "Messages a day"},
            ],
        },
    }
    layers: list[Spec] = [line]
    if changes:
        layers += _change_layers(changes)
    return frame("Messages a day, week by week, with the times at which the amount changed.", layer=layers)


def _change_layers(changes: list[dict[str, str]]) -> list[Spec]:
    data = {"values": changes}
    band = {
        "data": data,
        "mark": {"type": "rect", "color": INK, "opacity": 0.12},
        "encoding": {"x": {"field": "low", "type": "temporal"}, "x2": {"field": "high"}},
    }
    rule = {
        "data": data,
        "mark": {"type": "rule", "color": INK, "strokeDash": [3, 3]},
        "encoding": {"x": {"field": "day", "type": "temporal"}},
    }
    return [band, rule, *(_change_label(changes[level::LEVELS], level) for level in range(min(LEVELS, len(changes))))]


def _change_label(changes: list[dict[str, str]], level: int) -> Spec:
    place = {"align": "left", "baseline": "top", "dx": 5, "dy": 4 + 17 * level}
    return {
        "data": {"values": changes},
        "mark": {"type": "text", "color": INK, "fontSize": 12, **place},
        "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"value": 0}, "text": {"field": "label"}},
    }


def week_dots(messages: pl.DataFrame) -> Spec | None:
    """Weekday by hour; the larger the dot, the more was written."""
    counts = rhythm(messages)
    if not counts.height:
        return None
    values = [{"day": WEEKDAYS[weekday - 1][:3], "hour": hour, "n": n} for _, weekday, hour, n in counts.iter_rows()]
    encoding = {
        "x": {
            "field": "hour", "type": "quantitative", "title": "hour of the day", "scale": {"domain": [-0.5, 23.5], "nice": False},
            "axis": {"grid": False, "values": list(range(0, 24, 3)), "format": "d"},
        },
        "y": {"field": "day", "type": "ordinal", "title": None, "sort": [name[:3] for name in WEEKDAYS],
            "axis": {"grid": False, "domain": False, "ticks": False}},
        "size": {"field": "n", "type": "quantitative", "legend": None, "scale": {"range": [0, 260]}},
        "tooltip": [
            {"field": "day", "title": "Day"},
            {"field": "hour", "title": "Hour"},
            {"field": "n", "title": "Messages"},
        ],
    }  # fmt: skip
    mark = {"type": "circle", "color": ACCENT, "opacity": 0.85}
    return frame(
        "How many messages fall on each hour of the week.", data={"values": values}, mark=mark, encoding=encoding
    )


def waiting(messages: pl.DataFrame) -> Spec | None:
    """Share of turns still unanswered after a time, both partners together, with its 90 % band."""
    found = waits(messages)
    if found.height < MIN_TURNS:
        return None
    curve = survival(found)
    shown = np.flatnonzero((curve.times_s >= 10) & (curve.times_s <= 8 * 86400))[::4]
    values = [
        {
            "s": float(curve.times_s[place]),
            "waiting": round(float(curve.waiting[place]) * 100, 1),
            "low": round(float(curve.low[place]) * 100, 1) if np.isfinite(curve.low[place]) else None,
            "high": round(float(curve.high[place]) * 100, 1) if np.isfinite(curve.high[place]) else None,
            "after": duration(float(curve.times_s[place])),
        }
        for place in shown
    ]
    x = {
        "field": "s", "type": "quantitative", "title": "time since the turn", "scale": {"type": "log"},
        "axis": {"values": list(TIMES_S), "grid": False, "labelExpr": _labels(), "labelOverlap": True},
    }  # fmt: skip
    y_title = "unanswered, of 100"
    band = {
        "mark": {"type": "area", "color": BAND},
        "encoding": {"x": x, "y": {"field": "low", "type": "quantitative", "title": y_title}, "y2": {"field": "high"}},
    }
    line = {
        "mark": {"type": "line", "color": ACCENT, "strokeWidth": 2, "tooltip": True},
        "encoding": {
            "x": x,
            "y": {"field": "waiting", "type": "quantitative", "axis": {"tickCount": 5}, "scale": {"domain": [0, 100]}},
            "tooltip": [
                {"field": "after", "title": "After"},
                {"field": "waiting", "title": "Still unanswered, of 100"},
            ],
        },
    }
    title = "Of a hundred turns between the two of you, how many are still unanswered after a time."
    return frame(title, data={"values": values}, layer=[band, line])


def _labels() -> str:
    choices = " : ".join(f"datum.value == {seconds} ? '{label}'" for seconds, label in TIMES_S.items())
    return f"{choices} : ''"


def my_share(messages: pl.DataFrame) -> Spec | None:
    """My share of the messages, week by week."""
    weeks = weekly_balance(messages).filter(pl.col("n_messages") >= MIN_WEEK_MESSAGES)
    if weeks.height < 6:
        return None
    values = [
        {"week": str(week), "mine": round(100 * n_me / n_messages), "n": n_messages}
        for week, n_me, n_messages in weeks.select("week", "n_me", "n_messages").iter_rows()
    ]
    half = {"mark": {"type": "rule", "color": RULE, "strokeDash": [3, 3]}, "encoding": {"y": {"datum": 50}}}
    dots = {
        "mark": {"type": "point", "filled": True, "color": ACCENT, "size": 28, "opacity": 0.85, "tooltip": True},
        "encoding": {
            "x": {"field": "week", "type": "temporal", "title": None, "axis": {"grid": False, "tickCount": 8, "labelOverlap": True}},
            "y": {
                "field": "mine", "type": "quantitative", "title": "of 100 messages, yours",
                "scale": {"domain": [0, 100]}, "axis": {"tickCount": 5},
            },
            "tooltip": [
                {"field": "week", "type": "temporal", "title": "Week of"},
                {"field": "mine", "title": "Yours, of 100"},
                {"field": "n", "title": "Messages"},
            ],
        },
    }  # fmt: skip
    return frame("Your share of the messages, week by week.", data={"values": values}, layer=[half, dots])


OF_AMOUNTS: dict[str, Chart] = {
    "coverage.days": timeline,
    "balance.messages": my_share,
    "waits.usual": waiting,
    "rhythm.peak": week_dots,
}
"""Finding of times and amounts → the chart that stands with it."""

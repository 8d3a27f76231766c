"""Charts of the proof: dots for what was there, a line with a soft band for a level, and stretches of days; all on the same weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import pi

from steadily.program.strand import WEEK, Band, Counts, Span, Strand, Stretches
from steadily.report.charts import ACCENT, BAND, FONT, INK, RULE, SOFT, Spec, frame
from steadily.report.curves import BESIDE, WORD_PX
from steadily.report.wording import count, days_between

MOST_TICKS = 5
LONG_WEEKS = 26
"""From here on dots are small, and months are told with their year."""
STEP, SMALL_STEP, LEAST_STEP = 12.0, 6.0, 3.0
"""The room of a dot, in pixels."""
MOST_HIGH = 130
"""Of a column of dots, in pixels; where there are more, all dots become smaller."""
MANY = 120
"""So many answers are drawn as small dots."""
BAND_HIGH, LINE_HIGH = 150, 14
ROW_APART, AROUND = 10, 12
ROOM = 0.26
"""How much of the time drawn is left free for the label at the end; a phone needs that much."""
FEWEST_WEEKS = 4
"""A younger span is drawn on so many weeks, with room to the right."""
ROW_TITLE = {
    "anchor": "start",
    "frame": "group",
    "offset": 2,
    "color": INK,
    "font": FONT,
    "fontSize": 13,
    "fontWeight": "normal",
}
BARE: Spec = {"domain": False, "ticks": False, "minExtent": WORD_PX * len("in between")}
"""An axis of words only; what is left free for it is the same in every chart, so that weeks stand above each other."""


def weeks_chart(strands: Sequence[Strand], span: Span, width: int) -> Spec | None:
    """
    What was there week by week: one row a strand, all above the same weeks.

    Args:
        strands: Any; those with a level are passed over.
        span: The weeks of the page.
        width: Of all of it, in pixels.

    Returns:
        The specification; nothing where no strand has anything to draw so.
    """
    rows = []
    for strand in strands:
        match strand.chart:
            case Counts() as counts:
                rows.append((strand, _counts(counts, span)))
            case Stretches() as stretches:
                rows.append((strand, _stretches(stretches)))
    drawn = [_row(strand, parts, span, width, is_last=(strand, parts) == rows[-1]) for strand, parts in rows]
    if not drawn:
        return None
    told = " ".join((f"Week by week, {_days(span)}.", *(part for strand, _ in rows for part in strand.said)))
    return frame(
        told, autosize="pad", spacing=ROW_APART, padding={"left": 0, "right": 0, "top": 5, "bottom": 5}, vconcat=drawn
    )


def level_chart(strand: Strand, span: Span) -> Spec | None:
    """
    A level with its band.

    Args:
        strand: Which.
        span: The weeks of the page.

    Returns:
        The specification; nothing where the strand has no level.
    """
    if not isinstance(strand.chart, Band):
        return None
    parts = _band(strand.chart)
    x = _x(span)
    x["axis"]["domain"] = False
    for layer in parts["layer"]:
        layer["encoding"] = {"x": x, **layer["encoding"]}
    told = (f"{strand.title}, {_days(span)}.", *strand.said, strand.note)
    return frame(" ".join(told).strip(), **parts)


def _row(strand: Strand, parts: Spec, span: Span, width: int, *, is_last: bool) -> Spec:
    x = _x(span)
    if not is_last:
        x["axis"] = {**x["axis"], "labels": False, "ticks": False}
    for layer in parts["layer"]:
        layer["encoding"] = {"x": x, **layer["encoding"]}
    title = {"text": strand.title, **ROW_TITLE}
    return {"title": title, "width": width - BARE["minExtent"] - AROUND, **parts}


def _days(span: Span) -> str:
    return days_between(str(span.first), str(span.last))


def _x(span: Span) -> Spec:
    last = max(span.last, span.first + FEWEST_WEEKS * WEEK - timedelta(days=1))
    last += round((last - span.first).days * ROOM) * timedelta(days=1)
    ticks = [_datum(day) for day in _ticks(span)]
    form = "%b %y" if span.n_weeks > LONG_WEEKS else "%-d %b"
    return {
        "field": "day", "type": "temporal", "title": None,
        "scale": {"type": "utc", "domain": [_datum(span.first), _datum(last)]},
        "axis": {"grid": False, "offset": 4, "values": ticks, "format": form, "labelOverlap": True, "labelSeparation": 14},
    }  # fmt: skip


def _datum(day: date) -> Spec:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


def _ticks(span: Span) -> list[date]:
    """Days that stand below the chart: first days of months, or Mondays where there are few; none after the last day."""
    days = [span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)]
    months = [day for day in days if day.day == 1]
    return months[:: -(-len(months) // MOST_TICKS)] if len(months) > 1 else days[::7]


def _counts(counts: Counts, span: Span) -> Spec:
    """A column of dots a week, each in the middle of its week."""
    values = [
        {"day": str(_middle(week, span)), "at": one + 0.5} for week, n in counts.weeks.items() for one in range(n)
    ]
    most = max(counts.weeks.values())
    usual = SMALL_STEP if span.n_weeks > LONG_WEEKS else STEP
    step = max(LEAST_STEP, min(usual, MOST_HIGH / most))
    y = {
        "field": "at", "type": "quantitative", "title": None, "scale": {"domain": [0, most + 0.5]},
        "axis": {"values": [most - 0.5], "labelExpr": f"'{count(most, counts.noun)}'", "grid": False, **BARE},
    }  # fmt: skip
    mark = {"type": "point", "filled": True, "color": ACCENT, "opacity": 0.85, "size": round(pi * (0.4 * step) ** 2, 1)}
    dots = {"mark": mark, "encoding": {"y": y}}
    return {"data": {"values": values}, "height": round(step * (most + 0.5)), "layer": [dots]}


def _middle(week: date, span: Span) -> date:
    """The day on which a week's column stands: its fourth, or the last where the week is not over."""
    return min(week + timedelta(days=3), span.last)


def _band(band: Band) -> Spec:
    columns = (band.days, band.level, band.low, band.high, band.seen)
    values = [
        {"day": str(day), "level": _short(level), "low": _short(low), "high": _short(high), "seen": _short(seen)}
        for day, level, low, high, seen in zip(*columns, strict=True)
    ]
    low, high = band.bounds
    middle = (low + high) / 2
    y = {
        "type": "quantitative", "title": None, "scale": {"domain": [low, high]},
        "axis": {"values": [low, middle, high], "labelExpr": _words(band.ends, middle), **BARE},
    }  # fmt: skip
    size = 12 if sum(one is not None for one in band.seen) > MANY else 24
    dot = {
        "type": "point",
        "filled": True,
        "color": INK,
        "size": size,
        "opacity": 0.5,
        "stroke": RULE,
        "strokeWidth": 0.5,
    }
    layers: list[Spec] = [
        {"mark": {"type": "area", "color": BAND}, "encoding": {"y": {"field": "low", **y}, "y2": {"field": "high"}}},
        {"mark": {"type": "line", "color": ACCENT, "strokeWidth": 2}, "encoding": {"y": {"field": "level", **y}}},
    ] if any(one is not None for one in band.level) else []  # fmt: skip
    if any(one is not None for one in band.seen):
        seen = {"field": "seen", **y}
        layers.append({"transform": [{"filter": "isValid(datum.seen)"}], "mark": dot, "encoding": {"y": seen}})
    if band.label and band.level[-1] is not None:
        end = {"day": str(band.days[-1]), "level": _short(band.level[-1]), "told": band.label}
        text = {"type": "text", "color": INK, "fontSize": 12, "lineBreak": "\n", **BESIDE}
        told: Spec = {"y": {"field": "level", **y}, "text": {"field": "told"}}
        layers.append({"data": {"values": [end]}, "mark": text, "encoding": told})
    return {"data": {"values": values}, "height": BAND_HIGH, "layer": layers}


def _stretches(stretches: Stretches) -> Spec:
    """A line from the beginning to the end of each; an open ring where the end is not known."""
    over = [{"day": str(began), "until": str(passed)} for began, passed in stretches.stretches if passed]
    still = [{"day": str(began)} for began, passed in stretches.stretches if passed is None]
    axis = {"values": [0], "labelExpr": "''", "grid": False, **BARE}
    y = {"datum": 0, "type": "quantitative", "title": None, "scale": {"domain": [-1, 1]}, "axis": axis}
    line = {"type": "rule", "color": SOFT, "strokeWidth": 5, "strokeCap": "round"}
    ring = {"type": "point", "filled": False, "color": SOFT, "size": 45, "strokeWidth": 1.5}
    layers: list[Spec] = []
    if over:
        layers.append({"data": {"values": over}, "mark": line, "encoding": {"x2": {"field": "until"}, "y": y}})
    if still:
        layers.append({"data": {"values": still}, "mark": ring, "encoding": {"y": y}})
    return {"height": LINE_HIGH, "layer": layers}


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _words(ends: tuple[str, str, str], middle: float) -> str:
    low, between, high = (word.replace("\\", "").replace("'", "\\'") for word in ends)
    return f"datum.value < {middle} ? '{low}' : datum.value > {middle} ? '{high}' : '{between}'"

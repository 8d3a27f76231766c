"""Charts of the proof: dots for what was there, a line with a soft band for a level, and stretches of days; all on the same weeks."""

from __future__ import annotations

from datetime import date, timedelta
from math import pi

from steadily.program.strand import WEEK, Band, Counts, Span, Strand, Stretches
from steadily.report.charts import ACCENT, BAND, INK, RULE, SOFT, Spec, frame
from steadily.report.curves import BESIDE, ROOM, WORD_PX, _as_datum
from steadily.report.wording import count, days_between

LONG_WEEKS = 26
"""From here on dots are small, and months are told with their year."""
STEP, SMALL_STEP, LEAST_STEP = 12.0, 6.0, 3.0
"""The room of a dot, in pixels."""
MOST_HIGH = 130
"""Of a column of dots, in pixels; where there are more, all dots become smaller."""
AXIS_HIGH, BAND_HIGH, LINE_HIGH = 26, 150, 14
FEWEST_WEEKS = 4
"""A younger span is drawn on so many weeks, with room to the right."""
BESIDE_WORDS = WORD_PX * len("in between")
"""What is left free at the side in every chart, so that weeks stand above each other."""


def strand_chart(strand: Strand, span: Span) -> Spec | None:
    """
    What a strand has to draw.

    Args:
        strand: Which.
        span: The weeks of the page.

    Returns:
        The specification; nothing where words are enough.
    """
    match strand.chart:
        case Counts() as counts:
            parts = _counts(counts, span)
        case Band() as band:
            parts = _band(band, span)
        case Stretches() as stretches:
            parts = _stretches(stretches)
        case None:
            return None
    for layer in parts["layer"]:
        layer["encoding"] = {"x": _x(span), **layer["encoding"]}
    return frame(described(strand, span), **parts)


def described(strand: Strand, span: Span) -> str:
    """What the chart shows, in words."""
    return " ".join(
        (f"{strand.title}, {days_between(str(span.first), str(span.last))}.", *strand.said, strand.note)
    ).strip()


def _x(span: Span) -> Spec:
    last = max(span.last, span.first + FEWEST_WEEKS * WEEK - timedelta(days=1))
    last += round((last - span.first).days * ROOM) * timedelta(days=1)
    form = "%b %y" if span.n_weeks > LONG_WEEKS else "%-d %b"
    return {
        "field": "day", "type": "temporal", "title": None,
        "scale": {"type": "utc", "domain": [_as_datum(span.first), _as_datum(last)]},
        "axis": {"grid": False, "tickCount": 4, "format": form, "labelOverlap": True, "labelSeparation": 14},
    }  # fmt: skip


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
        "axis": {"values": [most - 0.5], "labelExpr": f"'{count(most, counts.noun)}'", "grid": False, "domain": False, "ticks": False, "minExtent": BESIDE_WORDS},
    }  # fmt: skip
    mark = {"type": "point", "filled": True, "color": ACCENT, "opacity": 0.85, "size": round(pi * (0.4 * step) ** 2, 1)}
    dots = {"mark": mark, "encoding": {"y": y}}
    return {"data": {"values": values}, "height": round(step * (most + 0.5)) + AXIS_HIGH, "layer": [dots]}


def _middle(week: date, span: Span) -> date:
    """The day on which a week's column stands: its fourth, or the last where the week is not over."""
    return min(week + timedelta(days=3), span.last)


def _band(band: Band, span: Span) -> Spec:
    columns = (band.days, band.level, band.low, band.high, band.seen)
    values = [
        {"day": str(day), "level": _short(level), "low": _short(low), "high": _short(high), "seen": _short(seen)}
        for day, level, low, high, seen in zip(*columns, strict=True)
    ]
    low, high = band.bounds
    middle = (low + high) / 2
    y = {
        "type": "quantitative", "title": None, "scale": {"domain": [low, high]},
        "axis": {"values": [low, middle, high], "labelExpr": _words(band.ends, middle), "domain": False, "ticks": False, "minExtent": BESIDE_WORDS},
    }  # fmt: skip
    size = 12 if span.n_weeks > LONG_WEEKS else 22
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
    y = {"value": LINE_HIGH / 2}
    line = {"type": "rule", "color": SOFT, "strokeWidth": 5, "strokeCap": "round"}
    ring = {"type": "point", "filled": False, "color": SOFT, "size": 45, "strokeWidth": 1.5}
    layers: list[Spec] = []
    if over:
        layers.append({"data": {"values": over}, "mark": line, "encoding": {"x2": {"field": "until"}, "y": y}})
    if still:
        layers.append({"data": {"values": still}, "mark": ring, "encoding": {"y": y}})
    return {"height": LINE_HIGH + AXIS_HIGH, "layer": layers}


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _words(ends: tuple[str, str, str], middle: float) -> str:
    low, between, high = (word.replace("\\", "").replace("'", "\\'") for word in ends)
    return f"datum.value < {middle} ? '{low}' : datum.value > {middle} ? '{high}' : '{between}'"

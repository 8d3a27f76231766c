"""Messages a day on soft bands of the phases, with direct labels and darker edges where a start is not sure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from steadily.dynamics.change_points import Kind, Phase, phases
from steadily.dynamics.coded import is_with_codes
from steadily.dynamics.days import daily_counts
from steadily.report.charts import ACCENT, BAND, INK, LEVELS, Spec, frame
from steadily.report.wording import MONTHS

PHASES: dict[Kind, str] = {
    "close": "close",
    "drifting": "further apart",
    "distant": "far apart",
    "recovering": "nearer again",
    "steady": "steady",
}
LETTER = 12
LATE = 0.65
"""A phase that begins after so much of the time has its label to the left of its end."""
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
        f"Messages a day: {_said(found)} A darker edge is where a time may have begun.",
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
    bands, late = _bands(found), found[0].start + LATE * (found[-1].end - found[0].start)
    levels = [(level, bands[level::LEVELS], found[level::LEVELS]) for level in range(min(LEVELS, len(bands)))]
    layers = []
    for level, here, times in levels:
        for is_late in (False, True):
            shown = [band for band, one in zip(here, times, strict=True) if (one.start > late) == is_late]
            layers += [_label(shown, level, is_late=is_late)] if shown else []
    return layers


def _label(bands: list[dict[str, str]], level: int, *, is_late: bool) -> Spec:
    """Labels of one line: from the start of a band, or back from its end where there is no room to the right."""
    place = {"align": "right", "dx": -4} if is_late else {"align": "left", "dx": 4}
    return {
        "data": {"values": bands},
        "mark": {"type": "text", "color": INK, "fontSize": LETTER, "baseline": "top", "dy": 3 + 17 * level, **place},
        "encoding": {
            "x": {"field": "end" if is_late else "start", "type": "temporal"},
            "y": {"value": 0},
            "text": {"field": "label"},
        },
    }

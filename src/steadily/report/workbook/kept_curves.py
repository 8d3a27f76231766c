"""How it has felt over time: each slider as a curve of its own, with what can be said of it and from how many answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from steadily.program.check_ins import (
    BASELINE_SLIDERS,
    CLOSENESS,
    FORGIVING_SLIDER,
    SAFETY,
    SLIDERS,
    STRAIN,
    Slider,
    points_of,
)
from steadily.program.plain_words import MONTHS
from steadily.program.trust import curve
from steadily.report.curves import HOW_TO_READ, curve_chart
from steadily.report.workbook.drawing import CALM, WARM, Pictures
from steadily.report.workbook.entries import Entries
from steadily.report.workbook.front import chapter, prose, room
from steadily.report.workbook.markdown import Block
from steadily.report.workbook.words import words

COLORS = {SAFETY.name: WARM, CLOSENESS.name: CALM, STRAIN.name: CALM}


def curve_pages(entries: Entries, today: date, pictures: Pictures) -> list[Block]:
    """
    The curves of the check-ins; then feeling safe and forgiving, apart.

    Args:
        entries: A person's own.
        today: The last day that is looked at.
        pictures: Where the charts are kept.
    """
    said = words()["kept"]
    drawn = {
        one.name: _drawn(one, points_of(entries.check_ins, one.name), today, pictures, COLORS[one.name])
        for one in SLIDERS
    }
    found: list[Block] = []
    if any(drawn.values()):
        found += [chapter(said["feeling"], said["feeling_text"]), prose(HOW_TO_READ)]
        found += [*(block for blocks in drawn.values() for block in blocks), room(said["curve_room"])]
    forgiving = {one.day: one.point for one in entries.forgiving if one.point is not None}
    if forgiving:
        found += [chapter(said["two"], said["two_text"]), *drawn[SAFETY.name]]
        found += [*_drawn(FORGIVING_SLIDER, forgiving, today, pictures, CALM), room(said["curve_room"])]
    return found + _baselines(entries)


def _drawn(
    slider: Slider, points: Mapping[date, int], today: date, pictures: Pictures, colors: dict[str, str]
) -> list[Block]:
    found = curve(points, today)
    spec = curve_chart(found, slider.title, slider.ends)
    if spec is None:
        return []
    told = " ".join(sentence for sentence in (found.said, found.spread_said) if sentence)
    return [pictures.chart(slider.title, spec, told, colors)]


def _baselines(entries: Entries) -> list[Block]:
    """Every answer of the longer look, by question."""
    said, asked = words()["kept"], {one.name: one for one in BASELINE_SLIDERS}
    names = dict.fromkeys((*asked, *(name for one in entries.baselines for name in one.points)))
    found: list[Block] = []
    for name in names:
        points = [(one.day, one.points.get(name)) for one in entries.baselines]
        rows = [{"day": _short(day), "point": str(point)} for day, point in points if point is not None]
        if rows:
            slider = asked.get(name)
            ends = said["ends"].format(low=slider.low, high=slider.high) if slider else ""
            found.append({"is": "answers", "question": slider.asks if slider else name, "ends": ends, "rows": rows})
    return [chapter(said["baselines"], said["baselines_text"]), *found, room(said["curve_room"])] if found else []


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"

"""How it has felt over time: each slider as a curve of its own, with what can be said of it and from how many answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from steadily.program.trust import Curve, curve
from steadily.report.curves import HOW_TO_READ, curve_chart
from steadily.report.workbook.drawing import CALM, WARM, Pictures
from steadily.report.workbook.entries import Entries
from steadily.report.workbook.front import chapter, prose, room
from steadily.report.workbook.markdown import Block
from steadily.report.workbook.words import words

COLORS = {"safety": WARM, "closeness": CALM, "strain": CALM}


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
        slider: _drawn(said["sliders"][slider], _points(entries, slider), today, pictures, COLORS[slider])
        for slider in COLORS
    }
    found: list[Block] = []
    if any(drawn.values()):
        found += [chapter(said["feeling"], said["feeling_text"]), prose(HOW_TO_READ)]
        found += [*(block for blocks in drawn.values() for block in blocks), room(said["curve_room"])]
    forgiving = {one.day: one.point for one in entries.forgiving if one.point is not None}
    if forgiving:
        found += [chapter(said["two"], said["two_text"]), *drawn["safety"]]
        found += [*_drawn(said["sliders"]["forgiving"], forgiving, today, pictures, CALM), room(said["curve_room"])]
    return found + _baselines(entries)


def _points(entries: Entries, slider: str) -> dict[date, int]:
    told = {one.day: getattr(one, slider) for one in entries.check_ins}
    return {day: point for day, point in told.items() if point is not None}


def _drawn(
    title: str, points: Mapping[date, int], today: date, pictures: Pictures, colors: dict[str, str]
) -> list[Block]:
    found: Curve = curve(points, today)
    spec = curve_chart(found, title)
    if spec is None:
        return []
    told = " ".join(sentence for sentence in (found.said, found.spread_said) if sentence)
    return [pictures.chart(title, spec, told, colors)]


def _baselines(entries: Entries) -> list[Block]:
    """Every answer of the longer look, a row for each time."""
    if not entries.baselines:
        return []
    said = words()["kept"]
    asked = list(dict.fromkeys(question for one in entries.baselines for question in one.points))
    days = [f"{one.day.day} {one.day:%b %Y}" for one in entries.baselines]
    found: list[Block] = [chapter(said["baselines"], said["baselines_text"])]
    for question in asked:
        answers = [one.points.get(question) for one in entries.baselines]
        rows = [
            {"day": day, "point": str(point)} for day, point in zip(days, answers, strict=True) if point is not None
        ]
        found.append({"is": "answers", "question": question, "rows": rows})
    return found

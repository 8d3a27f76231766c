"""The chart of a check-in curve: it can be drawn, says in words what it shows, and draws no line where there is too little."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest

from steadily.program.trust import Curve, curve
from steadily.report.curves import HOW_TO_READ, curve_chart

START = date(2026, 1, 1)


def of(points: dict[int, int], until: int) -> Curve:
    """The curve of answers by day."""
    return curve({START + timedelta(days=day): point for day, point in points.items()}, START + timedelta(days=until))


def spec_of(points: dict[int, int], until: int) -> dict[str, Any]:
    """Its chart."""
    spec = curve_chart(of(points, until), "How safe it felt", ("on guard", "isn't sure", "at ease"))
    assert spec is not None
    return spec


def marks(spec: dict[str, Any]) -> list[str]:
    """What is drawn, from behind to in front."""
    return [layer["mark"]["type"] for layer in spec["layer"]]


def test_nothing_answered_is_no_chart() -> None:
    assert curve_chart(of({}, 3), "How safe it felt") is None


def test_too_little_is_dots_alone_on_two_weeks() -> None:
    spec = spec_of({0: 5, 2: 7}, 3)

    assert marks(spec) == ["point"]
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"][1] == {
        "year": 2026,
        "month": 1,
        "date": 14,
        "utc": True,
    }
    assert "Too little to tell yet" in spec["description"]
    assert HOW_TO_READ not in spec["description"]


def test_enough_is_a_band_a_line_dots_and_a_label() -> None:
    spec = spec_of({day: 5 + day % 3 for day in range(0, 40, 2)}, 39)

    assert marks(spec) == ["area", "line", "point", "text"]
    assert spec["description"].startswith("How safe it felt, between 1 January and 9 February 2026. Lately around 6")
    assert "From 20 answers in 40 days." in spec["description"]
    assert not re.search(r"\d\.\d|%", spec["description"])
    assert spec["layer"][3]["data"]["values"][0]["told"] == "around\n6"
    assert [len(layer["data"]["values"]) for layer in spec["layer"][:2]] == [40, 40]
    assert spec["data"]["values"][:2] == [{"day": "2026-01-01", "answer": 5}, {"day": "2026-01-03", "answer": 7}]
    assert len(spec["data"]["values"]) == 20


@pytest.mark.parametrize("n_days", [1, 20, 200])
def test_it_is_drawn_in_the_colors_of_the_page(n_days: int) -> None:
    import vl_convert

    spec = spec_of({day: day % 11 for day in range(n_days)}, n_days - 1)
    svg = vl_convert.vegalite_to_svg(json.loads(json.dumps(spec)))

    assert "isn't sure" in svg.replace("&#39;", "'")
    assert "on guard" in svg
    assert not re.search(r"#[0-9a-f]{6}", svg)
    assert ("around" in svg) is (n_days >= 20)

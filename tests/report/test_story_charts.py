"""Charts of the story: drawn from coded messages, with words for screen readers, numbers as a table, and nothing told by color alone."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from functools import cache

import numpy as np
import polars as pl
import pytest
import vl_convert

from conversations import conversation_of
from steadily.codebook import LABELS
from steadily.dynamics.change_points import phases
from steadily.dynamics.coded import with_codes
from steadily.dynamics.rituals import rituals
from steadily.dynamics.rupture_repair import ruptures
from steadily.report.charts import Spec
from steadily.report.story_charts import CHARTS, OPEN, OPEN_AT
from steadily.web.look.drawing import drawn, picture, table
from tests_support import small_conversation

OF_STORY = ("change_points", "rupture_repair", "equation.tone", "equation.transparency", "equation.time", "rituals")
NAMED_SO = "<b>good & night</b>"
"""A small thing that comes back each evening, in words that a page must not run."""
WORDS = (
    "coffee later?",
    "yes please",
    "on my way",
    "see you at six",
    "did you eat",
    "a little",
    "the bus is late",
    "ok",
)


@cache
def half_a_year() -> pl.DataFrame:
    """Two hundred days: warm and full, then few words for the second half; a quarrel each tenth evening, every other one mended."""
    rng = np.random.default_rng(5)
    rows: list[tuple[datetime, str, str]] = []
    marks: list[str] = []

    def say(at: datetime, who: str, text: str, mark: str = "") -> None:
        rows.append((at, who, text))
        marks.append(mark)

    for index in range(200):
        day, is_full = datetime(2026, 1, 5) + timedelta(days=index), index < 100
        for place in range(rng.poisson(24 if is_full else 5) + 1):
            mark = ("affection" if is_full else "") if rng.random() < 0.4 else ("stress" if rng.random() < 0.1 else "")
            say(day + timedelta(hours=9, minutes=17 * place), ("me", "partner")[place % 2], WORDS[place % 8], mark)
        if index % 10 == 4:
            for place in range(6):
                say(
                    day + timedelta(hours=19, minutes=2 * place),
                    ("me", "partner")[place % 2],
                    "you always",
                    "criticism",
                )
            if index % 20 == 4:
                say(day + timedelta(hours=19, minutes=14), "me", "I'm sorry", "repair")
                say(day + timedelta(hours=19, minutes=16), "partner", "me too, I love you", "affection")
        if index < 150:
            say(day + timedelta(hours=22, minutes=5), "me", NAMED_SO, "affection")
            say(day + timedelta(hours=22, minutes=7), "partner", NAMED_SO, "affection")
    order = sorted(range(len(rows)), key=lambda place: rows[place][0])
    marks = [marks[place] for place in order]
    there = np.array([[label == mark for label in LABELS] for mark in marks])
    messages = conversation_of([rows[place] for place in order]).messages
    return with_codes(messages, there.astype(np.float32) * 0.95, there)


def spec_of(name: str) -> Spec:
    """A chart that must be there."""
    spec = CHARTS[name](half_a_year())
    assert spec is not None, name
    return spec


def values_of(spec: Spec) -> list[dict[str, object]]:
    """The rows that its table shows."""
    found: list[dict[str, object]] = spec["data"]["values"]
    return found


@pytest.mark.parametrize("name", OF_STORY)
def test_it_can_be_drawn_at_both_widths_and_has_words_and_numbers(name: str) -> None:
    spec = spec_of(name)
    assert len(spec["description"]) > 20
    assert len(table(spec)) >= 2
    for width in (600, 330):
        assert picture(spec, width).startswith("<svg")
    assert "legend" not in json.dumps(spec).replace('"legend": null', "")


@pytest.mark.parametrize("name", OF_STORY)
def test_it_uses_the_colors_of_the_page_only(name: str) -> None:
    colors = re.findall(r"#[0-9a-fA-F]{3,8}\b", json.dumps(spec_of(name)))
    assert colors == []


@pytest.mark.parametrize("name", OF_STORY)
def test_nothing_is_drawn_without_codes_or_without_messages(name: str) -> None:
    assert CHARTS[name](small_conversation().messages) is None
    assert CHARTS[name](half_a_year().clear()) is None


def test_phases_are_labeled_where_they_are_and_their_starts_are_ranges() -> None:
    found = phases(half_a_year())
    assert len(found) >= 2
    text = json.dumps(spec_of("change_points"))
    for one in found:
        assert str(one.start) in text
    for one in found[1:]:
        assert json.dumps({"low": str(one.low), "high": str(one.high)}) in text
    assert {row["time"] for row in values_of(spec_of("change_points"))} <= {
        "close", "further apart", "far apart", "nearer again", "steady",
    }  # fmt: skip


def test_one_phase_has_no_timeline() -> None:
    steady = half_a_year().filter(pl.col("local_time") < datetime(2026, 3, 25))
    assert len(phases(steady)) == 1
    assert CHARTS["change_points"](steady) is None


def test_the_ledger_tells_open_from_mended_by_shape_and_place() -> None:
    spec, found = spec_of("rupture_repair"), ruptures(half_a_year())
    values = values_of(spec)
    assert len(values) == len(found)
    assert {one["well again after"] == OPEN for one in values} == {True, False}
    assert all((one["at"] == OPEN_AT) == (one["well again after"] == OPEN) for one in values)
    shapes = {(layer["mark"]["shape"], layer["mark"]["filled"]) for layer in spec["layer"]}
    assert shapes == {("circle", True), ("triangle-up", False)}
    svg = vl_convert.vegalite_to_svg(spec)
    assert len(re.findall(r'aria-roledescription="point"', svg)) == len(found)


def test_my_readings_are_three_and_never_one() -> None:
    texts = [json.dumps(spec_of(f"equation.{one}")) for one in ("tone", "transparency", "time")]
    assert len(set(texts)) == 3
    for spec in (spec_of("equation.tone"), spec_of("equation.time")):
        for one in values_of(spec):
            if one["of 100"] is not None:
                assert one["low"] <= one["of 100"] <= one["high"]  # type: ignore[operator]
    assert not any("equation" in name and "." not in name for name in CHARTS)


def test_my_readings_are_mine() -> None:
    """What the other writes changes neither my tone nor my openness."""
    messages = half_a_year()
    quiet = messages.with_columns(
        pl.when(pl.col("author") == "me").then(pl.col(name)).otherwise(pl.lit(value=False)).alias(name)
        for name in ("warm", "harsh", "pressure", "open")
    )
    for name in ("equation.tone", "equation.transparency"):
        assert CHARTS[name](quiet) == spec_of(name)


def test_rituals_are_lines_and_their_words_stay_words() -> None:
    found, spec = rituals(half_a_year()), spec_of("rituals")
    assert len(values_of(spec)) == len(found) >= 1
    lines = next(layer["data"]["values"] for layer in spec["layer"] if "data" in layer)
    assert min(line["from"] for line in lines) == str(min(one.first for one in found))
    assert max(line["until"] for line in lines) == str(max(one.last for one in found))
    hostile = {**spec, "data": {"values": [{**values_of(spec)[0], "what": "</text><script>x</script>"}]}}
    assert "<script" not in picture(hostile, 600)


def test_no_chart_shows_the_wait_of_one_person() -> None:
    for name, spec in ((name, make(half_a_year())) for name, make in CHARTS.items()):
        for row in table(spec)[:1] if spec else []:
            assert not {"me", "partner", "author"} & set(row), name


def test_all_that_has_enough_is_drawn_for_the_look_room() -> None:
    pictures, described, rows = drawn(half_a_year(), {})
    assert set(OF_STORY) <= set(described) == set(rows)
    assert set(pictures) == {name + kind for name in described for kind in ("", " on a phone")}

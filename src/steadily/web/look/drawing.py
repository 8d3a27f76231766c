"""Charts of the story as pictures drawn here, each with what it shows in words and its numbers as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import polars as pl

from steadily.report.charts import Spec
from steadily.report.story_charts import charts_with

MOST_ROWS = 400
WIDE, NARROW = 600, 330
ON_A_PHONE = " on a phone"
PER_MARK = re.compile(r' (?:aria-label|aria-roledescription|role)="[^"]*"')
LONG_NUMBER = re.compile(r"\d+\.\d{3,}")


def drawn(
    coded: pl.DataFrame, mended: Mapping[int, datetime]
) -> tuple[dict[str, str], dict[str, str], dict[str, list[list[str]]]]:
    """
    Every chart that this conversation has enough for.

    Args:
        coded: The messages with their codes (`dynamics.coded`).
        mended: Ruptures that were made up off the chat: a row of each → about when.

    Returns:
        SVG (wide, and narrow under `… on a phone`), what it shows, and its numbers (a header and rows), each by its name in `CHARTS`.
    """
    pictures, described, rows = {}, {}, {}
    for measure, make in charts_with(mended).items():
        spec = make(coded)
        if spec is None:
            continue
        pictures[measure] = picture(spec, WIDE)
        pictures[f"{measure}{ON_A_PHONE}"] = picture(spec, NARROW)
        described[measure] = str(spec["description"])
        rows[measure] = table(spec)
    return pictures, described, rows


def picture(spec: Spec, width: int) -> str:
    """
    A chart as SVG of a width in pixels, in the page's own colors, without styles or scripts of its own.

    Words for single marks are left out, since the page says what the chart shows and has its numbers as a table; so are
    digits finer than a tenth of a pixel. Over many years that is half of a page.
    """
    import vl_convert

    svg = str(vl_convert.vegalite_to_svg(spec | {"width": width}))
    return LONG_NUMBER.sub(lambda found: f"{float(found[0]):.1f}", PER_MARK.sub("", svg))


def table(spec: Spec) -> list[list[str]]:
    """The numbers behind a chart: the names of its columns, then its rows."""
    values: list[dict[str, Any]] = _data(spec)
    if not values:
        return []
    names = list(values[0])
    return [names, *([str(one.get(name, "")) for name in names] for one in values[:MOST_ROWS])]


def _data(spec: Spec) -> list[dict[str, Any]]:
    if "data" in spec:
        found: list[dict[str, Any]] = spec["data"]["values"]
        return found
    return next((_data(layer) for layer in spec.get("layer", []) if _data(layer)), [])

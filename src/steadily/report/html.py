"""The look back as one HTML file: charts inside, nothing fetched, readable without scripts, made to be printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from steadily.conversation import Conversation
from steadily.errors import SteadilyError
from steadily.report.charts import Spec
from steadily.report.overview import CANNOT_KNOW, gathered_issues, headline
from steadily.report.quotes import Moment, Quote, moments, quotes
from steadily.report.sentences import Told
from steadily.report.story import Chapter, Group, Placed, chapters
from steadily.report.story_charts import CHARTS
from steadily.report.wording import count
from steadily.report.writing import write_whole

SHOWN_ROWS = 14


@dataclass(frozen=True)
class Figure:
    """A chart as it stands on the page: still, and as what it is drawn from."""

    anchor: str
    svg: str
    spec: str
    description: str


@dataclass(frozen=True)
class Card:
    """One finding as it stands on the page."""

    told: Told
    anchor: str
    figure: Figure | None
    quotes: tuple[Quote, ...]
    n_behind: str


@dataclass(frozen=True)
class Section:
    """A chapter as it stands on the page: its chart, its findings by heading, and the moments quoted in it."""

    chapter: Chapter
    figure: Figure | None
    groups: tuple[tuple[Group, tuple[Card, ...]], ...]
    moments: tuple[tuple[Moment, tuple[Quote, ...]], ...]


def write_html(path: Path, conversation: Conversation, told: Sequence[Told], coded: pl.DataFrame) -> None:
    """
    Write the page; the file appears whole or not at all.

    Args:
        path: Where to.
        conversation: What was read.
        told: What was found.
        coded: The messages with their codes (`dynamics.coded`).

    Raises:
        SteadilyError: The packages that draw are not installed.
        UnreadableFile: The file cannot be written.
    """
    write_whole(path, render_html(conversation, told, coded).encode("utf-8"), "The page")


def render_html(conversation: Conversation, told: Sequence[Told], coded: pl.DataFrame) -> str:
    """
    The page as text.

    Args:
        conversation: What was read.
        told: What was found.
        coded: The messages with their codes (`dynamics.coded`).

    Returns:
        A whole HTML document.

    Raises:
        SteadilyError: The packages that draw are not installed.
    """
    try:
        import jinja2
        import vl_convert
    except ImportError as error:
        raise SteadilyError("The page needs two more packages: pip install 'steadily[report]'") from error
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("steadily.report", "page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    quoted = moments(coded, told)
    return environment.get_template("page.html").render(
        headline=headline(conversation, told),
        partner=conversation.partners.partner,
        sections=[_section(chapter, quoted, coded) for chapter in chapters(told)],
        issues=[(issue, _lines(issue.weight, n, issue.line)) for issue, n in gathered_issues(conversation)],
        sources=[f"{one.app}: {count(one.n_rows, 'row')} from {one.label}" for one in conversation.sources],
        zone=conversation.zone,
        cannot_know=CANNOT_KNOW,
        bundle=vl_convert.javascript_bundle(),  # type: ignore[call-arg]
    )


def _lines(weight: str, n: int, line: int) -> str:
    if weight != "lost":
        return ""
    return f"{count(n, 'line')}, from line {line:,} on." if line else f"{count(n, 'line')}."


def _section(chapter: Chapter, quoted: Sequence[Moment], coded: pl.DataFrame) -> Section:
    groups = tuple((group, tuple(_card(one, coded) for one in group.findings)) for group in chapter.groups)
    here = tuple((one, quotes(coded, one.rows)) for one in quoted if one.chapter == chapter.name)
    return Section(chapter, _figure(chapter.chart, f"chart-{chapter.name}", coded), groups, here)


def _card(placed: Placed, coded: pl.DataFrame) -> Card:
    anchor = f"finding-{placed.place}"
    rows = placed.told.finding.messages
    shown = _spread(rows)
    behind = count(len(rows), "message") if len(rows) > len(shown) else ""
    return Card(
        told=placed.told,
        anchor=anchor,
        figure=_figure(placed.chart, anchor, coded),
        quotes=quotes(coded, shown),
        n_behind=behind,
    )


def _figure(chart: str, anchor: str, coded: pl.DataFrame) -> Figure | None:
    spec = CHARTS[chart](coded) if chart else None
    return None if spec is None else Figure(anchor, _picture(spec), _safe_json(spec), str(spec["description"]))


def _picture(spec: Spec) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))


def _safe_json(value: object) -> str:
    """JSON that can stand inside a script element whatever it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _spread(rows: tuple[int, ...]) -> list[int]:
    if len(rows) <= SHOWN_ROWS:
        return list(rows)
    return [rows[round(place * (len(rows) - 1) / (SHOWN_ROWS - 1))] for place in range(SHOWN_ROWS)]

"""The look back as one HTML file: charts inside, nothing fetched, readable without scripts, made to be printed."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import polars as pl

from steadily.conversation import Conversation
from steadily.errors import SteadilyError, UnreadableFile
from steadily.report.charts import CHARTS, Spec
from steadily.report.overview import CANNOT_KNOW, gathered_issues, headline
from steadily.report.sentences import Told
from steadily.report.wording import MONTHS, count

SHOWN_ROWS = 14
LONGEST_QUOTE = 280


@dataclass(frozen=True)
class Quote:
    """One message as it is shown behind a finding."""

    row: int
    when: str
    who: str
    text: str


@dataclass(frozen=True)
class Card:
    """One finding as it stands on the page."""

    told: Told
    anchor: str
    svg: str
    spec: str
    description: str
    quotes: tuple[Quote, ...]
    n_behind: str


def write_html(path: Path, conversation: Conversation, told: Sequence[Told]) -> None:
    """
    Write the page; the file appears whole or not at all.

    Args:
        path: Where to.
        conversation: What was read.
        told: What was found.

    Raises:
        SteadilyError: The packages that draw are not installed.
        UnreadableFile: The file cannot be written.
    """
    page = render_html(conversation, told)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent or Path(), prefix=".steadily-", suffix=".html")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(page)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UnreadableFile(
            f"The page could not be written ({error.strerror or type(error).__name__}). "
            "Check that the folder exists and has room, or choose another place."
        ) from error


def render_html(conversation: Conversation, told: Sequence[Told]) -> str:
    """
    The page as text.

    Args:
        conversation: What was read.
        told: What was found.

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
    cards = [_card(number, one, conversation) for number, one in enumerate(told)]
    return environment.get_template("page.html").render(
        headline=headline(conversation, told),
        partner=conversation.partners.partner,
        sections=[(heading, list(group)) for heading, group in groupby(cards, key=lambda card: card.told.heading)],
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


def _card(number: int, told: Told, conversation: Conversation) -> Card:
    make = CHARTS.get(told.finding.measure)
    spec = make(conversation) if make else None
    rows = told.finding.messages
    shown = _spread(rows)
    behind = count(len(rows), "message") if len(rows) > len(shown) else ""
    return Card(
        told=told,
        anchor=f"finding-{number}",
        svg=_picture(spec) if spec else "",
        spec=_safe_json(spec) if spec else "",
        description=str(spec["description"]) if spec else "",
        quotes=_quotes(conversation, shown),
        n_behind=behind,
    )


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


def _quotes(conversation: Conversation, rows: list[int]) -> tuple[Quote, ...]:
    if not rows:
        return ()
    found = conversation.messages.filter(pl.col("row").is_in(rows)).select(
        "row", "local_time", "author", "kind", "text", "media"
    )
    names = {"me": "You", "partner": conversation.partners.partner, None: "The app"}
    return tuple(
        Quote(
            row=row,
            when=f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}, {when:%H:%M}",
            who=names[author],
            text=_quoted(text, kind, media),
        )
        for row, when, author, kind, text, media in found.iter_rows()
    )


def _quoted(text: str | None, kind: str, media: str | None) -> str:
    if text:
        return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + "…"
    return {"media": f"({media or 'attachment'})", "call": "(a call)", "deleted": "(deleted)"}.get(kind, "(no words)")

"""
Chosen chapters of the look back as a PDF, to take along to a therapist: without names and without quotes unless they are asked for.

It is set like the workbook. Names are kept out of what people wrote as far as they are written as in the export; a nickname is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from steadily.conversation import Partners
from steadily.errors import UsageError
from steadily.report.overview import CANNOT_KNOW
from steadily.report.quotes import Moment, Quote, moments, quotes
from steadily.report.sentences import Told
from steadily.report.story import PLANS, Chapter, Placed, chapters
from steadily.report.story_charts import CHARTS
from steadily.report.wording import day
from steadily.report.workbook.drawing import Pictures
from steadily.report.workbook.front import prose
from steadily.report.workbook.markdown import Block, blocks, curly, plainly
from steadily.report.workbook.setting import EXTRACT, set_in_type
from steadily.report.workbook.words import words
from steadily.report.writing import write_whole

FILE_NAME = "notes.pdf"
"""Safe in a list of downloads."""
TITLE = "A look back at one chat"
ABOUT = (
    "These pages come from one chat between two people, “you” and “your partner”. “You” is the one who made them, on {day}; the "
    "other was not asked. Counts and dates come from the messages; what a message does was read by a program that is often wrong. It is "
    "a way into a talk, not a test, a diagnosis or evidence of anything."
)
NAMED = "“You” is {me}, “your partner” is {partner}."
NOT_LOCKED = "**This file is not locked:** whoever can open it or the printed pages can read it."
NOTHING = "None of the chapters that were chosen has anything to say in this chat."
IN_QUOTES = re.compile("“[^”]*”")
SHORTEST_NAME = 2
YOU, PARTNER = "you", "your partner"


@dataclass(frozen=True)
class Wanted:
    """
    What is to be in it.

    Attributes:
        sections: Names of chapters (`story.PLANS`); all that have something to say where there are none.
        names: Whether the two are called by their names.
        quotes: Whether some messages are quoted.
    """

    sections: tuple[str, ...] = ()
    names: bool = False
    quotes: bool = False


def parse_sections(text: str) -> tuple[str, ...]:
    """
    `my-part,sharp` as names of chapters.

    Raises:
        UsageError: There is no such chapter.
    """
    names = tuple(one.strip() for one in text.split(",") if one.strip())
    known = [plan.name for plan in PLANS]
    if not names or set(names) - set(known):
        raise UsageError(f"--sections takes names of chapters with commas between them: {', '.join(known)}.")
    return names


def for_therapist(
    headline: str,
    told: Sequence[Told],
    coded: pl.DataFrame | None,
    partners: Partners | None,
    wanted: Wanted,
    today: date,
) -> bytes:
    """
    The pages.

    Args:
        headline: The sentence on top.
        told: All that was found.
        coded: The messages with their codes; without them there are neither charts nor quotes.
        partners: Whose names are shown or kept out; None where they are not known any more.
        wanted: What is to be in it.
        today: The day on which it is made.

    Returns:
        A PDF, tagged for screen readers.

    Raises:
        SteadilyError: It could not be set.
    """
    chosen = [one for one in chapters(told) if not wanted.sections or one.name in wanted.sections]
    pictures = Pictures()
    writer = _Writer(coded, told, partners, wanted, pictures)
    pages = [
        {"is": "title", "text": headline},
        {"is": "imprint", "blocks": [block for text in _about(partners, wanted, today) for block in blocks(text)]},
        *(block for chapter in chosen for block in writer.chapter(chapter)),
        *([] if chosen else [prose(NOTHING)]),
        {"is": "section", "text": "What this cannot know"},
        *(prose(sentence) for sentence in CANNOT_KNOW),
    ]
    book = {"title": TITLE, "paper": "a4", "blocks": pages}
    return set_in_type(book, pictures.drawn, today, prose(words()["kept"]["lost"]), EXTRACT)


def write_for_therapist(path: Path, content: bytes) -> None:
    """
    Write the file whole or not at all; only its owner may read it.

    Raises:
        UnreadableFile: It cannot be written.
    """
    write_whole(path, content, "The PDF")


def _about(partners: Partners | None, wanted: Wanted, today: date) -> list[str]:
    named = (
        [NAMED.format(me=_plain(partners.me), partner=_plain(partners.partner))] if wanted.names and partners else []
    )
    return [ABOUT.format(day=day(str(today))), *named, NOT_LOCKED]


def _plain(name: str) -> str:
    """A name with nothing in it that Markdown would read."""
    return re.sub(r"([\\`*_\[\]<>#&!|~])", r"\\\1", name)


class _Writer:
    """Chapters as blocks of the page."""

    def __init__(
        self,
        coded: pl.DataFrame | None,
        told: Sequence[Told],
        partners: Partners | None,
        wanted: Wanted,
        pictures: Pictures,
    ) -> None:
        self._coded, self._partners, self._wanted, self._pictures = coded, partners, wanted, pictures
        self._moments = moments(coded, told) if coded is not None and wanted.quotes else ()
        self._hidden = [] if wanted.names or partners is None else _hidden(partners)

    def chapter(self, chapter: Chapter) -> list[Block]:
        """One chapter."""
        found: list[Block] = [{"is": "section", "text": chapter.heading}, *self._picture(chapter.chart)]
        for group in chapter.groups:
            found += [{"is": "name", "text": group.title}] if group.title else []
            for one in group.findings:
                found += self._finding(one)
            found.append({"is": "caveat", "text": curly(group.caveat)})
        for moment in self._moments:
            found += [self._quoted(moment)] if moment.chapter == chapter.name else []
        return found + ([prose(chapter.unsaid)] if chapter.unsaid else [])

    def _finding(self, one: Placed) -> list[Block]:
        said = IN_QUOTES.sub(lambda quoted: self._without_names(quoted[0]), one.told.statement)
        return [{"is": "said", "statement": curly(said), "spread": curly(one.told.spread)}, *self._picture(one.chart)]

    def _picture(self, chart: str) -> list[Block]:
        spec = CHARTS[chart](self._coded) if chart and self._coded is not None else None
        if spec is None:
            return []
        shown = _with_words_changed(spec, self._without_names)
        return [{**self._pictures.chart("", shown, "", height=int(spec["height"])), "is": "picture"}]

    def _quoted(self, moment: Moment) -> Block:
        lines = quotes(self._coded, moment.rows) if self._coded is not None else ()
        return {
            "is": "quoted",
            "about": moment.about,
            "lines": [{"who": self._who(one), "blocks": plainly(self._without_names(one.text))} for one in lines],
        }

    def _who(self, one: Quote) -> str:
        both = self._partners if self._wanted.names and self._partners else Partners("You", "Your partner")
        who = "The app" if one.mine is None else both.me if one.mine else both.partner
        return f"{who}, {one.when}"

    def _without_names(self, text: str) -> str:
        for pattern, instead in self._hidden:
            text = pattern.sub(instead, text)
        return text


def _hidden(partners: Partners) -> list[tuple[re.Pattern[str], str]]:
    """What is kept out, the longest first: whole names, numbers and ids, then the words of names."""
    found: dict[str, str] = {}
    for names, instead in (
        ((partners.me, *partners.me_aliases), YOU),
        ((partners.partner, *partners.partner_aliases), PARTNER),
    ):
        for name in names:
            for part in (name.strip(), *name.split()):
                if len(part) >= SHORTEST_NAME:
                    found.setdefault(part, f"[{instead}]")
    return [
        (re.compile(rf"(?<!\w){re.escape(part)}(?!\w)", re.IGNORECASE), instead)
        for part, instead in sorted(found.items(), key=lambda pair: -len(pair[0]))
    ]


def _with_words_changed(value: Any, change: Callable[[str], str]) -> Any:
    """A specification with the words of its rows changed: only rituals bring words from the chat."""
    if isinstance(value, dict):
        return {
            name: change(one)
            if name in ("ritual", "what") and isinstance(one, str)
            else _with_words_changed(one, change)
            for name, one in value.items()
        }
    return [_with_words_changed(one, change) for one in value] if isinstance(value, list) else value

"""What stands at the back: phrases, every practice by its minutes, help, sources, and what the book cannot know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from steadily.coach.library import TO_ONESELF, Kind, Phrase, kinds
from steadily.program.lessons import Lesson
from steadily.program.plain_words import day_in_words
from steadily.report.workbook.front import chapter, name, part, prose
from steadily.report.workbook.markdown import Block, blocks, curly, with_blanks
from steadily.report.workbook.words import words
from steadily.safety.helplines import KINDS, TRACES, UNCALLED, Helpline, helplines


def phrases(today: date) -> list[Block]:
    """Some phrases of each kind, with their blanks as places to write in."""
    said = words()["phrases"]
    groups = [
        {
            "is": "phrases",
            "title": curly(kind.title),
            "about": curly(kind.about),
            "phrases": [with_blanks(one.text) for one in _some(kind, said["per_kind"])],
        }
        for kind in kinds()
    ]
    return [part("phrases", today), chapter(said["title"], said["text"]), *groups]


def _some(kind: Kind, most: int) -> list[Phrase]:
    """The first ones that differ the most: each purpose and each tone gets its turn before any comes twice."""
    seen: dict[tuple[str, str], int] = {}
    ranked = []
    for place, one in enumerate(kind.phrases):
        if one.not_when and kind.name == TO_ONESELF:
            continue
        sort = (one.goal, one.register)
        seen[sort] = seen.get(sort, 0) + 1
        ranked.append((seen[sort], place, one))
    return [one for _, _, one in sorted(ranked, key=lambda item: item[:2])[:most]]


def index(lessons: Sequence[Lesson]) -> list[Block]:
    """Every practice with its page, the shortest first."""
    said, setting = words()["index"], words()["lesson"]["setting"]
    found = sorted(
        (one for lesson in lessons for one in lesson.practices), key=lambda one: (one.minutes, one.title.lower())
    )
    rows = [
        {
            "minutes": one.minutes,
            "title": curly(one.title),
            "where": setting[one.setting],
            "label": f"practice-{one.name}",
        }
        for one in found
    ]
    return [chapter(said["title"]), {"is": "index", "columns": said["columns"], "rows": rows}]


def help_pages(country: str) -> list[Block]:
    """
    How to find help, room for numbers, and the lines of a country where one was chosen.

    Raises:
        UsageError: There is no line for that country.
    """
    said = words()["help"]
    found = [chapter(said["title"], label="help"), prose(said["text"]), {"is": "write-in", "items": said["write"]}]
    found.append({"is": "note", "blocks": blocks(said["safer"])})
    return [*found, *_lines_of(country)] if country else found


def _lines_of(country: str) -> list[Block]:
    rows = helplines(country)
    found: list[Block] = [{"is": "new-page"}, name(words()["help"]["in_country"].format(country=rows[0].country))]
    for kind, group in groupby(rows, key=lambda one: one.kind):
        found.append({"is": "lines-of-help", "title": KINDS[kind], "items": [_line(one) for one in group]})
    return [*found, {"is": "note", "blocks": blocks(f"{UNCALLED} {TRACES.split(',', 1)[0]}.")}]


def _line(one: Helpline) -> dict[str, str]:
    return {
        "name": one.name,
        "reach": " · ".join(part for part in (one.dial, one.text_chat, one.url) if part),
        "answers": f"{one.answers} · for {one.for_whom}",
        "tell": one.tell,
        "known": f"{one.known}; in our list as of {day_in_words(one.checked)}",
    }


def sources(lessons: Sequence[Lesson]) -> list[Block]:
    """How much is known of each lesson and practice, and where that was read."""
    said = words()["sources"]
    groups = [
        {
            "is": "sources",
            "title": curly(one.title),
            "items": [
                {"name": said["lesson"], "grade": one.grade, "source": curly(one.source)},
                *(
                    {"name": curly(each.title), "grade": each.grade, "source": curly(each.source)}
                    for each in one.practices
                ),
            ],
        }
        for one in lessons
    ]
    return [chapter(said["title"]), prose(said["text"]), *groups]


def cannot_know() -> list[Block]:
    """The last page."""
    said = words()["cannot_know"]
    return [
        chapter(said["title"]),
        *(prose(text) for text in said["sentences"]),
        {"is": "note", "blocks": blocks(said["end"])},
    ]

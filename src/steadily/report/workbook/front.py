"""The first pages: what the book is called, how to use it, whom it is not for, and the whole of it at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from steadily.program.lessons import FITS, Lesson
from steadily.program.plain_words import day_in_words
from steadily.report.workbook.markdown import Block, blocks, curly
from steadily.report.workbook.words import words
from steadily.safety.self_check import EDUCATION


def chapter(title: str, about: str = "", **more: object) -> Block:
    """What a chapter opens with."""
    said = blocks(about)
    return {"is": "chapter", "title": curly(title), "about": said[0]["spans"] if said else [], **more}


def part(name: str, day: date) -> Block:
    """The page that opens a part."""
    title, about = words()["parts"][name]
    return {"is": "part", "title": title, "about": about.format(day=day_in_words(day))}


def prose(text: str) -> Block:
    """Text of the book's own."""
    return {"is": "prose", "blocks": blocks(text)}


def name(title: str) -> Block:
    """A heading within a chapter."""
    return {"is": "name", "title": curly(title)}


def room(label: str) -> Block:
    """Lines on what is left of a page, where that is enough to write on."""
    return {"is": "room", "label": label}


def cover(is_filled: bool, today: date) -> list[Block]:
    """A neutral cover, what stands on its back, and the contents."""
    said = words()
    own = said["imprint_own"].format(day=day_in_words(today)) if is_filled else said["imprint_blank"]
    imprint = [*said["imprint"], own, said["imprint_last"]]
    return [
        {"is": "cover", "title": said["title"]},
        {"is": "imprint", "blocks": [block for text in imprint for block in blocks(text)]},
        {"is": "contents", "title": said["contents"]},
    ]


def before(steps: Sequence[Lesson], today: date) -> list[Block]:
    """Before one begins."""
    how, not_for = words()["how"], words()["not_for"]
    return [
        part("before", today),
        chapter(how["title"]),
        prose(how["text"]),
        name(how["known_title"]),
        prose(how["known"]),
        room(how["room"]),
        chapter(not_for["title"], EDUCATION[0]),
        *(prose(text) for text in EDUCATION[1:]),
        {"is": "note", "blocks": blocks(not_for["more"])},
        prose(not_for["later"]),
        {"is": "see", "title": not_for["help"], "label": "help"},
        *_whole(steps),
    ]


def _whole(steps: Sequence[Lesson]) -> list[Block]:
    said = words()["whole"]
    path = [
        {"number": n, "title": one.title, "about": one.about, "label": f"lesson-{one.name}"}
        for n, one in enumerate(steps, start=1)
    ]
    return [
        chapter(said["title"]),
        name(said["equation_title"]),
        {"is": "equation", "words": said["words"], "alt": said["equation_alt"]},
        prose(said["equation"]),
        name(said["loop_title"]),
        prose(said["loop"]),
        {"is": "loop", "nodes": said["loop_nodes"], "alt": said["loop_alt"]},
        room(said["loop_room"]),
        {"is": "new-page"},
        name(said["path_title"]),
        prose(said["path"]),
        {"is": "path", "items": path},
        name(said["begin_title"]),
        prose(said["begin"]),
        {"is": "tick-list", "choices": list(FITS.values())},
        {"is": "lines", "label": blocks(said["begin_lines"])[0]["spans"], "rest": True},
    ]

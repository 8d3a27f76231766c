"""The book as a whole: which pages it has, in which order, and the file that it becomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from steadily.program.lessons import lessons
from steadily.report.workbook import back, front
from steadily.report.workbook.entries import Entries
from steadily.report.workbook.kept import kept_pages
from steadily.report.workbook.setting import set_in_type
from steadily.report.workbook.sheets import sheets
from steadily.report.workbook.steps import lesson_pages
from steadily.report.workbook.words import words
from steadily.report.writing import write_whole

Paper = Literal["a4", "letter"]


def workbook(entries: Entries | None, *, paper: Paper = "a4", today: date, country: str = "") -> bytes:
    """
    The workbook as a PDF, tagged for screen readers.

    Args:
        entries: A person's own, or None for a blank book.
        paper: Which paper it is printed on.
        today: The day on which it is made.
        country: Whose helplines are printed, a code or a name; none where it is empty.

    Returns:
        The file.

    Raises:
        UsageError: There is no helpline for that country.
        SteadilyError: The book could not be set.
    """
    pages, pictures = _pages(entries, today, country)
    said = words()
    book = {"title": said["title"], "paper": paper, "notes": said["notes"], "blocks": pages}
    return set_in_type(book, pictures, today, front.prose(said["kept"]["lost"]))


def write_workbook(path: Path, content: bytes) -> None:
    """
    Write the file whole or not at all; only its owner may read it.

    Args:
        path: Where to.
        content: From `workbook`.

    Raises:
        UnreadableFile: It cannot be written.
    """
    write_whole(path, content, "The workbook")


def _pages(entries: Entries | None, today: date, country: str) -> tuple[list[dict[str, Any]], list[str]]:
    every = lessons()
    steps = [one for one in every if one.is_step]
    practiced = entries.practiced if entries else ()
    own, pictures = kept_pages(entries, today) if entries else ([], [])
    pages = [
        *front.cover(entries is not None, today),
        *front.before(steps, today),
        front.part("steps", today),
        *(page for n, one in enumerate(steps, start=1) for page in lesson_pages(one, n, practiced)),
        front.part("beside", today),
        *(page for one in every if not one.is_step for page in lesson_pages(one, 0, practiced)),
        *own,
        *sheets(today),
        *back.phrases(today),
        front.part("back", today),
        *back.index(every),
        *back.help_pages(country),
        *back.sources(every),
        *back.cannot_know(),
    ]
    return pages, pictures

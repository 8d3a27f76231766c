"""From pages as data to a PDF: letters that can be drawn, then Typst."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from steadily.errors import SteadilyError
from steadily.report.workbook.letters import cleaned, letters_of, mapped, runs_right_to_left, strings, with_breaks
from steadily.report.workbook.markdown import Block

BOOK = Path(__file__).parent / "typst" / "book.typ"
STANDARD = "ua-1"
"""PDF/UA-1: tagged for screen readers, with a title, a language, and words for every picture."""


def set_in_type(book: dict[str, Any], pictures: Sequence[str], today: date, lost: Block) -> bytes:
    """
    The PDF.

    Args:
        book: `title`, `paper`, `notes`, `blocks`.
        pictures: SVG, by their place.
        today: The day that the file says it was made.
        lost: What stands in front of the entries where some letters cannot be drawn.

    Returns:
        A tagged PDF.

    Raises:
        SteadilyError: It could not be set.
    """
    import typst

    book = mapped(book, cleaned)
    letters = letters_of(strings(book))
    if letters.missing:
        book["blocks"] = _with_word_on_lost(book["blocks"], lost)
    book = _with_directions(mapped(book, lambda text: with_breaks(letters.drawn(text))))
    inputs = {"book": json.dumps(book, ensure_ascii=False), "pictures": json.dumps(pictures, ensure_ascii=False)}
    made = datetime.combine(today, time(), UTC)
    try:
        return typst.compile(
            BOOK,
            root=BOOK.parent,
            sys_inputs=inputs,
            ignore_system_fonts=not letters.asks_system,
            pdf_standards=STANDARD,
            timestamp=made,
        )
    except typst.TypstError as error:
        # what Typst says of an error may hold words that a person wrote
        place = str(error).split("error:", 1)[0].strip()[:40] or "Typst"
        raise SteadilyError(
            f"The workbook could not be set ({place}). Nothing was written and nothing is lost. Try --blank, and tell us."
        ) from None


def _with_word_on_lost(pages: Sequence[Block], lost: Block) -> list[Block]:
    place = next((n for n, one in enumerate(pages) if one["is"] == "imprint"), 0)
    imprint = dict(pages[place])
    imprint["blocks"] = [*imprint["blocks"], *lost["blocks"]]
    return [*pages[:place], imprint, *pages[place + 1 :]]


def _with_directions(value: Any) -> Any:
    """The same with a mark on paragraphs that run from right to left."""
    if isinstance(value, list):
        return [_with_directions(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("is") == "p" and runs_right_to_left("".join(span.get("t", "") for span in value["spans"])):
        return {**value, "rtl": True}
    return {name: _with_directions(one) for name, one in value.items()}

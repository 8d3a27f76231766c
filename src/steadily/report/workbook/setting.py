"""From pages as data to a PDF: letters that can be drawn, places to break at, then Typst."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from steadily.errors import SteadilyError
from steadily.report.workbook.letters import cleaned, letters_of, mapped, runs_right_to_left, strings, with_breaks
from steadily.report.workbook.markdown import Block

HERE = Path(__file__).parent
BOOK, EXTRACT, PRESS = HERE / "typst" / "book.typ", HERE / "typst" / "extract.typ", HERE / "press.py"
STANDARD = "ua-1"
"""PDF/UA-1: tagged for screen readers, with a title, a language, and words for every picture."""


def set_in_type(
    book: dict[str, Any], pictures: Sequence[str], today: date, lost: Block, source: Path | None = None
) -> bytes:
    """
    The PDF.

    Args:
        book: `title`, `paper`, `notes`, `blocks`.
        pictures: SVG, by their place.
        today: The day that the file says it was made.
        lost: What stands with the imprint where some letters cannot be drawn.
        source: The Typst file that sets it; the workbook's if not given.

    Returns:
        A tagged PDF.

    Raises:
        SteadilyError: It could not be set.
    """
    book = mapped(book, cleaned)
    letters = letters_of(strings(book))
    if letters.missing:
        book["blocks"] = [_with_word_on_lost(one, lost) for one in book["blocks"]]
    book = _with_directions(mapped(book, lambda text: with_breaks(letters.drawn(text))))
    given = {
        "input": str(source or BOOK),
        "root": str((source or BOOK).parent),
        "sys_inputs": {"book": json.dumps(book), "pictures": json.dumps(pictures)},
        "ignore_system_fonts": not letters.asks_system,
        "timestamp": int(datetime.combine(today, time(), UTC).timestamp()),
        "standard": STANDARD,
    }
    # -P: the modules beside it are not to be taken for others of the same names
    done = subprocess.run(
        [sys.executable, "-P", PRESS], input=json.dumps(given).encode(), capture_output=True, check=False
    )
    if done.returncode:
        # what is said there of an error may hold words that a person wrote, so it is not passed on
        raise SteadilyError(
            "The PDF could not be set. Nothing was written and nothing is lost. With fewer words of your own in it, it may still come."
        )
    return done.stdout


def _with_word_on_lost(block: Block, lost: Block) -> Block:
    return {**block, "blocks": [*block["blocks"], *lost["blocks"]]} if block["is"] == "imprint" else block


def _with_directions(value: Any) -> Any:
    """The same with a mark on paragraphs that run from right to left."""
    if isinstance(value, list):
        return [_with_directions(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("is") == "p" and runs_right_to_left("".join(span.get("t", "") for span in value["spans"])):
        return {**value, "rtl": True}
    return {name: _with_directions(one) for name, one in value.items()}

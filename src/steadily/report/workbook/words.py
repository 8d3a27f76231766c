"""The book's own words, from `words.toml`, so that somebody who writes no programs can change them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from steadily.report.workbook.letters import mapped
from steadily.report.workbook.markdown import curly

FILE = Path(__file__).with_name("words.toml")


@cache
def words() -> dict[str, Any]:
    """All of them, with the quotation marks of print."""
    found: dict[str, Any] = mapped(tomllib.loads(FILE.read_text(encoding="utf-8")), curly)
    return found

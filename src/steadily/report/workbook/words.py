"""The book's own words, from `words.toml`, so that somebody who writes no programs can change them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("words.toml")


@cache
def words() -> dict[str, Any]:
    """All of them, as they stand in the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))

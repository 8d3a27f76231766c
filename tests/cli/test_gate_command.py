"""`steadily gate`, from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests_support import run, written

LINES: list[dict[str, Any]] = [
    {"id": "a", "text": "if you leave me I'll kill myself"},
    {"id": 2, "messages": [{"from": "me", "text": "home by six?"}, {"from": "partner", "text": "half past, trains"}]},
    {"id": None, "text": ""},
    {"id": "d", "messages": [{"from": "partner"}, "x", {"from": "me", "text": "milk is out"}]},
]


def test_one_line_in_one_line_out(tmp_path: Path) -> None:
    """Ids, order, gate and a sentence; a line that cannot be read says why and is no promise."""
    done = run("gate", written(tmp_path, *map(json.dumps, LINES), "not json", '{"id": "z"}', "[1]"))
    told = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert [one["id"] for one in told] == ["a", 2, None, "d", None, "z", None]
    assert [one["gate"] for one in told] == ["crisis", *["none"] * 6]
    assert all(one["why"] for one in told[:4])
    assert all("problem" in one for one in told[4:])


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    """Status 1 and what a line must be."""
    done = run("gate", written(tmp_path, "x"))

    assert done.returncode == 1
    assert "an object with an id and a text" in done.stderr


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """Status 1, without a traceback."""
    done = run("gate", tmp_path / "none.jsonl")

    assert done.returncode == 1
    assert "cannot be opened" in done.stderr

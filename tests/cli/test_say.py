"""`steadily say`, from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests_support import run, written

LINES: list[dict[str, Any]] = [
    {"id": "a", "draft": "you never listen. whatever", "context": ["partner: long day"], "situation": "It is 2 am."},
    {"id": 2, "draft": "see you at six"},
    {"id": None, "draft": "if you leave me I'll kill myself", "context": "nonsense"},
]


def test_one_line_in_one_line_out(tmp_path: Path) -> None:
    """The keys of DESIGN.md, in order; a line that cannot be read says so."""
    done = run("say", "--jsonl", written(tmp_path, *map(json.dumps, LINES), "not json", '{"id": "z"}', "[1]"))
    told = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert [one["id"] for one in told] == ["a", 2, None, None, "z", None]
    for one in told[:3]:
        assert set(one) == {"id", "readings", "landing", "spans", "alternatives", "hold", "gate"}
        assert -1 <= one["readings"]["tone"] <= 1
        assert 0 <= one["landing"] <= 1
    assert told[0]["spans"]
    assert all(set(one) == {"text", "kind", "note"} for one in told[0]["alternatives"])
    assert told[0]["hold"]["advised"]
    assert told[1]["spans"] == []
    assert told[2]["gate"] == "crisis"
    assert told[2]["alternatives"] == []
    assert all("problem" in one for one in told[3:])


def test_one_draft_is_told_plainly() -> None:
    """Words, reasons and other ways."""
    done = run("say", "you never listen to me. i told you about thursday twice", "--context", "partner: what thursday")

    assert done.returncode == 0
    assert "never" in done.stdout
    assert "thursday" in done.stdout


def test_one_draft_or_a_file() -> None:
    """Wrong usage is status 2."""
    assert run("say").returncode == 2


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    """Status 1 and what a line must be."""
    done = run("say", "--jsonl", written(tmp_path, "x"))

    assert done.returncode == 1
    assert "an object with an id and a draft" in done.stderr

"""`steadily code`, from outside."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from steadily.codebook import LABELS
from tests_support import run, written

LINES: list[dict[str, Any]] = [
    {"id": "a", "text": "I snapped. That was on me, I'm sorry"},
    {"id": 7, "text": "whatever.", "context": ["me: I felt alone last night", "me: can we talk"], "speaker": "partner"},
    {"id": None, "text": ""},
    {"id": "d", "text": "ich hab dich so vermisst, wann kommst du endlich nach hause"},
    {"id": "e", "text": "😂😂 \ud83d"},
    {"id": "f", "text": "milk's in the fridge", "context": None, "speaker": "someone"},
]


@pytest.mark.parametrize("options", [[], ["--fast"], ["--words"]])
def test_one_line_in_one_line_out(tmp_path: Path, options: list[str]) -> None:
    """Ids and order stay; what is not coded says why."""
    done = run("code", written(tmp_path, *map(json.dumps, LINES)), *options)
    told = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert [one["id"] for one in told] == [one["id"] for one in LINES]
    assert "ownership" in told[0]["labels"]
    assert "withdrawal" in told[1]["labels"]
    assert told[2]["uncoded"] == "no words"
    assert "not English" in told[3]["uncoded"]
    assert list(told[0]["p"]) == list(LABELS)
    assert all(0 <= p <= 1 for p in told[0]["p"].values())


def test_words_are_given_where_asked(tmp_path: Path) -> None:
    """Offsets into the text."""
    done = run("code", written(tmp_path, json.dumps(LINES[0])), "--words")
    words = json.loads(done.stdout)["words"]

    assert words
    assert {one["behavior"] for one in words} <= set(LABELS)


def test_a_damaged_line_costs_only_itself(tmp_path: Path) -> None:
    """The rest is coded; the damaged line says so in its place."""
    done = run(
        "code",
        written(tmp_path, json.dumps(LINES[0]), '{"id": "b", "text"', "[1]", '{"id": "c"}', json.dumps(LINES[5])),
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert [bool(one["labels"] or one["p"]) for one in told] == [True, False, False, False, True]
    assert told[1]["uncoded"] == "this line is not JSON"
    assert told[3]["id"] == "c"


def test_standard_input_is_read() -> None:
    """A dash stands for it."""
    done = run("code", "-", stdin=json.dumps(LINES[0]) + "\n")

    assert json.loads(done.stdout)["id"] == "a"


@pytest.mark.parametrize("content", ["", "not json\n", '{"id": 1}\n'])
def test_nothing_to_code_is_an_error(tmp_path: Path, content: str) -> None:
    """Exit status 1 and one sentence."""
    path = tmp_path / "in.jsonl"
    path.write_text(content)
    done = run("code", path)

    assert done.returncode == 1
    assert re.search(r"must be an object with an id and an English text", done.stderr)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """Without its name."""
    done = run("code", tmp_path / "sams-secret.jsonl")

    assert done.returncode == 1
    assert "cannot be opened" in done.stderr
    assert "sams-secret" not in done.stderr

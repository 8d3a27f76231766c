"""`steadily look --pdf`: chosen chapters, no names and no quotes unless asked, written whole and for its owner only."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests_support import run

LINES = "".join(
    f"{1 + day % 28:02}/{1 + day // 28:02}/2026, {hour:02}:00 - {who}: are you home soon, {other}?\n"
    for day in range(84)
    for hour, who, other in ((9, "Ana", "Bob"), (10, "Bob", "Ana"), (20, "Ana", "Bob"))
)


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """Twelve weeks of a quiet chat."""
    path = tmp_path / "chat.txt"
    path.write_text(LINES)
    return path


def words_of(path: Path) -> str:
    """All words of a PDF, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages).split())


def look(chat: Path, *more: str | Path) -> tuple[int, str]:
    """Run it on the chat; its exit status and what it said."""
    done = run("look", chat, "--me", "Ana", "--date-order", "dmy", "--zone", "UTC", *more)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_it_holds_what_was_asked_for_and_nobody_s_name(chat: Path, tmp_path: Path) -> None:
    out = tmp_path / "notes.pdf"
    status, said = look(chat, "--pdf", out, "--sections", "amounts", "--quotes")
    assert status == 0
    assert "It is not locked" in said
    words = words_of(out)
    assert "You wrote first on" in words
    assert "What this cannot know" in words
    assert "My part" not in words
    assert "Ana" not in words
    assert "Bob" not in words
    assert out.stat().st_mode & 0o077 == 0
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".pdf"] == ["notes.pdf"]


def test_names_come_only_when_asked(chat: Path, tmp_path: Path) -> None:
    out = tmp_path / "notes.pdf"
    assert look(chat, "--pdf", out, "--names")[0] == 0
    assert "“You” is Ana, “your partner” is Bob." in words_of(out)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--pdf", "out.pdf", "--sections", "nonsense"), 2, "my-part, changes"),
        (("--sections", "amounts"), 2, "--pdf FILE"),
        (("--names",), 2, "--pdf FILE"),
        (("--pdf", "nowhere/out.pdf"), 1, "could not be written"),
    ],
)
def test_what_cannot_be_done_is_said(chat: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    found, told = look(chat, *arguments)
    assert found == status
    assert said in " ".join(told.split())

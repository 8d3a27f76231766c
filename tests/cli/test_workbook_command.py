"""`steadily workbook`, from outside."""

from __future__ import annotations

import io
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests_support import run

PASSPHRASE = "four slow river stones"
MAKE = """
import os, sys
os.environ |= {"DJANGO_SETTINGS_MODULE": "steadily.web.settings", "STEADILY_DATA": sys.argv[1]}
os.umask(0o077)
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from datetime import date
from steadily.program.entries import WINS, Win
from steadily.web.accounts import doors
from steadily.web.shell.stopping import stop_now
_, vault, _ = doors.make("me", sys.argv[2])
WINS.put(vault, Win(date(2026, 3, 4), "The kettle was on when I came in."))
if "stopped" in sys.argv:
    stop_now(vault, "abuse")
"""


def make_vault(folder: Path, *more: str) -> Path:
    """A data folder with a vault in it, as the app leaves one."""
    folder.mkdir()
    subprocess.run([sys.executable, "-c", MAKE, str(folder), PASSPHRASE, *more], check=True)
    return folder


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """A file that holds the passphrase."""
    path = tmp_path / "said"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path


def text_of(path: Path) -> str:
    """All words of a PDF, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_blank_one_needs_no_vault(tmp_path: Path) -> None:
    """On Letter, readable by its owner only, in place of what was there."""
    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")
    done = run("workbook", out, "--blank", "--letter", "--country", "ie", STEADILY_DATA=str(tmp_path / "none"))
    pages = PdfReader(out).pages

    assert done.returncode == 0, done.stderr
    assert "Written to" in done.stderr
    assert "private" not in done.stderr
    assert len(pages) >= 60
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (612, 792)
    assert "Lines in Ireland" in text_of(out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["out.pdf"]


def test_a_filled_one_opens_the_vault(tmp_path: Path, said: Path) -> None:
    """With the passphrase from a file; a wrong one opens nothing and writes nothing."""
    data, out, wrong = make_vault(tmp_path / "data"), tmp_path / "out.pdf", tmp_path / "wrong"
    wrong.write_text("not this one", encoding="utf-8")
    refused = run("workbook", out, "--data", data, "--passphrase-file", wrong)

    assert refused.returncode == 1
    assert "Nothing is lost" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not out.exists()

    done = run("workbook", out, "--data", data, "--passphrase-file", said)

    assert done.returncode == 0, done.stderr
    assert "not locked" in done.stderr
    assert "The kettle was on when I came in." in text_of(out)
    assert "kettle" not in done.stdout + done.stderr


def test_nobody_is_there_to_type(tmp_path: Path) -> None:
    """Wrong usage is status 2, and says what to do."""
    done = run("workbook", tmp_path / "out.pdf", "--data", make_vault(tmp_path / "data"))

    assert done.returncode == 2
    assert "--passphrase-file" in done.stderr


def test_while_coaching_is_stopped_there_is_none(tmp_path: Path, said: Path) -> None:
    """As in the app; help is named."""
    out = tmp_path / "out.pdf"
    done = run("workbook", out, "--data", make_vault(tmp_path / "data", "stopped"), "--passphrase-file", said)

    assert done.returncode == 1
    assert "steadily help" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "status", "what"),
    [
        (("out.pdf",), 1, "There is no vault here yet"),
        (("no/such/folder/out.pdf", "--blank"), 1, "The folder for the workbook is not there"),
        ((".", "--blank"), 1, "could not be written"),
        (("out.pdf", "--blank", "--country", "XX"), 2, "no checked line for that country"),
    ],
)
def test_what_goes_wrong_is_said(tmp_path: Path, arguments: tuple[str, ...], status: int, what: str) -> None:
    """In one sentence, without a file left behind."""
    place, *rest = arguments
    done = run("workbook", tmp_path / place, *rest, STEADILY_DATA=str(tmp_path / "none"))

    assert done.returncode == status
    assert what in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_data_that_is_no_database_is_said(tmp_path: Path, said: Path) -> None:
    """What the app has not made cannot be read, and is left as it is."""
    (tmp_path / "steadily.sqlite3").write_bytes(b"")
    done = run("workbook", tmp_path / "out.pdf", "--data", tmp_path, "--passphrase-file", said)

    assert done.returncode == 1
    assert "steadily open" in done.stderr


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stays, whole."""
    from steadily.errors import UnreadableFile
    from steadily.report.workbook import write_workbook

    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")

    class Full(io.BytesIO):
        def write(self, content: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdopen", lambda handle, *_: Full())
    with pytest.raises(UnreadableFile, match="No space left"):
        write_workbook(out, b"new")

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("out.pdf", b"old")]

"""The command line, from outside: what a person types and what comes back."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests_support import run

SECRET = "nobody should see this outside"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample couple's chat as WhatsApp exports it."""
    done = run("sample", tmp_path_factory.mktemp("sample"))
    return Path(done.stdout.strip())


def test_it_shows_a_look_back(sample: Path) -> None:
    """A sentence on top, the months, statements in plain words, the limits at the end."""
    done = run("look", sample, "--zone", "Europe/London")

    assert done.returncode == 0
    assert done.stdout.splitlines()[1].startswith("14 months, ")
    for words in (
        "The months",
        "Who opens the day",
        "You wrote first on",
        "What this cannot know",
        "It has never met either of",
    ):
        assert words in done.stdout
    assert done.stderr == ""


def test_its_json_has_the_stated_form(sample: Path) -> None:
    """The fields of DESIGN.md §5; those not built yet are null; neither names nor message text."""
    done = run("look", sample, "--me", "Robin", "--zone", "Europe/London", "--json")

    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert {"conversation", "findings", "phases", "cycle", "ruptures", "since"} == set(found)
    assert [one["kind"] for one in found["phases"]] == ["close", "drifting", "distant", "recovering"]
    assert set(found["cycle"]) == {"present", "reaching", "p"}
    assert len(found["ruptures"]) >= 15
    assert set(found["ruptures"][0]) == {"start", "end", "repaired", "repaired_by", "minutes_to_repair"}
    assert found["since"] is None
    fields = {"measure", "statement", "estimate", "interval", "n", "unit", "caveat", "messages"}
    assert all(fields <= set(finding) for finding in found["findings"])
    assert found["conversation"]["n_messages"] >= 8_000
    for name in ("Robin", "Jules"):
        assert name not in done.stdout


def test_me_and_the_other_swap_sides(sample: Path) -> None:
    """Looking as Jules shows the same chat from the other side."""
    robin, jules = (json.loads(run("look", sample, "--me", name, "--json").stdout) for name in ("Robin", "Jules"))

    assert robin["conversation"]["n_me"] == jules["conversation"]["n_partner"]
    assert robin["conversation"]["id"] == jules["conversation"]["id"]


def test_it_writes_a_page(sample: Path, tmp_path: Path) -> None:
    """One file, nothing fetched, nothing left beside it; only its owner may read it."""
    page = tmp_path / "out" / "page.html"
    page.parent.mkdir()

    done = run("look", sample, "--html", page)

    assert done.returncode == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in page.parent.iterdir()] == ["page.html"]
    assert page.stat().st_mode & 0o077 == 0


def test_a_page_that_cannot_be_written_is_said(sample: Path, tmp_path: Path) -> None:
    """A folder that is not there: a sentence, exit status 1."""
    done = run("look", sample, "--html", tmp_path / "nowhere" / "page.html")

    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_lists_the_choices_where_nobody_can_be_asked(tmp_path: Path) -> None:
    """Who is me is not told: the names are listed, the exit status is 1."""
    path = tmp_path / "chat.txt"
    path.write_text(f"13/06/2018, 21:24 - Ana: {SECRET}\n13/06/2018, 21:25 - Bob: {SECRET}\n")

    done = run("look", path)

    assert done.returncode == 1
    assert "--me NAME" in done.stderr
    assert "Ana" in done.stderr
    assert SECRET not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["look"], 2),
        (["look", "nothing.txt", "--date-order", "sideways"], 2),
        (["look", "nothing.txt"], 1),
        (["look", "README.md", "--zone", "Middle/Earth"], 2),
        (["look", "README.md", "--columns", "a"], 2),
        (["look", "README.md", "--nonsense"], 2),
        (["--version"], 0),
        (["--help"], 0),
        (["readers"], 0),
    ],
)
def test_its_exit_status_is_as_promised(arguments: list[str], status: int) -> None:
    """0 done, 1 the input could not be used, 2 wrong usage; never a traceback."""
    done = run(*arguments)

    assert done.returncode == status
    assert "Traceback" not in done.stderr


def test_it_reads_pasted_text() -> None:
    """`-` is standard input; that times mean nothing is said."""
    done = run("look", "-", "--me", "Ana", stdin="Ana: are you ok?\nLou: fine\nAna: good\n")

    assert done.returncode == 0
    assert "carry no times" in " ".join(done.stdout.split())


def test_it_lists_every_reader() -> None:
    """`steadily readers` shows each app and where to read how to export it."""
    from steadily.readers.registry import READERS

    rows = json.loads(run("readers", "--json").stdout)

    assert [row["name"] for row in rows] == [reader.name for reader in READERS]
    assert all(Path(row["page"]).exists() for row in rows)


@pytest.mark.parametrize("app", ["whatsapp", "Instagram", "google chat", "signal", "other"])
def test_it_shows_the_steps_for_an_app(app: str) -> None:
    """`steadily readers APP` prints the page; an app that is not known is wrong usage."""
    done, unknown = run("readers", app), run("readers", "carrier pigeon")

    assert done.returncode == 0
    assert "## Afterwards" in done.stdout
    assert unknown.returncode == 2


@pytest.mark.parametrize("form", ["whatsapp", "imessage", "telegram", "signal"])
def test_the_sample_reads_the_same_in_every_form(tmp_path: Path, sample: Path, form: str) -> None:
    """Four apps' exports of the sample couple hold the same messages, calls where the app has them."""
    path = Path(run("sample", tmp_path, "--form", form).stdout.strip())
    whatsapp = json.loads(run("look", sample, "--me", "Robin", "--zone", "Europe/London", "--json").stdout)

    found = json.loads(run("look", path, "--with", "Jules", "--zone", "Europe/London", "--json").stdout)

    def said(one: dict[str, dict[str, dict[str, int]]]) -> list[int]:
        return [one["conversation"]["kinds"].get(kind, 0) for kind in ("text", "media")]

    assert said(found) == said(whatsapp)


def test_it_opens_no_socket(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole look back, page included, with sockets forbidden."""

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    from steadily.pipeline import look_back
    from steadily.readers.assembly import read_export
    from steadily.report.html import render_html

    conversation = read_export([sample])
    found = look_back(conversation)
    page = render_html(conversation, found.told, found.coded)

    assert "https://" not in page.split("<script>", maxsplit=1)[0].replace("https://vega.github.io/schema", "")


def test_importing_steadily_loads_nothing_heavy() -> None:
    """`import steadily` is light; libraries load when they are used."""
    heavy = ("polars", "numpy", "scipy", "ruptures", "lxml", "vl_convert", "onnxruntime", "tokenizers")
    code = f"import sys, steadily; print([m for m in {heavy} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"

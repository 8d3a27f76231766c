"""What is documented is what is there: columns, commands, options, measures, formats."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from steadily.cli.app import app
from steadily.codebook import BEHAVIORS, Behavior
from steadily.conversation import COLUMNS
from steadily.dynamics import MEASURES
from steadily.readers.registry import READERS
from steadily.report.sentences import SENTENCES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def commands() -> dict[str, Any]:
    """Every command by name, one within another as `outer inner`."""
    found: dict[str, Any] = {}
    for name, command in typer.main.get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        found |= {f"{name} {one}": inside for one, inside in inner.items()} if inner else {name: command}
    return found


def test_every_column_is_documented() -> None:
    """docs/columns.md has a row for each column, with its meaning."""
    text = (DOCS / "columns.md").read_text(encoding="utf-8")

    for column in COLUMNS:
        assert f"| `{column.name}` |" in text
        assert column.meaning in text


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_documented(name: str) -> None:
    """docs/commands.md has a heading for each command and a row for each of its options."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = text.split(f"## steadily {name}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]

    for parameter in commands()[name].params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert f"`{option}" in section, f"{option} is not documented"


def test_no_option_is_documented_that_is_not_there() -> None:
    """Every option in docs/commands.md exists."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    known = {
        option
        for command in commands().values()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }

    assert set(re.findall(r"`(--[a-z-]+)", text)) <= known | {"--help"}


@pytest.mark.parametrize("behavior", BEHAVIORS, ids=lambda behavior: behavior.label)
def test_every_behavior_is_documented(behavior: Behavior) -> None:
    """docs/codebook.md has a row for each, as the code has it."""
    text = (DOCS / "codebook.md").read_text(encoding="utf-8")
    row = f"| `{behavior.label}` | {behavior.plain} | {behavior.group} | {behavior.what} | {behavior.yes} | {behavior.no} |"

    assert row in text


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_measure_has_a_page(measure: object) -> None:
    """Source, formula, limits, the findings and the code, on one page."""
    text = (DOCS / "measures" / f"{measure.name}.md").read_text(encoding="utf-8")

    for heading in ("## Source", "## Formula", "## Limits"):
        assert heading in text
    for finding in SENTENCES:
        if finding.startswith(f"{measure.name}."):
            assert f"`{finding}`" in text
    assert f"src/steadily/dynamics/{measure.name}.py" in text


def test_every_field_of_the_json_is_documented() -> None:
    """docs/json.md names every field that comes out."""
    from steadily.pipeline import look_back
    from steadily.report.machine import as_json
    from tests_support import small_conversation

    text = (DOCS / "json.md").read_text(encoding="utf-8")
    conversation = small_conversation()
    back = look_back(conversation)
    found = json.loads(json.dumps(as_json(conversation, back.told, back.coded)))

    for field in (*found, *found["conversation"], *found["findings"][0], *found["conversation"]["coverage"]):
        assert re.search(rf"`(?:conversation\.)?{field}`", text), field


def test_every_app_is_in_the_readme() -> None:
    """A newcomer finds their app on the first page."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    for reader in READERS:
        for name in reader.app.split(", "):
            assert name in text or name == "Any app"


def test_links_between_pages_hold() -> None:
    """Every relative link in README and docs leads somewhere."""
    for page in (ROOT / "README.md", *DOCS.rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_page_says_what_is_never_said() -> None:
    """EVIDENCE.md §10: phrases that never reach a screen or a page."""
    never = (
        "toxic",
        "healthy couples",
        "needy",
        "he will come back",
        "she will come back",
        "trust score",
        "vagus",
        "it's biology",
    )
    sources = [
        *(ROOT / "src" / "steadily" / "report").rglob("*.py"),
        *(ROOT / "src" / "steadily" / "report").rglob("*.html"),
        *(ROOT / "src" / "steadily" / "safety").glob("*.py"),
    ]
    for path in (*sources, ROOT / "README.md", DOCS / "safety.md", *(DOCS / "measures").glob("*.md")):
        text = path.read_text(encoding="utf-8").lower()
        assert not [phrase for phrase in never if phrase in text], path.name

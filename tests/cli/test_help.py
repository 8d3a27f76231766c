"""`steadily help` and `steadily helplines check`: offline, by the person's own choice, each line as it was found."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from steadily.cli.app import app
from steadily.safety.helplines import countries, every

RUNNER = CliRunner()


def test_without_a_country_one_is_chosen() -> None:
    """Every country is listed, and nothing is guessed."""
    shown = RUNNER.invoke(app, ["help"])

    assert shown.exit_code == 0
    assert all(f"{iso}  {name}" in shown.stdout for iso, name in countries().items())


@pytest.mark.parametrize("iso", sorted(countries()))
def test_a_country_is_shown_with_source_and_day(iso: str) -> None:
    """Emergency first where there is one; each line with what can be dialed, its source and when it was checked."""
    shown = RUNNER.invoke(app, ["help", "--country", iso])
    flat = " ".join(shown.stdout.split())

    assert shown.exit_code == 0
    for row in every():
        if row.iso == iso:
            assert " ".join(row.name.split()) in flat
            assert " ".join(row.dial.split()) in flat
            assert f"in our list as of {row.checked.isoformat()}" in flat
    assert "Nobody has called these numbers" in flat
    if any(row.iso == iso and row.kind == "emergency" for row in every()):
        assert flat.index("Emergency") < flat.index("If ")
    else:
        assert "the number that you know" in flat


def test_the_list_for_a_caller_holds_every_line() -> None:
    """With a box to tick."""
    shown = RUNNER.invoke(app, ["helplines", "check"])

    assert shown.exit_code == 0
    assert shown.stdout.count("[ ] ") == len(every())

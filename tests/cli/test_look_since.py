"""`steadily look --since`, from outside: before and after a day that was named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests_support import run

DAY = "2026-04-01"
"""The sample couple writes from September 2025 to October 2026."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample couple's chat as WhatsApp exports it."""
    return Path(run("sample", tmp_path_factory.mktemp("sample")).stdout.strip())


def test_it_compares_before_and_after_with_a_range(sample: Path) -> None:
    found = json.loads(run("look", sample, "--me", "Robin", "--zone", "Europe/London", "--json", "--since", DAY).stdout)
    able = [one for one in found["since"] if one["change"] is not None]
    assert {"openings.silence"} <= {one["measure"] for one in able}
    for one in able:
        low, high = one["interval"]
        assert low <= one["change"] <= high
        assert one["scale"] in ("difference", "ratio")
        assert one["statement"].startswith("Since ")
        assert one["before"]["n"] > 0
    assert "Robin" not in json.dumps(found["since"])


def test_it_tells_them_in_words_and_that_it_may_have_other_reasons(sample: Path) -> None:
    done = run("look", sample, "--me", "Robin", "--zone", "Europe/London", "--since", DAY)
    assert done.returncode == 0
    assert "It may have other" in done.stdout
    assert "silences of a day or more were ended by you; before," in " ".join(done.stdout.split())


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "01/03/2026"])
def test_a_day_that_is_none_is_told_at_once(sample: Path, day: str) -> None:
    done = run("look", sample, "--me", "Robin", "--since", day)
    assert done.returncode == 2
    assert "--since takes a day as year, month and day" in done.stderr
    assert "Traceback" not in done.stderr

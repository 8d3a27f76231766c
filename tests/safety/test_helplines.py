"""The list of helplines: every row dated and sourced, fresh enough to ship, and shown as it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from steadily.errors import UsageError
from steadily.safety.helplines import KINDS, OLDEST, STATUSES, Helpline, countries, every, helplines, to_check, today


@pytest.mark.parametrize("row", every(), ids=lambda row: f"{row.iso}-{row.kind}-{row.name}"[:40])
def test_a_row_is_fit_to_ship(row: Helpline) -> None:
    """Checked within half a year, with a source, a status that may ship, and a way to reach it."""
    assert not row.is_stale, "call it, compare it with its source, and set the day in safety/helplines.tsv"
    assert row.checked <= today()
    assert row.source
    assert row.status in STATUSES
    assert row.kind in KINDS
    assert row.dial or row.url


def test_a_row_goes_stale() -> None:
    """A day after half a year, not before."""
    row = every()[0]
    fields = vars(row)
    assert Helpline(**{**fields, "checked": today() - OLDEST - timedelta(days=1)}).is_stale
    assert not Helpline(**{**fields, "checked": today() - OLDEST}).is_stale


def test_emergency_comes_first() -> None:
    """By code or by name, in any case."""
    for wanted in ("us", "US", "United States", "united states"):
        assert [one.kind for one in helplines(wanted)] == ["emergency", "suicide", "dv"]


def test_every_country_can_be_chosen() -> None:
    """And each has its rows, all of them somewhere."""
    assert sum(len(helplines(iso)) for iso in countries()) == len(every())


def test_a_country_without_rows_is_told_what_to_do() -> None:
    """Call the number that you know."""
    with pytest.raises(UsageError, match="the number that you know"):
        helplines("Atlantis")


def test_the_list_for_a_caller_begins_with_the_oldest() -> None:
    """By day of check."""
    days = [one.checked for one in to_check()]
    assert days == sorted(days)

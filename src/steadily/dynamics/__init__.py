"""
Measures: what the messages show, one measure per file, each a pure function from messages to findings.

`MEASURES` lists them in the order in which they are told. A new measure is one module, one line here, one sentence in
`steadily.report.sentences` and one page under docs/measures/; a test fails if any is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from steadily.dynamics.balance import find_balance
from steadily.dynamics.contact_changes import find_contact_changes
from steadily.dynamics.coverage import find_coverage
from steadily.dynamics.finding import Finding
from steadily.dynamics.openings import find_openings
from steadily.dynamics.rhythm import find_rhythm
from steadily.dynamics.silences import find_silences
from steadily.dynamics.waits import find_waits


@dataclass(frozen=True)
class Measure:
    """
    One measure.

    Attributes:
        name: Its name; findings are called `name.something`, its page docs/measures/name.md.
        find: Messages of one conversation → findings.
    """

    name: str
    find: Callable[[pl.DataFrame], list[Finding]]


MEASURES: tuple[Measure, ...] = (
    Measure("coverage", find_coverage),
    Measure("contact_changes", find_contact_changes),
    Measure("openings", find_openings),
    Measure("balance", find_balance),
    Measure("waits", find_waits),
    Measure("silences", find_silences),
    Measure("rhythm", find_rhythm),
)

__all__ = ["MEASURES", "Finding", "Measure"]

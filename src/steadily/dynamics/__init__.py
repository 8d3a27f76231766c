"""
Measures: what the messages show, one measure per file, each a pure function from messages to findings.

`MEASURES` lists them. A new measure is one module, one line here, one sentence in `steadily.report` (`sentences`, or a file of its own in
`telling`), its place in `report.story` and one page under docs/measures/; a test fails if any is missing. All of them take the messages
with their codes (`coded`), and some look at times only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import polars as pl

from steadily.dynamics.balance import find_balance
from steadily.dynamics.bids import find_bids
from steadily.dynamics.change_points import find_change_points
from steadily.dynamics.contact_changes import find_contact_changes
from steadily.dynamics.coverage import find_coverage
from steadily.dynamics.demand_withdraw import find_demand_withdraw
from steadily.dynamics.dips import find_dips
from steadily.dynamics.equation import find_equation
from steadily.dynamics.finding import Finding
from steadily.dynamics.openings import find_openings
from steadily.dynamics.rhythm import find_rhythm
from steadily.dynamics.rituals import find_rituals
from steadily.dynamics.rupture_repair import find_rupture_repair
from steadily.dynamics.silences import find_silences
from steadily.dynamics.waits import find_waits
from steadily.dynamics.what_helps import find_what_helps


@dataclass(frozen=True)
class Measure:
    """
    One measure.

    Attributes:
        name: Its name; findings are called `name.something`, its page docs/measures/name.md.
        find: Coded messages of one conversation → findings.
    """

    name: str
    find: Callable[[pl.DataFrame], list[Finding]]


MEASURES: tuple[Measure, ...] = (
    Measure("coverage", find_coverage),
    Measure("equation", find_equation),
    Measure("demand_withdraw", find_demand_withdraw),
    Measure("change_points", find_change_points),
    Measure("rupture_repair", find_rupture_repair),
    Measure("rituals", find_rituals),
    Measure("what_helps", find_what_helps),
    Measure("bids", find_bids),
    Measure("dips", find_dips),
    Measure("contact_changes", find_contact_changes),
    Measure("openings", find_openings),
    Measure("balance", find_balance),
    Measure("waits", find_waits),
    Measure("silences", find_silences),
    Measure("rhythm", find_rhythm),
)


def measures_with(mended: Mapping[int, datetime]) -> tuple[Measure, ...]:
    """
    The measures, the ledger of ruptures with what was made up off the chat.

    Args:
        mended: A row of the rupture → about when, as `rupture_repair.ruptures` takes it.
    """
    ledger = Measure("rupture_repair", partial(find_rupture_repair, mended=mended))
    return tuple(ledger if one.name == ledger.name else one for one in MEASURES)


__all__ = ["MEASURES", "Finding", "Measure", "measures_with"]

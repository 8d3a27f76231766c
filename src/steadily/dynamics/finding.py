"""`Finding`: the only form in which a number leaves a measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

MOST_EVIDENCE = 60
"""Rows a finding points to at most; where more lie behind it, they are spread evenly over them."""

Fact = str | int | float | bool | None


@dataclass(frozen=True)
class Finding:
    """
    One thing that a measure found between two people.

    Attributes:
        measure: The measure and, after a dot, which of its findings: `waits.usual`.
        estimate: The number; None where there is too little to say.
        interval: 90 % interval of the estimate; None where the estimate is. A plain count has itself as both ends.
        n: How many observations it rests on.
        unit: What the estimate counts: `minutes`, `share`, `days`, …
        messages: Rows of the conversation to read for oneself; at most `MOST_EVIDENCE`.
        facts: Further plain values that the sentence and the chart need.
    """

    measure: str
    estimate: float | None
    interval: tuple[float, float] | None
    n: int
    unit: str
    messages: tuple[int, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)


def spread_rows(rows: pl.Series, most: int = MOST_EVIDENCE) -> tuple[int, ...]:
    """At most *most* of the row numbers, evenly spread, first and last included."""
    if len(rows) <= most:
        return tuple(int(row) for row in rows)
    places = [round(index * (len(rows) - 1) / (most - 1)) for index in range(most)]
    return tuple(int(row) for row in rows.gather(places))


def too_little(measure: str, n: int, unit: str, **facts: Fact) -> Finding:
    """A finding that says that there is too little to say."""
    return Finding(measure, None, None, n, unit, facts=facts)

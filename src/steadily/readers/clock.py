"""
Wall clocks and instants.

Exports give either instants (UTC) or wall-clock times without a zone. Both end up with both columns, by the zone of the
conversation: the one that the person names, or this machine's.
"""

from __future__ import annotations

from typing import Literal

import polars as pl


def add_instants(rows: pl.DataFrame, *, clock: str, zone: str) -> pl.DataFrame:
    """
    Add both forms of the time to rows that have one of them.

    In the hour that a clock repeats in autumn, rows are taken as the first pass until the clock runs backward, then as the
    second. A time that the clock skipped in spring counts as an hour later.

    Args:
        rows: Reads `at`, in file order.
        clock: `utc` or `local`: what `at` is.
        zone: IANA name.

    Returns:
        The rows with `sent_at` (UTC) and `local_time` in place of `at`.
    """
    if clock == "utc":
        instant = pl.col("at").dt.replace_time_zone("UTC")
        local = instant.dt.convert_time_zone(zone).dt.replace_time_zone(None)
        return rows.with_columns(sent_at=instant, local_time=local).drop("at")
    first = _localize(rows["at"], zone, "earliest")
    if first.null_count():
        first = first.fill_null(_localize(rows["at"].dt.offset_by("1h"), zone, "earliest"))
    second = _localize(rows["at"], zone, "latest").fill_null(first)
    twice = first != second
    if twice.any():
        again = _second_pass(rows["at"], twice)
        first = pl.select(pl.when(twice & again).then(second).otherwise(first)).to_series()
    return rows.with_columns(sent_at=first.dt.convert_time_zone("UTC"), local_time=pl.col("at")).drop("at")


def _localize(at: pl.Series, zone: str, ambiguous: Literal["earliest", "latest"]) -> pl.Series:
    return at.dt.replace_time_zone(zone, ambiguous=ambiguous, non_existent="null")


def _second_pass(at: pl.Series, twice: pl.Series) -> pl.Series:
    """Of the times that occur twice, those after the clock ran backward within the same stretch of such times."""
    backward = (at.diff().dt.total_microseconds() < 0).fill_null(value=False) & twice
    stretch = (twice != twice.shift(1, fill_value=False)).cum_sum()
    return pl.DataFrame({"stretch": stretch, "backward": backward}).select(
        pl.col("backward").cum_max().over("stretch")
    )["backward"]

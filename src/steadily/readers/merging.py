"""
Several exports of one couple as one table, each message once.

Within one app, exports overlap: an older and a newer one, one from each phone, one split in parts. Two rows are the
same message when author, minute, kind and words agree; repeated words count as often as the richer export has them. A
message that one export shows edited or deleted is the same message as before: the later export's form is kept.
Exports without a zone can lie hours apart when the phones were set to different zones; that distance is found from
words that occur once.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

MINUTE = "1m"
DISTINCT_CHARACTERS = 16
"""Texts of at least this length that occur once in each export are used to find how far their clocks are apart."""
QUARTER_S = 900
ENOUGH = 5
AGREEING = 0.8
MOST_APART_S = 26 * 3600


@dataclass(frozen=True)
class Merged:
    """
    Two tables become one.

    Attributes:
        rows: All messages, each once; unsorted.
        n_duplicates: Rows of the second table that the first already had.
        shift_s: Seconds that the second table's clock was moved by.
    """

    rows: pl.DataFrame
    n_duplicates: int
    shift_s: int


def merge(first: pl.DataFrame, second: pl.DataFrame, *, second_is_local: bool) -> Merged:
    """
    Add a second export of the same app to a first.

    Args:
        first: Rows so far. Reads `sent_at`, `author`, `kind`, `text`, `edited`.
        second: Rows of the later export; the same columns.
        second_is_local: Whether its times are a wall clock without a zone, so that it may have to be moved.

    Returns:
        Both, each message once.
    """
    shift_s = clock_distance(first, second) if second_is_local else 0
    if shift_s:
        moved = pl.duration(seconds=shift_s)
        second = second.with_columns(pl.col("sent_at") + moved, pl.col("local_time") + moved)
    if not _overlap(first, second):
        return Merged(pl.concat([first, second]), 0, shift_s)
    first, second = _with_identity(first), _with_identity(second)
    keys = ["author", "minute", "kind", "words", "nth"]
    new = second.join(first.select(keys), on=keys, how="anti", nulls_equal=True)
    gone = first.join(second.select(keys), on=keys, how="anti", nulls_equal=True)
    replaced = _changed_since(gone, new)
    kept = first.join(replaced.select("place"), on="place", how="anti")
    helpers = ["minute", "words", "nth", "place"]
    return Merged(pl.concat([kept.drop(helpers), new.drop(helpers)]), second.height - new.height, shift_s)


def clock_distance(first: pl.DataFrame, second: pl.DataFrame) -> int:
    """
    How many seconds to add to the second export's times so that shared messages fall together.

    Args:
        first: Reads `sent_at`, `author`, `text`.
        second: The same.

    Returns:
        A multiple of a quarter of an hour; 0 where there is too little to tell.
    """
    pairs = _once(first).join(_once(second), on=["author", "text"], suffix="_second")
    apart = pairs.select(
        ((pl.col("sent_at") - pl.col("sent_at_second")).dt.total_seconds() / QUARTER_S).round().cast(pl.Int64)
        * QUARTER_S
    )
    near = apart.to_series().alias("apart")
    near = near.filter(near.abs() <= MOST_APART_S)
    if len(near) < ENOUGH:
        return 0
    most, n = near.value_counts(sort=True).row(0)
    return int(most) if n >= AGREEING * len(near) else 0


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    long = rows.filter(pl.col("author").is_not_null() & (pl.col("text").str.len_chars() >= DISTINCT_CHARACTERS))
    return long.filter(pl.struct("author", "text").is_unique()).select("author", "text", "sent_at")


def _overlap(first: pl.DataFrame, second: pl.DataFrame) -> bool:
    spans = [rows.select(low=pl.col("sent_at").min(), high=pl.col("sent_at").max()).row(0) for rows in (first, second)]
    (low, high), (other_low, other_high) = spans
    return not (low is None or other_low is None or high < other_low or other_high < low)


def _with_identity(rows: pl.DataFrame) -> pl.DataFrame:
    minute = pl.col("sent_at").dt.truncate(MINUTE)
    words = (
        pl.when(pl.col("kind").is_in(["media", "call", "deleted"]))
        .then(None)
        .otherwise(pl.col("text").str.replace_all(r"[\s\u200e]+", " ").str.strip_chars())
    )
    identity = ["author", "minute", "kind", "words"]
    return rows.with_columns(minute=minute, words=words, place=pl.int_range(pl.len())).with_columns(
        nth=pl.int_range(pl.len()).over(identity)
    )


def _changed_since(gone: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Rows of the older export that the newer one shows edited or deleted: same author, same minute, same place in it."""
    changed = new.filter(pl.col("edited") | (pl.col("kind") == "deleted"))
    identity = ["author", "minute"]

    def counted(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.filter(pl.col("author").is_not_null()).with_columns(turn=pl.int_range(pl.len()).over(identity))

    return counted(gone).join(counted(changed).select(*identity, "turn"), on=[*identity, "turn"], how="semi")

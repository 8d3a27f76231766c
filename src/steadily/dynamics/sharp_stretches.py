"""
Where a talk turns sharp and when that ends: the stretches on which the ledger of ruptures rests.

**Source.** Cumulative sums (Page 1954, 10.2307/2333009), whose excursions above zero are the stretches that stand out most against
calm. **Formula.** A message counts by how probable it is that it is sharp (criticism, contempt, defensiveness, hostility; withdrawal
counts half), less a quarter of how probable it is that it is warm in play or love, less what is usual in this chat and `CALM`. A
pause takes away 1 for every hour, at most 1; after a pause of more than `LULL_S` the sum starts anew. It never falls below zero; where it
climbs to `SHARP`, the stretch runs from the first message of the climb to the one at its top. Where sharp messages are so many that
chance alone piles them up, it must climb higher, so that no more than `BY_CHANCE` of the stretches are expected when the same messages
come in shuffled order (false discovery rate by permutation; Tusher, Tibshirani & Chu 2001, 10.1073/pnas.091062498). **Limits.** One sharp
message is no stretch, and a quarrel of few words stays unseen. A model that reads tenderness into a jibe, or a jibe into tenderness, is
wrong here too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.dynamics.coded import GROUPS
from steadily.dynamics.uncertainty import SEED, Floats

HALF = "withdrawal"
"""Counts half: shutting down is part of many ruptures, and of much that is only tired."""
PLAY = ("humor", "affection", "appreciation")
PLAY_COUNTS = 0.25
"""What is said in play reads like a jibe to a model; a quarter keeps teasing out and leaves bitter jokes in."""
CALM = 0.03
"""How much sharper than usual a message must be to add anything."""
COOLING_S = 3600.0
SHARP = 1.8
"""About two certain sharp messages above the usual. Chosen on development couples of all kinds together."""
BY_CHANCE = 0.1
"""Of the stretches of a chat, the share that may be by chance."""
SHUFFLED = 50_000
MOST_SHUFFLES = 60
"""How many messages are shuffled at least, and how often those of a short chat are at most."""
FEWEST_MESSAGES = 4
LULL_S = 7200.0
"""A quarrel that starts again within two hours is the same one; after a longer pause it is another."""

Integers = npt.NDArray[np.int64]


class Stretches(NamedTuple):
    """Stretches in order: `first` and `last`, places of their ends in the table, both included, shape (k,)."""

    first: Integers
    last: Integers


def any_of(rows: pl.DataFrame, labels: tuple[str, ...]) -> Floats:
    """
    How probable it is that a message carries any of some behaviors, taken as independent.

    Args:
        rows: Reads `p_…` of the labels.
        labels: Behaviors.

    Returns:
        Shape (n,).
    """
    none = np.ones(rows.height)
    for label in labels:
        none *= 1 - rows[f"p_{label}"].to_numpy().astype(np.float64)
    return 1 - none


def sharpness(rows: pl.DataFrame) -> Floats:
    """
    How sharp each message is, 0 to 1.

    Args:
        rows: Coded. Reads `p_…` of the harsh behaviors and of withdrawal.

    Returns:
        Shape (n,).
    """
    half = rows[f"p_{HALF}"].to_numpy().astype(np.float64) / 2
    sharp: Floats = 1 - (1 - any_of(rows, GROUPS["harsh"])) * (1 - half)
    return sharp


def seconds(rows: pl.DataFrame) -> Floats:
    """When each message was sent, in seconds since 1970, shape (n,)."""
    at: Floats = rows["sent_at"].dt.epoch("us").to_numpy() / 1e6
    return at


def sharp_stretches(rows: pl.DataFrame) -> Stretches:
    """
    The stretches of one conversation that turned sharp.

    Args:
        rows: The spoken rows, coded, in order. Reads `sent_at`, `is_coded` and `p_…`.

    Returns:
        Their places among these rows.
    """
    coded = rows["is_coded"].to_numpy()
    if not coded.any():
        return Stretches(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    at = seconds(rows)
    pause = np.diff(at, prepend=-np.inf)
    opens = pause > LULL_S
    level = sharpness(rows) - PLAY_COUNTS * any_of(rows, PLAY)
    usual = max(float(level[coded].mean()), 0.0)
    above = np.where(coded, level - usual - CALM, 0.0)
    cooled, talk = np.where(opens, 0.0, np.minimum(pause / COOLING_S, 1.0)), np.cumsum(opens, dtype=np.int64)
    climbs = _climbs(above - cooled, talk)
    least = _least(climbs["top"].to_numpy(), *_by_chance(above, cooled, talk))
    return _joined(climbs.filter(pl.col("top") >= least), at)


def _by_chance(above: Floats, cooled: Floats, talk: Integers) -> tuple[Floats, int]:
    """How high the sum climbs where the order of messages is by chance and the pauses are as they are; and how often it was tried."""
    rng, times = np.random.default_rng(SEED), min(-(-SHUFFLED // len(above)), MOST_SHUFFLES)
    drawn = np.concatenate([rng.permutation(above) for _ in range(times)])
    talks = np.concatenate([talk + turn * (talk[-1] + 1) for turn in range(times)])
    return _climbs(drawn - np.tile(cooled, times), talks)["top"].to_numpy(), times


def _least(tops: Floats, by_chance: Floats, times: int) -> float:
    """From which height on climbs count: `SHARP`, or the lowest at which no more than `BY_CHANCE` of them are expected by chance."""
    heights = np.sort(tops)[::-1]
    expected = (len(by_chance) - np.searchsorted(np.sort(by_chance), heights)) / times
    enough = np.flatnonzero(expected <= BY_CHANCE * np.arange(1, len(heights) + 1))
    return max(SHARP, float(heights[enough[-1]])) if len(enough) else np.inf


def _climbs(step: Floats, talk: Integers) -> pl.DataFrame:
    """Climbs of the sum over enough messages: the `first` and `last` place of each, and its `top`."""
    table = pl.DataFrame({"step": step, "talk": talk}).with_row_index("place")
    low = pl.min_horizontal(pl.col("total").cum_min().over("talk"), 0.0)
    return (
        table.with_columns(total=pl.col("step").cum_sum().over("talk"))
        .with_columns(height=pl.col("total") - low)
        .with_columns(ground=pl.col("height") <= 0)
        .with_columns(climb=pl.col("ground").cum_sum() + pl.col("talk"))
        .filter(~pl.col("ground"))
        .group_by("climb", maintain_order=True)
        .agg(
            first=pl.col("place").first(),
            last=pl.col("place").get(pl.col("height").arg_max()),
            top=pl.col("height").max(),
        )
        .filter(pl.col("last") - pl.col("first") + 1 >= FEWEST_MESSAGES)
    )


def _joined(climbs: pl.DataFrame, at: Floats) -> Stretches:
    """One stretch for climbs with no more than `LULL_S` between them."""
    first, last = (climbs[name].cast(pl.Int64).to_numpy() for name in ("first", "last"))
    apart = at[first[1:]] - at[last[:-1]] > LULL_S
    return Stretches(
        first[np.concatenate(([True], apart))[: len(first)]], last[np.concatenate((apart, [True]))[: len(last)]]
    )

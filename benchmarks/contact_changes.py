"""
How well `contact_changes` finds when the amount of writing changed.

    python benchmarks/contact_changes.py [--n 200] [--seed 3]

Daily counts are drawn around a slowly wandering mean (log scale, first-order autocorrelation r), with weekdays and silent days.
Without a change: how many chats get one all the same. With one change by a factor, in the middle: how many are found within 14
days, and how often the 90 % interval of the day holds the true one when exactly one change was found.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from steadily.conversation import SCHEMA
from steadily.dynamics.contact_changes import contact_changes

START = datetime(2025, 1, 6, tzinfo=UTC)
SPREAD = 0.6
WEEKDAYS = np.array([0.0, 0.1, 0.0, -0.1, 0.2, 0.3, 0.1])
SILENT = 0.05
WITHIN_DAYS = 14


def daily_counts(rng: np.random.Generator, days: int, r: float, change: tuple[int, float] | None) -> np.ndarray:
    """Messages on each day."""
    wander = np.zeros(days)
    for day in range(1, days):
        wander[day] = r * wander[day - 1] + rng.normal() * SPREAD * np.sqrt(1 - r * r)
    level = np.full(days, np.log(18.0)) + WEEKDAYS[np.arange(days) % 7]
    if change:
        level[change[0] :] += np.log(change[1])
    counts = rng.poisson(np.exp(level + wander))
    counts[rng.random(days) < SILENT] = 0
    return np.maximum(counts, np.arange(days) % (days - 1) == 0)


def messages(counts: np.ndarray) -> pl.DataFrame:
    """A table of messages with so many on each day."""
    at = [
        START + timedelta(days=day, hours=9, minutes=minute) for day, n in enumerate(counts) for minute in range(int(n))
    ]
    n = len(at)
    values = {
        "conversation_id": ["0123456789ab"] * n,
        "row": range(n),
        "sent_at": at,
        "kind": ["text"] * n,
        "edited": [False] * n,
    }
    values |= {
        "local_time": [one.replace(tzinfo=None) for one in at],
        "author": ["me", "partner"] * (n // 2) + ["me"] * (n % 2),
    }
    return pl.DataFrame({name: values.get(name, [None] * n) for name in SCHEMA}, schema=SCHEMA)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--seed", type=int, default=3)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    print(f"{arguments.n} chats for each line, seed {arguments.seed}\n\nNo change planted: chats that get one")
    for days in (150, 420, 900):
        for r in (0.0, 0.3, 0.6):
            false = sum(bool(contact_changes(messages(daily_counts(rng, days, r, None)))) for _ in range(arguments.n))
            print(f"  {days} days, r = {r}: {false / arguments.n:.1%}")
    print("\nOne change planted on day 200 of 420")
    truth = START.date() + timedelta(days=200)
    for factor in (0.6, 0.5, 0.35):
        for r in (0.3, 0.6):
            found = [contact_changes(messages(daily_counts(rng, 420, r, (200, factor)))) for _ in range(arguments.n)]
            near = sum(any(abs((one.day - truth).days) <= WITHIN_DAYS for one in changes) for changes in found)
            alone = [changes[0] for changes in found if len(changes) == 1]
            held = sum(one.low <= truth <= one.high for one in alone)
            share = f"{held / len(alone):.0%} of {len(alone)}" if alone else "none"
            print(
                f"  factor {factor}, r = {r}: found within {WITHIN_DAYS} days {near / arguments.n:.0%}; interval holds it in {share}"
            )


if __name__ == "__main__":
    main()

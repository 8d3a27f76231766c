"""Coded conversations made of days, for tests of measures that rest on what messages do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from conversations import conversation_of
from steadily.codebook import LABELS
from steadily.dynamics.coded import with_codes

MONDAY = datetime(2025, 1, 6)


@dataclass(frozen=True)
class Day:
    """How many messages on a day, how many of them do what, and how many minutes lie between them."""

    n: float
    warm: float = 0.25
    strained: float = 0.04
    open: float = 0.03
    minutes: float = 5.0


def coded(rows: Sequence[tuple[datetime, str, Iterable[str]]], *, sure: float = 0.9) -> pl.DataFrame:
    """Messages with their codes: (time, author, behaviors); what is there has the probability *sure*."""
    messages = conversation_of([(at, author, "x") for at, author, _ in rows]).messages
    p = np.full((len(rows), len(LABELS)), 0.02, dtype=np.float32)
    for place, (_, _, behaviors) in enumerate(rows):
        for label in behaviors:
            p[place, LABELS.index(label)] = sure
    return with_codes(messages, p, p > 0.5)


def chat_of(days: Sequence[Day], *, seed: int = 1, mood: float = 0.3) -> pl.DataFrame:
    """A coded chat; the amount of writing wanders from day to day by *mood* (log scale), and half of that carries over."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[datetime, str, Iterable[str]]] = []
    temper = 0.0
    for place, day in enumerate(days):
        temper = 0.5 * temper + mood * float(rng.normal()) * np.sqrt(0.75)
        at = MONDAY + timedelta(days=place, hours=8 + float(rng.uniform(0, 3)))
        for _ in range(int(rng.poisson(day.n * np.exp(temper - mood**2 / 2)))):
            draws = rng.random(3) < (day.warm, day.strained, day.open)
            labels = [
                label for label, there in zip(("affection", "criticism", "disclosure"), draws, strict=True) if there
            ]
            rows.append((at, "me" if rng.random() < 0.5 else "partner", labels))
            at += timedelta(minutes=float(rng.exponential(day.minutes)))
    return coded(sorted(rows, key=lambda row: row[0]))


def mirrored(messages: pl.DataFrame) -> pl.DataFrame:
    """The same chat from the other side."""
    other = pl.when(pl.col("author") == "me").then(pl.lit("partner")).otherwise(pl.lit("me"))
    return messages.with_columns(author=other.cast(messages["author"].dtype))


def uncoded(messages: pl.DataFrame) -> pl.DataFrame:
    """The same chat with nothing coded."""
    nothing = np.full((messages.height, len(LABELS)), np.nan, dtype=np.float32)
    return with_codes(messages, nothing, np.zeros(nothing.shape, dtype=bool))

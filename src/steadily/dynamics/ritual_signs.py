"""
Words that come back at the same hour: where a ritual can be heard. Used by `rituals`, whose docstring tells the whole.

A word, an emoji or a pair of neighboring words is a sign of a ritual when its share of one window of the clock is much
larger than the share that short messages have there at all, more than chance over all that is looked at would bring, on
many days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.dynamics.coded import GROUPS
from steadily.dynamics.days import DAY_BEGINS, with_days
from steadily.dynamics.ritual_words import said, terms_of, words_of

SHORT = 60
"""Letters of a short message: what is said every day is said briefly."""
FEWEST_DAYS = 8
FEWEST_WEEKS = 6
DAILY_H, WEEKLY_H = 3, 5
"""Hours of a window that is the same on all days, and of one that belongs to a weekday."""
SHARE = 0.5
"""The least share of a word's days that lie in its window."""
LIFT = 2.5
"""How many times the usual share that must be at least."""
SURPRISE = 6.0
"""Log of the odds against chance that is left once everything that was looked at is counted."""
ANSWERED_S = 3600
BOTH = 0.5
"""The least share of its days on which the other wrote within an hour after it, or just before."""
MOST_SIGNS = 200
HOURS, SLOTS = 24, 7 * 24

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Sign:
    """
    A word or a pair of words that comes back at its hour.

    Attributes:
        words: As it is written, folded to small letters.
        weekday: 0 Monday to 6 Sunday; None where its window is the same on all days.
        hour: First hour of its window.
        score: How clear it is (natural log of odds against chance).
        days: Days on which it was there within its window, in order, as days since 1970, shape (n,).
        places: Position among the spoken rows of the first time on each, shape (n,).
    """

    words: str
    weekday: int | None
    hour: int
    score: float
    days: Ints
    places: Ints


def spoken_rows(messages: pl.DataFrame) -> pl.DataFrame:
    """
    The spoken rows with what the search needs.

    Args:
        messages: One conversation. Reads `row`, `sent_at`, `local_time`, `author`, `kind`, `text`.

    Returns:
        One row per spoken row, in order: `place` (0, 1, 2 …), `row`, `author`, `kind`, `text`, `local_time`, `day`,
        `week`, the groups of behaviors where the messages have them, `slot` (weekday × 24 + hours since the day began),
        `both` (the other wrote within `ANSWERED_S` after it, or it answers the other within that time).
    """
    groups = [name for name in GROUPS if name in messages.columns]
    rows = with_days(messages.select("row", "sent_at", "local_time", "author", "kind", "text", *groups).sort("row"))
    turned = pl.col("author") != pl.col("author").shift(-1)
    at = pl.col("sent_at")
    next_at = pl.when(turned).then(at.shift(-1)).fill_null(strategy="backward")
    before = pl.when(pl.col("author") != pl.col("author").shift()).then(at.shift()).fill_null(strategy="forward")
    near = pl.duration(seconds=ANSWERED_S)
    hour = (pl.col("local_time") - DAY_BEGINS).dt.hour().cast(pl.Int32)
    return rows.select(
        pl.int_range(pl.len()).alias("place"),
        *("row", "author", "kind", "text", "local_time", "day", "week"),
        *groups,
        slot=(pl.col("day").dt.weekday().cast(pl.Int32) - 1) * HOURS + hour,
        both=((next_at - at <= near) | (at - before <= near)).fill_null(value=False),
    )


def signs(rows: pl.DataFrame) -> list[Sign]:
    """
    All signs of a ritual, the clearest first.

    Args:
        rows: What `spoken_rows` returns.

    Returns:
        At most `MOST_SIGNS`.
    """
    short = rows.filter((pl.col("kind") == "text") & (pl.col("text").str.len_chars() <= SHORT))
    words, vocabulary = words_of(short)
    if not vocabulary.height:
        return []
    terms = terms_of(words, vocabulary.height)
    usual = np.bincount(short["slot"].to_numpy(), minlength=SLOTS) / short.height
    ids, table = _table(terms)
    if not len(ids):
        return []
    windows = _windows(table, usual)
    kept = np.flatnonzero(windows[:, 0] > 0)
    kept = kept[np.argsort(-windows[kept, 0], kind="stable")][: 3 * MOST_SIGNS]
    chosen = pl.DataFrame(
        {
            "term": ids[kept],
            "weekday": windows[kept, 1].astype(np.int32),
            "first": windows[kept, 2].astype(np.int32),
            "hours": windows[kept, 3].astype(np.int32),
            "lift": windows[kept, 4],
        }
    )
    return _by_days(terms.join(chosen, on="term"), rows, vocabulary, chance=np.log(len(ids) * (HOURS + SLOTS)))


def _table(terms: pl.DataFrame) -> tuple[Ints, npt.NDArray[np.float32]]:
    """Numbers of the terms said often enough, and how often in each slot, shape (n, SLOTS)."""
    often = terms.group_by("term").len().filter(pl.col("len") >= FEWEST_DAYS).select("term").sort("term")
    of_them = terms.join(often.with_row_index("index"), on="term").select(cell=pl.col("index") * SLOTS + pl.col("slot"))
    cells = np.bincount(of_them["cell"].to_numpy(), minlength=often.height * SLOTS)
    return often["term"].to_numpy(), cells.reshape(often.height, SLOTS).astype(np.float32)


def _windows(table: npt.NDArray[np.float32], usual: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """
    For each term its clearest window, shape (n, 5): log odds (0 where none is clear), weekday or -1, first hour, hours,
    and how many times the usual share.
    """
    n = table.sum(axis=1).astype(np.float64)
    best = np.zeros((len(table), 5))
    by_hour, usual_by_hour = table.reshape(-1, 7, HOURS).sum(axis=1), usual.reshape(7, HOURS).sum(axis=0)
    for weekday in range(-1, 7):
        hours = DAILY_H if weekday < 0 else WEEKLY_H
        own = slice(weekday * HOURS, (weekday + 1) * HOURS)
        there, expected = (by_hour, usual_by_hour) if weekday < 0 else (table[:, own], usual[own])
        summed = np.cumsum(np.pad(there, ((0, 0), (1, 0))), axis=1)
        inside = summed[:, hours:] - summed[:, :-hours]
        base = np.convolve(expected, np.ones(hours), "valid")
        first = inside.argmax(axis=1)
        share, chance = inside.max(axis=1).astype(np.float64) / n, np.maximum(base[first], 1 / (1 + n.sum()))
        clear = np.where((share >= SHARE) & (share >= LIFT * chance), n * _divergence(share, chance), 0.0)
        better = clear > best[:, 0]
        columns = (clear, np.full(len(n), weekday), first, np.full(len(n), hours), share / chance)
        best[better] = np.stack(columns, axis=1)[better]
    return best


def _divergence(share: npt.NDArray[np.float64], chance: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How far a share is from what chance gives, in nats per case."""
    share, chance = np.clip(share, 1e-9, 1 - 1e-9), np.clip(chance, 1e-9, 1 - 1e-9)
    far: npt.NDArray[np.float64] = share * np.log(share / chance) + (1 - share) * np.log((1 - share) / (1 - chance))
    return far


def _by_days(found: pl.DataFrame, rows: pl.DataFrame, vocabulary: pl.DataFrame, chance: float) -> list[Sign]:
    """The signs among the chosen terms: on enough days and weeks, with the other in it, clear on days and not only on words."""
    at = rows.select("place", "day", "week", "both")
    hour = pl.col("slot") % HOURS
    inside = hour.is_between(pl.col("first"), pl.col("first") + pl.col("hours") - 1) & (
        (pl.col("weekday") < 0) | (pl.col("slot") // HOURS == pl.col("weekday"))
    )
    daily = (
        found.join(at, on="place")
        .with_columns(inside=inside)
        .sort("place")
        .group_by("term", "day", maintain_order=True)
        .agg(
            pl.col("week", "weekday", "first", "lift").first(),
            pl.col("inside").any(),
            pl.col("place").filter("inside").first(),
            pl.col("both").filter("inside").any(),
        )
    )
    there = pl.col("inside")
    per_term = daily.group_by("term", maintain_order=True).agg(
        pl.col("weekday", "first", "lift").first(),
        n=pl.len(),
        n_inside=there.sum(),
        n_weeks=pl.col("week").filter(there).n_unique(),
        both=pl.col("both").filter(there).mean(),
        days=pl.col("day").filter(there).to_physical(),
        places=pl.col("place").filter(there),
    )
    enough = per_term.filter(
        (pl.col("n_inside") >= FEWEST_DAYS)
        & (pl.col("n_weeks") >= FEWEST_WEEKS)
        & (pl.col("both") >= BOTH)
        & (pl.col("n_inside") >= SHARE * pl.col("n"))
    )
    shown, signs_ = vocabulary["shown"].to_list(), []
    for one in enough.iter_rows(named=True):
        share = one["n_inside"] / one["n"]
        base = np.array(share / one["lift"])
        score = float(one["n"] * _divergence(np.array(share), base))
        if score < chance + SURPRISE:
            continue
        words = said(one["term"], shown)
        weekday = one["weekday"] if one["weekday"] >= 0 else None
        clock = (one["first"] + int(DAY_BEGINS.total_seconds() // 3600)) % HOURS
        days, places = np.array(one["days"], dtype=np.int64), np.array(one["places"], dtype=np.int64)
        signs_.append(Sign(words, weekday, clock, score, days, places))
    signs_.sort(key=lambda one: (-one.score, one.words))
    return signs_[:MOST_SIGNS]

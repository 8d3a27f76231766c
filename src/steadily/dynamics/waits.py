"""
Waits: how long a turn stands before the other answers, unanswered ones kept.

**Source.** Survival analysis: Kaplan & Meier 1958, 10.1080/01621459.1958.10501452; weeks drawn with replacement for the
interval (see `uncertainty`). We found no study that ties answering times to how two people fare (EVIDENCE.md §4), so none is
claimed, and waits are told for the two together, never per person. **Formula.** A wait starts when a turn ends. It is over
when the other writes. When the same person writes again in a new session, or the export ends, it is kept as unfinished (censored) at that
moment, never dropped. The usual wait is the time by which half of the turns were answered. **Limits.** Not every message asks for
an answer; sleep and work are in it; a call or a talk at home is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.conversation import split_turns
from steadily.dynamics.finding import Finding, spread_rows, too_little
from steadily.dynamics.uncertainty import LEVEL, MIN_WEEKS, Floats, week_weights

EDGES_S: Floats = np.concatenate(([0.0], np.geomspace(5, 60 * 86400, 400)))
"""Times (seconds) at which the curve is evaluated: 4 % apart, so that is the rounding of every quantile."""
MIN_TURNS = 60
LONG_WAIT_S = 24 * 3600


def waits(messages: pl.DataFrame) -> pl.DataFrame:
    """
    One wait per turn.

    Args:
        messages: One row per message, sorted. Reads `conversation_id`, `row`, `sent_at`, `author`, `kind`, `text`.

    Returns:
        One row per turn but those that end a conversation at their very last instant: `conversation_id`, `author` (whose
        turn waits), `started_at` (UTC, the turn's end), `wait_s`, `answered`, `row` (the turn's last).
    """
    turns = split_turns(messages)
    last = pl.col("ended_at").max().over("conversation_id")
    until = pl.coalesce(pl.col("started_at").shift(-1).over("conversation_id"), last)
    answered = (pl.col("author") != pl.col("author").shift(-1).over("conversation_id")).fill_null(value=False)
    return (
        turns.with_columns(
            wait_s=(until - pl.col("ended_at")).dt.total_microseconds() / 1e6,
            answered=answered,
        )
        .filter(pl.col("answered") | (pl.col("wait_s") > 0))
        .select("conversation_id", "author", "wait_s", "answered", started_at="ended_at", row="last_row")
    )


@dataclass(frozen=True)
class Curve:
    """
    Share of turns still unanswered after a time, by Kaplan and Meier.

    Attributes:
        times_s: Times in seconds, shape (k,).
        waiting: Share still unanswered, shape (k,).
        low: Lower end of its 90 % interval.
        high: Upper end.
    """

    times_s: Floats
    waiting: Floats
    low: Floats
    high: Floats


def week_tables(found: pl.DataFrame) -> npt.NDArray[np.float64]:
    """
    Weekly counts of answered and unfinished waits by time.

    Args:
        found: What `waits` returns, for one conversation.

    Returns:
        Shape (n_weeks, 2, len(EDGES_S)): answered and unfinished waits that ended in each bin.
    """
    week = found["started_at"].dt.truncate("1w").rank("dense").to_numpy().astype(np.int64) - 1
    bins = np.clip(np.searchsorted(EDGES_S, found["wait_s"].to_numpy(), side="left"), 0, len(EDGES_S) - 1)
    tables = np.zeros((int(week.max()) + 1 if len(week) else 0, 2, len(EDGES_S)))
    np.add.at(tables, (week, (~found["answered"].to_numpy()).astype(np.int64), bins), 1)
    return tables


def kaplan_meier(answered: Floats, unfinished: Floats) -> Floats:
    """
    The product-limit estimate on binned times.

    Args:
        answered: Waits that ended in each bin, shape (…, k).
        unfinished: Waits last seen in each bin, shape (…, k).

    Returns:
        Share still waiting after each bin, shape (…, k).
    """
    ended = answered + unfinished
    at_risk = ended[..., ::-1].cumsum(axis=-1)[..., ::-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        kept = np.where(at_risk > 0, 1 - answered / at_risk, 1.0)
    curve: Floats = kept.cumprod(axis=-1)
    return curve


def survival(found: pl.DataFrame) -> Curve:
    """
    The curve of unanswered turns, with its interval.

    Args:
        found: What `waits` returns, for one conversation.

    Returns:
        The curve at `EDGES_S`; without an interval (NaN) below `MIN_WEEKS` weeks.
    """
    tables = week_tables(found)
    waiting = kaplan_meier(*tables.sum(axis=0))
    if len(tables) < MIN_WEEKS:
        nothing = np.full(len(EDGES_S), np.nan)
        return Curve(EDGES_S, waiting, nothing, nothing)
    draws = _drawn(tables)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], axis=0)
    return Curve(EDGES_S, waiting, low, high)


def _drawn(tables: npt.NDArray[np.float64]) -> Floats:
    sums = np.tensordot(week_weights(len(tables)), tables, axes=(1, 0))
    return kaplan_meier(sums[:, 0], sums[:, 1])


def _time_at(curves: Floats, share: float) -> Floats:
    """The time by which the share still waiting has fallen to *share*; infinite where it never does."""
    below = curves <= share
    return np.where(below.any(axis=-1), EDGES_S[below.argmax(axis=-1)], np.inf)


def find_waits(messages: pl.DataFrame) -> list[Finding]:
    """
    The usual wait between turns, and turns that nobody answered within a day.

    Args:
        messages: One conversation.

    Returns:
        `waits.usual` (seconds; facts `most_s`: the time by which nine in ten were answered, where that is reached) and
        `waits.unanswered` (share still unanswered after a day).
    """
    found = waits(messages)
    tables = week_tables(found)
    if found.height < MIN_TURNS or len(tables) < MIN_WEEKS:
        return [
            too_little("waits.usual", found.height, "seconds"),
            too_little("waits.unanswered", found.height, "share"),
        ]
    draws, curve = _drawn(tables), kaplan_meier(*tables.sum(axis=0))
    tail = (1 - LEVEL) / 2
    n_unfinished = int((~found["answered"]).sum())
    usual, most = float(_time_at(curve, 0.5)), float(_time_at(curve, 0.1))
    low, high = (float(edge) for edge in np.quantile(_time_at(draws, 0.5), [tail, 1 - tail], method="nearest"))
    day = int(np.searchsorted(EDGES_S, LONG_WAIT_S))
    day_low, day_high = (float(edge) for edge in np.quantile(draws[:, day], [tail, 1 - tail]))
    facts = {"most_s": most if np.isfinite(most) else None, "n_unfinished": n_unfinished}
    long = found.filter(pl.col("wait_s") > LONG_WAIT_S)
    findings = [
        Finding("waits.usual", usual, (low, high), found.height, "seconds", spread_rows(found["row"]), facts)
        if np.isfinite([usual, low, high]).all()
        else too_little("waits.usual", found.height, "seconds", **facts)
    ]
    unanswered = (day_low, day_high)
    long_facts = {"n_long": long.height}
    evidence = spread_rows(long["row"])
    findings.append(
        Finding("waits.unanswered", float(curve[day]), unanswered, found.height, "share", evidence, long_facts)
    )
    return findings

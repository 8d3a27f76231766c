"""
My turns that the other answered, each with what to compare it by. Used by `what_helps`, whose docstring tells the
whole.

A moment is a turn of mine and the answer to it within one session. It is compared with the other moments of the same
session, and so with the same day, phase, mood and course of the talk; what still differs inside a session (the other's
last words, the hour, how far into it, how much I wrote) is taken out by a linear fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.codebook import LABELS
from steadily.conversation import split_sessions
from steadily.dynamics.coded import GROUPS, P_COLUMNS
from steadily.dynamics.days import with_days
from steadily.dynamics.uncertainty import Floats

PAUSE = "pause"
"""
After sharp or closed words of the other: an answer that came no sooner than `PAUSE_S`, neither harsh nor pressing. No
behavior of the codebook. Twenty minutes are a custom, not a measured threshold (EVIDENCE.md §2b).
"""
PAUSE_S = 20 * 60
TESTED = (*GROUPS["warm"], *GROUPS["open"], *GROUPS["bid"], PAUSE)
"""What is looked at, in the order of the columns of `Moments.there`."""
KIND = tuple(label for label in GROUPS["warm"] if label != "humor")
"""What makes an answer warm here. Not humor: a model that reads a message with those before it sees play in whatever follows a joke."""
STRAIN = (*GROUPS["harsh"], *GROUPS["distance"], "demand")
SHARP = (*GROUPS["harsh"], *GROUPS["pressure"])
HOURS = (5, 12, 18, 22)
"""A day is night, morning, afternoon, evening, and late evening."""
SURE = 1 - 1e-6
READ = (
    *("conversation_id", "row", "sent_at", "local_time", "author", "kind", "text", "is_coded"),
    *LABELS,
    *P_COLUMNS,
)

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Moments:
    """
    The moments of one conversation, in order.

    Attributes:
        session: Which session, shape (n,).
        week: 0, 1, 2 … of those in which a session with a moment began, shape (n,).
        warm: How probable it is that the answer carries any of `KIND`, shape (n,).
        there: How probable each of `TESTED` is in my turn, shape (n, 13).
        coded: Whether it counts as there, same shape.
        beside: What differs inside a session, shape (n, k).
        rows: For each of `TESTED`, rows of my messages that carry it.
    """

    session: Ints
    week: Ints
    warm: Floats
    there: Floats
    coded: Bools
    beside: Floats
    rows: tuple[Ints, ...]


@dataclass(frozen=True)
class _Turns:
    """Turns of both: where each starts among the rows, and per turn what is there; probabilities of any of its messages, shape (n, 22)."""

    rows: pl.DataFrame
    starts: Ints
    mine: Bools
    session: Ints
    p: Floats
    coded: Bools
    is_coded: Bools


def moments(messages: pl.DataFrame) -> Moments:
    """
    All moments of a conversation.

    Args:
        messages: One conversation, coded. Reads `conversation_id`, `row`, `sent_at`, `local_time`, `author`, `kind`,
            `text`, and the codes.

    Returns:
        The moments; empty where there are none.
    """
    turns = _turns(with_days(split_sessions(messages.select(READ).sort("row"))))
    session, mine = turns.session, turns.mine
    n = len(session)
    answered = np.zeros(n, dtype=bool)
    if n > 1:
        answered[:-1] = mine[:-1] & (session[1:] == session[:-1]) & turns.is_coded[:-1] & turns.is_coded[1:]
    at = np.flatnonzero(answered)
    warm = _any(turns.p, KIND)
    sent = turns.rows["sent_at"].to_physical().to_numpy() / 1e6
    before, is_first = np.maximum(at - 1, 0), np.ones(len(at), dtype=bool)
    is_first[at > 0] = session[at[at > 0]] != session[at[at > 0] - 1]
    strained = np.any(turns.coded[before][:, _places(STRAIN)], axis=1) & ~is_first
    waited = sent[turns.starts[at]] - sent[np.maximum(turns.starts[at] - 1, 0)]
    calm = ~np.any(turns.coded[at][:, _places(SHARP)], axis=1)
    paused = strained & (waited >= PAUSE_S) & calm
    own = _places(TESTED[:-1])
    tone = (warm, turns.p[:, LABELS.index("humor")], _any(turns.p, STRAIN))
    last = [np.where(is_first, 0.0, one[before]) for one in tone]
    beside = np.column_stack([is_first, *last, strained, _setting(turns, at)])
    return Moments(
        session=session[at],
        week=np.unique(_first_weeks(turns)[at], return_inverse=True)[1].astype(np.int64),
        warm=warm[at + 1],
        there=np.column_stack([turns.p[at][:, own], paused]),
        coded=np.column_stack([turns.coded[at][:, own], paused]),
        beside=beside,
        rows=_rows(turns, answered, at[paused]),
    )


def _places(labels: tuple[str, ...]) -> list[int]:
    return [LABELS.index(label) for label in labels]


def _any(p: Floats, labels: tuple[str, ...]) -> Floats:
    """How probable it is that any of some behaviors is there."""
    found: Floats = 1 - np.prod(1 - p[:, _places(labels)], axis=1)
    return found


def _turns(rows: pl.DataFrame) -> _Turns:
    mine, session = (rows["author"] == "me").to_numpy(), rows["session"].to_numpy().astype(np.int64)
    changed = np.ones(len(mine), dtype=bool)
    changed[1:] = (mine[1:] != mine[:-1]) | (session[1:] != session[:-1])
    starts = np.flatnonzero(changed)
    if not len(starts):
        nothing = np.zeros((0, len(LABELS)))
        return _Turns(rows, starts, mine, session, nothing, nothing.astype(bool), mine)
    absent = np.log1p(-np.clip(rows.select(P_COLUMNS).to_numpy(), 0, SURE).astype(np.float64))
    return _Turns(
        rows=rows,
        starts=starts,
        mine=mine[starts],
        session=session[starts],
        p=1 - np.exp(np.add.reduceat(absent, starts)),
        coded=np.logical_or.reduceat(rows.select(LABELS).to_numpy(), starts),
        is_coded=np.logical_or.reduceat(rows["is_coded"].to_numpy(), starts),
    )


def _setting(turns: _Turns, at: Ints) -> Floats:
    """How far into the session, how much I wrote, and which part of the day."""
    opens = np.ones(len(turns.session), dtype=bool)
    opens[1:] = turns.session[1:] != turns.session[:-1]
    turn = np.arange(len(opens))
    far = turn - np.maximum.accumulate(np.where(opens, turn, 0))
    letters = turns.rows["text"].str.len_chars().fill_null(0).to_numpy().astype(np.float64)
    written = np.add.reduceat(letters, turns.starts) if len(letters) else letters
    size = np.diff(np.append(turns.starts, turns.rows.height))
    part = np.searchsorted(HOURS, turns.rows["local_time"].dt.hour().to_numpy()[turns.starts], side="right")
    parts = [part == one for one in range(1, len(HOURS) + 1)]
    return np.column_stack([np.log1p(far), np.log1p(written), np.log(size), *parts])[at]


def _first_weeks(turns: _Turns) -> Ints:
    """For each turn the week in which its session began."""
    week = turns.rows["week"].to_physical().to_numpy().astype(np.int64)[turns.starts]
    first = np.unique(turns.session, return_index=True)[1]
    return week[first][np.searchsorted(turns.session[first], turns.session)]


def _rows(turns: _Turns, answered: Bools, paused: Ints) -> tuple[Ints, ...]:
    """Rows of my answered messages that carry each of `TESTED`."""
    turn = np.repeat(np.arange(len(turns.starts)), np.diff(np.append(turns.starts, turns.rows.height)))
    number, inside = turns.rows["row"].to_numpy().astype(np.int64), answered[turn]
    carried = [number[inside & turns.rows[label].to_numpy()] for label in TESTED[:-1]]
    return (*carried, number[turns.starts[paused]])

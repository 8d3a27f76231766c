"""
What mends a rupture: who reached, whose reach was taken, and whether it ended kindly.

**Source.** Observed newlyweds (Gottman, Driver & Tabares 2015, 10.1080/08975353.2015.1038962): humor, affection, understanding and owning
a part mended better than argument; correlation only (EVIDENCE.md §2d). **Formula.** What mends is looked for in the `WINDOW` messages
after the last sharp one, not across a pause of more than `NIGHT_S`, and not beyond a day or the next rupture. There the probabilities
of reaching (any of `REACHING`) are added up, half of those of affection, less a quarter of those of sharpness, each of them above
what half of this chat's messages have anyway. The rupture is mended when that comes to `MENDED` and the other wrote after the one
whose reach was taken. Reaching is a message that is more likely than not one of `REACHING` and not sharp, after the first sharp one.
It was taken when it came after the last sharp message and the other wrote nothing sharp after it; where none was, it is the first
message after the last sharp one.
**Limits.** A hug, a call and a talk at the door leave no message. Kind words are no proof that it is well. Humor mends too, but some chats
are so full of it that any talk would count; it is left out, and so is affection once a new session has begun.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.conversation import SESSION_GAP
from steadily.dynamics.sharp_stretches import Integers, Stretches, any_of, seconds, sharpness
from steadily.dynamics.uncertainty import Floats

REACHING = ("repair", "ownership", "validation", "reassurance")
TENDER = "affection"
LIKELY = 0.5
WINDOW = 12
NIGHT_S = 12 * 3600.0
"""A quarrel of the evening that is mended at breakfast is mended; a longer silence ended it in another way."""
DAY_S = 86400.0
MENDED = 0.1
"""Far less than one certain reach, since the model gives many a real one a small probability. The price: of stretches of everyday or
distant talk in development couples, about one in three would count as mending where there was nothing to mend."""

Booleans = npt.NDArray[np.bool_]


class Mendings(NamedTuple):
    """
    How each rupture ended, all of shape (k,).

    Attributes:
        mended: Whether it was mended.
        first: Place of the first reach among the rows; -1 where nobody reached.
        taken: Place of the reach that was taken; without meaning where it was not mended.
    """

    mended: Booleans
    first: Integers
    taken: Integers


class _Signals(NamedTuple):
    """
    What is read of each row, all of shape (n,).

    Attributes:
        at: Time in seconds.
        mine: Whether it is mine.
        sharp: How sharp it is, 0 to 1.
        reaching: How probable a reach is, 0 where it is sharp.
        told: How much more it reaches, and less a quarter how much sharper it is, than is usual.
        kind: The same and half of how much more tender it is.
    """

    at: Floats
    mine: Booleans
    sharp: Floats
    reaching: Floats
    told: Floats
    kind: Floats


def mendings(rows: pl.DataFrame, found: Stretches) -> Mendings:
    """
    How ruptures ended on the chat.

    Args:
        rows: The spoken rows, coded, in order. Reads `sent_at`, `author` and `p_…`.
        found: The ruptures: stretches of these rows.

    Returns:
        Their endings, in the same order.
    """
    signals = _signals(rows)
    until = _until(found, signals.at)
    taken = _taken_reach(found, until, signals)
    mended = (_kindness(found, until, signals) >= MENDED) & _answered(taken, until, signals)
    return Mendings(mended, _first_reach(found, until, signals, mended), taken)


def _signals(rows: pl.DataFrame) -> _Signals:
    coded = rows["is_coded"].to_numpy()

    def more(level: Floats) -> Floats:
        """How much each row has of it above what half of the rows have; 0 where not coded."""
        return np.where(coded, level - np.median(level[coded]), 0.0)

    sharp = sharpness(rows)
    reaching = np.where(sharp > LIKELY, 0.0, any_of(rows, REACHING))
    told = more(reaching) - np.maximum(more(sharp), 0.0) / 4
    mine = (rows["author"] == "me").to_numpy()
    return _Signals(seconds(rows), mine, sharp, reaching, told, told + more(any_of(rows, (TENDER,))) / 2)


def _next(where: Integers, place: Integers, none: int) -> Integers:
    """The first of the sorted places *where* that is not before each *place*; *none* where there is none."""
    found: Integers = np.append(where, none)[np.searchsorted(where, place)]
    return found


def _until(found: Stretches, at: Floats) -> Integers:
    """The place at which looking for what mends each rupture ends, itself not included."""
    after = found.last + 1
    nights = np.flatnonzero(np.diff(at) > NIGHT_S) + 1
    day = np.searchsorted(at, at[found.last] + DAY_S, side="right")
    following = np.append(found.first[1:], len(at))
    ends = np.stack((after + WINDOW, _next(nights, after, len(at)), day, following))
    until: Integers = ends.min(axis=0)
    return until


def _kindness(found: Stretches, until: Integers, signals: _Signals) -> Floats:
    """How much mends after each rupture; once a new session has begun, only what is told, not what is tender."""
    opens = np.flatnonzero(np.diff(signals.at) > SESSION_GAP.total_seconds()) + 1
    session_end = np.minimum(_next(opens, found.last + 1, len(signals.at)), until)
    kind, told = (np.concatenate(([0.0], np.cumsum(part))) for part in (signals.kind, signals.told))
    return kind[session_end] - kind[found.last + 1] + told[until] - told[session_end]


def _first_reach(found: Stretches, until: Integers, signals: _Signals, mended: Booleans) -> Integers:
    """Where somebody reached first; -1 where nobody did."""
    place = _next(np.flatnonzero(signals.reaching > LIKELY), found.first + 1, len(signals.at))
    return np.where(place < until, place, np.where(mended, found.last + 1, -1))


def _taken_reach(found: Stretches, until: Integers, signals: _Signals) -> Integers:
    """Where the first reach after all that was sharp lies; without one, the first message after it."""
    reaches = []
    for mine in (signals.mine, ~signals.mine):
        barbs = np.flatnonzero((signals.sharp > LIKELY) & ~mine)
        # The last barb of the other that lies within the rupture or what follows it.
        last_barb = np.append(barbs, -1)[np.searchsorted(barbs, until) - 1]
        own = np.flatnonzero((signals.reaching > LIKELY) & mine)
        reaches.append(_next(own, np.maximum(found.last, last_barb) + 1, len(signals.at)))
    place = np.minimum(*reaches)
    return np.where(place < until, place, found.last + 1)


def _answered(taken: Integers, until: Integers, signals: _Signals) -> Booleans:
    """Whether the other wrote between a reach and the end of looking."""
    inside = np.minimum(taken, len(signals.at) - 1)
    theirs = [_next(np.flatnonzero(mine), taken, len(signals.at)) for mine in (~signals.mine, signals.mine)]
    answered: Booleans = np.where(signals.mine[inside], *theirs) < until
    return answered

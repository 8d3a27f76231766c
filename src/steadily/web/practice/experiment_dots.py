"""The answers of an experiment as dots: one row of evenings with it, one of others, so that both can be seen at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

MOST = 10
LEFT, APART, STEP, LABEL, AXIS = 14, 27, 9, 14, 46
WIDTH = 2 * LEFT + MOST * APART


@dataclass(frozen=True)
class Row:
    """
    The evenings of one kind.

    Attributes:
        is_on: Which kind.
        top: Where its label stands.
        foot: Where its lowest dots stand.
        places: Of the dots, (x, y).
    """

    is_on: bool
    top: int
    foot: int
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Dots:
    """
    The picture, in its own units.

    Attributes:
        width: Of all of it.
        height: Of all of it.
        rows: With it, then others.
        marks: Points of the scale, (x, point).
    """

    width: int
    height: int
    rows: tuple[Row, ...]
    marks: tuple[tuple[int, int], ...]


def dots(kinds: Mapping[date, bool], said: Mapping[date, int]) -> Dots:
    """
    Where the dots stand; answers that are alike stand above each other.

    Args:
        kinds: Days, each with whether it is with it.
        said: The answers, 0 to 10, by day.
    """
    rows, top = [], LABEL
    for kind in (True, False):
        counts = Counter(point for day, point in said.items() if kinds[day] is kind)
        foot = top + STEP * (max(counts.values(), default=0) + 1)
        places = [(LEFT + APART * point, foot - STEP * n) for point in sorted(counts) for n in range(counts[point])]
        rows.append(Row(kind, top, foot, tuple(places)))
        top = foot + AXIS
    return Dots(
        WIDTH, rows[-1].foot + AXIS // 2, tuple(rows), tuple((LEFT + APART * n, n) for n in (0, MOST // 2, MOST))
    )

"""
The draw of an experiment: on which of its days the act is done.

All sequences that are fair in time and over the week are equally likely. Fair in time: at no point are there more than `AHEAD` days of
one kind than of the other, and in the end there are as many; so a slow change of mood falls on both kinds alike. Fair over the week: of
each weekday there are at most `ON_A_WEEKDAY` more of one kind than of the other.

Source: the maximal procedure (Berger, Ivanova & Deloria Knoll 2003, 10.1002/sim.1538), which can be foreseen less often than blocks that
guard as well against time; sequences that are not fair over the week are drawn again (rerandomization; Morgan & Rubin 2012,
10.1214/12-AOS1008). docs/experiments.md compares it with blocks and with a coin.
"""

from __future__ import annotations

from functools import cache
from random import Random

import numpy as np
import numpy.typing as npt

AHEAD, ON_A_WEEKDAY = 2, 2
N_REDRAWS = 4_999
SEED = 20261127
TRIES, MOST_AT_ONCE = 32, 20_000
"""Sequences drawn in one go; the first that is fair is taken, so the number changes no draw."""

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def drawn(seed: int, n_days: int) -> Bools:
    """
    The days of one experiment.

    Args:
        seed: Kept with the experiment. Python promises the same numbers for a seed in every later version, NumPy does not.
        n_days: An even number; a few hundred at most, or hardly a sequence is fair over the week.

    Returns:
        Whether each day is with it, shape (n_days,).
    """
    chance = Random(seed)
    while True:
        found = _fair(np.array([[chance.random() for _ in range(n_days)] for _ in range(TRIES)]))
        if len(found):
            first: Bools = found[0]
            return first


@cache
def redraws(n_days: int) -> Bools:
    """
    What chance could have drawn as well.

    Args:
        n_days: An even number.

    Returns:
        Shape (N_REDRAWS, n_days), drawn by the same rule; the same at every call.
    """
    rng = np.random.default_rng(SEED)
    found: list[Bools] = []
    while sum(map(len, found)) < N_REDRAWS:
        found.append(_fair(rng.random((MOST_AT_ONCE, n_days))))
    all_of_them = np.concatenate(found)[:N_REDRAWS]
    all_of_them.flags.writeable = False
    return all_of_them


def _fair(chances: Floats) -> Bools:
    """Sequences from numbers between 0 and 1, one row each; rows that are not fair over the week are left out."""
    n_days = chances.shape[1]
    shares = _shares(n_days)
    ahead = np.zeros(len(chances), dtype=np.int64)
    with_it = np.empty(chances.shape, dtype=bool)
    for day in range(n_days):
        with_it[:, day] = chances[:, day] < shares[n_days - day, ahead + AHEAD]
        ahead += np.where(with_it[:, day], 1, -1)
    weekdays = np.arange(n_days)[:, None] % 7 == np.arange(7)
    by_weekday = np.where(with_it, 1, -1) @ weekdays.astype(np.int64)
    kept: Bools = with_it[(np.abs(by_weekday) <= ON_A_WEEKDAY).all(axis=1)]
    return kept


@cache
def _shares(n_days: int) -> Floats:
    """
    How likely the next day is with it, so that all sequences that stay in bounds and end even are equally likely.

    Returns:
        By days left and by how far it is ahead plus `AHEAD`, shape (n_days + 1, 2 * AHEAD + 1).
    """
    width = 2 * AHEAD + 1
    ways = [[int(place == AHEAD) for place in range(width)]]
    shares = np.zeros((n_days + 1, width))
    for left in range(1, n_days + 1):
        before = ways[-1]
        up, down = [*before[1:], 0], [0, *before[:-1]]
        ways.append([one + other for one, other in zip(up, down, strict=True)])
        shares[left] = [one / all_of_them if all_of_them else 0 for one, all_of_them in zip(up, ways[-1], strict=True)]
    return shares

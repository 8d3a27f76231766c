"""Which signs are of one ritual, and what it is called. Used by `rituals`."""

from __future__ import annotations

import numpy as np

from steadily.dynamics.ritual_signs import HOURS, Sign

NEAR = 1
"""Messages between two signs of one ritual: the same message or the next."""
SAME = 0.4
"""The least share of a sign's days on which it is so near a clearer one, for both to be one ritual."""
HOURS_APART = 3
NAMED = 0.1
"""A pair of words names the ritual of one of them when it was there on so much of its days."""
OPENS, OPENS_DAYS = 0.5, 0.7
"""Another sign opens the ritual where it comes so many messages earlier, on so much of the days."""


def is_same(lead: Sign, other: Sign) -> bool:
    """
    Whether two signs are of one ritual.

    Args:
        lead: The clearer one.
        other: The other.

    Returns:
        True where it is at about the same hour, and often in the same message or the next.
    """
    if hours_apart(lead.hour, other.hour) > HOURS_APART:
        return False
    after = np.searchsorted(lead.places, other.places)
    behind = np.abs(other.places - lead.places[np.maximum(after - 1, 0)])
    ahead = np.abs(other.places - lead.places[np.minimum(after, len(lead.places) - 1)])
    return float((np.minimum(behind, ahead) <= NEAR).mean()) >= SAME


def hours_apart(hour: int, other: int) -> int:
    """Hours between two hours of the clock, 0 to 12."""
    apart = abs(hour - other)
    return min(apart, HOURS - apart)


def name_of(lead: Sign, same: list[Sign]) -> str:
    """
    What a ritual is called.

    Args:
        lead: Its clearest sign.
        same: The others.

    Returns:
        The words that open it; for a single word the most usual pair with it, where that is usual.
    """
    opening = min((lead, *same), key=lambda one: _ahead(lead, one))
    opening = opening if _ahead(lead, opening) <= -OPENS else lead
    if " " in opening.words:
        return opening.words
    pairs = [one for one in (lead, *same) if " " in one.words and opening.words in one.words.split()]
    most = max(pairs, key=lambda one: (len(one.days), one.score), default=None)
    return most.words if most and len(most.days) >= NAMED * len(opening.days) else opening.words


def _ahead(lead: Sign, other: Sign) -> float:
    """How many messages another sign comes after the lead on days with both, on average; 0 where it is too rare to name the ritual."""
    _, mine, theirs = np.intersect1d(lead.days, other.days, assume_unique=True, return_indices=True)
    if len(mine) < OPENS_DAYS * len(lead.days):
        return 0.0
    return float((other.places[theirs] - lead.places[mine]).mean())

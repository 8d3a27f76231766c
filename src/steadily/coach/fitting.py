"""Phrases that fit a draft: by what it does, how long it has been cool, and how the writer writes; put into their register."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from steadily.coach.library import Phrase, search
from steadily.coach.register import Register, fitted

MOST = 3
KINDS: dict[str, tuple[str, ...]] = {
    "contempt": ("repair", "lead-in"),
    "criticism": ("lead-in",),
    "hostility": ("time-out", "lead-in"),
    "demand": ("lead-in",),
    "defensiveness": ("repair", "lead-in"),
    "withdrawal": ("time-out", "lead-in"),
    "advice": ("validation",),
}
"""Where to look, by what was found in the draft: only kinds whose phrases fit whatever it was about."""
GOALS: dict[str, tuple[str, ...]] = {
    "contempt": ("repair", "be heard"),
    "criticism": ("be heard", "ask"),
    "hostility": ("slow down", "be heard"),
    "demand": ("slow down", "ask"),
    "defensiveness": ("repair", "hear"),
    "withdrawal": ("slow down", "be heard"),
    "advice": ("hear", "ask"),
}
COOL = ((timedelta(days=1), "hours"), (timedelta(days=7), "days"), (timedelta(days=31), "weeks"))


@dataclass(frozen=True)
class Fitted:
    """
    A phrase in the writer's register.

    Attributes:
        text: As they might have typed it, with its blanks.
        phrase: What it was made from.
    """

    text: str
    phrase: Phrase


def fitting(labels: Sequence[str], register: Register, cool_for: timedelta | None, n_words: int) -> list[Fitted]:
    """
    Two or three phrases for a draft.

    Args:
        labels: The behaviors that were found in it.
        register: How the writer writes.
        cool_for: How long since anything was said; None where that is not known.
        n_words: How long the draft is: of phrases that fit, those of its length come first.
    """
    first = next((label for label in KINDS if label in labels), None)
    if first is None:
        return []
    found = [one for kind in KINDS[first] for one in search(kind=kind, distance=distance(cool_for))]
    wanted = GOALS[first]
    ranked = sorted(
        (one for one in found if one.goal in wanted and not one.blanks),
        key=lambda one: (wanted.index(one.goal), abs(len(one.text.split()) - n_words)),
    )
    return [Fitted(in_register(one, register), one) for one in ranked[:MOST]]


def distance(cool_for: timedelta | None) -> str:
    """One of `library.DISTANCES`; empty where it is not known."""
    if cool_for is None:
        return ""
    return next((name for least, name in COOL if cool_for < least), "months")


def in_register(phrase: Phrase, register: Register) -> str:
    """A phrase as the writer might have typed it, with the pet name that they really use where it is a warm one."""
    text = phrase.text
    if phrase.register == "warm" and register.pet_name:
        text = re.sub(r"(?<=\w)(?=[.?])", f", {register.pet_name}", text, count=1)
    return fitted(text, register)

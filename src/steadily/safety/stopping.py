"""What stays and what stops when the gate has answered; only the person turns it off again, after reading why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from steadily.codebook import Gate
from steadily.errors import UsageError

Feature = Literal[
    "help",
    "regulate",
    "private notes",
    "export",
    "erase",
    "self-check",
    "look back",
    "draft",
    "phrases",
    "outreach",
    "practice",
    "proof",
    "together",
]
STAYS: frozenset[Feature] = frozenset(("help", "regulate", "private notes", "export", "erase", "self-check"))
"""What is there whatever happened; everything else coaches, and stops."""


@dataclass(frozen=True)
class Stop:
    """
    That coaching is stopped.

    Attributes:
        gate: What was answered.
        at: When, with its zone.
        read: Whether the person has read why.
        lifted: Whether they chose to go on.
    """

    gate: Gate
    at: datetime
    read: bool = False
    lifted: bool = False


def allowed(feature: Feature, stop: Stop | None) -> bool:
    """Whether a part of the product may be used now."""
    return stop is None or stop.lifted or feature in STAYS


def having_read(stop: Stop) -> Stop:
    """The same, once the person has read why."""
    return replace(stop, read=True)


def lift(stop: Stop) -> Stop:
    """
    Coaching goes on by the person's own choice.

    Raises:
        UsageError: They have not been shown why it stopped.
    """
    if not stop.read:
        raise UsageError("Coaching can be turned on again once the reason why it stopped has been read.")
    return replace(stop, lifted=True)

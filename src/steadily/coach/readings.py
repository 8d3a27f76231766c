"""
Three readings of a draft, from how probable each behavior is: tone, transparency and pressure. Each is told in a sentence, never as
a grade.

What is harsh speaks against tone, what is warm for it; own feelings, needs and responsibility speak for transparency. They are aids
to memory, not measures of a person (EVIDENCE.md §1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steadily.codebook import BEHAVIORS

WARM = tuple(one.label for one in BEHAVIORS if one.group in ("warm", "bid"))
HARSH = tuple(one.label for one in BEHAVIORS if one.group in ("harsh", "danger"))
OPEN = ("disclosure", "ownership")
PRESSING = tuple(one.label for one in BEHAVIORS if one.group == "pressure")
PLAIN = 0.35
"""Below this a reading has nothing to say."""


@dataclass(frozen=True)
class Readings:
    """
    How a draft may be heard.

    Attributes:
        tone: From harsh to warm, -1 to 1; about 0 where it is neither.
        transparency: How much the writer shows of their own feeling, need or part, 0 to 1.
        pressure: How much it presses for an answer or a change, 0 to 1.
    """

    tone: float
    transparency: float
    pressure: float

    @property
    def told(self) -> tuple[str, ...]:
        """What there is to say of them, a sentence each."""
        found = []
        if self.tone >= PLAIN:
            found.append("Tone: this sounds warm.")
        elif self.tone <= -PLAIN:
            found.append("Tone: this may sound sharp.")
        if self.transparency >= PLAIN:
            found.append("Transparency: it shows something of you.")
        if self.pressure >= PLAIN:
            found.append("Pressure: it may leave little room for no.")
        return tuple(found)


def readings(p: Mapping[str, float]) -> Readings:
    """
    Readings of one draft.

    Args:
        p: How probable each behavior is, by label.
    """
    warm, harsh = any_of(p, WARM), any_of(p, HARSH)
    return Readings(warm * (1 - harsh) - harsh, any_of(p, OPEN), any_of(p, PRESSING))


def any_of(p: Mapping[str, float], labels: tuple[str, ...]) -> float:
    """How probable it is that at least one applies, were they independent."""
    none = 1.0
    for label in labels:
        none *= 1 - p[label]
    return 1 - none

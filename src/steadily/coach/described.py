"""A draft that was read, for programs: the form of `steadily say` (DESIGN.md §5), the same on the command line and in the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from steadily.coach.moment import hold
from steadily.coach.review import Review, review
from steadily.coach.told import moment_told


def described(draft: str, context: Sequence[str] = (), situation: str = "") -> dict[str, Any]:
    """
    How a draft may land, other ways to say it, whether it can wait, and what the gate says.

    Args:
        draft: What is about to be sent.
        context: The messages before it, `me: …` or `partner: …`.
        situation: What is going on, in a sentence.

    Returns:
        `readings`, `landing`, `spans`, `alternatives`, `hold` and `gate`, as numbers, strings, lists and dictionaries.
    """
    read = review(draft, context)
    tone, pressure = (read.readings.tone, read.readings.pressure) if read.readings else (0.0, 0.0)
    held = hold(moment_told(context, situation), tone=tone, pressure=pressure)
    return _of(read) | {
        "hold": {"advised": held.advised or read.gate.stops, "why": read.gate.why if read.gate.stops else held.why},
        "gate": read.gate.gate,
    }


def _of(read: Review) -> dict[str, Any]:
    found = read.readings
    values = (found.tone, found.transparency, found.pressure) if found else (0.0, 0.0, 0.0)
    names = ("tone", "transparency", "pressure")
    return {
        "readings": {name: round(value, 3) for name, value in zip(names, values, strict=True)},
        "landing": round(read.landing, 4),
        "spans": [
            {"start": one.start, "end": one.end, "behavior": one.behavior, "why": one.why} for one in read.places
        ],
        "alternatives": [{"text": one.text, "kind": one.kind, "note": one.note} for one in read.alternatives],
    }

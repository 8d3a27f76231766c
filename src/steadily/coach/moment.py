"""
The moment in which a draft is written: the hour, what stands unanswered, a fight under way, and whether to keep the draft for a while.

A hold is advice, never a lock. It stays away when things are already getting better (VOICE.md): then a person needs no brake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from steadily.dynamics.silence import Silence
from steadily.safety.outreach import MOST_UNANSWERED, Said, unanswered

LATE_FROM, LATE_UNTIL = time(23, 0), time(5, 0)
RECENT = timedelta(hours=3)
HIGH_PRESSURE, LOW_PRESSURE = 0.6, 0.2
WARM = 0.3
MORNING = time(8, 0)
A_WHILE = timedelta(minutes=20)
"""Our own length of time, not a measured threshold (EVIDENCE.md §2b)."""

Why = Literal["", "it is late", "two stand unanswered", "it presses", "it is heated"]

WORDS: dict[Why, str] = {
    "": "",
    "it is late": "It's late. Keep this one until morning? It will be here.",
    "two stand unanswered": "In the chat here, two of your messages are still open. Keep this one for now? It will be here.",
    "it presses": "This may feel like pressure to read. Keep it for twenty minutes? It will be here.",
    "it is heated": "It's hot between you right now. Keep this one for twenty minutes? It will be here.",
}


@dataclass(frozen=True)
class Moment:
    """
    When a draft is written.

    Attributes:
        now: On the writer's clock, with a time zone.
        last: When the last message was sent; None where that is not known.
        n_unanswered: How many of mine stand at the end without an answer.
        is_heated: Whether the last messages were harsh.
        is_recovering: Whether the last messages were warm after harsh ones.
    """

    now: datetime
    last: datetime | None = None
    n_unanswered: int = 0
    is_heated: bool = False
    is_recovering: bool = False

    @property
    def is_late(self) -> bool:
        """Whether most people would be asleep."""
        clock = self.now.time()
        return clock >= LATE_FROM or clock < LATE_UNTIL


@dataclass(frozen=True)
class Hold:
    """
    Whether to keep a draft for a while.

    Attributes:
        advised: Whether it is.
        why: One sentence; empty where it is not.
        until: When it would come back.
    """

    advised: bool
    why: str
    until: datetime | None


def hold(moment: Moment, *, tone: float, pressure: float) -> Hold:
    """
    Whether a draft is better kept for a while.

    Args:
        moment: When it is written.
        tone: How warm it is, -1 to 1.
        pressure: How much it presses, 0 to 1.
    """
    why = _why(moment, tone, pressure)
    until = None if not why else next_morning(moment.now) if why == "it is late" else moment.now + A_WHILE
    return Hold(bool(why), WORDS[why], until)


def next_morning(now: datetime) -> datetime:
    """Eight in the morning, of this day or the next."""
    morning = now.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    return morning if morning > now else morning + timedelta(days=1)


def of_messages(
    messages: Sequence[Said], harsh: Sequence[bool], warm: Sequence[bool], now: datetime, last: datetime | None
) -> Moment:
    """
    The moment after some messages.

    Args:
        messages: The last of the chat, oldest first.
        harsh: Whether each was read as harsh.
        warm: Whether each was read as warm, open or a repair.
        now: The moment.
        last: When the last of them was sent.
    """
    sharp = [place for place, one in enumerate(harsh) if one]
    has_softened = bool(sharp) and any(warm[sharp[-1] + 1 :])
    is_recent = last is not None and now - last <= RECENT
    return Moment(
        now, last, unanswered(messages), bool(sharp) and not has_softened and is_recent, has_softened and is_recent
    )


def silence_told(found: Silence) -> str:
    """One sentence about a silence, on request."""
    share = round(100 * found.longer)
    if found.longer >= 0.25:
        return f"This is an ordinary silence between you two: of 100 like it, about {share} lasted longer. You can put the phone down."
    if found.longer >= 0.05:
        return f"It is longer than most, and not unusual: of 100 like it, about {share} lasted longer. You can put the phone down."
    return (
        "Silences this long are rare between you two. The times can't say why. You can put the phone down all the same."
    )


def _why(moment: Moment, tone: float, pressure: float) -> Why:
    if moment.is_recovering:
        return ""
    if moment.n_unanswered >= MOST_UNANSWERED:
        return "two stand unanswered"
    is_kind = tone >= WARM and pressure <= LOW_PRESSURE
    if moment.is_late and (tone < 0 or pressure > LOW_PRESSURE):
        return "it is late"
    if pressure >= HIGH_PRESSURE:
        return "it presses"
    return "it is heated" if moment.is_heated and not is_kind else ""

"""
A hard moment as somebody would see it who was not in it and wishes both well: what happened in which order, and what may have been meant.

It is made from what the messages were read as, and from nothing else: no voice, no look, no history. It begins with the reader's own part,
it says "reads as" and "may", and it never says what the other feels. Looking at a quarrel so is what the couples of Finkel et al. 2013
(10.1177/0956797612474938) wrote about; here it is read and not written, which nobody has studied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from steadily.codebook import PLAIN

HARD = ("criticism", "contempt", "hostility", "defensiveness", "demand", "advice", "withdrawal")
"""What was hard, the hardest first but for contempt, which is rarer and often a joke."""
SOFTENS = ("repair", "ownership", "validation", "reassurance", "affection", "humor")
HEARD_AND_MEANT = {
    "criticism": ("as a verdict on the whole person", "that one thing be different"),
    "contempt": ("as looking down", "to show how much it hurt"),
    "hostility": ("as an attack", "that it stop"),
    "defensiveness": ("as not listening", "to be seen rightly"),
    "demand": ("as pressure, with no room for no", "to know that you two are all right"),
    "advice": ("as being put right", "to help"),
    "withdrawal": ("as a door closing", "a moment to settle"),
}
"""How my words may have been heard, and what I may have meant by them."""
MOST_NAMED = 2


@dataclass(frozen=True)
class Line:
    """
    One message of a hard moment.

    Attributes:
        mine: Whether the reader wrote it.
        at: When.
        labels: What it was read as.
    """

    mine: bool
    at: datetime
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Observed:
    """
    What such a person may see.

    Attributes:
        told: Two or three sentences, in the order of what happened.
        mine: How the reader's own part may have been heard and meant, two readings of it; empty where nothing of theirs was hard.
    """

    told: tuple[str, ...]
    mine: str


def observed(lines: Sequence[Line]) -> Observed:
    """
    A hard moment in a few plain sentences.

    Args:
        lines: Its messages, and those after it in which it may have softened; in order.
    """
    hard = [one for one in lines if hardest_of(one.labels)]
    if not hard:
        return Observed(("No single message of this stands out; together they read as tense.",), "")
    told = [_first(hard[0]), *_then(hard[1:]), _soft(lines, hard[0])]
    words = Counter(hardest_of(one.labels) for one in hard if one.mine)
    return Observed(tuple(told), _mine(words.most_common(1)[0][0]) if words else "")


def hardest_of(labels: Sequence[str]) -> str:
    """The hard thing that a message was read as; empty where there is none."""
    return next((label for label in HARD if label in labels), "")


def _first(one: Line) -> str:
    whose = "yours" if one.mine else "your partner's"
    return f"The first sharp message here is {whose}; it reads as {PLAIN[hardest_of(one.labels)]}."


def _then(hard: Sequence[Line]) -> list[str]:
    """How it went on, my part first."""
    parts = []
    for mine, who in ((True, "you wrote"), (False, "your partner wrote")):
        found = Counter(PLAIN[hardest_of(one.labels)] for one in hard if one.mine == mine)
        if found:
            n, names = sum(found.values()), " and ".join(name for name, _ in found.most_common(MOST_NAMED))
            parts.append(f"{who} {_number(n)} that {'reads' if n == 1 else 'read'} as {names}")
    return [f"After it, {', and '.join(parts)}."] if parts else []


def _soft(lines: Sequence[Line], first: Line) -> str:
    for one in lines:
        label = next((label for label in SOFTENS if label in one.labels), "")
        if label and not hardest_of(one.labels) and one.at >= first.at:
            who = "you" if one.mine else "your partner"
            return f"The first softer message came from {who}{_after(first, one)}; it reads as {PLAIN[label]}."
    return "No softer message follows here. What was said off the chat is not in it."


def _after(first: Line, one: Line) -> str:
    minutes = round((one.at - first.at).total_seconds() / 60)
    if minutes < 2:
        return " almost at once"
    if minutes < 90:
        return f" after {minutes} minutes"
    hours = round(minutes / 60)
    return f" after {hours} hours"


def _mine(label: str) -> str:
    heard, meant = HEARD_AND_MEANT[label]
    return f"What you wrote may have been heard {heard}. You may have meant {meant}. Both can be so."


def _number(n: int) -> str:
    words = ("", "one message", "two messages", "three messages", "four messages", "five messages")
    return words[n] if n < len(words) else f"{n} messages"

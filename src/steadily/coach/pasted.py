"""
What a person pastes of a chat: one message or a few lines, with or without what messengers put before each.

Messengers put times and names before lines that are copied ("[10:32 PM, 3/2/2026] Ben: …"). They are not part of what was said;
the last name is taken as the partner's, since it is their message that was pasted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from steadily.safety.outreach import Said

CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?"
HEAD = re.compile(
    rf"^[\u200e\u200f]*\[(?P<at>[^\]\n]*{CLOCK}[^\]\n]*)\]\s*(?P<name>[^:\n]{{1,40}}):\s?(?P<text>.*)$", re.IGNORECASE
)
HEAD_ABOVE = re.compile(
    rf"^(?P<name>[^\[\n]{{1,40}}),\s\[(?P<at>[^\]\n]*{CLOCK}[^\]\n]*)\]:?(?P<text>)$", re.IGNORECASE
)
NAMED = re.compile(r"^(?P<name>[^\W\d_][\w .'’-]{0,29}):\s+(?P<text>\S.*)$")
READ_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2})?(?:\s?(?P<half>[ap])\.?m)?", re.IGNORECASE
)
MYSELF = ("me", "i", "myself")


@dataclass(frozen=True)
class Pasted:
    """
    A message of the partner's.

    Attributes:
        text: What they wrote, without times and names.
        before: What was said before, oldest first.
        at: The time of day at which it was sent, where that stood before it.
    """

    text: str
    before: tuple[Said, ...] = ()
    at: time | None = None


@dataclass(frozen=True)
class _Line:
    name: str
    text: str
    at: time | None


def read_pasted(message: str, before: str = "") -> Pasted:
    """
    A message as it was pasted.

    Args:
        message: What the partner sent. Where lines of somebody else were copied along, they count as said before it.
        before: The messages before it, a line each; mine begin with "me:".
    """
    lines = _lines(message)
    partner = lines[-1].name if lines else ""
    first = len(lines)
    while first and lines[first - 1].name == partner:
        first -= 1
    earlier = [*_named_lines(before), *lines[:first]]
    text = "\n".join(line.text for line in lines[first:]).strip()
    said = tuple(Said("me" if _is_mine(line.name, partner) else "partner", line.text) for line in earlier)
    return Pasted(text, said, lines[-1].at if lines else None)


def _lines(message: str) -> list[_Line]:
    """Messages with their heads taken off; what has none belongs to the one above."""
    found: list[_Line] = []
    for line in message.strip().splitlines():
        head = HEAD.match(line) or HEAD_ABOVE.match(line)
        if head:
            found.append(_Line(head["name"].strip(), head["text"], _clock(head["at"])))
        elif found:
            last = found.pop()
            found.append(_Line(last.name, f"{last.text}\n{line}".lstrip("\n"), last.at))
        else:
            found.append(_Line("", line, None))
    return found


def _named_lines(before: str) -> list[_Line]:
    """A message a line; with a name before it, or a head."""
    found = []
    for line in before.splitlines():
        head = HEAD.match(line) or NAMED.match(line)
        if head:
            found.append(_Line(head["name"].strip(), head["text"].strip(), None))
        elif line.strip():
            found.append(_Line("", line.strip(), None))
    return found


def _is_mine(name: str, partner: str) -> bool:
    return name.lower() in MYSELF or bool(name and partner and name != partner)


def _clock(written: str) -> time | None:
    """The time of day in a head; the last that can be one, since a date with points looks like one."""
    for match in reversed(list(READ_CLOCK.finditer(written))):
        hour, minute, half = int(match["hour"]), int(match["minute"]), (match["half"] or "").lower()
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    return None

"""
When to leave the other in peace: no suggestion to reach out after a no, after two messages without an answer, or twice a day.

EVIDENCE.md R15; it holds whatever the gate says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from steadily.behaviors.form import plain

MOST_UNANSWERED = 2
NO_CONTACT = re.compile(
    r"\bleave me alone\b|\b(?:stop|quit) (?:contacting|texting|messaging|calling|ringing|writing(?: to)?) me\b"
    r"|\b(?:do not|don'?t|never) (?:ever )?(?:contact|text|message|call|ring|write(?: to)?|email) me (?:again|any ?more|ever)\b"
    r"|\bno(?: more)? contact\b(?! (?:details|lens|info|number|form))|\b(?:i'?m|i am|i have|i'?ve) block(?:ing|ed) you\b"
    r"|\bi (?:don'?t|do not) want (?:any )?(?:more )?contact\b"
    r"|\b(?:restraining|no[- ]contact|protection|protective|non[- ]molestation) order\b",
    re.IGNORECASE,
)
"""A no in so many words."""
TAKEN_BACK = re.compile(
    r"\b(?:please |can you |will you )?(?:call|text|ring|message|write) me\b|\bmiss you\b|\bcome home\b", re.IGNORECASE
)

Because = Literal["asked for no contact", "two messages without an answer", "one suggestion a day"]


@dataclass(frozen=True)
class Said:
    """One message of a chat: who sent it, and what."""

    author: Literal["me", "partner"]
    text: str


def said(line: str) -> Said:
    """A message from a line of a context, `me: …` or `partner: …`."""
    author, _, text = line.partition(":")
    return Said("me" if author.strip() == "me" else "partner", text.strip())


def outreach_ends(
    messages: Sequence[Said], suggested_on: date | None = None, today: date | None = None
) -> Because | None:
    """
    Why nothing that reaches out is suggested now.

    Args:
        messages: The last messages of the chat, oldest first.
        suggested_on: The day of the last suggestion to reach out.
        today: The day it is.

    Returns:
        None where a suggestion may be made. A no ends them until the other writes warmly of their own accord.
    """
    if _asked_for_none(messages):
        return "asked for no contact"
    if unanswered(messages) >= MOST_UNANSWERED:
        return "two messages without an answer"
    if today is not None and suggested_on == today:
        return "one suggestion a day"
    return None


def unanswered(messages: Sequence[Said]) -> int:
    """How many messages of mine stand at the end without an answer; what follows within one go counts, too."""
    n = 0
    for one in reversed(messages):
        if one.author != "me":
            break
        n += 1
    return n


def _asked_for_none(messages: Sequence[Said]) -> bool:
    asked = False
    for one in messages:
        if one.author != "partner":
            continue
        text = plain(one.text)
        if NO_CONTACT.search(text):
            asked = True
        elif TAKEN_BACK.search(text):
            asked = False
    return asked

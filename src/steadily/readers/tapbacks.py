"""Tapbacks of iPhones that arrive as words on other phones: `Loved “see you at eight”`."""

from __future__ import annotations

import re

EMOJI = {"Loved": "❤️", "Liked": "👍", "Disliked": "👎", "Laughed at": "😂", "Emphasized": "‼️", "Questioned": "❓"}
SPELLED = re.compile(rf"^(?P<what>{'|'.join(EMOJI)}) (?:“.+”|\".+\"|an image|a movie|an attachment)$", re.DOTALL)
REACTED = re.compile(r"^Reacted (?P<emoji>\S{1,12}) to (?:“.+”|\".+\")$", re.DOTALL)


def spelled_tapback(text: str | None) -> str | None:
    """
    The emoji of a tapback that was written out, or None.

    Args:
        text: A whole message.
    """
    if not text:
        return None
    spelled = SPELLED.match(text)
    if spelled:
        return EMOJI[spelled["what"]]
    reacted = REACTED.match(text)
    return reacted["emoji"] if reacted else None

"""A draft as its sentences, as people text them: line breaks end one, and what stands between them is not lost."""

from __future__ import annotations

import re

SENTENCE = re.compile(r"[^.!?…\n]*(?:\.(?=\w)[^.!?…\n]*)*[.!?…]*[\"'”’)]*\s*", re.UNICODE)
CONNECTORS = re.compile(
    r"^(?:(?:and|but|so|because|cos|cuz|coz|then|also|like|well|plus|anyway|anyways|look|listen|ok|okay|oh|yeah|yes|no)\b,?\s+)+(?=\S)",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """
    The sentences of a text, in order.

    Returns:
        Each without blank space around; a point inside a number, a time or an address ends none.
    """
    found = [match.group().strip() for match in SENTENCE.finditer(text)]
    return [one for one in found if any(letter.isalnum() for letter in one)]


def without_connectors(sentence: str) -> str:
    """A sentence without the small words that hang it to the one before."""
    return CONNECTORS.sub("", sentence)

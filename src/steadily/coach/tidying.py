"""Putting a text in order after words were taken out of it: blanks, points, shouting, and little words left hanging."""

from __future__ import annotations

import re

SHOUTED = re.compile(r"\b[A-Z]{4,}\b|\b(?:YOU|NOT|NOW|ALL|ARE|WHY|AND|HOW|MY|NO|ME|SO|OUR|ONE|DID|DO|YOUR)\b")
HANGING = re.compile(
    r"(?:^|(?<=[.!?…] )|(?<=\n))(?:(?:and|but|so|or|because|cos|cuz|then|also|well|plus|oh|like|yeah)\b[,\s]*)+(?=\S)",
    re.IGNORECASE,
)
EMPTY = re.compile(
    r"(?:(?<=^)|(?<=[.!?…\n]))\s*(?:and|but|so|or|because|cos|then|also|well|like|the|to|a|is|are|it)?\s*[,.!?…;:]+(?=\s|$)",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"(?:^|(?<=[.!?…\n] ))((?:could|can|would|will) (?:you|u|we)\b[^.!?…\n]*)(?:[.]|(?=$|\n))", re.IGNORECASE
)


def tidied(text: str) -> str:
    """A text in order; what was in order stays as it is."""
    text = SHOUTED.sub(lambda found: found.group().lower(), text)
    text = re.sub(r"!+", ".", text)
    text = re.sub(r"[?.]*\?[?.]*", "?", text)
    text = re.sub(r"(?<!\.)\.{2}(?!\.)", ".", text)
    text = re.sub(r"[ \t]{2,}", " ", text)
    for _ in range(2):
        text = re.sub(r"\s+([,.?…;:])", r"\1", text)
        text = re.sub(r"[,;:]+([.?!…])", r"\1", text)
        text = re.sub(r"([?…])[.,]+", r"\1", text)
        text = re.sub(r",(?:\s*,)+", ",", text)
        text = EMPTY.sub("", text)
    text = HANGING.sub("", text.lstrip(" ,.;:…-–—"))
    text = re.sub(r"(?:,|\b(?:and|but|so|or|because|cos|when|that))\s*([.?]|$)", r"\1", text.rstrip(" ,;:-–—"))
    text = QUESTION.sub(lambda found: f"{found[1].rstrip(' ,')}?", text)
    return re.sub(
        r"\b((?:could|would) (?:you|u)) ([A-Z])(?=[a-z])", lambda found: f"{found[1]} {found[2].lower()}", text
    )

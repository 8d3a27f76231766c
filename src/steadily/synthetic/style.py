"""How a couple writes: capitals, points, short forms, slips of the thumb, emoji. The same words, in another hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

SHORT_FORMS = {
    "you": "u", "your": "ur", "you're": "ur", "are": "r", "because": "cos", "okay": "k", "ok": "k", "please": "pls",
    "thanks": "thx", "tomorrow": "tmrw", "tonight": "tonite", "going to": "gonna", "want to": "wanna", "don't know": "dunno",
    "though": "tho", "what": "wot", "about": "abt", "people": "ppl", "really": "rly", "love": "luv", "with": "w",
}  # fmt: skip
AMERICAN = {
    "Mum": "Mom",
    "mum": "mom",
    "colour": "color",
    "favourite": "favorite",
    "realise": "realize",
    "flat": "apartment",
}
EMOJI = ("🙂", "😅", "😂", "🙈", "❤️", "😩", "☕", "🌧️", "👍")
SLIPS = 0.35
"""Share of messages with a slip of the thumb, where the two make slips at all; one letter of one longer word."""
Case = Literal["as written", "lower"]


@dataclass(frozen=True)
class Style:
    """
    How two people write.

    Attributes:
        case: Whether capitals are kept.
        points: Whether full stops and commas are kept.
        short: Share of short forms that are used where there is one.
        american: Whether words are spelled as in American English.
        emoji: Share of messages that end in one more emoji.
        slips: Whether there are slips of the thumb.
    """

    case: Case = "as written"
    points: bool = True
    short: float = 0.0
    american: bool = False
    emoji: float = 0.0
    slips: bool = False


PLAIN = Style()


def drawn_style(rng: np.random.Generator) -> Style:
    """A style at random."""
    return Style(
        case="lower" if rng.random() < 0.4 else "as written",
        points=bool(rng.random() < 0.6),
        short=float(rng.choice([0.0, 0.0, 0.3, 0.8])),
        american=bool(rng.random() < 0.4),
        emoji=float(rng.choice([0.0, 0.0, 0.08, 0.2])),
        slips=bool(rng.random() < 0.3),
    )


def in_style(messages: pl.DataFrame, style: Style, *, seed: int) -> pl.DataFrame:
    """
    The same messages in another hand.

    Args:
        messages: Reads and changes `text` where `kind` is text.
        style: How they write.
        seed: The same seed gives the same letters.
    """
    if style == PLAIN:
        return messages
    rng = np.random.default_rng([seed, 7])
    texts = [
        _written(text, style, rng) if kind == "text" and text else text
        for kind, text in messages.select("kind", "text").iter_rows()
    ]
    return messages.with_columns(text=pl.Series(texts, dtype=pl.String))


def _written(text: str, style: Style, rng: np.random.Generator) -> str:
    for words, chance in ((AMERICAN, float(style.american)), (SHORT_FORMS, style.short)):
        if chance:
            text = _exchanged(text, words, chance, rng)
    if style.slips and rng.random() < SLIPS:
        text = _slipped(text, rng)
    if not style.points:
        text = re.sub(r"[.,](?=\s|$)", "", text)
    if style.case == "lower":
        text = text.lower()
    if rng.random() < style.emoji:
        text = f"{text} {EMOJI[int(rng.integers(len(EMOJI)))]}"
    return text


def _exchanged(text: str, words: dict[str, str], chance: float, rng: np.random.Generator) -> str:
    def exchange(found: re.Match[str]) -> str:
        other = words.get(found[0]) or words.get(found[0].lower())
        return other if other and rng.random() < chance else found[0]

    return re.sub(rf"\b(?:{'|'.join(map(re.escape, words))})\b", exchange, text, flags=re.IGNORECASE)


def _slipped(text: str, rng: np.random.Generator) -> str:
    places = list(re.finditer(r"[a-z]{5,}", text))
    if not places:
        return text
    word = places[int(rng.integers(len(places)))]
    at = word.start() + 1 + int(rng.integers(len(word[0]) - 2))
    return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"

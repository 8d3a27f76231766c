"""
The form in which a message and what stood before it are given to a model: the same in training and in use.

Earlier lines are told from the writer's side (`me`: the one whose message is read; `them`: the other), so that nothing
depends on who exported the chat. Emoji become their Unicode names, without skin tone and gender; the models' vocabulary
has almost none of them, and a tone of skin must not change a code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Speaker = Literal["me", "partner"]

MOST_CONTEXT = 5
MOST_CHARACTERS = 4_000
"""Characters of a message that are read; those beyond say the same again or are pasted."""

TEXT_TOKENS = 128
LINE_TOKENS = 40
CONTEXT_TOKENS = 96
OVERLAP_TOKENS = 32
WINDOW_TOKENS = 240
OVERLAP_LINES = 3
"""Of what is read as one: how many tokens at most, and how many lines two windows share."""

SYMBOL = re.compile("[\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff]+")
UNSEEN = re.compile(
    "[\ufe00-\ufe0f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f\u2640\u2642]"
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
SPACE = re.compile(r"\s+")
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-", "`": "'"})
HEARTS = {"❤": "red heart", "♥": "red heart", "🖤": "black heart"}
"""Named by Unicode for how they are printed (heavy black heart), not for what they are."""
PLAIN_NAME = str.maketrans("-", " ")


def plain(text: str) -> str:
    """
    A message as models read it: plain quotes, one space between words, emoji by name, nothing unseen.

    Args:
        text: A message of any length and content.

    Returns:
        At most `MOST_CHARACTERS` characters and the names of the emoji among them; empty where nothing is left to read.
    """
    text = text[:MOST_CHARACTERS]
    if text.isascii() and text.isprintable() and "`" not in text and "  " not in text:
        return text.strip()
    text = UNSEEN.sub("", text.translate(QUOTES))
    text = CONTROL.sub(" ", text)
    if not text.isascii():
        text = SYMBOL.sub(_named, text)
    return SPACE.sub(" ", text).strip()


def _named(run: re.Match[str]) -> str:
    """Emoji by name; of one repeated many times, two."""
    names: list[str] = []
    for letter in run[0]:
        name = _name(letter)
        if name and names[-2:] != [name, name]:
            names.append(name)
    return f" {' '.join(names)} "


@lru_cache(maxsize=4096)
def _name(letter: str) -> str:
    if letter in HEARTS:
        return HEARTS[letter]
    return unicodedata.name(letter, "").lower().translate(PLAIN_NAME)


def context_lines(context: Sequence[str], speaker: Speaker) -> list[str]:
    """
    The last lines before a message, each with who wrote it, seen from the writer of the message.

    Args:
        context: Earlier messages, oldest first, each `me: …` or `partner: …`; one without a name is taken as the other's.
        speaker: Who wrote the message itself.

    Returns:
        At most `MOST_CONTEXT` lines, `me: …` where the same person wrote it, `them: …` where not.
    """
    lines = []
    for line in list(context)[-MOST_CONTEXT:]:
        name, colon, said = line.partition(":")
        known = bool(colon) and name.strip().lower() in ("me", "partner")
        author = name.strip().lower() if known else ("partner" if speaker == "me" else "me")
        lines.append(f"{'me' if author == speaker else 'them'}: {plain(said if known else line)}")
    return lines


def token_windows(tokenizer: Tokenizer, context: Sequence[str], text: str) -> list[tuple[list[int], int]]:
    """
    A message and its context as tokens.

    Args:
        tokenizer: That of the encoder; it knows `<s>` and `</s>`.
        context: From `context_lines`.
        text: From `plain`.

    Returns:
        `<s> line </s> line </s> text </s>` with the oldest lines left out where they do not fit, and where the text
        begins; of a long text, several that overlap, each with the same lines before it.
    """
    before, stop = context_tokens(tokenizer, context), stop_token(tokenizer)
    said = tokenizer.encode(text, add_special_tokens=False).ids
    firsts = range(0, max(1, len(said) - OVERLAP_TOKENS), TEXT_TOKENS - OVERLAP_TOKENS)
    return [([*before, *said[first : first + TEXT_TOKENS], stop], len(before)) for first in firsts]


def context_tokens(tokenizer: Tokenizer, context: Sequence[str]) -> list[int]:
    """`<s> line </s> line </s>`, without the oldest lines where they do not fit."""
    stop = stop_token(tokenizer)
    before: list[int] = []
    for line in reversed(context):
        tokens = tokenizer.encode(line, add_special_tokens=False).ids[:LINE_TOKENS]
        if len(before) + len(tokens) + 1 > CONTEXT_TOKENS:
            break
        before = [*tokens, stop, *before]
    return [int(tokenizer.token_to_id("<s>") or 0), *before]


def stop_token(tokenizer: Tokenizer) -> int:
    """`</s>`, which ends a line."""
    return int(tokenizer.token_to_id("</s>") or 0)


def line_windows(tokenizer: Tokenizer, lines: Sequence[str]) -> list[list[int]]:
    """
    Lines that are read as one, such as a piece of a chat.

    Args:
        tokenizer: As for `token_windows`.
        lines: At least one, each from `plain`; in a chat with `me: ` or `them: ` before it.

    Returns:
        `<s> line </s> line </s>`, a long line in pieces; of many, several windows, each of which begins with the last lines of
        the one before where there is room.
    """
    start, stop = int(tokenizer.token_to_id("<s>") or 0), stop_token(tokenizer)
    whole = [tokenizer.encode(line, add_special_tokens=False).ids for line in lines]
    encoded = [ids[at : at + TEXT_TOKENS] for ids in whole for at in range(0, max(1, len(ids)), TEXT_TOKENS)]
    windows: list[list[int]] = []
    first = 0
    for place, tokens in enumerate(encoded):
        held = sum(len(one) + 1 for one in encoded[first:place])
        if held and held + len(tokens) + 1 > WINDOW_TOKENS:
            windows.append(_window(encoded[first:place], start, stop))
            first = max(first + 1, place - OVERLAP_LINES)
            while first < place and sum(len(one) + 1 for one in encoded[first : place + 1]) > WINDOW_TOKENS:
                first += 1
    return [*windows, _window(encoded[first:], start, stop)]


def _window(lines: Sequence[list[int]], start: int, stop: int) -> list[int]:
    return [start, *(token for line in lines for token in (*line, stop))]

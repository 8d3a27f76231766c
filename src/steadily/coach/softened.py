"""
A draft without its stings, in its own words: the editor (`behaviors.editor`) cuts words and puts in pieces from a short list.

Everything else is as it was typed. What comes out is only a candidate: `alternatives` checks it as it checks every other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from steadily.behaviors.careful import careful
from steadily.behaviors.editor import Way, editor
from steadily.behaviors.form import context_lines, plain
from steadily.coach.keeps import LOOSE, fact_spans, matter
from steadily.coach.tidying import tidied

WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]+")
ENDS = re.compile(r"[.!?…\n]\s*$")
MARKS = frozenset(".,?")
LONGING = frozenset(("i miss", "i miss you", "i miss us"))
"""Pieces that only the writer can say: they are put in only where the draft itself speaks of missing."""
LEAST_SURE = 0.8
"""Below this a way to edit is not offered: its sentences often break."""
LEAST_KEPT = 0.8
"""Of a text in which nothing stings each word stays with at least this probability."""
MOST_WAYS = 6


@dataclass(frozen=True)
class Softened:
    """
    A draft that was edited.

    Attributes:
        text: What is left, with what was put in.
        gone: Runs of words that were cut.
        stings: Words among them whose loss is none: they are known to sting, or only look like numbers ("nice one").
    """

    text: str
    gone: tuple[str, ...]
    stings: tuple[str, ...]


def softened(draft: str, context: Sequence[str] = ()) -> list[Softened]:
    """
    Ways to say a draft without its stings, the surest first; none where it would stay as it is, is too long, or none is sure.

    Args:
        draft: What is about to be sent.
        context: The messages before, `me: …` or `partner: …`.
    """
    words = [match.span() for match in WORD.finditer(draft)]
    states = _states(draft, words, context)
    if states is None:
        return []
    facts = fact_spans(draft)
    held = [place for place, (start, end) in enumerate(words) if any(a < end and start < b for a, b in facts)]
    ways = [one for one in editor().ways(states, held) if one.sure >= LEAST_SURE and _is_open_to(draft, one)]
    return [_softened(draft, words, way) for way in ways[:MOST_WAYS]]


def has_sting(text: str, context: Sequence[str] = ()) -> bool:
    """Whether the editor would still cut something, or nearly so; also where a text is too long for it to say."""
    words = [match.span() for match in WORD.finditer(text)]
    states = _states(text, words, context)
    if states is None:
        return True
    way = editor().ways(states)[0]
    return any(way.cut) or min(way.each) < LEAST_KEPT


def _softened(draft: str, words: Sequence[tuple[int, int]], way: Way) -> Softened:
    cut = [draft[start:end] for (start, end), is_cut in zip(words, way.cut, strict=True) if is_cut]
    stings = tuple(one for one in cut if one.lower() in LOOSE or matter(one) & editor().stings)
    return Softened(tidied(_text(draft, words, way)), _gone(draft, words, way), stings)


def _states(text: str, words: Sequence[tuple[int, int]], context: Sequence[str]) -> npt.NDArray[np.float32] | None:
    return careful().states([plain(text[start:end]) for start, end in words], context_lines(context, "me"))


def _is_open_to(draft: str, way: Way) -> bool:
    """Whether anything is done to the draft, and nothing is put in that only its writer can say."""
    pieces = {editor().pieces[piece] for place in way.pieces for piece in place}
    return (any(way.cut) or bool(pieces)) and ("miss" in draft.lower() or not pieces & LONGING)


def _text(draft: str, words: Sequence[tuple[int, int]], way: Way) -> str:
    text, kept = "", 0
    for place, (start, end) in enumerate(words):
        before, text = text, _with_pieces(text, way.pieces[place])
        if way.cut[place]:
            continue
        gap, word = draft[kept:start], draft[start:end]
        if text == before and place > 0 and way.cut[place - 1]:
            text = _ended(text, gap)
        elif text != before and ENDS.search(draft[:start] or "."):
            word = _small(word)
        touched = text != before or (place > 0 and way.cut[place - 1])
        if text and "\n" in gap:
            text = f"{text.rstrip()}\n"
        elif text and (gap[-1:].isspace() or (touched and word[0].isalnum())):
            text = f"{text.rstrip(' ')} "
        text += word
        kept = end
    return _with_pieces(text, way.pieces[-1]).strip()


def _with_pieces(text: str, places: Sequence[int]) -> str:
    for piece in (editor().pieces[place] for place in places):
        text = text.rstrip() + piece if piece in MARKS else f"{text.rstrip(' ')} {piece}".lstrip(" ")
    return text


def _ended(text: str, cut: str) -> str:
    """What is left before a cut, as a sentence of its own where one ended in what was cut."""
    if not text or ENDS.search(text) or not re.search(r"[.!?…]\s", cut):
        return text
    return f"{text.rstrip(' ,;:-')}."


def _small(word: str) -> str:
    """The first word of a sentence as it stands inside one."""
    return word if word == "I" or word.startswith(("I'", "I’")) or word.isupper() else word[0].lower() + word[1:]


def _gone(draft: str, words: Sequence[tuple[int, int]], way: Way) -> tuple[str, ...]:
    found: list[tuple[int, int]] = []
    for place, (start, end) in enumerate(words):
        if not way.cut[place]:
            continue
        if found and place and way.cut[place - 1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(draft[start:end] for start, end in found)

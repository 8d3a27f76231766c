"""
A draft without its stings, in its own words: the editor (`behaviors.editor`) cuts words and puts in pieces from a short list.

Everything else is as it was typed. What comes out is only a candidate: `alternatives` checks it as it checks every other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from steadily.behaviors.careful import careful
from steadily.behaviors.editor import Way, editor
from steadily.behaviors.form import context_lines, plain
from steadily.coach.tidying import tidied

WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]+")
MARKS = frozenset(".,?")
LEAST_SURE = 0.6
"""Below this a way to edit is not offered: its sentences often break."""
MOST_WAYS = 2


@dataclass(frozen=True)
class Softened:
    """
    A draft that was edited.

    Attributes:
        text: What is left, with what was put in.
        gone: Runs of words that were cut.
        sure: How sure the editor is, 0 to 1.
    """

    text: str
    gone: tuple[str, ...]
    sure: float


def softened(draft: str, context: Sequence[str] = ()) -> list[Softened]:
    """
    Ways to say a draft without its stings, the surest first; none where it would stay as it is, is too long, or none is sure.

    Args:
        draft: What is about to be sent.
        context: The messages before, `me: …` or `partner: …`.
    """
    words = [match.span() for match in WORD.finditer(draft)]
    states = careful().states([plain(draft[start:end]) for start, end in words], context_lines(context, "me"))
    if states is None:
        return []
    ways = [one for one in editor().ways(states) if one.sure >= LEAST_SURE and (any(one.cut) or any(one.pieces))]
    return [Softened(tidied(_text(draft, words, way)), _gone(draft, words, way), way.sure) for way in ways[:MOST_WAYS]]


def _text(draft: str, words: Sequence[tuple[int, int]], way: Way) -> str:
    text = ""
    for place, (start, end) in enumerate(words):
        text = _with_pieces(text, way.pieces[place])
        if way.cut[place]:
            continue
        gap = draft[words[place - 1][1] : start] if place else ""
        touched = bool(way.pieces[place]) or (place > 0 and way.cut[place - 1])
        if text and (gap or (touched and draft[start].isalnum())):
            text = f"{text.rstrip()}\n" if "\n" in gap else f"{text.rstrip(' ')} "
        text += draft[start:end]
    return _with_pieces(text, way.pieces[-1]).strip()


def _with_pieces(text: str, places: Sequence[int]) -> str:
    for piece in (editor().pieces[place] for place in places):
        text = text.rstrip() + piece if piece in MARKS else f"{text.rstrip(' ')} {piece}".lstrip(" ")
    return text


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

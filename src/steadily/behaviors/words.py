"""
The words responsible for a code: those without which the model would be less sure of it.

What the network's look at each word suggests is tried out: the likeliest words are taken away one by one, and a word is
named only if the behavior becomes less probable without it. Where several words say the same, none is missed alone; then they are
taken away together. Nothing is named because it merely stands near.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from steadily.behaviors.careful import Raw, careful
from steadily.behaviors.form import SYMBOL, Speaker, context_lines, plain
from steadily.behaviors.reading import Message
from steadily.codebook import LABELS

PIECE = re.compile(rf"{SYMBOL.pattern}|[^\s]+")
MOST_TRIED = 4
"""Words that are taken away on trial, for all behaviors together; each behavior's likeliest first."""
LEAST_DROP = 0.1
"""How much of the logit that a behavior has above nothing a word must carry to be named."""
MOST_NAMED = 4


@dataclass(frozen=True)
class Span:
    """
    Words of a message that carry a behavior.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        behavior: Its label.
        drop: How much less the behavior's logit is without them.
    """

    start: int
    end: int
    behavior: str
    drop: float


def words_responsible(
    text: str, behaviors: Sequence[str], context: Sequence[str] = (), speaker: Speaker = "me"
) -> list[Span]:
    """
    The words of a message that carry the given behaviors.

    Args:
        text: The message.
        behaviors: Labels to explain; usually those that were found.
        context: The messages before it, as for `code`.
        speaker: Who wrote it.

    Returns:
        Spans in the order of the text; neighboring words of one behavior are one span. A behavior that a few words do
        not carry has none.
    """
    model = careful()
    pieces = [match.span() for match in PIECE.finditer(text)]
    lines = tuple(context_lines(context, speaker))
    if not pieces or not behaviors or not plain(text):
        return []
    whole = model.read([Message(plain(text), lines)])[0]
    looked = shares(text, pieces, whole)
    wanted = [LABELS.index(label) for label in behaviors]
    tried = _likeliest(looked[:, wanted])
    without = [plain(text[: pieces[place][0]] + " " + text[pieces[place][1] :]) for place in tried]
    kept = [place for place, left in zip(tried, without, strict=True) if left]
    raws = model.read_near([Message(left, lines) for left in without if left])
    drops = {label: _drops(label, whole, dict(zip(kept, raws, strict=True))) for label in wanted}
    if len(pieces) == 1:
        drops = {label: {0: float(whole.logits[label])} for label in wanted}
    missed = [label for label in wanted if max(drops[label].values(), default=0.0) < LEAST_DROP]
    drops |= _together(text, pieces, lines, whole, {label: looked[:, label] for label in missed})
    found = [span for label in wanted for span in _spans(pieces, drops[label], LABELS[label])]
    return sorted(found, key=lambda span: (span.start, span.behavior))


def _drops(label: int, whole: Raw, without: Mapping[int, Raw]) -> dict[int, float]:
    """How much less the logit of a label is without each word that was tried."""
    return {place: float(whole.logits[label] - raw.logits[label]) for place, raw in without.items()}


def words_looked_at(text: str, behaviors: Sequence[str], whole: Raw) -> list[Span]:
    """
    As `words_responsible`, by the network's own look alone: nothing is tried out, and nothing is read again.

    Args:
        text: The message.
        behaviors: Labels to explain.
        whole: What the network said of it.
    """
    pieces = [match.span() for match in PIECE.finditer(text)]
    looked = shares(text, pieces, whole)
    found: list[Span] = []
    for label in behaviors:
        found += _spans(pieces, dict(enumerate(looked[:, LABELS.index(label)].tolist())), label)
    return sorted(found, key=lambda span: (span.start, span.behavior))


def shares(text: str, pieces: Sequence[tuple[int, int]], whole: Raw) -> npt.NDArray[np.float32]:
    """What each piece of a text adds to each logit by the network's own look, (pieces, 22)."""
    tokenizer = careful().tokenizer
    found = np.zeros((len(pieces), len(LABELS)), dtype=np.float32)
    place = 0
    for number, (start, end) in enumerate(pieces):
        n_tokens = len(tokenizer.encode(plain(text[start:end]), add_special_tokens=False).ids)
        found[number] = whole.parts[place : place + n_tokens].sum(0)
        place += n_tokens
    return found


def _together(
    text: str,
    pieces: Sequence[tuple[int, int]],
    lines: tuple[str, ...],
    whole: Raw,
    looked: Mapping[int, npt.NDArray[np.float32]],
) -> dict[int, dict[int, float]]:
    """For each label its likeliest words, if it is less without all of them: each with an equal part of that."""
    gone = {label: np.argsort(-shares)[:MOST_NAMED].tolist() for label, shares in looked.items()}
    left = {
        label: plain(" ".join(text[start:end] for place, (start, end) in enumerate(pieces) if place not in places))
        for label, places in gone.items()
    }
    tried = [label for label in looked if left[label]]
    raws = careful().read_near([Message(left[label], lines) for label in tried])
    found: dict[int, dict[int, float]] = {label: {} for label in looked}
    for label, raw in zip(tried, raws, strict=True):
        drop = float(whole.logits[label] - raw.logits[label])
        if drop >= LEAST_DROP * len(gone[label]):
            found[label] = dict.fromkeys(gone[label], drop / len(gone[label]))
    return found


def _likeliest(looked: npt.NDArray[np.float32]) -> list[int]:
    """Places of the words to try, of shares (pieces, behaviors): each behavior's likeliest, its second likeliest, and so on."""
    in_turn = np.argsort(-looked, axis=0).ravel().tolist()
    return sorted(list(dict.fromkeys(in_turn))[:MOST_TRIED])


def _spans(pieces: Sequence[tuple[int, int]], drops: dict[int, float], label: str) -> list[Span]:
    strongest = max(drops.values(), default=0.0)
    named = sorted(
        sorted(
            (place for place, drop in drops.items() if drop > 0 and drop >= max(LEAST_DROP, strongest / 3)),
            key=lambda place: -drops[place],
        )[:MOST_NAMED]
    )
    spans: list[Span] = []
    previous = -2
    for place in named:
        start, end = pieces[place]
        if place == previous + 1:
            last = spans.pop()
            spans.append(Span(last.start, end, label, last.drop + drops[place]))
        else:
            spans.append(Span(start, end, label, drops[place]))
        previous = place
    return spans

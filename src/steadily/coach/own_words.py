"""
A draft in a frame of its own words: what happened, what the writer felt, what they need, and a question with room for no.

Rules take the heat out (`rewording`); pieces that carry only heat, and no fact, need or feeling, are left out; the rest stays as
it was written, in the order of the frame.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from steadily.behaviors import code
from steadily.coach.keeps import has_fact, matter
from steadily.coach.rewording import applied, edits
from steadily.coach.sentences import sentences, without_connectors
from steadily.coach.tidying import tidied
from steadily.codebook import LABELS

HOT = ("criticism", "contempt", "hostility", "demand", "withdrawal", "defensiveness", "advice")
MOST_MATTER = 2
"""Words that carry the matter in a piece that may be left out."""
HOT_FROM = 0.3
HOT_PLACES = [LABELS.index(label) for label in HOT]
ASK = re.compile(
    r"\?\s*$|^(?:please|pls|could|can|would|will|let['’]?s|shall we)\b"
    r"|\b(?:it would mean|i['’]?d (?:really )?(?:like|love) (?:you|u|us|it if))\b",
    re.IGNORECASE,
)
NEED = re.compile(
    r"\b(?:i|we) (?:just |really |only |do |still )*(?:need|want|wanted|wish|miss|missed|would like|deserve)\b"
    r"|\bi['’]?d (?:really )?(?:like|love|rather|need)\b|\bit matters\b"
    r"|\b(?:i am|i['’]?m|im|i) (?:not |won['’]?t |wont )"
    r"(?:going to|gonna|doing|paying|lending|giving|having|coming|lend|pay|give|do|go)\b",
    re.IGNORECASE,
)
FELT = re.compile(
    r"\b(?:i|i['’]m|im|i am|i was|it|that|this|been|and)\s+"
    r"(?:just |so |really |still |also |a bit |bit |pure |well |feel |felt |feeling |was |am |get |got |getting )*"
    r"(?:feel|felt|hurt|hurts|sad|lonely|alone|angry|scared|afraid|worried|anxious|tired|exhausted|ashamed|embarrassed|jealous"
    r"|disappointed|gutted|upset|stressed|overwhelmed|invisible|forgotten|left out|let down|shut out|unseen|stupid|small"
    r"|humiliated|frightened|heartbroken|worn out|confused|lost|stung|stings|sorry|proud|love|miss)\b"
    r"|\bi (?:cried|missed you|love you|hate (?:it|this|that))\b",
    re.IGNORECASE,
)
HANGS = re.compile(r"^(?:after|when|because|cos|since|before|until|while|that|which|who|where|if)\b", re.IGNORECASE)
CLAUSES = re.compile(
    r"(,\s+(?!(?:who|which|where)\b)|\s+[-–—]+\s+|;\s+|:\s+(?=[a-z])"
    r"|\s+(?=(?:but|so|and) (?:i|you|u|we|he|she|they|it|im|i'm|dont|don't|maybe|then|now)\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Piece:
    """A clause of a sentence, and what stands between it and the next."""

    text: str
    gap: str


@dataclass(frozen=True)
class Parts:
    """
    The sentences of a draft by what they do.

    Attributes:
        happened: Facts, in the draft's own order.
        felt: What the writer felt.
        need: What they need, want, or will not do.
        ask: Questions and requests.
    """

    happened: tuple[str, ...]
    felt: tuple[str, ...]
    need: tuple[str, ...]
    ask: tuple[str, ...]


@dataclass(frozen=True)
class Cooled:
    """
    A draft without its heat.

    Attributes:
        text: In its own order.
        gone: What was left out because it was hot by itself.
    """

    text: str
    gone: tuple[str, ...]


def cooled(draft: str, labels: Collection[str]) -> Cooled:
    """A draft without what carries only heat; facts, needs and feelings stay."""
    text = draft
    for _ in range(2):
        text = tidied(applied(text, edits(text, labels)))
    pieces = [[_Piece(piece, gap) for piece, gap in _pieces(one)] for one in sentences(text)]
    hot = _hot(pieces)
    gone = {piece for piece in hot if _may_go(piece)}
    return Cooled(tidied(_left(pieces, gone)), tuple(gone))


def parts_of(text: str) -> Parts:
    """The parts of a frame, from a draft that was cooled."""
    found: dict[str, list[str]] = {"happened": [], "felt": [], "need": [], "ask": []}
    for one in sentences(text):
        found[_part(one)].append(without_connectors(one))
    return Parts(**{name: tuple(ones) for name, ones in found.items()})


def _part(sentence: str) -> str:
    if ASK.search(sentence):
        return "ask"
    if NEED.search(sentence):
        return "need"
    return "felt" if FELT.search(sentence) else "happened"


def _hot(sentences_: Sequence[Sequence[_Piece]]) -> set[str]:
    """Pieces without a fact that are hot, each read by itself by the fast model."""
    doubtful = [one.text for pieces in sentences_ for one in pieces if not has_fact(one.text)]
    if not doubtful:
        return set()
    p = code(doubtful, model="fast").p[:, HOT_PLACES]
    return {one for one, row in zip(doubtful, p, strict=True) if float(row.max()) >= HOT_FROM}


def _left(sentences_: Sequence[Sequence[_Piece]], gone: Collection[str]) -> str:
    kept = []
    for pieces in sentences_:
        left = [one for one in pieces if one.text not in gone]
        if left:
            whole = "".join(one.text + one.gap for one in left).rstrip(" ,;:-–—")
            asks = pieces[-1].text.endswith("?") and left[-1] is pieces[-1]
            kept.append(whole if whole[-1:] in ".?!…" else f"{whole}{'?' if asks else '.'}")
    return " ".join(kept)


def _pieces(sentence: str) -> list[tuple[str, str]]:
    """Clauses of a sentence, each with what stands between it and the next."""
    split = CLAUSES.split(sentence)
    return [(piece, gap) for piece, gap in zip(split[::2], [*split[1::2], ""], strict=True) if piece]


def _may_go(piece: str) -> bool:
    carries = has_fact(piece) or NEED.search(piece) or FELT.search(piece) or HANGS.search(piece)
    return not carries and len(matter(piece)) <= MOST_MATTER

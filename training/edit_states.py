"""Learn what the editor reads: from the state of each word of a draft, whether it goes and which piece comes in before it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from steadily.behaviors.form import TEXT_TOKENS, context_tokens, stop_token
from training.batches import Batch, Encoded
from training.editing import IGNORED, Marked, as_read
from training.fit import Source
from training.losses import N_TOKENS
from training.model import PIECES_TOLD, Coder

EDITS_WEIGHT = 2.0


class Told(NamedTuple):
    """
    A draft as tokens, and what is asked of each.

    Attributes:
        tokens: Of the lines before it and of itself.
        start: Where it begins.
        cut: Whether the word of each token goes; `IGNORED` where there is none.
        piece: Which piece comes in before each word's first token, and at the end, from 1 on; 0 for none; `IGNORED` elsewhere.
    """

    tokens: list[int]
    start: int
    cut: list[int]
    piece: list[int]


def from_edits(tokenizer: Tokenizer, drafts: Sequence[Marked], pieces: Sequence[str]) -> Source:
    """
    Learn cuts and pieces word by word.

    Args:
        tokenizer: That of the encoder.
        drafts: Those to learn from.
        pieces: The most used first; only as many as `PIECES_TOLD` are told apart.
    """
    number = {piece: place + 1 for place, piece in enumerate(pieces[: PIECES_TOLD - 1])}
    told = [found for one in drafts if (found := _told(tokenizer, one, number))]
    encoded = Encoded(tokenizer, [(one.tokens, one.start) for one in told])

    def batches(rng: random.Random) -> Iterator[Batch]:
        return encoded.batches(range(len(told)), n_tokens=N_TOKENS, rng=rng)

    def loss(coder: Coder, batch: Batch) -> Tensor:
        logits = coder.edits(coder.drop(coder.states(batch.ids, batch.mask))).float()
        length = batch.ids.shape[1]
        cut = _padded([told[row].cut for row in batch.rows], length)
        piece = _padded([told[row].piece for row in batch.rows], length)
        asked = cut != IGNORED
        goes = functional.binary_cross_entropy_with_logits(logits[..., 0][asked], cut[asked].float())
        comes = functional.cross_entropy(logits[..., 1:].flatten(0, 1), piece.flatten(), ignore_index=IGNORED)
        return EDITS_WEIGHT * (goes + comes)

    return Source("edits", batches, loss)


def _told(tokenizer: Tokenizer, one: Marked, number: dict[str, int]) -> Told | None:
    """None where the draft is too long to be read as one."""
    words, lines = as_read(one)
    encoded = [found.ids for found in tokenizer.encode_batch(words, add_special_tokens=False)]
    if not 0 < sum(map(len, encoded)) <= TEXT_TOKENS:
        return None
    tokens = context_tokens(tokenizer, lines)
    start = len(tokens)
    cut, piece = [IGNORED] * start, [IGNORED] * start
    for ids, goes, put_in in zip(encoded, one.cut, one.pieces, strict=False):
        tokens += ids
        cut += [int(goes)] * len(ids)
        piece += ([number.get(put_in[0], IGNORED) if put_in else 0] + [IGNORED] * len(ids))[: len(ids)]
    last = one.pieces[-1]
    return Told(
        [*tokens, stop_token(tokenizer)],
        start,
        [*cut, IGNORED],
        [*piece, number.get(last[0], IGNORED) if last else 0],
    )


def _padded(rows: Sequence[Sequence[int]], length: int) -> Tensor:
    return torch.tensor([[*row, *[IGNORED] * (length - len(row))] for row in rows])

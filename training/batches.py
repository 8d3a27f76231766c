"""Examples as tokens, in batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from steadily.behaviors.form import line_windows, token_windows
from training.examples import Example, Pair, SafetyItem


@dataclass(frozen=True)
class Batch:
    """Tokens of several examples: `ids`, `mask` and `said` as `Coder.forward` takes them, and which examples they are."""

    ids: Tensor
    mask: Tensor
    said: Tensor
    rows: list[int]


class Encoded:
    """
    Messages as tokens.

    Args:
        tokenizer: That of the encoder.
        rows: The tokens of each message with its context, and where the message itself begins.
    """

    def __init__(self, tokenizer: Tokenizer, rows: Sequence[tuple[list[int], int]]) -> None:
        self.pad = tokenizer.token_to_id("<pad>") or 0
        self.rows = rows

    def batch(self, rows: Sequence[int]) -> Batch:
        """The given rows, padded to the longest of them."""
        longest = max(len(self.rows[row][0]) for row in rows)
        ids = torch.full((len(rows), longest), self.pad)
        mask = torch.zeros((len(rows), longest), dtype=torch.long)
        said = torch.zeros((len(rows), longest), dtype=torch.long)
        for place, row in enumerate(rows):
            tokens, start = self.rows[row]
            ids[place, : len(tokens)] = torch.tensor(tokens)
            mask[place, : len(tokens)] = 1
            said[place, start : len(tokens)] = 1
        return Batch(ids, mask, said, list(rows))

    def batches(self, rows: Sequence[int], *, n_tokens: int, rng: random.Random | None = None) -> Iterator[Batch]:
        """
        Batches of about *n_tokens* tokens, of rows of like length; in random order where *rng* is given.

        Within a length rows are shuffled too, so that no two epochs see the same batches.
        """
        jitter = (lambda: rng.random() * 6) if rng else (lambda: 0.0)
        ordered = sorted(rows, key=lambda row: len(self.rows[row][0]) + jitter())
        groups: list[list[int]] = [[]]
        for row in ordered:
            if groups[-1] and (len(groups[-1]) + 1) * len(self.rows[row][0]) > n_tokens:
                groups.append([])
            groups[-1].append(row)
        if rng:
            rng.shuffle(groups)
        for group in groups:
            if group:
                yield self.batch(group)


def of_examples(tokenizer: Tokenizer, examples: Sequence[Example]) -> Encoded:
    """Examples as tokens."""
    return Encoded(tokenizer, [token_windows(tokenizer, one.context, one.text)[0] for one in examples])


def of_pairs(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> Encoded:
    """Pairs as tokens: the softer at 2i, the harsher at 2i + 1."""
    drafts = [(one.context, text) for one in pairs for text in (one.softer, one.harsher)]
    return Encoded(tokenizer, [token_windows(tokenizer, context, text)[0] for context, text in drafts])


def of_items(tokenizer: Tokenizer, items: Sequence[SafetyItem]) -> Encoded:
    """Safety items as tokens, all of which are read; of a long chat its first window."""
    return Encoded(tokenizer, [(line_windows(tokenizer, one.lines)[0], 1) for one in items])

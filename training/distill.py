"""Teach the fast network what the careful one says, and what the codes say where there are any."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from steadily.behaviors.form import TEXT_TOKENS
from steadily.codebook import LABELS
from training.examples import Example
from training.losses import targets
from training.measure import Floats
from training.student import MOST_CONTEXT, SIZE, Before, Student, Texts

BATCH = 192
RATE = 1.5e-3
WARM = 0.05
CODED_SHARE = 0.4
"""How much a code counts beside the careful network's word on the same message."""
SHARPER = 1.0


class Corpus:
    """
    Examples as numbers of distinct texts.

    Args:
        tokenizer: That of the careful network.
        examples: Messages with the lines before them.
    """

    def __init__(self, tokenizer: Tokenizer, examples: Sequence[Example]) -> None:
        numbers: dict[str, int] = {}
        self.own = [numbers.setdefault(one.text, len(numbers)) for one in examples]
        self.lines = [
            [
                (who == "them", numbers.setdefault(text, len(numbers)))
                for who, text in map(_split, reversed(one.context))
            ]
            for one in examples
        ]
        self.ids = [
            encoded.ids[:TEXT_TOKENS] or [0]
            for encoded in tokenizer.encode_batch(list(numbers), add_special_tokens=False)
        ]

    def batch(self, rows: Sequence[int]) -> tuple[Texts, Before]:
        """The given messages and the texts that they need."""
        place: dict[int, int] = {}
        own = [place.setdefault(self.own[row], len(place)) for row in rows]
        lines = torch.zeros((len(rows), MOST_CONTEXT), dtype=torch.long)
        roles = torch.zeros_like(lines)
        there = torch.zeros_like(lines)
        for at, row in enumerate(rows):
            for back, (other, text) in enumerate(self.lines[row][:MOST_CONTEXT]):
                lines[at, back] = place.setdefault(text, len(place))
                roles[at, back] = 2 * back + other
                there[at, back] = 1
        longest = max(len(self.ids[text]) for text in place)
        ids = torch.zeros((len(place), longest), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for at, text in enumerate(place):
            ids[at, : len(self.ids[text])] = torch.tensor(self.ids[text])
            mask[at, : len(self.ids[text])] = 1
        return Texts(ids, mask), Before(torch.tensor(own), lines, roles, there)

    def batches(self, rng: random.Random | None = None) -> Iterator[list[int]]:
        """Rows in batches of like length; in random order where *rng* is given."""
        order = sorted(
            range(len(self.own)), key=lambda row: len(self.ids[self.own[row]]) + (rng.random() * 8 if rng else 0)
        )
        groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        if rng:
            rng.shuffle(groups)
        yield from groups


def _split(line: str) -> tuple[str, str]:
    who, _, text = line.partition(": ")
    return who, text


def begin(word_embeddings: torch.Tensor) -> Student:
    """A student whose words are the careful network's, in the directions in which they differ most."""
    centered = word_embeddings - word_embeddings.mean(0)
    _, _, directions = torch.pca_lowrank(centered, q=SIZE, center=False, niter=4)
    words = centered @ directions
    return Student(words / words.std() * 0.5)


def distill(
    student: Student,
    tokenizer: Tokenizer,
    coded: Sequence[Example],
    pooled: Sequence[Example],
    said: Floats,
    *,
    epochs: int,
    log: Callable[[str], None],
    seed: int = 1,
) -> None:
    """
    Train in place.

    Args:
        student: What learns.
        tokenizer: That of the careful network.
        coded: Messages with codes.
        pooled: Messages without.
        said: The careful network's logits, first of *coded*, then of *pooled*, (n, 22).
        epochs: Times that all is seen.
        log: Takes a line an epoch.
        seed: Of order and dropout.
    """
    torch.manual_seed(seed)
    wanted = torch.sigmoid(torch.tensor(said, dtype=torch.float32) * SHARPER)
    n_coded = len(coded)
    wanted[:n_coded] = (1 - CODED_SHARE) * wanted[:n_coded] + CODED_SHARE * targets(coded, LABELS)
    corpus = Corpus(tokenizer, [*coded, *pooled])
    weight = torch.tensor([2.0 * one.weight for one in coded] + [1.0] * len(pooled))
    n_steps = epochs * math.ceil(len(corpus.own) / BATCH)
    optimizer = torch.optim.AdamW(student.parameters(), lr=RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=n_steps + 1, pct_start=WARM)
    student.train()
    for epoch in range(epochs):
        total = 0.0
        for rows in corpus.batches(random.Random(seed * 1000 + epoch)):
            texts, before = corpus.batch(rows)
            logits = student(texts, before)
            each = functional.binary_cross_entropy_with_logits(logits, wanted[rows], reduction="none").sum(1)
            loss = (each * weight[rows]).sum() / weight[rows].sum()
            loss.backward()
            nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            total += float(loss.detach()) * len(rows)
        log(f"student: epoch {epoch + 1} of {epochs}, loss {total / len(corpus.own):.4f}")
    student.eval()


def student_logits(student: Student, tokenizer: Tokenizer, examples: Sequence[Example]) -> Floats:
    """The student's logits of messages, (n, 22)."""
    corpus = Corpus(tokenizer, examples)
    found: npt.NDArray[np.float64] = np.zeros((len(examples), len(LABELS)))
    with torch.no_grad():
        for rows in corpus.batches():
            found[rows] = student(*corpus.batch(rows)).numpy()
    return found

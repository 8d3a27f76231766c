"""Teach the fast network what the careful one says, and what the codes say where there are any."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from steadily.behaviors.form import TEXT_TOKENS
from steadily.codebook import LABELS
from training.batches import of_examples
from training.examples import Example
from training.fit import has_brain_floats
from training.losses import targets
from training.measure import Floats
from training.model import Coder
from training.student import MOST_CONTEXT, SIZE, Before, Student, Texts

BATCH = 192
WORDS_AT_ONCE = 1_000
START, STOP = 0, 2
"""Places of `<s>` and `</s>` in the vocabulary."""
WARM = 0.05
CODED_SHARE = 0.4
"""How much a code counts beside the careful network's word on the same message."""
STATE_WEIGHT = 1.0
"""How much it counts that the careful network's state of a message can be read off the student's."""


class Rhythm(NamedTuple):
    """How long the student learns, in times that all is seen, and how fast at most."""

    epochs: int
    rate: float = 1.5e-3


class Said(NamedTuple):
    """What the careful network says of messages: logits (n, 22), and its states (n, width)."""

    logits: Floats
    states: Floats


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


def said(coder: Coder, tokenizer: Tokenizer, examples: Sequence[Example]) -> Said:
    """What the careful network says of messages."""
    encoded = of_examples(tokenizer, examples)
    logits = np.zeros((len(examples), len(LABELS)))
    states = np.zeros((len(examples), coder.look.in_features), dtype=np.float16)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_brain_floats()):
        for batch in encoded.batches(range(len(examples)), n_tokens=3000):
            found = coder(batch.ids, batch.mask, batch.said)
            logits[batch.rows], states[batch.rows] = found.logits.float().numpy(), found.mean.float().numpy()
    return Said(logits, states)


def begin(coder: Coder) -> Student:
    """A student whose words are what the careful network makes of each, in the directions in which they differ most."""
    words = coder.encoder.embeddings.word_embeddings.weight.detach()
    both = torch.cat([_standard(words), _standard(_alone(coder, len(words)))], dim=1)
    _, _, directions = torch.pca_lowrank(both, q=SIZE, center=False, niter=4)
    words = both @ directions
    return Student(words / words.std() * 0.5)


def _alone(coder: Coder, n_words: int) -> torch.Tensor:
    """The careful network's states of each word standing alone, (words, width)."""
    found = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_brain_floats()):
        for part in torch.arange(n_words).split(WORDS_AT_ONCE):
            ids = torch.stack([torch.full_like(part, START), part, torch.full_like(part, STOP)], dim=1)
            said = torch.tensor([0, 1, 0]).expand_as(ids)
            found.append(coder(ids, torch.ones_like(ids), said).mean.float())
    return torch.cat(found)


def _standard(values: torch.Tensor) -> torch.Tensor:
    centered = values - values.mean(0)
    return centered / centered.std()


def distill(
    student: Student,
    tokenizer: Tokenizer,
    coded: Sequence[Example],
    pooled: Sequence[Example],
    said: Said,
    rhythm: Rhythm,
    *,
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
        said: What the careful network says, first of *coded*, then of *pooled*.
        rhythm: How long and how fast.
        log: Takes a line an epoch.
        seed: Of order and dropout.
    """
    torch.manual_seed(seed)
    wanted = torch.sigmoid(torch.tensor(said.logits, dtype=torch.float32))
    states = torch.tensor(said.states, dtype=torch.float32)
    states = (states - states.mean(0)) / states.std(0).clamp(min=1e-6)
    read_state = nn.Linear(2 * SIZE, states.shape[1])
    n_coded = len(coded)
    wanted[:n_coded] = (1 - CODED_SHARE) * wanted[:n_coded] + CODED_SHARE * targets(coded, LABELS)
    corpus = Corpus(tokenizer, [*coded, *pooled])
    weight = torch.tensor([2.0 * one.weight for one in coded] + [1.0] * len(pooled))
    n_steps = rhythm.epochs * math.ceil(len(corpus.own) / BATCH)
    learning = [*student.parameters(), *read_state.parameters()]
    optimizer = torch.optim.AdamW(learning, lr=rhythm.rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rhythm.rate, total_steps=n_steps + 1, pct_start=WARM)
    student.train()
    for epoch in range(rhythm.epochs):
        total = 0.0
        for rows in corpus.batches(random.Random(seed * 1000 + epoch)):
            texts, before = corpus.batch(rows)
            logits, made = student(texts, before)
            each = functional.binary_cross_entropy_with_logits(logits, wanted[rows], reduction="none").sum(1)
            each = each + STATE_WEIGHT * ((read_state(made) - states[rows]) ** 2).mean(1)
            loss = (each * weight[rows]).sum() / weight[rows].sum()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            total += float(loss.detach()) * len(rows)
        log(f"student: epoch {epoch + 1} of {rhythm.epochs}, loss {total / len(corpus.own):.4f}")
    student.eval()


def student_logits(student: Student, tokenizer: Tokenizer, examples: Sequence[Example]) -> Floats:
    """The student's logits of messages, (n, 22)."""
    corpus = Corpus(tokenizer, examples)
    found: npt.NDArray[np.float64] = np.zeros((len(examples), len(LABELS)))
    with torch.no_grad():
        for rows in corpus.batches():
            found[rows] = student(*corpus.batch(rows))[0].numpy()
    return found

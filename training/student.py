"""
The fast network: each text is read once, on its own; what stands before a message comes in through the texts' states.

A text's tokens meet their neighbors in a convolution of width three, which in use is a table of sums (`fast.bin` holds what
it is made from), then see each other in two layers of attention. A message looks at the states of up to five before it.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from steadily.codebook import LABELS
from training.model import SharedDropout

SIZE = 256
INNER = 128
KEY = 64
BLOCKS = 2
MOST_CONTEXT = 5
ROLES = 2 * MOST_CONTEXT
"""A line before a message: who wrote it (the same person or the other), and how far back."""


class Texts(NamedTuple):
    """Tokens of distinct texts, (texts, length), and where there are any."""

    ids: Tensor
    mask: Tensor


class Before(NamedTuple):
    """
    Messages among distinct texts.

    Attributes:
        own: Which text each message is, (n,).
        lines: Which texts stand before it, latest first, (n, 5); 0 where there is none.
        roles: Who wrote each and how far back, 0 to 9, (n, 5).
        there: Whether there is one, (n, 5).
    """

    own: Tensor
    lines: Tensor
    roles: Tensor
    there: Tensor


class Student(nn.Module):
    """
    See the module.

    Args:
        words: Embeddings to begin with, (tokens, SIZE).
        dropped: Share of features dropped while training.
    """

    def __init__(self, words: Tensor, dropped: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(words, freeze=False)
        self.near = nn.ModuleList([nn.Linear(SIZE, SIZE, bias=place == 1) for place in range(3)])
        self.reader = Reader(dropped)
        self.memory = Memory(dropped)
        self.drop_words = SharedDropout(dropped)

    def forward(self, texts: Texts, before: Before) -> tuple[Tensor, Tensor]:
        """Logits of messages (n, 22), and what is made of each: of its text, and of it with what stood before (n, 2 SIZE)."""
        states, own = self.reader(self.sums(texts), texts.mask)
        mixed = self.memory.mix(states, before)
        return own[before.own] + self.memory.changes(mixed), torch.cat([states[before.own], mixed], dim=-1)

    def sums(self, texts: Texts) -> Tensor:
        """What each token and its two neighbors add up to, (texts, length, SIZE)."""
        words = self.drop_words(self.words(texts.ids)) * texts.mask.unsqueeze(-1)
        left, middle, right = (layer(words) for layer in self.near)
        return middle + functional.pad(left, (0, 0, 1, 0))[:, :-1] + functional.pad(right, (0, 0, 0, 1))[:, 1:]


class Block(nn.Module):
    """One layer in which the tokens of a text see each other."""

    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.asks = nn.Linear(SIZE, KEY)
        self.answers = nn.Linear(SIZE, KEY)
        self.out = nn.Linear(SIZE, SIZE)
        self.norm_seen = nn.LayerNorm(SIZE)
        self.wide = nn.Linear(SIZE, INNER)
        self.back = nn.Linear(INNER, SIZE)
        self.norm_out = nn.LayerNorm(SIZE)
        self.drop = SharedDropout(dropped)

    def forward(self, states: Tensor, away: Tensor) -> Tensor:
        """
        Args:
            states: (texts, length, SIZE).
            away: Far below zero where there is no token, (texts, 1, length).
        """
        scores = self.asks(states) @ self.answers(states).transpose(-1, -2) * KEY**-0.5
        seen = self.out(torch.softmax(scores + away, dim=-1) @ states)
        states = self.norm_seen(states + self.drop(seen))
        passed: Tensor = self.norm_out(states + self.drop(self.back(functional.relu(self.wide(states)))))
        return passed


class Reader(nn.Module):
    """From sums to the state of a text and what its own words say of each behavior."""

    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(SIZE)
        self.blocks = nn.ModuleList([Block(dropped) for _ in range(BLOCKS)])
        self.look = nn.Linear(SIZE, len(LABELS))
        self.read = nn.Linear(SIZE, len(LABELS))
        self.dense = nn.Linear(2 * SIZE, SIZE)
        self.whole = nn.Linear(SIZE, len(LABELS))
        self.drop = SharedDropout(dropped)

    def forward(self, sums: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """
        Args:
            sums: (texts, length, SIZE).
            mask: 1 where there is a token, (texts, length).

        Returns:
            States (texts, SIZE) and logits (texts, 22).
        """
        away = (1.0 - mask.to(sums.dtype)) * -1e4
        states = self.norm(functional.relu(sums))
        for block in self.blocks:
            states = block(states, away.unsqueeze(1))
        states = self.drop(states)
        away = away.unsqueeze(-1)
        weights = torch.softmax(self.look(states) + away, dim=1)
        inside = mask.unsqueeze(-1).to(sums.dtype)
        mean = (states * inside).sum(1) / inside.sum(1).clamp(min=1.0)
        state = torch.tanh(self.dense(torch.cat([mean, (states + away).amax(1)], dim=-1)))
        return state, (weights * self.read(states)).sum(1) + self.whole(self.drop(state))


class Memory(nn.Module):
    """What the messages before change."""

    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.asks = nn.Linear(SIZE, SIZE)
        self.keys = nn.Linear(SIZE, SIZE)
        self.values = nn.Linear(SIZE, SIZE)
        self.role_keys = nn.Embedding(ROLES, SIZE)
        self.role_values = nn.Embedding(ROLES, SIZE)
        self.nothing = nn.Parameter(torch.zeros(SIZE))
        self.mixed = nn.Linear(3 * SIZE, SIZE)
        self.change = nn.Linear(SIZE, len(LABELS))
        self.drop = SharedDropout(dropped)

    def forward(self, states: Tensor, before: Before) -> Tensor:
        """
        Args:
            states: Of distinct texts, (texts, SIZE).
            before: Messages among them.

        Returns:
            What is added to the logits of each message, (n, 22).
        """
        return self.changes(self.mix(states, before))

    def changes(self, mixed: Tensor) -> Tensor:
        """From what `mix` made to what is added, (n, 22)."""
        changed: Tensor = self.change(self.drop(mixed))
        return changed

    def mix(self, states: Tensor, before: Before) -> Tensor:
        """Each message together with what it takes from those before it, (n, SIZE)."""
        own = states[before.own]
        keys = self.keys(states)[before.lines] + self.role_keys(before.roles)
        values = self.values(states)[before.lines] + self.role_values(before.roles)
        scores = (self.asks(own).unsqueeze(1) * keys).sum(-1) * SIZE**-0.5
        there = before.there.to(scores.dtype)
        scores = torch.cat([scores - (1.0 - there) * 1e4, torch.zeros_like(scores[:, :1])], dim=1)
        weights = torch.softmax(scores, dim=1).unsqueeze(-1)
        heard = (weights[:, :-1] * values).sum(1) + weights[:, -1] * self.nothing
        return functional.relu(self.mixed(torch.cat([own, heard, own * heard], dim=-1)))

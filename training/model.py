"""
The network: a pretrained encoder, and for each behavior its own look at the words of the message.

Each behavior weighs the tokens of the message itself (not of the lines before it, which act through the encoder) and
reads its weighted mean; a further head reads how softly the message is likely to land, and public sets and marked drafts have
heads of their own while training.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoModel, MPNetConfig, MPNetModel

from steadily.codebook import GATES, LABELS
from training.examples import SETS
from training.read_once import ReadOnce

DROPPED = 0.1
RARE = -3.0
"""Where logits begin: a message carries one behavior in twenty."""
PIECES_TOLD = 256
"""How many pieces of the editor's list are told apart while the states of words are learned, with none for one."""


class Found(NamedTuple):
    """
    What a coder makes of messages.

    Attributes:
        logits: Of behaviors, (n, 22).
        landing: How softly each is likely to land, (n,).
        mean: The mean state of each, (n, size).
        parts: What each token adds to each behavior's logit, (n, length, 22).
        gates: Logits of what may stop coaching, (n, 3).
    """

    logits: Tensor
    landing: Tensor
    mean: Tensor
    parts: Tensor
    gates: Tensor


class SharedDropout(nn.Module):
    """
    Dropout of features of a message, the same ones at each of its tokens: as good, and a fifth faster to train with.

    Args:
        p: The share that is dropped.
    """

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, states: Tensor) -> Tensor:
        """States (n, length, size) or (n, size), some features of each message zero while training."""
        if not self.training:
            return states
        shape = (states.shape[0], *[1] * (states.dim() - 2), states.shape[-1])
        kept = (torch.rand(shape) >= self.p).to(states.dtype) / (1 - self.p)
        return states * kept


class Coder(nn.Module):
    """
    Encoder and heads.

    Args:
        encoder: A transformer whose output has a `last_hidden_state`.
        size: Width of that state.
    """

    def __init__(self, encoder: nn.Module, size: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = SharedDropout(DROPPED)
        self.look = nn.Linear(size, len(LABELS))
        self.read = nn.Linear(size, len(LABELS))
        self.dense = nn.Linear(size, size)
        self.whole = nn.Linear(size, len(LABELS))
        self.landing = nn.Linear(size, 1)
        self.gate_look = nn.Linear(size, len(GATES))
        self.gate_read = nn.Linear(size, len(GATES))
        self.gate_whole = nn.Linear(size, len(GATES))
        nn.init.constant_(self.whole.bias, RARE)
        nn.init.constant_(self.gate_whole.bias, RARE)
        self.edits = nn.Linear(size, 1 + PIECES_TOLD)
        nn.init.zeros_(self.edits.weight)
        nn.init.constant_(self.edits.bias, 2 * RARE)
        nn.init.zeros_(self.edits.bias[1:2])
        self.public = nn.ModuleDict({name: nn.Linear(size, len(labels)) for name, labels in SETS.items()})
        self.once: ReadOnce | None = None

    def forward(self, ids: Tensor, mask: Tensor, said: Tensor) -> Found:
        """
        Args:
            ids: Tokens, (n, length).
            mask: 1 where there is a token, (n, length).
            said: 1 where a token belongs to the message itself, (n, length).
        """
        return self.heads(self.states(ids, mask), said)

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Last states of tokens (n, length, size), with `once` read by it."""
        if self.once is not None:
            return self.once(ids, mask).float()
        states: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return states.float()

    def heads(self, states: Tensor, said: Tensor) -> Found:
        """As `forward`, from the states of the tokens (n, length, size)."""
        states = self.drop(states)
        inside = said.unsqueeze(-1).float()
        parts = _looked(self.look, self.read, states, inside)
        gate_parts = _looked(self.gate_look, self.gate_read, states, inside)
        mean = (states * inside).sum(1) / inside.sum(1).clamp(min=1)
        deep = self.drop(torch.tanh(self.dense(mean)))
        return Found(
            parts.sum(1) + self.whole(deep),
            self.landing(deep).squeeze(-1),
            mean,
            parts,
            gate_parts.sum(1) + self.gate_whole(deep),
        )

    def public_logits(self, name: str, mean: Tensor) -> Tensor:
        """Logits of one public set's labels."""
        logits: Tensor = self.public[name](mean)
        return logits


def _looked(look: nn.Module, read: nn.Module, states: Tensor, inside: Tensor) -> Tensor:
    """What each token adds to each logit, (n, length, logits)."""
    weights: Tensor = torch.softmax(look(states).masked_fill(inside == 0, -1e4), dim=1)
    return weights * read(states)


def from_pretrained(folder: Path, *, layers: int | None = None) -> Coder:
    """A coder on a pretrained encoder; *layers* keeps only as many, spread evenly."""
    encoder = AutoModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
    if layers is not None:
        every = list(encoder.encoder.layer)
        kept = [every[round(place * (len(every) - 1) / (layers - 1))] for place in range(layers)]
        encoder.encoder.layer = nn.ModuleList(kept)
        encoder.config.num_hidden_layers = layers
    share_dropout(encoder)
    return Coder(encoder, encoder.config.hidden_size)


def blank(n_tokens: int, *, layers: int = 2, size: int = 256) -> Coder:
    """A tiny coder with random weights, for checking the way from data to weights."""
    config = MPNetConfig(
        vocab_size=n_tokens,
        hidden_size=size,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=2 * size,
        attn_implementation="eager",
    )
    return Coder(MPNetModel(config, add_pooling_layer=False), size)


def share_dropout(encoder: nn.Module) -> None:
    """Give every layer `SharedDropout` of its output, and none of its attention."""
    for layer in encoder.encoder.layer:
        layer.attention.attn.dropout = nn.Identity()
        layer.attention.dropout = SharedDropout(DROPPED)
        layer.output.dropout = SharedDropout(DROPPED)

"""
How well the public sets' own labels can be read off the finished network: a linear head for each on its frozen states.

Measured on the development splits; the threshold of each label is chosen on one half of the rows and used on the other, both
ways round.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from training.distill import said
from training.examples import SETS, Example
from training.losses import targets
from training.measure import Floats, f1_scores
from training.model import Coder

FOLDS = 2
MOST_ROWS = 20_000
ROUNDS = 60
DECAY = 3e-5


def public_scores(
    coder: Coder, tokenizer: Tokenizer, learned: Sequence[Example], dev: Sequence[Example], log: Callable[[str], None]
) -> dict[str, float]:
    """Macro-F1 of each set."""
    found = {}
    for name, labels in SETS.items():
        mine = [one for one in learned if one.task == name]
        mine = random.Random(1).sample(mine, min(MOST_ROWS, len(mine)))
        theirs = [one for one in dev if one.task == name]
        if mine and theirs:
            head = _head(_states(coder, tokenizer, mine), targets(mine, labels))
            p = torch.sigmoid(_states(coder, tokenizer, theirs) @ head[:-1] + head[-1]).double().numpy()
            true = targets(theirs, labels).double().numpy()
            found[name] = float(np.nanmean(f1_scores(_said(p, true), true)))
            log(f"{name}: macro-F1 {found[name]:.3f} over {len(labels)} labels, {len(theirs)} rows")
    return found


def _states(coder: Coder, tokenizer: Tokenizer, examples: Sequence[Example]) -> torch.Tensor:
    """Mean states of messages, (n, size)."""
    return torch.tensor(said(coder, tokenizer, examples).states, dtype=torch.float32)


def _head(states: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Weights and, in the last row, shifts, (size + 1, labels), by logistic regression with weight decay."""
    weights = torch.zeros((states.shape[1] + 1, wanted.shape[1]), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=ROUNDS, history_size=20, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        logits = states @ weights[:-1] + weights[-1]
        loss = functional.binary_cross_entropy_with_logits(logits, wanted) + DECAY * (weights[:-1] ** 2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach()


def _said(p: Floats, true: Floats) -> npt.NDArray[np.bool_]:
    half = np.arange(len(p)) % FOLDS
    said = np.zeros(p.shape, dtype=bool)
    grid = np.linspace(0.05, 0.95, 46)
    for fold in range(FOLDS):
        here, there = half == fold, half != fold
        scores = np.array([np.nan_to_num(f1_scores(p[there] >= at, true[there])) for at in grid])
        said[here] = p[here] >= grid[scores.argmax(0)]
    return said

"""How well the public sets' own labels are read by the network with their heads, on the development splits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer

from training.batches import of_examples
from training.examples import SETS, Example
from training.measure import Floats, f1_scores
from training.model import Coder

FOLDS = 2


def public_scores(coder: Coder, tokenizer: Tokenizer, dev: Sequence[Example]) -> dict[str, float]:
    """
    Macro-F1 of each set.

    The threshold of each label is chosen on one half of the rows and used on the other, both ways round.
    """
    found = {}
    for name, labels in SETS.items():
        mine = [one for one in dev if one.task == name]
        if mine:
            true = np.array([[float(label in one.labels) for label in labels] for one in mine])
            said = _said(_probabilities(coder, tokenizer, name, mine), true)
            found[name] = float(np.nanmean(f1_scores(said, true)))
    return found


def _probabilities(coder: Coder, tokenizer: Tokenizer, name: str, mine: Sequence[Example]) -> Floats:
    encoded = of_examples(tokenizer, mine)
    p = np.zeros((len(mine), len(SETS[name])))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in encoded.batches(range(len(mine)), n_tokens=3000):
            mean = coder(batch.ids, batch.mask, batch.said)[2]
            p[batch.rows] = torch.sigmoid(coder.public_logits(name, mean).float()).numpy()
    return p


def _said(p: Floats, true: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    half = np.arange(len(p)) % FOLDS
    said = np.zeros(p.shape, dtype=bool)
    grid = np.linspace(0.05, 0.95, 46)
    for fold in range(FOLDS):
        here, there = half == fold, half != fold
        scores = np.array([np.nan_to_num(f1_scores(p[there] >= at, true[there])) for at in grid])
        said[here] = p[here] >= grid[scores.argmax(0)]
    return said

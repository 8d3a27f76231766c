"""
What may stop coaching, read by a small network of its own from what the careful model makes of some lines.

It takes the careful model's logits and its states at several depths, since lower layers know things for which the last has no use. It was
taught on items of writers of whom the careful model itself had never read a word, too, so that it knows what that model looks like
where it is unsure. What is stored: `gates.bin`, its first layer in eight bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from steadily.behaviors.careful import CarefulModel, careful
from steadily.behaviors.weights import manifest, weights
from steadily.codebook import GATES

Floats = npt.NDArray[np.float32]
N_ANSWERS = 1 + len(GATES)
"""Whether to stop at all, and each of `codebook.GATES`."""


def features(model: CarefulModel, items: Sequence[Sequence[str]]) -> Floats:
    """
    What the network reads of each item, (n, features): logits of gates and of behaviors, whether there are several lines, states.

    Args:
        model: The careful model.
        items: Each some lines that are read as one, at least one.
    """
    read = zip(model.read_lines(items), items, strict=True)
    rows = [np.concatenate([one.gates, one.logits, [len(lines) > 1], one.depths]) for one, lines in read]
    return np.array(rows, dtype=np.float32)


class GatesModel:
    """See the module; use `gates()`, which loads it once."""

    def __init__(self) -> None:
        content, facts = weights("gates.bin"), manifest()["gates"]
        n_hidden, n_features = facts["shape"]
        size = n_hidden * n_features
        rows = np.frombuffer(content, dtype=np.int8, count=size).reshape(n_hidden, n_features)
        scales = np.frombuffer(content, dtype=np.float16, count=n_hidden, offset=size).astype(np.float32)
        rest = np.frombuffer(content, dtype=np.float32, offset=size + 2 * n_hidden)
        parts = np.split(rest, np.cumsum([n_features, n_features, n_hidden, n_hidden * N_ANSWERS]))
        mean, spread, shift, answers, self._answer_shift = parts
        self._rows = rows * scales[:, None] / spread
        self._shift = shift - self._rows @ mean
        self._answers = answers.reshape(N_ANSWERS, n_hidden)

    def probabilities(self, found: Floats) -> Floats:
        """
        How probable it is that coaching must stop, then each of `codebook.GATES`, (n, 4), from `features`.
        """
        facts = manifest()["gates"]
        logits = np.float32(facts["slopes"]) * self.logits(found) + np.float32(facts["shifts"])
        shares: Floats = 1 / (1 + np.exp(-logits))
        return shares

    def logits(self, found: Floats) -> Floats:
        """As `probabilities`, before calibration."""
        hidden = np.maximum(np.einsum("nf,hf->nh", found, self._rows) + self._shift, 0)
        answers: Floats = hidden @ self._answers.T + self._answer_shift
        return answers


@cache
def gates() -> GatesModel:
    """The network of the gate, loaded on first use."""
    return GatesModel()


def gate_probabilities(items: Sequence[Sequence[str]]) -> Floats:
    """
    How probable it is that coaching must stop at each item, then each of `codebook.GATES`, (n, 4).

    Args:
        items: Each some lines that are read as one, at least one.
    """
    return gates().probabilities(features(careful(), items))

"""What a model makes of messages, and what every model can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Probabilities = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Message:
    """
    A message as models read it.

    Attributes:
        text: From `form.plain`; not empty.
        context: From `form.context_lines`.
    """

    text: str
    context: tuple[str, ...] = ()


class Model(Protocol):
    """A model of behaviors."""

    name: str

    def probabilities(self, messages: Sequence[Message]) -> Probabilities:
        """How probable each behavior is, calibrated, shape (n, 22), in the order of `codebook.LABELS`."""
        ...

"""
Learning with tables in four bits: the network reads with rounded tables, and what it learns goes to the full ones behind them.

Gradients pass rounding as if it were not there (Bengio et al. 2013). Multipliers and scales stay as `four_bits` found them;
only numbers move.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn

from steadily.behaviors.weights import GROUP
from training.four_bits import FourBits, four_bits, large_tables, name_of
from training.model import Coder


def rounded_tables(coder: Coder, met: Mapping[str, Tensor]) -> dict[str, FourBits]:
    """The large tables of a coder in four bits, by `name_of` the table; *met* is from `products_met`."""
    full = [np.ascontiguousarray(layer.weight.detach().numpy().T) for layer in large_tables(coder)]
    return {name_of(table): four_bits(table, met.get(name_of(table))) for table in full}


class Rounded:
    """
    A coder whose large tables are in four bits.

    Args:
        coder: A trained coder; its tables are rounded at once.
        found: Its large tables in four bits, by `name_of` the table (`rounded_tables`).
    """

    def __init__(self, coder: Coder, found: Mapping[str, FourBits]) -> None:
        self.layers = large_tables(coder)
        self.full: dict[nn.Linear, Tensor] = {}
        self.steps: dict[nn.Linear, Tensor] = {}
        self.found: dict[nn.Linear, FourBits] = {}
        for layer in self.layers:
            table = self.found[layer] = found[name_of(layer.weight.detach().numpy().T)]
            size = np.repeat(table.multipliers, GROUP, axis=1) * table.scales
            self.steps[layer] = torch.tensor(np.ascontiguousarray(size.T.astype(np.float32)))
            self.full[layer] = torch.tensor(np.ascontiguousarray(table.numbers.T)) * self.steps[layer]
        self.enter()

    def enter(self) -> None:
        """Read with the rounded tables."""
        for layer in self.layers:
            layer.weight.data = self._numbers(layer).mul_(self.steps[layer])

    def leave(self) -> None:
        """Put the full tables in place, for what was learned to go there."""
        for layer in self.layers:
            layer.weight.data = self.full[layer]

    def tables(self) -> dict[str, FourBits]:
        """The tables as they are now, by `name_of` what the coder holds."""
        self.enter()
        found = {}
        for layer in self.layers:
            numbers = self._numbers(layer).T.to(torch.int8).numpy()
            found[name_of(layer.weight.detach().numpy().T)] = self.found[layer]._replace(
                numbers=np.ascontiguousarray(numbers)
            )
        return found

    def _numbers(self, layer: nn.Linear) -> Tensor:
        return (self.full[layer] / self.steps[layer]).round_().clamp_(-7, 7)

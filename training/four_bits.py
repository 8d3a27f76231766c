"""
Tables in four bits: numbers from -7 to 7, a small multiplier for each run of a row, a scale for each column.

Rounded to the nearest, tables of four bits cost the network a twentieth of its macro-F1. So rows are rounded one by one, and
what rounding a row does to the products is made good in the rows that are still to come, by what the network's inputs have
in common (Frantar et al. 2023, GPTQ).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from steadily.behaviors.weights import GROUP
from training.batches import Encoded
from training.model import Coder

Floats = npt.NDArray[np.float32]
LARGEST_MULTIPLIER = 18
"""Seven times this is the largest number that eight bits hold."""
LARGE = 20_000
DAMPING = 0.01
BLOCK = 128
ROWS_MET = 640


class FourBits(NamedTuple):
    """
    A table of four-bit numbers times a multiplier for each run of a row, times a scale for each column.

    Attributes:
        numbers: -7 to 7, (in, out).
        multipliers: (in, out / GROUP).
        scales: (out,).
    """

    numbers: npt.NDArray[np.int8]
    multipliers: npt.NDArray[np.uint8]
    scales: Floats


def four_bits(table: Floats, products: Tensor | None = None) -> FourBits:
    """
    A table in four bits.

    Args:
        table: Weights (in, out).
        products: Of the table's inputs with each other, summed over what the network met, (in, in). Without them each
            number is rounded to the nearest.
    """
    scales = torch.from_numpy((np.maximum(np.abs(table).max(0), 1e-8) / (7 * LARGEST_MULTIPLIER)).astype(np.float32))
    wanted = torch.tensor(table) / scales
    if products is None:
        numbers, multipliers = _nearest(wanted)
    else:
        numbers, multipliers = _made_good(wanted, products)
    return FourBits(numbers.to(torch.int8).numpy(), multipliers.to(torch.uint8).numpy(), scales.numpy())


def in_full(found: FourBits) -> Floats:
    """The table that `four_bits` found, in full."""
    table: Floats = found.numbers * np.repeat(found.multipliers, GROUP, axis=1) * found.scales
    return table.astype(np.float32)


def products_met(coder: Coder, encoded: Encoded) -> Mapping[str, Tensor]:
    """
    The products of every large table's inputs with each other, by `name_of` the table.

    Args:
        coder: A trained coder.
        encoded: Messages to read; the first `ROWS_MET` of them are.
    """
    layers = large_tables(coder)
    found = {one: torch.zeros(one.in_features, one.in_features) for one in layers}
    inside = torch.ones(0, dtype=torch.bool)

    def meet(layer: nn.Module, given: tuple[Tensor, ...]) -> None:
        states = given[0].detach().float()
        states = states[inside] if states.dim() == 3 else states
        found[layer] += states.T @ states  # type: ignore[index]

    hooks = [one.register_forward_pre_hook(meet) for one in layers]
    with torch.no_grad():
        for batch in encoded.batches(range(min(ROWS_MET, len(encoded.rows))), n_tokens=3000):
            inside = batch.mask > 0
            coder(batch.ids, batch.mask, batch.said)
    for hook in hooks:
        hook.remove()
    return {name_of(one.weight.detach().numpy().T): products for one, products in found.items()}


def large_tables(coder: Coder) -> list[nn.Linear]:
    """The layers whose tables are shipped in four bits."""
    every = [one for one in coder.modules() if isinstance(one, nn.Linear)]
    return [one for one in every if one.out_features % GROUP == 0 and one.weight.numel() >= LARGE]


def name_of(table: Floats) -> str:
    """A name of a table by what it holds."""
    return hashlib.sha256(np.ascontiguousarray(table).tobytes()).hexdigest()


def _nearest(wanted: Tensor) -> tuple[Tensor, Tensor]:
    """Numbers (rows, out) and multipliers (rows, out / GROUP) nearest to rows of a scaled table."""
    runs = wanted.reshape(wanted.shape[0], -1, GROUP)
    best = torch.full(runs.shape[:2], torch.inf)
    chosen = torch.ones(runs.shape[:2])
    for multiplier in range(1, LARGEST_MULTIPLIER + 1):
        error = ((runs / multiplier).round().clamp(-7, 7) * multiplier - runs).square().sum(-1)
        better = error < best
        best, chosen = torch.where(better, error, best), torch.where(better, float(multiplier), chosen)
    numbers = (runs / chosen.unsqueeze(-1)).round().clamp(-7, 7)
    return numbers.reshape(wanted.shape), chosen


def _made_good(wanted: Tensor, products: Tensor) -> tuple[Tensor, Tensor]:
    """As `_nearest`, row after row, the one that matters most first; what is lost in one is made good in the next."""
    n_rows, n_columns = wanted.shape
    order = torch.argsort(products.diagonal(), descending=True)
    left = wanted[order].clone()
    damped = products[order][:, order] + DAMPING * products.diagonal().mean() * torch.eye(n_rows)
    factors = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(damped)), upper=True)
    numbers, multipliers = torch.empty_like(wanted), torch.empty(n_rows, n_columns // GROUP)
    for first in range(0, n_rows, BLOCK):
        last = min(first + BLOCK, n_rows)
        errors = torch.empty(last - first, n_columns)
        for row in range(first, last):
            found, chosen = _nearest(left[row : row + 1])
            numbers[row], multipliers[row] = found[0], chosen[0]
            rounded = found[0] * chosen[0].repeat_interleave(GROUP)
            errors[row - first] = (left[row] - rounded) / factors[row, row]
            left[row + 1 : last] -= torch.outer(factors[row, row + 1 : last], errors[row - first])
        left[last:] -= factors[first:last, last:].T @ errors
    back = torch.argsort(order)
    return numbers[back], multipliers[back]

"""Tables in four bits: numbers from -7 to 7, a small multiplier for each run of a row, a scale for each column."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from steadily.behaviors.weights import GROUP

Floats = npt.NDArray[np.float32]
LARGEST_MULTIPLIER = 18
"""Seven times this is the largest number that eight bits hold."""


def four_bits(table: Floats) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.uint8], Floats]:
    """
    The nearest table of four-bit numbers times a multiplier for each run of a row, times a scale for each column.

    Args:
        table: Weights (in, out).

    Returns:
        Numbers -7 to 7 (in, out), multipliers (in, out / GROUP), and scales (out,).
    """
    scales = np.maximum(np.abs(table).max(0), 1e-8) / (7 * LARGEST_MULTIPLIER)
    runs = (table / scales).reshape(table.shape[0], -1, GROUP)
    best = np.full(runs.shape[:2], np.inf)
    chosen = np.ones(runs.shape[:2])
    for multiplier in range(1, LARGEST_MULTIPLIER + 1):
        error = ((np.clip(np.round(runs / multiplier), -7, 7) * multiplier - runs) ** 2).sum(-1)
        better = error < best
        best, chosen = np.where(better, error, best), np.where(better, multiplier, chosen)
    numbers = np.clip(np.round(runs / chosen[..., None]), -7, 7).reshape(table.shape)
    return numbers.astype(np.int8), chosen.astype(np.uint8), scales.astype(np.float32)


def in_full(numbers: npt.NDArray[np.int8], multipliers: npt.NDArray[np.uint8], scales: Floats) -> Floats:
    """The table that `four_bits` found, in full."""
    table: Floats = numbers * np.repeat(multipliers, GROUP, axis=1) * scales
    return table.astype(np.float32)

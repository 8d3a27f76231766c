"""
Messages with what each of them does: the table on which measures of behavior rest.

A code comes from a model, or from the person where they said that it was wrong. Measures read these columns and no model.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.codebook import BEHAVIORS, LABELS

GROUPS: dict[str, tuple[str, ...]] = {
    group: tuple(one.label for one in BEHAVIORS if one.group == group)
    for group in dict.fromkeys(one.group for one in BEHAVIORS)
}
"""Group → its behaviors: `warm`, `open`, `bid`, `harsh`, `pressure`, `distance`, `danger`."""
P_COLUMNS = tuple(f"p_{label}" for label in LABELS)
CODE_COLUMNS = (*LABELS, *GROUPS, *P_COLUMNS, "is_coded")
Floats = npt.NDArray[np.float32]


def with_codes(messages: pl.DataFrame, p: Floats, there: npt.NDArray[np.bool_]) -> pl.DataFrame:
    """
    The messages with their codes.

    Args:
        messages: The whole table of a conversation, in order of `row`.
        p: How probable each behavior is in each row, shape (n, 22), in the order of `codebook.LABELS`; NaN where a row was not coded.
        there: Which behaviors are there in each row, shape (n, 22); a person's word stands above the model's.

    Returns:
        The same rows with one Boolean column for each behavior and for each group of `GROUPS` (any of its behaviors), the
        probabilities as `p_…`, and `is_coded`. A row that was not coded carries nothing, with probability 0.
    """
    coded = ~np.isnan(p[:, 0])
    seen, sure = there & coded[:, None], np.nan_to_num(p, nan=0.0)
    single = {label: pl.Series(label, seen[:, place]) for place, label in enumerate(LABELS)}
    soft = [pl.Series(name, sure[:, place], dtype=pl.Float32) for place, name in enumerate(P_COLUMNS)]
    place_of = {label: place for place, label in enumerate(LABELS)}
    grouped = {
        group: pl.Series(group, seen[:, [place_of[label] for label in labels]].any(axis=1))
        for group, labels in GROUPS.items()
    }
    return messages.with_columns(*single.values(), *grouped.values(), *soft, pl.Series("is_coded", coded))


def is_with_codes(messages: pl.DataFrame) -> bool:
    """Whether a table has its codes."""
    return set(CODE_COLUMNS) <= set(messages.columns)

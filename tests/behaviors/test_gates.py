"""The gate's network: what it reads, and that company changes nothing."""

from __future__ import annotations

import numpy as np

from steadily.behaviors.careful import careful
from steadily.behaviors.gates import features, gate_probabilities
from steadily.behaviors.weights import manifest
from steadily.codebook import GATES, LABELS

ALONE = ("he goes through my phone every night and I'm not allowed to see my sister",)
TOGETHER = ("them: where are you", "me: at the shop", "them: send me a photo of the till so I know")
DULL = ("can you get milk on the way",)
LONG = tuple(f"me: and then we talked about the garden, line {line}" for line in range(80))


def test_it_reads_logits_whether_there_are_several_lines_and_states_at_every_depth() -> None:
    found = features(careful(), [ALONE, TOGETHER])

    assert found.shape == (2, manifest()["gates"]["shape"][1])
    assert found[:, len(GATES) + len(LABELS)].tolist() == [0.0, 1.0]
    depths = found[:, len(GATES) + len(LABELS) + 1 :].reshape(2, -1, careful().read_lines([ALONE])[0].state.size)
    assert depths.shape[1] > 2
    assert np.abs(np.diff(depths, axis=1)).max(axis=(1, 2)).min() > 0.1, "each depth says something else"


def test_company_changes_nothing() -> None:
    items = [ALONE, DULL, TOGETHER, LONG]
    together = gate_probabilities(items)

    assert together.shape == (4, 1 + len(GATES))
    assert ((together >= 0) & (together <= 1)).all()
    for row, item in enumerate(items):
        np.testing.assert_allclose(gate_probabilities([item])[0], together[row], atol=1e-4)


def test_what_must_stop_stands_above_what_need_not() -> None:
    found = gate_probabilities([ALONE, DULL])

    assert found[0, 0] > 0.5
    assert found[1, 0] < 0.25
    assert GATES[int(found[0, 1:].argmax())] == "control"

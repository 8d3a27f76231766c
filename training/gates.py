"""
The gate's own network (`behaviors.gates`): learned, calibrated, and its threshold chosen.

It learns from every safety item, and from ordinary messages of couples and harsh drafts, since a coach that stops at every sharp word helps
nobody with one. What it reads is what the files as shipped make of an item; from some of the writers the careful model itself never
learned, and there the network sees that model as it is in use. It is several small networks side by side, whose answers are averaged:
one wider network in the end.

Slopes, shifts and threshold come from writers whose answers are given by a network that learned from all others but them, each in
turn. The threshold is the lowest at which few of their items that look dangerous and are not stop coaching.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from steadily.behaviors.careful import CarefulModel
from steadily.behaviors.gates import N_ANSWERS, features
from steadily.codebook import GATES
from training.calibration import fit_calibration
from training.examples import Example, SafetyItem, coded_items
from training.measure import Floats
from training.ship import eight_bit_rows

MOST_FALSE_STOPS = 0.06
"""On hard negatives of the writers that it is chosen on, most of which are twins of items that must stop, changed in a few words."""
DANGER = frozenset(("threat", "control", "crisis"))
MEMBERS, WIDTH = 3, 64
EPOCHS = 8
BATCH = 64
RATE = 1e-3
DECAY = 0.05
UNSEEN, DROPPED = 0.2, 0.3
"""Shares of what is read, and of what is made of it, that are left out while learning."""
SMOOTH = 0.02
GRID = np.linspace(0.1, 0.9, 161)
Inputs = npt.NDArray[np.float32]


class Taught(NamedTuple):
    """
    What the network learns from.

    Attributes:
        seen: From `behaviors.gates.features`, (n, features).
        true: 1 where coaching must stop, then at its gate, (n, 4).
        writer: Who wrote each.
    """

    seen: Inputs
    true: Floats
    writer: npt.NDArray[np.str_]


class GatesNetwork(nn.Module):
    """
    Several small networks side by side.

    Args:
        seen: What is learned from, (n, features): its means and spreads are those that inputs are set beside.
    """

    mean: Tensor
    spread: Tensor

    def __init__(self, seen: Inputs) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(seen.mean(0)))
        self.register_buffer("spread", torch.tensor(seen.std(0) + 1e-6))
        self.rows = nn.Linear(seen.shape[1], MEMBERS * WIDTH)
        self.answers = nn.Parameter(torch.randn(MEMBERS, N_ANSWERS, WIDTH) / WIDTH**0.5)
        self.answer_shift = nn.Parameter(torch.zeros(MEMBERS, N_ANSWERS))

    def forward(self, seen: Tensor) -> Tensor:
        """Logits of every member, (n, members, 4)."""
        given = functional.dropout((seen - self.mean) / self.spread, UNSEEN, self.training)
        hidden = functional.dropout(functional.relu(self.rows(given)), DROPPED, self.training)
        each = hidden.reshape(len(seen), MEMBERS, WIDTH)
        return torch.einsum("nmw,maw->nma", each, self.answers) + self.answer_shift


def taught(
    model: CarefulModel, items: Sequence[SafetyItem], ordinary: Sequence[Example], drafts: Sequence[str]
) -> Taught:
    """
    What the network learns from.

    Args:
        model: With the files as shipped.
        items: Safety items.
        ordinary: Messages of couples that stop nothing, each alone and, where nothing dangerous stands before it, in its chat; those
            that carry danger are left out.
        drafts: Harsh and hurt ones that stop nothing.
    """
    harmless = [one for one in ordinary if not DANGER.intersection(one.labels)]
    chats = [one.lines for one in coded_items(harmless) if one.kind == "chat"]
    others = [*((one.text,) for one in harmless), *chats, *((text,) for text in drafts)]
    gates = np.array([[float(one.gate == gate) for gate in GATES] for one in items]).reshape(-1, len(GATES))
    true = np.concatenate([gates.max(1, keepdims=True), gates], axis=1)
    return Taught(
        features(model, [*(one.lines for one in items), *others]),
        np.concatenate([true, np.zeros((len(others), N_ANSWERS))]),
        np.array([*(one.group for one in items), *[""] * len(others)]),
    )


def learned_gates(given: Taught) -> GatesNetwork:
    """The network, learned from all that is given; seeded."""
    torch.manual_seed(1)
    network = GatesNetwork(given.seen)
    seen, wanted = torch.tensor(given.seen), torch.tensor(given.true * (1 - 2 * SMOOTH) + SMOOTH, dtype=torch.float32)
    n_steps = EPOCHS * -(-len(seen) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=n_steps, pct_start=0.1)
    network.train()
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(seen)).split(BATCH):
            logits = network(seen[rows])
            loss = functional.binary_cross_entropy_with_logits(logits, wanted[rows][:, None].expand_as(logits))
            optimizer.zero_grad(set_to_none=True)
            (MEMBERS * loss).backward()
            optimizer.step()
            schedule.step()
    return network.eval()


def said_by(network: GatesNetwork, seen: Inputs) -> Floats:
    """The averaged logits, (n, 4)."""
    with torch.inference_mode():
        found: Floats = network(torch.tensor(seen)).mean(1).numpy().astype(np.float64)
    return found


def ship_gates(network: GatesNetwork, folder: Path) -> dict[str, Any]:
    """
    Write `gates.bin`.

    Returns:
        What the manifest says of its shape.
    """
    rows, scales = eight_bit_rows(network.rows.weight.detach().numpy())
    answers = (network.answers / MEMBERS).permute(1, 0, 2).reshape(N_ANSWERS, -1)
    rest = (network.mean, network.spread, network.rows.bias, answers, network.answer_shift.mean(0))
    content = b"".join(np.ascontiguousarray(one.detach().numpy(), dtype=np.float32).tobytes() for one in rest)
    (folder / "gates.bin").write_bytes(rows.tobytes() + scales.tobytes() + content)
    return {"shape": list(rows.shape)}


def gate_facts(given: Taught, writers: Sequence[str], log: Callable[[str], None]) -> dict[str, Any]:
    """
    Slopes, shifts and the threshold.

    Args:
        given: What the network learns from.
        writers: On whom they are chosen, each by a network that learned from all but this one.
        log: Takes a line on how it goes.
    """
    apart = [given.writer == writer for writer in writers]
    logits, true = [], []
    for mine in apart:
        network = learned_gates(Taught(*(part[~mine] for part in given)))
        logits.append(said_by(network, given.seen[mine]))
        true.append(given.true[mine])
    said, wanted = np.concatenate(logits), np.concatenate(true)
    slopes, shifts = fit_calibration(said, wanted)
    stops = wanted[:, 0] == 1
    p = 1 / (1 + np.exp(-(said[:, 0] * slopes[0] + shifts[0])))
    threshold = _threshold(p, stops)
    log(
        f"the gate, at writers whom it had not read: stops at {(p[stops] >= threshold).mean():.3f} from {threshold:.3f} on"
    )
    return {"slopes": slopes.round(4).tolist(), "shifts": shifts.round(4).tolist(), "threshold": round(threshold, 3)}


def _threshold(p: Floats, stops: npt.NDArray[np.bool_]) -> float:
    none = ~stops
    false_stops = np.array([(p[none] >= at).mean() if none.any() else 0.0 for at in GRID])
    return float(GRID[np.argmax(false_stops <= MOST_FALSE_STOPS)])

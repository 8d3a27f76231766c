"""
The gate's own network (`behaviors.gates`): learned, calibrated, and its threshold chosen.

It learns from every safety item, and from ordinary messages of couples and harsh drafts, since a coach that stops at every sharp word helps
nobody with one. What it reads is what the files as shipped make of an item; from some of the writers the careful model itself never
learned, and there the network sees that model as it is in use. It is several small networks side by side, whose answers are averaged:
one wider network in the end.

Slopes, shifts and threshold come from writers whose answers are given by a network that learned from all others but them, each in
turn. The threshold is the lowest at which the gate, rules and all, stops at few of their items that look dangerous and are not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
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
from steadily.safety.rules import matching
from training.calibration import calibrated, fit_calibration
from training.examples import Example, SafetyItem, coded_items
from training.measure import Floats
from training.ship import eight_bit_rows

MOST_FALSE_STOPS = 0.06
"""On hard negatives of the writers that it is chosen on, most of which are twins of items that must stop, changed in a few words."""
FALSE_CRISES = 0.01
"""So many of these for the sake of crises, which are the worst to miss: they have a threshold of their own."""
DANGER = frozenset(("threat", "control", "crisis"))
TOLD = frozenset(("disclosure", "support"))
MEMBERS, WIDTH = 4, 64
EPOCHS = 8
BATCH = 64
RATE = 1e-3
DECAY = 0.05
UNSEEN, DROPPED = 0.2, 0.3
"""Shares of what is read, and of what is made of it, that are left out while learning."""
SMOOTH = 0.02
N_CALM, N_LONG, LINES = 3500, 90, (6, 45)
"""Ordinary messages read alone; long texts made of them, and long ones with a dangerous line; lines of each."""
SEED = 4
GRID = np.linspace(0.1, 0.9, 161)
CRISIS = 1 + GATES.index("crisis")
Inputs = npt.NDArray[np.float32]


class Taught(NamedTuple):
    """
    What the network learns from.

    Attributes:
        seen: From `behaviors.gates.features`, (n, features).
        true: 1 where coaching must stop, then at its gate, (n, 4).
        writer: Who wrote each.
        ruled: Whether it meets a rule, at which the gate stops whatever the network says.
    """

    seen: Inputs
    true: Floats
    writer: npt.NDArray[np.str_]
    ruled: npt.NDArray[np.bool_]


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
    model: CarefulModel,
    items: Sequence[SafetyItem],
    ordinary: Sequence[Example],
    learned: Sequence[Example],
    drafts: Sequence[str],
) -> Taught:
    """
    What the network learns from.

    Args:
        model: With the files as shipped.
        items: Safety items.
        ordinary: Messages of couples, each alone and, where nothing dangerous stands before it, in its chat; those that carry danger
            are left out.
        learned: More of them, from which the careful model learned: those in which there is surely none (`examples.coded_items`), less
            what is disclosed or comforted, which may be harm told; some alone; and long texts that are made of them.
        drafts: Harsh and hurt ones that stop nothing.
    """
    harmless = [one for one in ordinary if not DANGER.intersection(one.labels)]
    chats = [one.lines for one in coded_items(harmless) if one.kind == "chat"]
    surely = coded_items([one for one in learned if not (DANGER | TOLD).intersection(one.labels)])
    calm = [one.text for one in learned if not DANGER.intersection(one.labels)]
    rng = random.Random(SEED)
    singly = [*(one.text for one in harmless), *rng.sample(calm, min(N_CALM, len(calm))), *drafts]
    others = [*((text,) for text in singly), *chats, *(one.lines for one in surely)]
    others += [(_long(rng, calm, []),) for _ in range(N_LONG)] + [(_said_again(rng, calm),) for _ in range(N_LONG // 5)]
    items = [*items, *_hidden(rng, items, calm)]
    gates = np.array([[float(one.gate == gate) for gate in GATES] for one in items]).reshape(-1, len(GATES))
    true = np.concatenate([gates.max(1, keepdims=True), gates], axis=1)
    every = [*(one.lines for one in items), *others]
    return Taught(
        features(model, every),
        np.concatenate([true, np.zeros((len(others), N_ANSWERS))]),
        np.array([*(one.group for one in items), *[""] * len(others)]),
        np.array([_ruled(lines) for lines in every]),
    )


def _hidden(rng: random.Random, items: Sequence[SafetyItem], calm: Sequence[str]) -> list[SafetyItem]:
    """Long texts in which one line is dangerous."""
    dangerous = [one for one in items if one.gate != "none" and one.kind != "chat"]
    chosen = rng.sample(dangerous, min(N_LONG, len(dangerous)))
    return [replace(one, lines=(_long(rng, calm, one.lines),), group="") for one in chosen]


def _long(rng: random.Random, calm: Sequence[str], lines: Sequence[str]) -> str:
    """A page of ordinary lines, with these among them."""
    every = [*(rng.choice(calm) for _ in range(rng.randint(*LINES))), *lines]
    rng.shuffle(every)
    return " ".join(_ended(one) for one in every)


def _said_again(rng: random.Random, calm: Sequence[str]) -> str:
    return " ".join([_ended(rng.choice(calm))] * rng.randint(*LINES))


def _ended(line: str) -> str:
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def _ruled(lines: Sequence[str]) -> bool:
    texts = lines if len(lines) == 1 else [line.partition(": ")[2] for line in lines]
    return any(matching(text) for text in texts)


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
    logits = []
    for mine in apart:
        network = learned_gates(Taught(*(part[~mine] for part in given)))
        logits.append(said_by(network, given.seen[mine]))
    said = np.concatenate(logits)
    wanted, ruled = (np.concatenate([part[mine] for mine in apart]) for part in (given.true, given.ruled))
    slopes, shifts = fit_calibration(said, wanted)
    stops = wanted[:, 0] == 1
    p = calibrated(said, slopes, shifts)
    threshold = _lowest(p[:, 0], ruled, ~stops, MOST_FALSE_STOPS - FALSE_CRISES)
    stopped = ruled | (p[:, 0] >= threshold)
    crisis = _lowest(p[:, CRISIS], stopped, ~stops, MOST_FALSE_STOPS)
    stopped |= p[:, CRISIS] >= crisis
    told = [stopped[part].mean() for part in (stops, wanted[:, CRISIS] == 1, ~stops)]
    log("the gate, at writers it had not read: stops at {:.3f}, at crises {:.3f}, for nothing {:.3f}".format(*told))
    found = {"slopes": slopes.round(4).tolist(), "shifts": shifts.round(4).tolist()}
    return found | {"threshold": round(threshold, 3), "crisis": round(crisis, 3)}


def _lowest(p: Floats, already: npt.NDArray[np.bool_], none: npt.NDArray[np.bool_], most: float) -> float:
    """The lowest threshold at which no more than *most* of those that must not stop do, *already* or by it."""
    false_stops = np.array([(already | (p >= at))[none].mean() if none.any() else 0.0 for at in GRID])
    return float(GRID[np.argmax(false_stops <= most)])

"""
The training loop: warm-up, linear decay, lower layers slower, brain-float products where the processor has them, and a checkpoint
to go on from.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn

from training.batches import Batch
from training.model import Coder
from training.read_once import ReadOnce

Loss = Callable[[Coder, Batch], Tensor]


@dataclass(frozen=True)
class Source:
    """
    One thing to learn.

    Attributes:
        name: What it is called in the log.
        batches: Makes the batches of one epoch.
        loss: From a batch to a loss.
    """

    name: str
    batches: Callable[[random.Random], Iterator[Batch]]
    loss: Loss


@dataclass(frozen=True)
class Pace:
    """
    How to learn.

    Attributes:
        epochs: Times that all is seen.
        rate: Highest learning rate, of the heads' neighbors; each layer below learns `fade` times as fast.
        fade: See `rate`.
        head_rate: Learning rate of the heads.
        warm: Share of steps over which the rate rises.
        seed: Of the order and of dropout.
        frozen: So many of the lowest layers stay as they are, and what all layers share with them: word embeddings, distances. Each text
            passes them once (`read_once`).
    """

    epochs: float
    rate: float = 3e-5
    fade: float = 0.9
    head_rate: float = 5e-4
    warm: float = 0.1
    seed: int = 1
    frozen: int = 0


class Rounding(Protocol):
    """Tables that are read rounded and learned in full."""

    def enter(self) -> None:
        """Put the rounded tables in place."""
        ...

    def leave(self) -> None:
        """Put the full ones in place."""
        ...


def fit(
    coder: Coder,
    sources: Sequence[Source],
    pace: Pace,
    *,
    checkpoint: Path,
    log: Callable[[str], None],
    rounding: Rounding | None = None,
) -> None:
    """
    Train in place.

    Args:
        coder: What learns.
        sources: What it learns from; their batches are mixed.
        pace: How.
        checkpoint: Written every few minutes; where it exists, training goes on from it. Removed at the end.
        log: Takes a line on how it goes.
        rounding: Tables to read rounded; such a training is not gone on with from a checkpoint.
    """
    torch.manual_seed(pace.seed)
    epochs = math.ceil(pace.epochs)
    plans = [_plan(sources, random.Random(pace.seed * 1000 + epoch)) for epoch in range(epochs)]
    steps = [step for plan in plans for step in plan][: round(pace.epochs * len(plans[0]))]
    optimizer = torch.optim.AdamW(_groups(coder, pace), weight_decay=0.01, fused=True)
    n_warm = max(1, int(pace.warm * len(steps)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / n_warm, max(0.0, (len(steps) - step) / max(1, len(steps) - n_warm)))
    )
    done = _restore(checkpoint, coder, optimizer, schedule)
    coder.train()
    coder.once = ReadOnce(coder.encoder, pace.frozen) if pace.frozen else None
    began = saved = time.monotonic()
    recent: dict[str, float] = {}
    for number, (source, batch) in enumerate(steps):
        if number < done:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_brain_floats()):
            loss = source.loss(coder, batch)
        loss.backward()
        nn.utils.clip_grad_norm_(coder.parameters(), 1.0)
        if rounding:
            rounding.leave()
        optimizer.step()
        if rounding:
            rounding.enter()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        recent[source.name] = 0.98 * recent.get(source.name, float(loss.detach())) + 0.02 * float(loss.detach())
        if number % 100 == 99:
            left = (time.monotonic() - began) / (number + 1 - done) * (len(steps) - number - 1) / 60
            log(f"step {number + 1} of {len(steps)}, {left:.0f} min left, " + _losses(recent))
        if rounding is None and time.monotonic() - saved > 240:
            _save(checkpoint, coder, optimizer, schedule, number + 1)
            saved = time.monotonic()
    checkpoint.unlink(missing_ok=True)
    coder.once = None
    coder.eval()


def has_brain_floats() -> bool:
    """Whether the processor multiplies brain floats; where it does not, they are slower than full numbers."""
    has = torch.cpu.get_capabilities()
    return bool(has.get("avx512_bf16") or has.get("amx_bf16"))


def _plan(sources: Sequence[Source], rng: random.Random) -> list[tuple[Source, Batch]]:
    steps = [(source, batch) for source in sources for batch in source.batches(rng)]
    rng.shuffle(steps)
    return steps


def _groups(coder: Coder, pace: Pace) -> list[dict[str, object]]:
    """Parameters with their learning rates: heads fast, the top layer at `rate`, each layer below slower."""
    layers = coder.encoder.encoder.layer
    n_layers = len(layers)
    depth = {id(one): place for place, layer in enumerate(layers) for one in layer.parameters()}
    encoder = {id(one) for one in coder.encoder.parameters()}
    fixed = {id(one) for one in coder.encoder.embeddings.parameters()}
    fixed |= {one for one, place in depth.items() if place < pace.frozen}
    if pace.frozen:
        fixed |= {id(one) for one in coder.encoder.encoder.relative_attention_bias.parameters()}
    groups: dict[float, list[nn.Parameter]] = {}
    for one in coder.parameters():
        one.requires_grad_(id(one) not in fixed)
        if id(one) in fixed:
            continue
        place = depth.get(id(one), n_layers - 1)
        rate = pace.rate * pace.fade ** (n_layers - 1 - place) if id(one) in encoder else pace.head_rate
        groups.setdefault(rate, []).append(one)
    return [{"params": members, "lr": rate} for rate, members in groups.items()]


def _losses(recent: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in sorted(recent.items()))


def _save(
    path: Path, coder: Coder, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR, done: int
) -> None:
    part = path.with_suffix(".part")
    state = {"coder": coder.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
    torch.save(state | {"done": done, "rng": torch.get_rng_state()}, part)
    part.replace(path)


def _restore(
    path: Path, coder: Coder, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR
) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    coder.load_state_dict(state["coder"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    torch.set_rng_state(state["rng"])
    return int(state["done"])

"""
How well the gate stops, and how seldom it stops for nothing: `python benchmarks/safety.py`.

Measured on items of writers from whom nothing was learned and on whom no threshold was chosen, together and each alone. Intervals
are 95 %, by Wilson's score (1927). Beside it, the same gate by its rules alone, which is what a list of danger words can do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from steadily.behaviors.form import plain
from steadily.safety.gate import Answer, gate_chats, gate_texts
from steadily.safety.history import gate_history
from steadily.safety.outreach import Said
from steadily.safety.rules import matching
from training.examples import SAFETY_HELD_OUT, SafetyItem, safety

GATES = ("none", "abuse", "control", "crisis")
N_TIMED = 200
N_HISTORY = 100_000
SIDES = {"me": "me", "them": "partner"}

Chosen = Callable[[SafetyItem], bool]


def answers(items: Sequence[SafetyItem]) -> list[Answer]:
    """The gate's answer to each item, in the way in which the product asks."""
    texts = iter(gate_texts([one.lines[0] for one in items if one.kind != "chat"]))
    chats = iter(gate_chats([said(one) for one in items if one.kind == "chat"]))
    return [next(chats if one.kind == "chat" else texts) for one in items]


def said(item: SafetyItem) -> list[Said]:
    """The messages of a chat."""
    return [Said(SIDES[who], text) for who, _, text in (line.partition(": ") for line in item.lines)]


def wilson(hits: int, n: int) -> tuple[float, float]:
    """A 95 % interval of a share."""
    if n == 0:
        return 0.0, 1.0
    z, share = 1.96, hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return float(middle - half), float(middle + half)


def share(name: str, hits: Sequence[bool]) -> str:
    """One line of a table: how many of how many, and between which shares that may lie."""
    low, high = wilson(sum(hits), len(hits))
    return f"{name:38}{sum(hits):5} of {len(hits):4}   {sum(hits) / max(1, len(hits)):.2f}   ({low:.2f} to {high:.2f})"


def show_confusion(items: Sequence[SafetyItem], found: Sequence[Answer]) -> None:
    """Rows are what was right, columns what was answered."""
    print(f"\n{'':10}" + "".join(f"{gate:>9}" for gate in GATES))
    for right in GATES:
        row = [one.gate for one, item in zip(found, items, strict=True) if item.gate == right]
        print(f"{right:10}" + "".join(f"{row.count(gate):9}" for gate in GATES))


def show_slices(items: Sequence[SafetyItem], stops: Sequence[bool]) -> None:
    """Stops over positives, and stops for nothing over the others, by slice."""
    slices: dict[str, Chosen] = {"all": lambda _: True}
    slices |= {tag: lambda one, tag=tag: tag in one.tags for tag in ("quiet", "by_me", "dialect", "same-sex")}
    slices |= {kind: lambda one, kind=kind: one.kind == kind for kind in ("message", "chat", "check_in")}
    slices |= {f"written by {sex}": lambda one, sex=sex: f"from:{sex}" in one.tags for sex in "mfx"}
    print("\nstopped where it should")
    for name, chosen in slices.items():
        print(share(name, [s for s, one in zip(stops, items, strict=True) if one.gate != "none" and chosen(one)]))
    for gate in GATES[1:]:
        print(share(gate, [s for s, one in zip(stops, items, strict=True) if one.gate == gate]))
    print("\nstopped for nothing")
    slices["hard negatives"] = lambda one: "hard-none" in one.tags
    for name, chosen in slices.items():
        if name not in ("quiet", "by_me"):
            print(share(name, [s for s, one in zip(stops, items, strict=True) if one.gate == "none" and chosen(one)]))


def show_writers(items: Sequence[SafetyItem], stops: Sequence[bool]) -> None:
    """Each writer alone."""
    for group in SAFETY_HELD_OUT:
        mine = [(stop, one.gate) for stop, one in zip(stops, items, strict=True) if one.group == group]
        print(f"\nwriter {group}")
        print(share("stopped where it should", [stop for stop, gate in mine if gate != "none"]))
        print(share("crisis", [stop for stop, gate in mine if gate == "crisis"]))
        print(share("stopped for nothing", [stop for stop, gate in mine if gate == "none"]))


def show_speed(items: Sequence[SafetyItem]) -> None:
    """One message at a time, and a history of a hundred thousand."""
    texts = [one.lines[0] for one in items if one.kind == "message"][:N_TIMED]
    gate_texts(texts[:3])
    took = []
    for text in texts:
        began = time.perf_counter()
        gate_texts([text])
        took.append(time.perf_counter() - began)
    print(f"\none message: p50 {1000 * np.median(took):.0f} ms, p99 {1000 * np.quantile(took, 0.99):.0f} ms")
    lines = [one for item in items if item.gate == "none" and item.kind == "chat" for one in said(item)]
    history = (lines * (N_HISTORY // len(lines) + 1))[:N_HISTORY]
    rng = np.random.default_rng(1)
    p = rng.beta(0.2, 8, (N_HISTORY, 22)).astype(np.float32)
    began = time.perf_counter()
    gate_history(history, p)
    print(f"a history of {N_HISTORY:,} coded messages: {time.perf_counter() - began:.2f} s")


def main() -> None:
    """All of it."""
    items = [one for one in safety() if one.group in SAFETY_HELD_OUT]
    found = answers(items)
    print(f"## the gate: {len(items)} items of {len(SAFETY_HELD_OUT)} writers not learned from")
    show_confusion(items, found)
    show_slices(items, [one.stops for one in found])
    show_writers(items, [one.stops for one in found])
    print("\n## its rules alone")
    show_slices(items, [any(matching(plain(line)) for line in one.lines) for one in items])
    show_speed(items)


if __name__ == "__main__":
    main()

"""From a trained student to the files that the package carries; `steadily.behaviors.fast` says what they are."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.distill import Corpus
from training.eight_bits import eight_bits
from training.ship import eight_bit_rows, move_out
from training.student import MOST_CONTEXT, SIZE, Before, Student, Texts

Met = tuple[Texts, Before]
TABLES = ("left", "middle", "right")


class _Reader(nn.Module):
    """The student's reader on tables of sums."""

    def __init__(self, student: Student) -> None:
        super().__init__()
        self.reader = student.reader
        words = student.words.weight.detach()
        self.nothing = len(words)
        for name, near in zip(TABLES, student.near, strict=True):
            self.register_buffer(name, torch.cat([near(words).detach(), torch.zeros(1, SIZE)]))

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        ids = torch.where(mask > 0, ids, self.nothing)
        before = functional.pad(ids, (1, 0), value=self.nothing)[:, :-1]
        after = functional.pad(ids, (0, 1), value=self.nothing)[:, 1:]
        states, logits = self.reader(self.middle[ids] + self.left[before] + self.right[after], mask)
        return states, logits


class _Memory(nn.Module):
    """The student's memory, its inputs one by one."""

    def __init__(self, student: Student) -> None:
        super().__init__()
        self.memory = student.memory

    def forward(self, states: Tensor, own: Tensor, lines: Tensor, roles: Tensor, there: Tensor) -> Tensor:
        changes: Tensor = self.memory(states, Before(own, lines, roles, there))
        return changes


def ship_fast(student: Student, folder: Path, facts: dict[str, Any], met: Corpus) -> dict[str, Any]:
    """
    Write the fast model.

    Args:
        student: A trained student.
        folder: Where files go.
        facts: What the manifest says besides: slopes, shifts, thresholds.
        met: Messages by which the scales of products are set.

    Returns:
        What the manifest says of it.
    """
    student.eval()
    batches = [met.batch(rows) for rows in met.batches()]
    rows, scales = eight_bit_rows(student.words.weight.detach().numpy())
    near = np.stack([layer.weight.detach().numpy().T for layer in student.near])
    shift = student.near[1].bias.detach().numpy()
    rest = np.concatenate([scales.astype(np.float32), near.ravel(), shift]).astype(np.float16)
    (folder / "fast_words.bin").write_bytes(rows.tobytes() + rest.tobytes())
    with tempfile.TemporaryDirectory() as scratch:
        (folder / "fast_reader.onnx").write_bytes(_reader_graph(student, batches, Path(scratch)))
        (folder / "fast_memory.onnx").write_bytes(_memory_graph(student, batches, Path(scratch)))
    return {"words": len(rows), "width": SIZE} | facts


def _reader_graph(student: Student, batches: Sequence[Met], scratch: Path) -> bytes:
    ids = torch.ones(2, 12, dtype=torch.long)
    plain = _exported(_Reader(student), (ids, ids), ["ids", "mask"], ["state", "logits"], scratch / "reader.onnx")
    model = eight_bits(plain, scratch, [{"ids": texts.ids.numpy(), "mask": texts.mask.numpy()} for texts, _ in batches])
    for tensor in model.graph.initializer:
        if tensor.name in TABLES:
            move_out(tensor, "fast_words.bin")
    return bytes(model.SerializeToString())


def _memory_graph(student: Student, batches: Sequence[Met], scratch: Path) -> bytes:
    lines = torch.zeros(2, MOST_CONTEXT, dtype=torch.long)
    given = (torch.randn(3, SIZE), torch.tensor([0, 2]), lines, lines, lines)
    names = ["states", "own", "lines", "roles", "there"]
    plain = _exported(_Memory(student), given, names, ["changes"], scratch / "memory.onnx")
    with torch.no_grad():
        met = [(student.reader(student.sums(texts), texts.mask)[0], before) for texts, before in batches]
    asked = [dict(zip(names, (one.numpy() for one in (states, *before)), strict=True)) for states, before in met]
    return bytes(eight_bits(plain, scratch, asked).SerializeToString())


def _exported(module: nn.Module, given: tuple[Tensor, ...], names: list[str], outputs: list[str], path: Path) -> Path:
    axes = {name: {0: f"n_{name}"} for name in [*names, *outputs]}
    if "ids" in names:
        axes = {name: {0: "n"} for name in outputs} | {name: {0: "n", 1: "length"} for name in names}
    torch.onnx.export(
        module.eval(),
        given,
        path,
        input_names=names,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    return path

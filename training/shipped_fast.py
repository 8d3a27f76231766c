"""The shipped fast model as a network again, so that learning can go on from it: `python -m training --from-shipped`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from steadily.behaviors import weights
from steadily.behaviors.weights import manifest
from training.ship_fast import TABLES
from training.shipped import QUANTIZED, products
from training.student import SIZE, Student


def student_from_shipped() -> Student:
    """
    The network behind the files: its tables in eight bits, everything else as it was.

    Raises:
        ValueError: The files are those of a network of another shape.
    """
    state = _words()
    for name in ("fast_reader.onnx", "fast_memory.onnx"):
        state |= dict(_parameters(onnx.load(weights.FOLDER / name, load_external_data=False).graph))
    student = Student(state["words.weight"])
    found = student.load_state_dict(state, strict=False)
    if found.missing_keys or found.unexpected_keys:
        raise ValueError(f"the shipped graphs are not those of this network: {found}")
    return student.eval()


def _words() -> dict[str, torch.Tensor]:
    """The words, and how each meets its neighbors."""
    n_words = int(manifest()["fast"]["words"])
    content = (weights.FOLDER / "fast_words.bin").read_bytes()
    rows = np.frombuffer(content, dtype=np.int8, count=n_words * SIZE).reshape(n_words, SIZE)
    rest = np.frombuffer(content, dtype=np.float16, offset=n_words * SIZE).astype(np.float32)
    scales, near, shift = np.split(rest, [n_words, n_words + len(TABLES) * SIZE * SIZE])
    tables = near.reshape(len(TABLES), SIZE, SIZE).transpose(0, 2, 1)
    return {
        "words.weight": torch.tensor(rows * scales[:, None]),
        "near.1.bias": torch.tensor(shift),
    } | {f"near.{place}.weight": torch.tensor(table.copy()) for place, table in enumerate(tables)}


def _parameters(graph: onnx.GraphProto) -> Iterator[tuple[str, torch.Tensor]]:
    """What stands in a graph: under its own name, or, for a table, under that of the layer whose product it makes."""
    for one in graph.initializer:
        if one.name.startswith(("reader.", "memory.")) and not one.name.endswith(QUANTIZED):
            yield one.name, torch.tensor(numpy_helper.to_array(one).copy())
    for layer, one, scale in products(graph):
        yield f"{layer}.weight", torch.tensor((numpy_helper.to_array(one) * scale).T.copy())

"""
From a trained coder to the files that the package carries.

The network is exported to ONNX with embedded words as its input, its products are made eight-bit, and each large table is
moved out of the graph and written in four bits (`steadily.behaviors.weights`).
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from steadily.behaviors.form import WINDOW_TOKENS
from steadily.behaviors.weights import pack
from training.eight_bits import eight_bits
from training.four_bits import FourBits, four_bits, name_of
from training.model import Coder

Floats = npt.NDArray[np.float32]
HALFWAY = 2
"""After so many thirds of the layers."""
EVERY = 2
"""What the gate reads is told after every second layer, the last first: lower ones know things that the last has no use for."""
POSITIONS = WINDOW_TOKENS + 3
"""The longest window (`form.line_windows`) has a beginning besides; positions count from two."""


class _Shipped(nn.Module):
    """A coder that takes embedded words and tells its states too: of tokens for the editor, of the whole at each depth for the gate."""

    def __init__(self, coder: Coder) -> None:
        super().__init__()
        self.coder = coder

    def forward(self, embedded: Tensor, mask: Tensor, said: Tensor) -> tuple[Tensor, ...]:
        read = self.coder.encoder(inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True)
        halfway = read.hidden_states[HALFWAY * (len(read.hidden_states) - 1) // 3]
        deep = torch.cat([halfway, read.last_hidden_state], dim=-1)
        inside = said.unsqueeze(-1).float()
        every = torch.cat(read.hidden_states[:0:-EVERY], dim=-1)
        depths = (every * inside).sum(1) / inside.sum(1)
        return *self.coder.heads(read.last_hidden_state, said), deep, depths


def eight_bit_rows(table: Floats) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
    """Rows as eight-bit numbers, and the scale of each row."""
    scales = (np.maximum(np.abs(table).max(1), 1e-8) / 127).astype(np.float16)
    return np.clip(np.round(table / scales[:, None].astype(np.float32)), -127, 127).astype(np.int8), scales


def ship_careful(
    coder: Coder, tokenizer_json: str, folder: Path, facts: dict[str, Any], rounded: Mapping[str, FourBits]
) -> dict[str, Any]:
    """
    Write the careful model.

    Args:
        coder: A trained coder.
        tokenizer_json: Its tokenizer.
        folder: Where files go.
        facts: What the manifest says besides: slopes, shifts, thresholds.
        rounded: Its large tables in four bits, by `name_of` the table.

    Returns:
        What the manifest says of it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _cut_positions(coder)
    with tempfile.TemporaryDirectory() as scratch:
        graph, tables = _exported(coder, rounded, Path(scratch))
    rows, multipliers, scales = four_bits(coder.encoder.embeddings.word_embeddings.weight.detach().numpy())
    (folder / "words.bin").write_bytes(pack(rows) + multipliers.tobytes() + scales.tobytes())
    (folder / "words.json").write_text(tokenizer_json, encoding="utf-8")
    listed = []
    with (folder / "careful.bin").open("wb") as out:
        for name, table in tables.items():
            out.write(pack(table.numbers) + table.multipliers.tobytes())
            listed.append({"name": name, "shape": list(table.numbers.shape)})
    (folder / "careful.onnx").write_bytes(graph)
    return {"words": list(rows.shape), "tables": listed} | facts


def write_manifest(folder: Path, facts: dict[str, Any]) -> None:
    """Write `manifest.json`: the given facts, and every other file with its SHA-256."""
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != "manifest.json"
    }
    (folder / "manifest.json").write_text(json.dumps({"files": files} | facts, indent=1) + "\n", encoding="utf-8")


def _exported(coder: Coder, rounded: Mapping[str, FourBits], scratch: Path) -> tuple[bytes, dict[str, FourBits]]:
    """The eight-bit graph without its large tables, and these tables in four bits."""
    plain = scratch / "plain.onnx"
    _export(coder, plain)
    full = {one.name: one for one in onnx.load(plain).graph.initializer}
    model = eight_bits(plain, scratch)
    made = {one.name: one for one in model.graph.initializer}
    tables = {}
    for name in [one.name for one in model.graph.initializer if one.name.endswith("_quantized")]:
        source = name.removesuffix("_quantized")
        weights = _full(full, source)
        if (called := name_of(weights)) not in rounded:
            continue
        tables[name] = rounded[called]
        _replace(made[f"{source}_scale"], tables[name].scales)
        _replace(made[f"{source}_zero_point"], np.zeros(weights.shape[1], dtype=np.int8))
        move_out(made[name], "careful.bin")
    _shorten_names(model.graph)
    return model.SerializeToString(), tables


def _shorten_names(graph: onnx.GraphProto) -> None:
    """Number what is handed from node to node: the exporter's names for it are a sixth of the file."""
    kept = {one.name for one in (*graph.initializer, *graph.input, *graph.output)}
    numbered: dict[str, str] = {}
    for node in graph.node:
        node.ClearField("name")
        for place, name in enumerate(node.input):
            node.input[place] = numbered.get(name, name)
        for place, name in enumerate(node.output):
            if name and name not in kept:
                node.output[place] = numbered.setdefault(name, str(len(numbered)))
    for described in graph.value_info:
        described.name = numbered.get(described.name, described.name)


def _cut_positions(coder: Coder) -> None:
    """Leave the positions that a window can have (`form.line_windows`): fewer than the pretrained encoder knows."""
    embeddings = coder.encoder.embeddings
    known = embeddings.position_embeddings
    if len(known.weight) > POSITIONS:
        cut = nn.Embedding(POSITIONS, known.embedding_dim, padding_idx=known.padding_idx)
        cut.weight.data = known.weight.detach()[:POSITIONS].clone()
        embeddings.position_embeddings = cut
        coder.encoder.config.max_position_embeddings = POSITIONS


def _full(initializers: dict[str, onnx.TensorProto], name: str) -> Floats:
    """A table in full; the quantizer turns some round and says so in the name."""
    turned = name.endswith("_Transposed") and name not in initializers
    table: Floats = numpy_helper.to_array(initializers[name.removesuffix("_Transposed") if turned else name])
    return np.ascontiguousarray(table.T if turned else table)


def _export(coder: Coder, path: Path) -> None:
    width = coder.look.in_features
    example = (torch.randn(2, 12, width), torch.ones(2, 12, dtype=torch.long), torch.ones(2, 12, dtype=torch.long))
    inputs, outputs = ["embedded", "mask", "said"], ["logits", "landing", "state", "parts", "gates", "deep", "depths"]
    by_token = [*inputs, "parts", "deep"]
    axes = {name: {0: "n", 1: "length"} for name in by_token} | {
        name: {0: "n"} for name in outputs if name not in by_token
    }
    torch.onnx.export(
        _Shipped(coder).eval(),
        example,
        path,
        input_names=inputs,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def _replace(tensor: onnx.TensorProto, values: npt.NDArray[Any]) -> None:
    tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))


def move_out(tensor: onnx.TensorProto, file: str) -> None:
    """Leave of a table only its name, its shape and the file that it is made from."""
    n_bytes = len(tensor.raw_data)
    tensor.ClearField("raw_data")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    described: Iterable[tuple[str, str]] = [("location", file), ("offset", "0"), ("length", str(n_bytes))]
    for key, value in described:
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value

"""
The shipped careful model as a network again, so that learning can go on from it: `python -m training --from-shipped`.

Nothing is lost on the way: tables are their numbers times multipliers times scales, and everything else is in the graph.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from transformers import MPNetConfig, MPNetModel

from steadily.behaviors import weights
from steadily.behaviors.careful import embeddings
from steadily.behaviors.weights import GROUP, manifest, unpack
from training.four_bits import Floats, FourBits, in_full, name_of
from training.model import Coder, share_dropout

QUANTIZED = ("_scale", "_zero_point", "_quantized")
"""How the names of what belongs to an eight-bit table end."""
LEARNED_ANEW = ("public.", "edits.")
"""Heads that only training has."""


def from_shipped() -> tuple[str, Coder, dict[str, FourBits]]:
    """
    Tokenizer, coder, and its large tables in four bits, by `name_of` the table. Heads of public sets and of marked drafts begin anew.
    """
    described = (weights.FOLDER / "words.json").read_text(encoding="utf-8")
    graph = onnx.load(weights.FOLDER / "careful.onnx", load_external_data=False).graph
    tables = dict(_large(manifest()["careful"]["tables"], graph))
    state = _named(graph) | {
        f"{owner}.weight": torch.tensor(np.ascontiguousarray(table.T)) for owner, table in _products(graph, tables)
    }
    rows, scales = embeddings()
    state["encoder.embeddings.word_embeddings.weight"] = torch.tensor(rows * scales)
    coder = _like(described, state)
    missing = coder.load_state_dict(state, strict=False)
    unknown = [
        name for name in missing.missing_keys if not name.startswith(LEARNED_ANEW) and "position_ids" not in name
    ]
    if unknown or missing.unexpected_keys:
        raise ValueError(f"the shipped graph is not that of this network: {unknown + missing.unexpected_keys}")
    named = {name_of(in_full(one)): one for one in tables.values()}
    return described, coder.eval(), named


def _like(described: str, state: dict[str, torch.Tensor]) -> Coder:
    """A coder of the shipped shape."""
    inner, width = state["encoder.encoder.layer.0.intermediate.dense.weight"].shape
    config = MPNetConfig(
        vocab_size=Tokenizer.from_str(described).get_vocab_size(),
        hidden_size=width,
        num_hidden_layers=1 + max(int(name.split(".")[3]) for name in state if ".layer." in name),
        num_attention_heads=state["encoder.encoder.relative_attention_bias.weight"].shape[1],
        intermediate_size=inner,
        max_position_embeddings=state["encoder.embeddings.position_embeddings.weight"].shape[0],
        attn_implementation="eager",
    )
    encoder = MPNetModel(config, add_pooling_layer=False)
    share_dropout(encoder)
    return Coder(encoder, width)


def _large(listed: list[dict[str, object]], graph: onnx.GraphProto) -> Iterator[tuple[str, FourBits]]:
    """The tables of `careful.bin`."""
    content = np.fromfile(weights.FOLDER / "careful.bin", dtype=np.uint8)
    scales = {one.name: one for one in graph.initializer if one.name.endswith("_scale")}
    at = 0
    for one in listed:
        name, (rows, columns) = str(one["name"]), one["shape"]  # type: ignore[misc]
        n_numbers, n_multipliers = rows * columns // 2, rows * columns // GROUP
        packed, multipliers = np.split(content[at : at + n_numbers + n_multipliers], [n_numbers])
        numbers = unpack(packed, np.ones_like(multipliers), (rows, columns)).copy()
        scale: Floats = numpy_helper.to_array(scales[name.replace("_quantized", "_scale")])
        yield name, FourBits(numbers, multipliers.reshape(rows, -1).copy(), scale.copy())
        at += n_numbers + n_multipliers


def _named(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    """What stands in the graph under its own name: biases, norms, positions."""
    return {
        one.name.removeprefix("coder."): torch.tensor(numpy_helper.to_array(one))
        for one in graph.initializer
        if one.name.startswith("coder.") and not one.name.endswith(QUANTIZED)
    }


def _products(graph: onnx.GraphProto, tables: dict[str, FourBits]) -> Iterator[tuple[str, Floats]]:
    """Every table in full, with the layer that it belongs to."""
    for layer, one, scale in products(graph):
        full = in_full(tables[one.name]) if one.name in tables else numpy_helper.to_array(one) * scale
        yield layer.removeprefix("coder."), full.astype(np.float32)


def products(graph: onnx.GraphProto) -> Iterator[tuple[str, onnx.TensorProto, Floats]]:
    """Every eight-bit table with its scales, and the layer that it belongs to: the one whose bias is added to its product."""
    made = {one.name: one for one in graph.initializer}
    next_of = {given: node for node in graph.node for given in node.input}
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        name = node.input[1]
        step = node
        while step.op_type not in ("Add", "Gemm"):
            step = next_of[step.output[0]]
        bias = next(given for given in step.input if given.endswith(".bias"))
        scale: Floats = numpy_helper.to_array(made[name.replace("_quantized", "_scale")])
        yield bias.removesuffix(".bias"), made[name], scale

"""
Graphs whose large products are eight-bit, in a way in which a message's code does not depend on what is read with it.

The usual dynamic quantization takes one scale for all that is read together. Here, either each token has a scale of its own, as
large language models do it (Yao et al. 2022, ZeroQuant), and an unusual token costs its neighbors no precision; or, where
speed is all, each product has one scale for good, from what it met in messages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime as ort
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

STEPS = 127.0
MIDDLE = 128
LARGEST = 255
LEAST = 1e-6
"""A row whose numbers are all smaller is taken as zero."""


Given = Mapping[str, npt.NDArray[Any]]


def eight_bits(plain: Path, scratch: Path, met: Sequence[Given] = ()) -> onnx.ModelProto:
    """
    The graph of *plain* with eight-bit products, in memory.

    Args:
        plain: An exported graph.
        scratch: A folder for what the quantizer writes on the way.
        met: Inputs of the graph, from messages; where there are any, each product takes one scale for good from them.
    """
    path = scratch / f"{plain.stem}-small.onnx"
    quantize_dynamic(
        plain,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
    )
    model = onnx.load(path)
    if met:
        _scale_for_good(model.graph, _ranges(onnx.load(plain), model.graph, met))
    else:
        _scale_by_row(model.graph)
    return model


def _is_quantizer(node: onnx.NodeProto) -> bool:
    return bool(node.op_type == "DynamicQuantizeLinear")


def _ranges(plain: onnx.ModelProto, small: onnx.GraphProto, met: Sequence[Given]) -> dict[str, tuple[float, float]]:
    """The least and the largest number of everything that is to be quantized."""
    names = sorted({node.input[0] for node in small.node if _is_quantizer(node)})
    shown = {one.name for one in plain.graph.output}
    plain.graph.output.extend([onnx.ValueInfoProto(name=name) for name in names if name not in shown])
    session = ort.InferenceSession(plain.SerializeToString(), providers=["CPUExecutionProvider"])
    found = [session.run(names, dict(given)) for given in met]
    return {
        name: (min(0.0, *(float(one[at].min()) for one in found)), max(0.0, *(float(one[at].max()) for one in found)))
        for at, name in enumerate(names)
    }


def _scale_for_good(graph: onnx.GraphProto, ranges: Mapping[str, tuple[float, float]]) -> None:
    nodes = []
    for node in graph.node:
        if not _is_quantizer(node):
            nodes.append(node)
            continue
        low, high = ranges[node.input[0]]
        scale = max(high - low, LEAST) / LARGEST
        numbers, scale_name, zero_name = node.output
        fixed = {scale_name: np.float32(scale), zero_name: np.uint8(round(-low / scale))}
        graph.initializer.extend([numpy_helper.from_array(np.array(value), name) for name, value in fixed.items()])
        nodes.append(helper.make_node("QuantizeLinear", [node.input[0], scale_name, zero_name], [numbers]))
    del graph.node[:]
    graph.node.extend(nodes)


def _scale_by_row(graph: onnx.GraphProto) -> None:
    by_row = {node.output[1] for node in graph.node if _is_quantizer(node)}
    scales = {node.output[0]: node for node in graph.node if node.op_type == "Mul" and node.input[0] in by_row}
    nodes = []
    for node in graph.node:
        if _is_quantizer(node):
            nodes += _by_row(node)
        elif node.op_type == "Mul" and node.input[1] in scales:
            nodes += _scaled(node, scales[node.input[1]])
        elif node.output[0] not in scales:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    constants = {"row_steps": np.float32(STEPS), "row_middle": np.float32(MIDDLE), "row_least": np.float32(LEAST)}
    for name, value in constants.items():
        graph.initializer.append(numpy_helper.from_array(np.array(value), name))


def _by_row(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """What takes the place of one node that quantizes: numbers around 128, a scale for each row, and where zero is."""
    (given,), (numbers, scale, zero) = node.input, node.output
    names = [f"{numbers}_{step}" for step in ("size", "largest", "safe", "shares", "whole", "moved")]
    size, largest, safe, shares, whole, moved = names
    middle = helper.make_tensor(f"{zero}_value", onnx.TensorProto.UINT8, [], [MIDDLE])
    return [
        helper.make_node("Abs", [given], [size]),
        helper.make_node("ReduceMax", [size], [largest], axes=[-1], keepdims=1),
        helper.make_node("Max", [largest, "row_least"], [safe]),
        helper.make_node("Div", [safe, "row_steps"], [scale]),
        helper.make_node("Div", [given, scale], [shares]),
        helper.make_node("Round", [shares], [whole]),
        helper.make_node("Add", [whole, "row_middle"], [moved]),
        helper.make_node("Cast", [moved], [numbers], to=onnx.TensorProto.UINT8),
        helper.make_node("Constant", [], [zero], value=middle),
    ]


def _scaled(node: onnx.NodeProto, scale: onnx.NodeProto) -> list[onnx.NodeProto]:
    """
    A product times the scale of each column, then of each row.

    Times both at once, ONNX Runtime would take it for what the quantizer made, and fuse it with one scale for all rows.
    """
    product, (rows, columns) = node.input[0], scale.input
    between = f"{node.output[0]}_by_column"
    return [
        helper.make_node("Mul", [product, columns], [between]),
        helper.make_node("Mul", [between, rows], [node.output[0]]),
    ]

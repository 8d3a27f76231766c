"""
Graphs whose large products are eight-bit, each row with a scale of its own.

The usual dynamic quantization takes one scale for all that is read together, so that a message's code would depend on its
company. Here each token has its scale, as large language models do it (Yao et al. 2022, ZeroQuant): what a message gets
depends on nothing but the message, and an unusual token costs its neighbors no precision.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

STEPS = 127.0
MIDDLE = 128
LEAST = 1e-6
"""A row whose numbers are all smaller is taken as zero."""


def eight_bits(plain: Path, scratch: Path) -> onnx.ModelProto:
    """
    The graph of *plain* with eight-bit products, in memory.

    Args:
        plain: An exported graph.
        scratch: A folder for what the quantizer writes on the way.
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
    _scale_by_row(model.graph)
    return model


def _scale_by_row(graph: onnx.GraphProto) -> None:
    by_row = {node.output[1] for node in graph.node if node.op_type == "DynamicQuantizeLinear"}
    scales = {node.output[0]: node for node in graph.node if node.op_type == "Mul" and node.input[0] in by_row}
    nodes = []
    for node in graph.node:
        if node.op_type == "DynamicQuantizeLinear":
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

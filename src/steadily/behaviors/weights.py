"""
The weights of the models: files inside the package, listed with their SHA-256 in `weights/manifest.json`.

Large tables are stored in four bits a number and unpacked when they are first used. In each column of a table a run of
`GROUP` numbers shares a small whole multiplier, so that what is unpacked is exactly the eight-bit table that the network
runs on, and nothing is lost between measuring and shipping.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from steadily.errors import WeightsError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FOLDER = Path(__file__).parent / "weights"
GROUP = 64
REMEDY = "Install Steadily again: pip install --force-reinstall steadily"

_PAIRS = np.stack([(np.arange(256) & 15) - 8, (np.arange(256) >> 4) - 8], axis=1).astype(np.int8).view(np.int16).ravel()


@cache
def manifest() -> dict[str, Any]:
    """What is shipped: files with their SHA-256, thresholds, and how the models were made."""
    path = FOLDER / "manifest.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WeightsError(f"The file {path.name} of the models is missing. {REMEDY}") from None
    except ValueError:
        raise WeightsError(f"The file {path.name} of the models is damaged. {REMEDY}") from None
    return found


def weights(name: str) -> bytes:
    """
    The content of one file of weights.

    Raises:
        WeightsError: The file is missing, or is not the one that was shipped.
    """
    path = FOLDER / name
    try:
        content = path.read_bytes()
    except OSError:
        raise WeightsError(f"The file {name} of the models is missing or cannot be read. {REMEDY}") from None
    if hashlib.sha256(content).hexdigest() != manifest()["files"].get(name):
        raise WeightsError(f"The file {name} of the models is damaged: it is not the one that was shipped. {REMEDY}")
    return content


def session(name: str, tables: Mapping[str, npt.NDArray[Any]]) -> InferenceSession:
    """
    A network from a file of weights.

    Args:
        name: The file.
        tables: What was left out of it, by name.
    """
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.add_external_initializers(list(tables), [ort.OrtValue.ortvalue_from_numpy(one) for one in tables.values()])
    options.log_severity_level = 3
    return ort.InferenceSession(weights(name), options, providers=["CPUExecutionProvider"])


def pack(table: npt.NDArray[np.int8]) -> bytes:
    """Numbers from -8 to 7, two a byte; of even count."""
    pairs = (table.ravel().astype(np.int16) + 8).astype(np.uint8).reshape(-1, 2)
    return (pairs[:, 0] | (pairs[:, 1] << 4)).tobytes()


def unpack(
    packed: npt.NDArray[np.uint8], multipliers: npt.NDArray[np.uint8], shape: tuple[int, int]
) -> npt.NDArray[np.int8]:
    """
    The table that `pack` packed, times its multipliers.

    Args:
        packed: Half as many bytes as the table has numbers, rows one after the other.
        multipliers: For each row, one for each run of `GROUP` numbers.
        shape: Rows and columns; columns are a multiple of `GROUP`.

    Returns:
        The table, int8.
    """
    table = _PAIRS[packed].view(np.int8).reshape(-1, GROUP)
    np.multiply(table, multipliers.view(np.int8).reshape(-1, 1), out=table)
    return table.reshape(shape)

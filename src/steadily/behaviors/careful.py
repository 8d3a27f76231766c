"""
The careful model, for drafts: an MPNet encoder with a look of its own for each behavior, in eight-bit ONNX.

What is stored: `careful.onnx` (the network without its tables), `careful.bin` (the tables in four bits),
`words.bin` (the embeddings of the words, in four bits too) and `words.json` (the tokenizer).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from steadily.behaviors.form import token_windows
from steadily.behaviors.reading import Message, Probabilities
from steadily.behaviors.weights import GROUP, manifest, unpack, weights
from steadily.codebook import LABELS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
BATCH_TOKENS = 2_000


class Raw(NamedTuple):
    """
    What the network says of one message, before calibration.

    Attributes:
        logits: Of each behavior, (22,).
        landing: How softly it is likely to land; higher is softer.
        state: What the encoder makes of the message as a whole, (width,).
        parts: What each token of the message adds to each logit, (tokens, 22); of a long message, of its first part.
    """

    logits: Floats
    landing: float
    state: Floats
    parts: Floats


class CarefulModel:
    """See the module; use `careful()`, which loads it once."""

    name = "careful"

    def __init__(self) -> None:
        self.tokenizer = tokenizer()
        self._rows, self._scales = _embeddings()
        self._session = _session()
        self._slopes = np.array(manifest()["careful"]["slopes"], dtype=np.float32)
        self._shifts = np.array(manifest()["careful"]["shifts"], dtype=np.float32)

    def probabilities(self, messages: Sequence[Message]) -> Probabilities:
        """How probable each behavior is, calibrated, shape (n, 22)."""
        return self.calibrated(np.array([one.logits for one in self.read(messages)]).reshape(-1, len(LABELS)))

    def calibrated(self, logits: Floats) -> Probabilities:
        """Logits (n, 22) as calibrated probabilities."""
        found: Probabilities = 1 / (1 + np.exp(-(self._slopes * logits + self._shifts)))
        return found

    def read(self, messages: Sequence[Message]) -> list[Raw]:
        """What the network says of each message; of a long one, the strongest of its parts for each behavior."""
        windows = [
            (row, window)
            for row, one in enumerate(messages)
            for window in token_windows(self.tokenizer, one.context, one.text)
        ]
        found: list[list[Raw]] = [[] for _ in messages]
        for group in _of_like_length(windows):
            for (row, _), raw in zip(group, self._run([window for _, window in group]), strict=True):
                found[row].append(raw)
        return [_together(each) for each in found]

    def _run(self, windows: Sequence[tuple[list[int], int]]) -> list[Raw]:
        longest = max(len(ids) for ids, _ in windows)
        mask = np.zeros((len(windows), longest), dtype=np.int64)
        said = np.zeros_like(mask)
        embedded = np.zeros((len(windows), longest, self._rows.shape[1]), dtype=np.float32)
        for place, (ids, start) in enumerate(windows):
            mask[place, : len(ids)] = 1
            said[place, start : len(ids)] = 1
            embedded[place, : len(ids)] = self._rows[ids] * self._scales
        logits, landing, state, parts = self._session.run(None, {"embedded": embedded, "mask": mask, "said": said})
        return [
            Raw(logits[place], float(landing[place]), state[place], parts[place, start : len(ids) - 1])
            for place, (ids, start) in enumerate(windows)
        ]


@cache
def careful() -> CarefulModel:
    """The careful model, loaded on first use."""
    return CarefulModel()


def _together(parts: Sequence[Raw]) -> Raw:
    if len(parts) == 1:
        return parts[0]
    logits = np.max([part.logits for part in parts], axis=0)
    state: Floats = np.mean([part.state for part in parts], axis=0)
    return Raw(logits, min(part.landing for part in parts), state, parts[0].parts)


def _of_like_length(
    windows: Sequence[tuple[int, tuple[list[int], int]]],
) -> list[list[tuple[int, tuple[list[int], int]]]]:
    """Batches of at most about `BATCH_TOKENS` tokens; the order of windows of one message is kept."""
    groups: list[list[tuple[int, tuple[list[int], int]]]] = [[]]
    for one in sorted(windows, key=lambda one: len(one[1][0])):
        if groups[-1] and (len(groups[-1]) + 1) * len(one[1][0]) > BATCH_TOKENS:
            groups.append([])
        groups[-1].append(one)
    return [group for group in groups if group]


@cache
def tokenizer() -> Tokenizer:
    """The tokenizer of both models."""
    from tokenizers import Tokenizer

    return Tokenizer.from_buffer(weights("words.json"))


def _embeddings() -> tuple[npt.NDArray[np.int8], Floats]:
    """The words' embeddings in eight bits, (words, width), and the scale of each column, (width,)."""
    _, width = shape = tuple(manifest()["careful"]["words"])
    content = np.frombuffer(weights("words.bin"), dtype=np.uint8)
    table, rest = _unpacked(content, shape)
    return table, np.frombuffer(rest.tobytes(), dtype=np.float32, count=width)


def _unpacked(
    content: npt.NDArray[np.uint8], shape: tuple[int, int]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.uint8]]:
    """The table that stands first in *content*, and what follows it."""
    n_rows, n_columns = shape
    n_packed, n_multipliers = n_rows * n_columns // 2, n_rows * n_columns // GROUP
    multipliers = content[n_packed : n_packed + n_multipliers]
    return unpack(content[:n_packed], multipliers, shape), content[n_packed + n_multipliers :]


def _session() -> InferenceSession:
    import onnxruntime as ort

    content = np.frombuffer(weights("careful.bin"), dtype=np.uint8)
    names, tables = [], []
    for listed in manifest()["careful"]["tables"]:
        table, content = _unpacked(content, tuple(listed["shape"]))
        names.append(listed["name"])
        tables.append(ort.OrtValue.ortvalue_from_numpy(table))
    options = ort.SessionOptions()
    options.add_external_initializers(names, tables)
    options.log_severity_level = 3
    return ort.InferenceSession(weights("careful.onnx"), options, providers=["CPUExecutionProvider"])

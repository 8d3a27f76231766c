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

from steadily.behaviors.form import TEXT_TOKENS, context_tokens, line_windows, stop_token, token_windows
from steadily.behaviors.reading import Message, Probabilities
from steadily.behaviors.weights import GROUP, manifest, session, unpack, weights
from steadily.codebook import LABELS

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
BATCH_TOKENS = 400


class Raw(NamedTuple):
    """
    What the network says of one message, before calibration.

    Attributes:
        logits: Of each behavior, (22,).
        landing: How softly it is likely to land; higher is softer.
        state: What the encoder makes of the message as a whole, (width,).
        parts: What each token of the message adds to each logit, (tokens, 22); of a long message, of its first part.
        gates: Logits of what may stop coaching, (3,), before `behaviors.gates` weighs them.
        depths: The mean state after every second layer, the last first, (depths width,).
    """

    logits: Floats
    landing: float
    state: Floats
    parts: Floats
    gates: Floats
    depths: Floats


class CarefulModel:
    """See the module; use `careful()`, which loads it once."""

    name = "careful"

    def __init__(self) -> None:
        self.tokenizer = tokenizer()
        self._pad = int(self.tokenizer.token_to_id("<pad>") or 0)
        self._rows, self._scales = embeddings()
        self._session = session("careful.onnx", _tables())
        self._latest: tuple[int, Raw] | None = None
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
        """
        What the network says of each message; of a long one, the strongest of its parts for each behavior.

        One message that is read twice in a row, to code it and then to ask for its words, costs one reading. It is known by its hash:
        no message stays in memory for that.
        """
        if len(messages) != 1:
            return self._read(messages)
        latest, number = self._latest, hash(messages[0])
        if latest is None or latest[0] != number:
            latest = self._latest = (number, self._read(messages)[0])
        return [latest[1]]

    def _read(self, messages: Sequence[Message]) -> list[Raw]:
        parts = [token_windows(self.tokenizer, one.context, one.text) for one in messages]
        read = iter(self._windows([window for windows in parts for window in windows]))
        return [_together([next(read) for _ in windows]) for windows in parts]

    def read_near(self, messages: Sequence[Message]) -> list[Raw]:
        """
        As `read`, for messages of nearly one length, such as one without this word or that: they are padded, and read in one pass.

        What each says differs from what `read` says by rounding alone. One that is too long to be read as one is read as `read` does.
        """
        parts = [token_windows(self.tokenizer, one.context, one.text) for one in messages]
        if not parts or any(len(windows) > 1 for windows in parts):
            return self._read(messages)
        return self._run([window for windows in parts for window in windows])

    def read_lines(self, items: Sequence[Sequence[str]]) -> list[Raw]:
        """
        What the network says of lines that are read as one; of many, the strongest of their windows.

        Args:
            items: Each some lines (`form.line_windows`).
        """
        parts = [[(ids, 1) for ids in line_windows(self.tokenizer, lines)] for lines in items]
        read = iter(self._windows([window for windows in parts for window in windows]))
        return [_together([next(read) for _ in windows]) for windows in parts]

    def states(self, words: Sequence[str], context: Sequence[str]) -> Floats | None:
        """
        What the encoder makes of each word of a draft, (words, 2 width): halfway and in the end.

        Args:
            words: Each as `plain` leaves it; empty where nothing is left.
            context: From `context_lines`.

        Returns:
            None where the draft is too long to be read as one.
        """
        encoded = [one.ids for one in self.tokenizer.encode_batch(list(words), add_special_tokens=False)]
        tokens = [token for ids in encoded for token in ids]
        if not tokens or len(tokens) > TEXT_TOKENS:
            return None
        before = context_tokens(self.tokenizer, context)
        deep = self._seen([([*before, *tokens, stop_token(self.tokenizer)], len(before))])[-2]
        rows = np.repeat(np.arange(len(words)), [len(ids) for ids in encoded])
        found = np.zeros((len(words), deep.shape[2]), dtype=np.float32)
        np.add.at(found, rows, deep[0, len(before) : -1])
        found /= np.maximum(np.bincount(rows, minlength=len(words)), 1)[:, None].astype(np.float32)
        return found

    def _windows(self, windows: Sequence[tuple[list[int], int]]) -> list[Raw]:
        """Each window, read together with those of its length: nothing is padded, and company changes nothing."""
        by_length: dict[int, list[int]] = {}
        for place, (ids, _) in enumerate(windows):
            by_length.setdefault(len(ids), []).append(place)
        found: dict[int, Raw] = {}
        for length, places in by_length.items():
            size = max(1, BATCH_TOKENS // length)
            for first in range(0, len(places), size):
                batch = places[first : first + size]
                found.update(zip(batch, self._run([windows[place] for place in batch]), strict=True))
        return [found[place] for place in range(len(windows))]

    def _run(self, windows: Sequence[tuple[list[int], int]]) -> list[Raw]:
        logits, landing, state, parts, gates, _, depths = self._seen(windows)
        return [
            Raw(logits[row], float(landing[row]), state[row], parts[row, start : len(ids) - 1], gates[row], depths[row])
            for row, (ids, start) in enumerate(windows)
        ]

    def _seen(self, windows: Sequence[tuple[list[int], int]]) -> list[Floats]:
        """What the network says of windows, the shorter ones padded to the longest."""
        lengths = np.array([len(ids) for ids, _ in windows])[:, None]
        starts = np.array([start for _, start in windows])[:, None]
        ids = np.array([[*ids, *[self._pad] * (int(lengths.max()) - len(ids))] for ids, _ in windows])
        places = np.arange(ids.shape[1])
        given = {
            "embedded": self._rows[ids] * self._scales,
            "mask": (places < lengths).astype(np.int64),
            "said": ((places >= starts) & (places < lengths)).astype(np.int64),
        }
        found: list[Floats] = self._session.run(None, given)
        return found


@cache
def careful() -> CarefulModel:
    """The careful model, loaded on first use."""
    return CarefulModel()


def _together(parts: Sequence[Raw]) -> Raw:
    if len(parts) == 1:
        return parts[0]
    logits = np.max([part.logits for part in parts], axis=0)
    state: Floats = np.mean([part.state for part in parts], axis=0)
    gates = np.max([part.gates for part in parts], axis=0)
    depths: Floats = np.mean([part.depths for part in parts], axis=0)
    return Raw(logits, min(part.landing for part in parts), state, parts[0].parts, gates, depths)


@cache
def tokenizer() -> Tokenizer:
    """The tokenizer of both models."""
    from tokenizers import Tokenizer

    return Tokenizer.from_buffer(weights("words.json"))


def embeddings() -> tuple[npt.NDArray[np.int8], Floats]:
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


def _tables() -> dict[str, npt.NDArray[np.int8]]:
    content = np.frombuffer(weights("careful.bin"), dtype=np.uint8)
    tables = {}
    for listed in manifest()["careful"]["tables"]:
        tables[listed["name"]], content = _unpacked(content, tuple(listed["shape"]))
    return tables

"""
The fast model, for whole histories: each distinct text is read once, and a message looks at the states of those before it.

What is stored: `fast_words.bin` (the words, and how a word meets its neighbors), `fast_reader.onnx` (from words to a text's
state) and `fast_memory.onnx` (what the messages before change). The tokenizer is the careful model's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from steadily.behaviors.careful import tokenizer
from steadily.behaviors.form import MOST_CONTEXT, OVERLAP_TOKENS, TEXT_TOKENS
from steadily.behaviors.reading import Message, Probabilities
from steadily.behaviors.weights import manifest, session, weights
from steadily.codebook import LABELS

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
BATCH_TOKENS = 1_600
BATCH_MESSAGES = 4_096
STEP = TEXT_TOKENS - OVERLAP_TOKENS


class Read(NamedTuple):
    """
    What was read of distinct texts.

    Attributes:
        states: (texts, width).
        logits: What each text says by itself, (texts, 22).
    """

    states: Floats
    logits: Floats


class FastModel:
    """See the module; use `fast()`, which loads it once."""

    name = "fast"

    def __init__(self) -> None:
        self._tokenizer = tokenizer()
        self._width = int(manifest()["fast"]["width"])
        self._reader = session("fast_reader.onnx", _sums(self._width))
        self._memory = session("fast_memory.onnx", {})
        self._slopes = np.array(manifest()["fast"]["slopes"], dtype=np.float32)
        self._shifts = np.array(manifest()["fast"]["shifts"], dtype=np.float32)

    def probabilities(self, messages: Sequence[Message]) -> Probabilities:
        """How probable each behavior is, calibrated, shape (n, 22)."""
        numbers: dict[str, int] = {}
        own = np.array([numbers.setdefault(one.text, len(numbers)) for one in messages], dtype=np.int64)
        lines, roles, there = _before(messages, numbers)
        read = self._read(list(numbers))
        logits = read.logits[own]
        for start in range(0, len(messages), BATCH_MESSAGES):
            part = slice(start, start + BATCH_MESSAGES)
            logits[part] += self._changes(read.states, own[part], lines[part], roles[part], there[part])
        found: Probabilities = 1 / (1 + np.exp(-(self._slopes * logits + self._shifts)))
        return found

    def _changes(self, states: Floats, own: Numbers, lines: Numbers, roles: Numbers, there: Numbers) -> Floats:
        needed, places = np.unique(np.concatenate([own[:, None], lines], axis=1), return_inverse=True)
        places = places.reshape(len(own), -1)
        given = {"states": states[needed], "own": places[:, 0], "lines": places[:, 1:], "roles": roles, "there": there}
        changes: Floats = self._memory.run(None, given)[0]
        return changes

    def _read(self, texts: Sequence[str]) -> Read:
        """Each text; of a long one the strongest of its parts for each behavior, and the state of its beginning."""
        parts, firsts = _parts(_tokens(self._tokenizer, texts))
        states = np.empty((len(parts), self._width), dtype=np.float32)
        logits = np.empty((len(parts), len(LABELS)), dtype=np.float32)
        for rows, ids, mask in _batches(parts):
            states[rows], logits[rows] = self._reader.run(None, {"ids": ids, "mask": mask})
        if len(parts) == len(texts):
            return Read(states, logits)
        return Read(states[firsts], np.maximum.reduceat(logits, firsts, axis=0))


@cache
def fast() -> FastModel:
    """The fast model, loaded on first use."""
    return FastModel()


def _before(messages: Sequence[Message], numbers: dict[str, int]) -> tuple[Numbers, Numbers, Numbers]:
    """Which texts stand before each message, latest first, who wrote them and how far back, and whether there are any."""
    lines = np.zeros((len(messages), MOST_CONTEXT), dtype=np.int64)
    roles = np.zeros_like(lines)
    there = np.zeros_like(lines)
    known: dict[str, tuple[int, int]] = {}
    places: list[tuple[int, int, int, int]] = []
    for row, one in enumerate(messages):
        for back, line in enumerate(reversed(one.context)):
            found = known.get(line)
            if found is None:
                who, _, text = line.partition(": ")
                found = known[line] = (numbers.setdefault(text, len(numbers)), int(who == "them"))
            places.append((row, back, *found))
    if places:
        rows, backs, which, others = np.array(places, dtype=np.int64).T
        lines[rows, backs], roles[rows, backs], there[rows, backs] = which, 2 * backs + others, 1
    return lines, roles, there


def _tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Tokens of each text; each distinct word is looked up once, since no token crosses a space."""
    words = list(dict.fromkeys(word for text in texts for word in text.split(" ")))
    encoded = tokenizer.encode_batch_fast(words, add_special_tokens=False)
    known = {word: one.ids for word, one in zip(words, encoded, strict=True)}
    return [[token for word in text.split(" ") for token in known[word]] for text in texts]


def _parts(ids: Sequence[list[int]]) -> tuple[list[list[int]], Numbers]:
    """Texts in parts that overlap, and where the parts of each begin."""
    parts: list[list[int]] = []
    firsts = np.empty(len(ids), dtype=np.int64)
    for place, one in enumerate(ids):
        firsts[place] = len(parts)
        if len(one) <= TEXT_TOKENS:
            parts.append(one or [0])
        else:
            parts += [one[start : start + TEXT_TOKENS] for start in range(0, len(one) - OVERLAP_TOKENS, STEP)]
    return parts, firsts


def _batches(parts: Sequence[list[int]]) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Rows, tokens and mask of parts of like length."""
    lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
    order = np.argsort(lengths, kind="stable")
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and (stop - start + 1) * lengths[order[stop]] <= BATCH_TOKENS:
            stop += 1
        rows = order[start:stop]
        mask = (np.arange(lengths[rows[-1]]) < lengths[rows, None]).astype(np.int64)
        ids = np.zeros_like(mask)
        ids[mask > 0] = np.fromiter((token for row in rows for token in parts[row]), dtype=np.int64)
        yield rows, ids, mask
        start = stop


def _sums(width: int) -> dict[str, Floats]:
    """For each place beside a word, what each word adds there: three tables (words + 1, width); the last row is no word."""
    n_words = int(manifest()["fast"]["words"])
    content = weights("fast_words.bin")
    words = np.frombuffer(content, dtype=np.int8, count=n_words * width).reshape(n_words, width)
    rest = np.frombuffer(content, dtype=np.float16, offset=n_words * width).astype(np.float32)
    scales, near, shift = np.split(rest, [n_words, n_words + 3 * width * width])
    full = words * scales[:, None]
    tables = [full @ table for table in near.reshape(3, width, width)]
    tables[1] = tables[1] + shift
    nothing = np.zeros((1, width), dtype=np.float32)
    named = zip(("left", "middle", "right"), tables, strict=True)
    return {name: np.concatenate([table, nothing]) for name, table in named}

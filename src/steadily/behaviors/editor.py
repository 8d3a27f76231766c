"""
A small network that edits a draft: it walks over the words and keeps each, cuts it, or first puts in a piece from a closed list.

It reads the careful model's states of the words and has two recurrent layers of its own (Cho et al. 2014, GRU): one over the words
in both directions, one over what was done so far. It can write nothing that is not in the draft or in the list (as do Malmi et al.
2019, LaserTagger). What is stored: `edits.bin`, its tables in eight bits; the list stands in the manifest.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from steadily.behaviors.weights import manifest, weights

Floats = npt.NDArray[np.float32]
KEEP, CUT, FIRST = 0, 1, 2
"""What can be done at a word; from `FIRST` on, putting in a piece of the list."""
BEAM = 6
MOST_PIECES = 5
"""Pieces put in at one place."""
SHORTER = 0.9
"""Power of the length by which a way's probability is divided, so that long ones are not worse for their length alone."""


class Way(NamedTuple):
    """
    One way to edit.

    Attributes:
        cut: Whether each word is cut, (words,).
        pieces: What is put in before each word and behind the last, places in the list, (words + 1).
        sure: Mean probability of each step, geometric.
        each: How probable it is that each word goes, or stays, as it does, (words,).
    """

    cut: tuple[bool, ...]
    pieces: tuple[tuple[int, ...], ...]
    sure: float
    each: tuple[float, ...]


class _Step(NamedTuple):
    """How far one way has come."""

    score: float
    done: tuple[int, ...]
    each: tuple[float, ...]
    place: int
    state: Floats
    run: int

    @property
    def rank(self) -> float:
        """Least first."""
        return -self.score / float(max(1, len(self.done)) ** SHORTER)


class Editor:
    """See the module; use `editor()`, which loads it once."""

    def __init__(self) -> None:
        self.pieces: list[str] = manifest()["edits"]["pieces"]
        self.stings = frozenset(manifest()["edits"]["stings"])
        self._tables = _tables()

    def ways(self, states: Floats, held: Collection[int] = ()) -> list[Way]:
        """
        The likeliest ways to edit a draft, likeliest first.

        Args:
            states: Of its words, from `CarefulModel.states`.
            held: Places of words that must stay.
        """
        seen = self._seen(states)
        steps = [_Step(0.0, (), (), 0, np.zeros(self._width, dtype=np.float32), 0)]
        found: list[_Step] = []
        while steps and len(found) < BEAM:
            longer = [one for step in self._next(steps, seen, {*held, len(states)}) for one in step]
            found += [one for one in longer if one.place == len(seen)]
            steps = sorted((one for one in longer if one.place < len(seen)), key=lambda one: one.rank)[:BEAM]
        return [_way(one, len(states)) for one in sorted(found, key=lambda one: one.rank)]

    @property
    def _width(self) -> int:
        return int(self._tables["state.hidden"].shape[1])

    def _seen(self, states: Floats) -> Floats:
        """Each word as both directions see it, and the end, (words + 1, 2 width)."""
        given = (states - self._tables["mean"]) / self._tables["spread"]
        given = np.tanh(given @ self._tables["narrow"].T + self._tables["narrow.shift"])
        forward = self._walked(given, "forward")
        backward = self._walked(given[::-1], "backward")[::-1]
        return np.concatenate([np.concatenate([forward, backward], axis=1), self._tables["end"][None]])

    def _walked(self, given: Floats, name: str) -> Floats:
        state = np.zeros(self._tables[f"{name}.hidden"].shape[1], dtype=np.float32)
        found = np.empty((len(given), len(state)), dtype=np.float32)
        for place, one in enumerate(given):
            state = self._gated(name, one[None], state[None])[0]
            found[place] = state
        return found

    def _next(self, steps: Sequence[_Step], seen: Floats, held: Collection[int]) -> list[list[_Step]]:
        """The likeliest continuations of each."""
        words = seen[[one.place for one in steps]]
        before = self._tables["done"][[one.done[-1] if one.done else -1 for one in steps]]
        states = self._gated("state", np.concatenate([before, words], axis=1), np.stack([one.state for one in steps]))
        logits = np.concatenate([states, words], axis=1) @ self._tables["out"].T + self._tables["out.shift"]
        logits -= logits.max(axis=1, keepdims=True)
        sure = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return [_continued(step, sure[row], states[row], is_held=step.place in held) for row, step in enumerate(steps)]

    def _gated(self, name: str, given: Floats, state: Floats) -> Floats:
        """One step of a gated recurrent unit, rows (n, width)."""
        asked = given @ self._tables[f"{name}.given"].T + self._tables[f"{name}.given.shift"]
        kept = state @ self._tables[f"{name}.hidden"].T + self._tables[f"{name}.hidden.shift"]
        width = state.shape[1]
        reset, update = np.split(_share(asked[:, : 2 * width] + kept[:, : 2 * width]), 2, axis=1)
        new = np.tanh(asked[:, 2 * width :] + reset * kept[:, 2 * width :])
        found: Floats = (1 - update) * new + update * state
        return found


@cache
def editor() -> Editor:
    """The editor, loaded on first use."""
    return Editor()


def _continued(step: _Step, sure: Floats, state: Floats, *, is_held: bool) -> list[_Step]:
    found = []
    for action in np.argsort(-sure)[: BEAM + is_held].tolist():
        puts_in = action >= FIRST
        if (puts_in and step.run >= MOST_PIECES) or (action == CUT and is_held):
            continue
        found.append(
            _Step(
                step.score + float(sure[action]),
                (*step.done, action),
                (*step.each, float(sure[action])),
                step.place + (not puts_in),
                state,
                step.run + 1 if puts_in else 0,
            )
        )
    return found


def _way(step: _Step, n_words: int) -> Way:
    cut: list[bool] = []
    pieces: list[list[int]] = [[] for _ in range(n_words + 1)]
    each: list[float] = []
    for action, sure in zip(step.done, step.each, strict=True):
        if action >= FIRST:
            pieces[len(cut)].append(action - FIRST)
        else:
            cut.append(action == CUT)
            each.append(float(np.exp(sure)))
    mean = float(np.exp(step.score / len(step.done)))
    return Way(tuple(cut[:n_words]), tuple(map(tuple, pieces)), mean, tuple(each[:n_words]))


def _share(values: Floats) -> Floats:
    return (1 / (1 + np.exp(-values))).astype(np.float32)


def _tables() -> dict[str, Floats]:
    """Every table, in full: rows in eight bits with a scale of each; all rows first, then all scales."""
    content = weights("edits.bin")
    listed = [(str(one["name"]), tuple(one["shape"])) for one in manifest()["edits"]["tables"]]
    sizes = [int(np.prod(shape)) for _, shape in listed]
    n_rows = [shape[0] if len(shape) > 1 else 1 for _, shape in listed]
    numbers = np.split(np.frombuffer(content, dtype=np.int8, count=sum(sizes)), np.cumsum(sizes)[:-1])
    scales = np.split(np.frombuffer(content, dtype=np.float16, offset=sum(sizes)), np.cumsum(n_rows)[:-1])
    return {
        name: (one.reshape(len(scale), -1) * scale[:, None].astype(np.float32)).reshape(shape)
        for (name, shape), one, scale in zip(listed, numbers, scales, strict=True)
    }

"""
Teach the editor (`steadily.behaviors.editor`) from drafts in whose text every cut and every piece put in is marked.

`{-words that go-}` and `{+a piece of the list+}`; all else stays. The list is what the marked drafts put in, in order of use.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import rnn

from steadily.behaviors.careful import CarefulModel
from steadily.behaviors.editor import CUT, FIRST, KEEP
from steadily.behaviors.form import context_lines, plain
from steadily.coach.keeps import matter
from steadily.coach.softened import WORD
from training.examples import HERE, records
from training.ship import eight_bit_rows

Floats = npt.NDArray[np.float32]
MARK = re.compile(r"\{-(?P<cut>.*?)-\}|\{\+(?P<piece>.*?)\+\}", re.DOTALL)
RUN = re.compile(r"(?:(?:\{-.*?-\}|\{\+.*?\+\})\s*)+", re.DOTALL)
"""Marks that stand side by side and mean one thing."""
BEFORE_MARK = re.compile(r"\s+(?=[.,!?…](?:\s|$))")
WHOLE = 0.5
"""Share of half-done drafts in which everything is done."""
EDITS_CALIBRATION = ("a5", "a13", "a17")
"""Writers on whom it is chosen how sure the editor has to be; the benchmark's drafts are by others again."""
NARROW, SEEN, STATE, DONE = 96, 96, 128, 32
DROPPED = 0.2
SMOOTHED = 0.05
BATCH = 32
IGNORED = -100


@dataclass(frozen=True)
class Marked:
    """
    A draft and what is to be done with it.

    Attributes:
        draft: As it was typed.
        words: Where its words stand.
        cut: Whether each goes.
        pieces: What is put in before each word and behind the last.
        context: The messages before, `me: …` or `them: …`.
        group: Who wrote it.
    """

    draft: str
    words: tuple[tuple[int, int], ...]
    cut: tuple[bool, ...]
    pieces: tuple[tuple[str, ...], ...]
    context: tuple[str, ...]
    group: str


class Rhythm(NamedTuple):
    """How long the editor learns, and how fast at most."""

    epochs: int = 16
    rate: float = 4e-3


def marked_drafts(folder: Path = HERE / "edits") -> list[Marked]:
    """Every marked draft whose result a second reader found good."""
    return [
        marked(one["edit"], tuple(one["context"]), path.stem)
        for path in sorted(folder.glob("*.jsonl"))
        for one in records(path)
        if one["second"] == "ok"
    ]


def half_done_drafts(folder: Path = HERE / "edits", *, seed: int = 7) -> list[Marked]:
    """
    The same drafts with some or all of their edits done already: of these the editor learns to see what is left, and when nothing is.

    Args:
        folder: Where the marked drafts are.
        seed: Of what is done.
    """
    rng = random.Random(seed)
    return [
        marked(half_done(one["edit"], rng), tuple(one["context"]), path.stem)
        for path in sorted(folder.glob("*.jsonl"))
        for one in records(path)
        if one["second"] == "ok" and MARK.search(one["edit"])
    ]


def half_done(edit: str, rng: random.Random) -> str:
    """A marked draft with all of its edits done, or each with one chance in two."""
    share = 1.0 if rng.random() < WHOLE else 0.5
    done = RUN.sub(lambda run: _done(run.group()) if rng.random() < share else run.group(), edit)
    return BEFORE_MARK.sub("", done).strip()


def _done(run: str) -> str:
    pieces = " ".join(mark["piece"].strip() for mark in MARK.finditer(run) if mark["piece"])
    return f"{pieces} " if pieces else ""


def marked(edit: str, context: tuple[str, ...], group: str) -> Marked:
    """A draft from its marks."""
    draft, at = "", 0
    cuts: list[tuple[int, int]] = []
    put_in: list[tuple[int, str]] = []
    for mark in MARK.finditer(edit):
        draft = _joined(draft, edit[at : mark.start()])
        at = mark.end()
        if mark["cut"] is None:
            put_in.append((len(draft.rstrip(" ")), mark["piece"].strip().lower()))
            continue
        words = mark["cut"].strip()
        draft = f"{draft.rstrip(' ')}{'' if words[:1] in set('.,!?…;:') else ' '}".lstrip()
        cuts.append((len(draft), len(draft) + len(words)))
        draft += words + ("" if edit[at : at + 1].isspace() else " ")
    draft = _joined(draft, edit[at:]).rstrip()
    spans = tuple(match.span() for match in WORD.finditer(draft))
    pieces: list[list[str]] = [[] for _ in range(len(spans) + 1)]
    for place, piece in put_in:
        pieces[next((row for row, (start, _) in enumerate(spans) if start >= place), len(spans))].append(piece)
    cut = tuple(any(start >= a and end <= b for a, b in cuts) for start, end in spans)
    return Marked(draft, spans, cut, tuple(map(tuple, pieces)), context, group)


def _joined(draft: str, more: str) -> str:
    return draft + (more.lstrip(" ") if draft[-1:] in ("", " ") else more)


def pieces_of(drafts: Sequence[Marked], *, least: int = 3) -> list[str]:
    """Every piece that is put in at least so often, the most used first."""
    used = Counter(piece for one in drafts for place in one.pieces for piece in place)
    return [piece for piece, n in sorted(used.items(), key=lambda one: (-one[1], one[0])) if n >= least]


def stings_of(drafts: Sequence[Marked], *, least: int = 2, share: float = 0.85) -> list[str]:
    """Stems of words that carry matter and are nearly always cut: to lose them is no loss."""
    met: Counter[str] = Counter()
    cut: Counter[str] = Counter()
    for one in drafts:
        for (start, end), is_cut in zip(one.words, one.cut, strict=True):
            stems = matter(one.draft[start:end])
            met.update(stems)
            cut.update(stems if is_cut else ())
    return sorted(word for word, n in cut.items() if n >= least and n >= share * met[word])


class Lesson(NamedTuple):
    """A draft as the editor learns it: states of its words (words, width), and at each step where it stands and what it does."""

    states: Floats
    places: list[int]
    actions: list[int]


def lessons(model: CarefulModel, drafts: Sequence[Marked], pieces: Sequence[str]) -> Iterator[Lesson]:
    """Those drafts that are short enough to read and put in nothing but *pieces*."""
    number = {piece: place for place, piece in enumerate(pieces)}
    for one in drafts:
        states = model.states(*as_read(one))
        if states is None or any(piece not in number for place in one.pieces for piece in place):
            continue
        places: list[int] = []
        actions: list[int] = []
        for place, put_in in enumerate(one.pieces):
            last = CUT if place < len(one.cut) and one.cut[place] else KEEP
            actions += [*(FIRST + number[piece] for piece in put_in), last]
            places += [place] * (len(put_in) + 1)
        yield Lesson(states, places, actions)


def as_read(one: Marked) -> tuple[list[str], list[str]]:
    """The words of a draft and the lines before it, as the careful model reads them."""
    lines = [line.replace("them:", "partner:", 1) for line in one.context]
    return [plain(one.draft[start:end]) for start, end in one.words], list(context_lines(lines, "me"))


class EditorNetwork(nn.Module):
    """
    The editor as it learns.

    Args:
        mean: Of the states of words, (width,).
        spread: Their standard deviation, (width,).
        n_pieces: Length of the list.
    """

    def __init__(self, mean: Tensor, spread: Tensor, n_pieces: int) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)
        self.narrow = nn.Linear(len(mean), NARROW)
        self.seen = nn.GRU(NARROW, SEEN, batch_first=True, bidirectional=True)
        self.end = nn.Parameter(torch.zeros(2 * SEEN))
        self.done = nn.Embedding(FIRST + n_pieces + 1, DONE)
        self.state = nn.GRU(DONE + 2 * SEEN, STATE, batch_first=True)
        self.out = nn.Linear(STATE + 2 * SEEN, FIRST + n_pieces)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, states: Tensor, lengths: Tensor, places: Tensor, before: Tensor) -> Tensor:
        """
        Logits of what to do at each step, (n, steps, actions).

        Args:
            states: Of words, (n, words, width).
            lengths: How many there are, (n,).
            places: Where each step stands, (n, steps).
            before: What the step before did, (n, steps).
        """
        given = torch.tanh(self.narrow(self.drop((states - self.mean) / self.spread)))
        packed = rnn.pack_padded_sequence(self.drop(given), lengths, batch_first=True, enforce_sorted=False)
        seen, _ = rnn.pad_packed_sequence(self.seen(packed)[0], batch_first=True)
        seen = functional.pad(seen, (0, 0, 0, 1))
        at_end = functional.one_hot(lengths, seen.shape[1]).unsqueeze(-1).to(seen.dtype)
        seen = self.drop(seen + at_end * self.end)
        words = seen.gather(1, places.unsqueeze(-1).expand(-1, -1, seen.shape[2]))
        made, _ = self.state(torch.cat([self.done(before), words], dim=-1))
        logits: Tensor = self.out(torch.cat([self.drop(made), words], dim=-1))
        return logits


def learned_editor(
    model: CarefulModel,
    drafts: Sequence[Marked],
    half_done: Sequence[Marked],
    rhythm: Rhythm,
    *,
    log: Callable[[str], None],
) -> tuple[EditorNetwork, list[str]]:
    """
    A network that has learned from all drafts but those it is weighed on, and its list of pieces.

    Args:
        model: The careful model, whose states of words it reads.
        drafts: From `marked_drafts`.
        half_done: From `half_done_drafts`.
        rhythm: How long and how fast it learns.
        log: Takes a line an epoch.
    """
    learned = learned_drafts(drafts)
    pieces = pieces_of(learned)
    told = [*learned, *learned_drafts(half_done)]
    return learn_edits(list(lessons(model, told, pieces)), len(pieces), rhythm, log=log), pieces


def learned_drafts(drafts: Sequence[Marked]) -> list[Marked]:
    """Those that are learned from."""
    return [one for one in drafts if one.group not in EDITS_CALIBRATION]


def learn_edits(
    learned: Sequence[Lesson], n_pieces: int, rhythm: Rhythm, *, log: Callable[[str], None], seed: int = 1
) -> EditorNetwork:
    """A network that has learned from *learned*; it takes some minutes."""
    torch.manual_seed(seed)
    every = np.concatenate([one.states for one in learned])
    network = EditorNetwork(torch.tensor(every.mean(0)), torch.tensor(every.std(0) + 1e-3), n_pieces)
    n_steps = rhythm.epochs * math.ceil(len(learned) / BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rhythm.rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rhythm.rate, total_steps=n_steps + 1, pct_start=0.1)
    network.train()
    for epoch in range(rhythm.epochs):
        total = 0.0
        for batch in _batches(learned, random.Random(seed * 1000 + epoch)):
            loss = _loss(network, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(batch)
        log(f"editor: epoch {epoch + 1} of {rhythm.epochs}, loss {total / len(learned):.4f}")
    return network.eval()


def _batches(learned: Sequence[Lesson], rng: random.Random) -> Iterator[list[Lesson]]:
    order = sorted(learned, key=lambda one: len(one.actions) + 10 * rng.random())
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    yield from groups


def _loss(network: EditorNetwork, batch: Sequence[Lesson]) -> Tensor:
    states = rnn.pad_sequence([torch.tensor(one.states) for one in batch], batch_first=True)
    lengths = torch.tensor([len(one.states) for one in batch])
    places = rnn.pad_sequence([torch.tensor(one.places) for one in batch], batch_first=True)
    actions = rnn.pad_sequence([torch.tensor(one.actions) for one in batch], batch_first=True, padding_value=IGNORED)
    start = torch.full((len(batch), 1), network.done.num_embeddings - 1)
    before = torch.cat([start, actions[:, :-1].clamp(min=0)], dim=1)
    logits = network(states, lengths, places, before)
    return functional.cross_entropy(
        logits.flatten(0, 1), actions.flatten(), ignore_index=IGNORED, label_smoothing=SMOOTHED
    )


def ship_edits(network: EditorNetwork, pieces: Sequence[str], stings: Sequence[str], folder: Path) -> dict[str, Any]:
    """
    Write `edits.bin`.

    Returns:
        What the manifest says of it.
    """
    rows, scales, listed = b"", b"", []
    for name, table in _named(network).items():
        numbers, scale = eight_bit_rows(table.reshape(len(table) if table.ndim > 1 else 1, -1))
        rows, scales = rows + numbers.tobytes(), scales + scale.tobytes()
        listed.append({"name": name, "shape": list(table.shape)})
    (folder / "edits.bin").write_bytes(rows + scales)
    return {"pieces": list(pieces), "stings": list(stings), "tables": listed}


def _named(network: EditorNetwork) -> dict[str, Floats]:
    """Every table under the name that the editor knows it by."""
    found = {
        "mean": network.mean,
        "spread": network.spread,
        "end": network.end,
        "done": network.done.weight,
        "narrow": network.narrow.weight,
        "narrow.shift": network.narrow.bias,
        "out": network.out.weight,
        "out.shift": network.out.bias,
    }
    for name, layer, ending in (
        ("forward", network.seen, ""),
        ("backward", network.seen, "_reverse"),
        ("state", network.state, ""),
    ):
        found |= {
            f"{name}.given": getattr(layer, f"weight_ih_l0{ending}"),
            f"{name}.given.shift": getattr(layer, f"bias_ih_l0{ending}"),
            f"{name}.hidden": getattr(layer, f"weight_hh_l0{ending}"),
            f"{name}.hidden.shift": getattr(layer, f"bias_hh_l0{ending}"),
        }
    return {name: table.detach().numpy() for name, table in found.items()}

"""What is learned from each kind of data, as sources of batches with their losses."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from steadily.codebook import GATES, GATES_BY_WEIGHT, LABELS, Gate
from training.batches import Batch, Encoded, of_examples, of_items, of_pairs
from training.examples import SETS, Example, Pair, SafetyItem, turning
from training.fit import Source
from training.matched import other_gender, other_spelling
from training.model import Coder

N_TOKENS = 1600
SMOOTH = 0.02
"""A code is a judgement: targets are this far from 0 and 1."""
N_PAIRS = 24
TURNED_SHARE = 0.5
PAIR_WEIGHT = 0.5
TURN_WEIGHT = 0.5
DECIDED_WEIGHT = 2.0
"""Of the labels that turn: they are one in twenty of all, and the ones that the context decides."""
PUBLIC_WEIGHT = 0.5


def targets(examples: Sequence[Example], names: Sequence[str]) -> torch.Tensor:
    """1 where a label applies, (n, labels)."""
    return torch.tensor([[float(name in one.labels) for name in names] for one in examples])


def from_codes(tokenizer: Tokenizer, examples: Sequence[Example], name: str = "behaviors") -> Source:
    """
    Learn behaviors from coded messages, half of the time with the other gender and another region's spelling.

    Args:
        tokenizer: That of the encoder.
        examples: Coded messages.
        name: For the log.
    """
    encoded = of_examples(tokenizer, examples)
    turned = of_examples(tokenizer, [matched(one) for one in examples])
    wanted = targets(examples, LABELS) * (1 - 2 * SMOOTH) + SMOOTH
    weights = torch.tensor([one.weight for one in examples])

    def loss(coder: Coder, batch: Batch) -> torch.Tensor:
        logits = coder(batch.ids, batch.mask, batch.said).logits
        each = functional.binary_cross_entropy_with_logits(logits.float(), wanted[batch.rows], reduction="none").sum(1)
        return (each * weights[batch.rows]).sum() / weights[batch.rows].sum().clamp(min=1e-6)

    def batches(rng: random.Random) -> Iterator[Batch]:
        for batch in encoded.batches(range(len(examples)), n_tokens=N_TOKENS, rng=rng):
            yield turned.batch(batch.rows) if rng.random() < TURNED_SHARE else batch

    return Source(name, batches, loss)


def matched(one: Example) -> Example:
    """The same message with the other gender and another region's spelling."""
    return replace(
        one,
        context=tuple(other_spelling(other_gender(line)) for line in one.context),
        text=other_spelling(other_gender(one.text)),
    )


def from_pairs(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> Source:
    """Learn which of two drafts lands softer."""
    encoded = of_pairs(tokenizer, pairs)

    def batches(rng: random.Random) -> list[Batch]:
        order = list(range(len(pairs)))
        rng.shuffle(order)
        chunks = [order[place : place + N_PAIRS] for place in range(0, len(order), N_PAIRS)]
        return [encoded.batch([2 * one + side for one in chunk for side in (0, 1)]) for chunk in chunks]

    def loss(coder: Coder, batch: Batch) -> torch.Tensor:
        landing = coder(batch.ids, batch.mask, batch.said).landing
        gap = landing.float()[0::2] - landing.float()[1::2]
        return PAIR_WEIGHT * functional.softplus(-gap).mean()

    return Source("pairs", lambda rng: iter(batches(rng)), loss)


def from_turning(tokenizer: Tokenizer, examples: Sequence[Example]) -> Source:
    """
    Learn messages whose code turns with the context: what each does, as `from_codes`; above all the labels that the messages of a
    group do not share; and that each of these is likelier where it belongs.

    Args:
        tokenizer: That of the encoder.
        examples: Coded messages; groups are found by their tags, other messages are passed over.
    """
    encoded = of_examples(tokenizer, examples)
    turned = of_examples(tokenizer, [matched(one) for one in examples])
    true = targets(examples, LABELS)
    wanted = true * (1 - 2 * SMOOTH) + SMOOTH
    groups = turning(examples)
    place = {row: number for number, group in enumerate(groups) for row in group}

    def batches(rng: random.Random) -> Iterator[Batch]:
        for rows in _alike(groups, encoded, rng):
            yield (turned if rng.random() < TURNED_SHARE else encoded).batch(rows)

    def loss(coder: Coder, batch: Batch) -> torch.Tensor:
        logits = coder(batch.ids, batch.mask, batch.said).logits.float()
        group = torch.tensor([place[row] for row in batch.rows])
        each = functional.binary_cross_entropy_with_logits(logits, wanted[batch.rows], reduction="none")
        decided = each[_turns(group, true[batch.rows])].mean()
        return each.sum(1).mean() + DECIDED_WEIGHT * decided + TURN_WEIGHT * _in_order(logits, group, true[batch.rows])

    return Source("turning", batches, loss)


def _alike(groups: Sequence[list[int]], encoded: Encoded, rng: random.Random) -> list[list[int]]:
    """Rows of whole groups, those of like length together, some `N_TOKENS` at once."""
    longest = [max(len(encoded.rows[row][0]) for row in group) for group in groups]
    found: list[list[int]] = [[]]
    for number in sorted(range(len(groups)), key=lambda one: longest[one] + 6 * rng.random()):
        if found[-1] and (len(found[-1]) + len(groups[number])) * longest[number] > N_TOKENS:
            found.append([])
        found[-1] += groups[number]
    rng.shuffle(found)
    return [rows for rows in found if rows]


def _in_order(logits: torch.Tensor, group: torch.Tensor, true: torch.Tensor) -> torch.Tensor:
    """How far labels are from being likelier at those messages of a group that carry them."""
    one, other = (group[:, None] == group[None, :]).nonzero(as_tuple=True)
    apart = true[one] > true[other]
    return functional.softplus(logits[other] - logits[one])[apart].mean()


def _turns(group: torch.Tensor, true: torch.Tensor) -> torch.Tensor:
    """Which labels of each message its group does not share, (n, labels)."""
    together = (group[:, None] == group[None, :]).float()
    found, n_members = together @ true, together.sum(1, keepdim=True)
    return (found > 0) & (found < n_members)


def from_safety(tokenizer: Tokenizer, items: Sequence[SafetyItem], name: str = "safety", times: int = 2) -> Source:
    """
    Learn what stops coaching. An item has one gate, the gravest; whether a lesser one would stop it too is not asked.

    Args:
        tokenizer: That of the encoder.
        items: Messages, chats and lines to the app.
        name: For the log.
        times: How often all of them are seen in an epoch.
    """
    encoded = of_items(tokenizer, items)
    turned = of_items(tokenizer, [replace(one, lines=tuple(other_gender(line) for line in one.lines)) for one in items])
    wanted = torch.tensor([[float(one.gate == gate) for gate in GATES] for one in items]).reshape(-1, len(GATES))
    asked = torch.tensor([[float(_is_asked(one.gate, gate)) for gate in GATES] for one in items])

    def batches(rng: random.Random) -> Iterator[Batch]:
        for _ in range(times):
            for batch in encoded.batches(range(len(items)), n_tokens=N_TOKENS, rng=rng):
                yield turned.batch(batch.rows) if rng.random() < TURNED_SHARE else batch

    def loss(coder: Coder, batch: Batch) -> torch.Tensor:
        gates = coder(batch.ids, batch.mask, batch.said).gates.float()
        smooth = wanted[batch.rows] * (1 - 2 * SMOOTH) + SMOOTH
        each = functional.binary_cross_entropy_with_logits(gates, smooth, reduction="none")
        return (each * asked[batch.rows]).sum(1).mean()

    return Source(name, batches, loss)


def _is_asked(gate: str, other: Gate) -> bool:
    """Whether an item with one gate says anything of the other."""
    return gate == "none" or GATES_BY_WEIGHT.index(other) <= GATES_BY_WEIGHT.index(gate)


def from_public(tokenizer: Tokenizer, examples: Sequence[Example], *, share: float = 1.0) -> list[Source]:
    """Learn the public sets' own labels, each with its head; *share* of each set is seen in an epoch."""
    sources = []
    for name in SETS:
        mine = [one for one in examples if one.task == name]
        sources.append(_public_set(tokenizer, name, mine, share))
    return sources


def _public_set(tokenizer: Tokenizer, name: str, mine: Sequence[Example], share: float) -> Source:
    encoded = of_examples(tokenizer, mine)
    wanted = targets(mine, SETS[name])

    def loss(coder: Coder, batch: Batch) -> torch.Tensor:
        logits = coder.public_logits(name, coder(batch.ids, batch.mask, batch.said).mean).float()
        each = functional.binary_cross_entropy_with_logits(logits, wanted[batch.rows], reduction="none")
        return PUBLIC_WEIGHT * each.sum(1).mean()

    def batches(rng: random.Random) -> list[Batch]:
        rows = rng.sample(range(len(mine)), round(share * len(mine)))
        return list(encoded.batches(rows, n_tokens=N_TOKENS, rng=rng))

    return Source(name, lambda rng: iter(batches(rng)), loss)

"""
Messages that nobody coded, for the fast network to learn from what the careful one says of them.

Six kinds: the lines that stand before coded messages, each with those before it; coded messages behind lines of other
messages, since a chat holds every combination; two messages sent as one; the public sets' texts; and each line of the chats
in `chats/` and of the safety items, where danger stands among ordinary lines.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from steadily.behaviors.form import MOST_CONTEXT
from training.examples import Example, SafetyItem

OTHER_CONTEXTS = 1
"""How many times each coded message stands behind lines of another."""
PUBLIC = 10_000
"""So many of the public sets' texts, drawn at random."""
JOINED = 0.35
"""Messages that are made of two, as a share of the coded ones."""
TURNED = {"me": "them", "them": "me"}


def pool(
    coded: Sequence[Example],
    public: Sequence[Example],
    items: Sequence[SafetyItem] = (),
    chats: Sequence[Sequence[str]] = (),
    *,
    seed: int = 1,
) -> list[Example]:
    """
    All of them, each once, without those that are coded.

    Args:
        coded: Coded messages.
        public: Those of public sets.
        items: Safety items.
        chats: Each the lines of one, `me: …` and `them: …`.
        seed: Of what is drawn at random.
    """
    rng = random.Random(seed)
    found: dict[tuple[tuple[str, ...], str], Example] = {}
    told = [*chats, *(one.lines if one.kind == "chat" else (f"me: {one.lines[0]}",) for one in items)]
    drawn = [*_lines(coded), *_elsewhere(coded, rng), *_joined(coded, rng), *_some(public, rng)]
    for one in [*drawn, *(line for lines in told for line in _each_line(lines))]:
        if one.text:
            found.setdefault((one.context, one.text), one)
    known = {(one.context, one.text) for one in coded}
    return [one for key, one in found.items() if key not in known]


def _some(public: Sequence[Example], rng: random.Random) -> list[Example]:
    return rng.sample(list(public), min(PUBLIC, len(public)))


def _lines(coded: Sequence[Example]) -> Iterator[Example]:
    """Each line before a message as a message of its own."""
    for one in coded:
        yield from _each_line(one.context)


def _each_line(lines: Sequence[str]) -> Iterator[Example]:
    """Each line of a chat with those before it, from its writer's side."""
    for place, line in enumerate(lines):
        who, text = line.split(": ", 1) if ": " in line else (line[:-1], "")
        before = tuple(lines[max(0, place - MOST_CONTEXT) : place])
        context = before if who == "me" else tuple(map(_turned, before))
        yield Example("", context, text, "behaviors", ())


def _turned(line: str) -> str:
    who, _, text = line.partition(":")
    return f"{TURNED[who]}:{text}"


def _elsewhere(coded: Sequence[Example], rng: random.Random) -> Iterator[Example]:
    contexts = [one.context for one in coded if one.context]
    for one in coded:
        for _ in range(OTHER_CONTEXTS):
            yield replace(one, context=rng.choice(contexts), labels=())


def _joined(coded: Sequence[Example], rng: random.Random) -> Iterator[Example]:
    by_group: dict[str, list[Example]] = {}
    for one in coded:
        by_group.setdefault(one.group, []).append(one)
    for _ in range(round(JOINED * len(coded))):
        first = rng.choice(coded)
        second = rng.choice(by_group[first.group])
        yield replace(first, text=f"{first.text} {second.text}", labels=())

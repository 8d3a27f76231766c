"""
The gate in front of all coaching: is this a place where coaching must stop?

Two things answer: rules for what is said outright (`rules`), and a network for everything else (`behaviors.gates`), which was taught
messages, chats and lines that people write to the app, loud and quiet, in which either of the two may be the one who harms.
It reads several messages together, since control is a pattern and seldom a word. Its answer says where to stop, never what
anyone is; "none" is no promise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from steadily.behaviors.form import plain
from steadily.behaviors.gates import gate_probabilities
from steadily.behaviors.weights import manifest
from steadily.codebook import GATES, GATES_BY_WEIGHT
from steadily.safety.outreach import Said
from steadily.safety.rules import Rule, matching
from steadily.safety.wording import NOTHING_FOUND, WHY

GateName = Literal["none", "abuse", "control", "crisis"]
CRISIS = GATES.index("crisis")
SIDES = {"me": "me", "partner": "them"}
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Answer:
    """
    What the gate says.

    Attributes:
        gate: Why coaching stops, or `none`; of several, the gravest.
        why: One sentence for the person.
        rules: The rules that were met, by name; for tests and documents.
        sure: How probable what is answered is, 0 to 1, for whoever weighs several answers; 1 where a rule was met. Never shown.
    """

    gate: GateName
    why: str
    rules: tuple[str, ...] = ()
    sure: float = field(default=0.0, compare=False)

    @property
    def stops(self) -> bool:
        """Whether coaching stops."""
        return self.gate != "none"


@dataclass(frozen=True)
class _Item:
    """Lines that are read as one, and what was written in each, for the rules."""

    lines: tuple[str, ...]
    texts: tuple[str, ...]


def gate_text(text: str) -> Answer:
    """
    The gate on one message, a draft, or a line that a person writes to the app.

    Args:
        text: Of any content; empty text stops nothing.
    """
    return gate_texts([text])[0]


def gate_texts(texts: Sequence[str]) -> list[Answer]:
    """The gate on each of several texts, each by itself."""
    read = [plain(text) for text in texts]
    return _answers([_Item((text,), (text,)) if text else _Item((), ()) for text in read])


def gate_chat(messages: Sequence[Said]) -> Answer:
    """
    The gate on a piece of a chat, read together.

    Args:
        messages: Oldest first; `me` is the person who uses Steadily. For a whole history use `history.gate_history`.
    """
    return gate_chats([messages])[0]


def gate_chats(chats: Sequence[Sequence[Said]]) -> list[Answer]:
    """The gate on each of several pieces of chats."""
    return _answers([chat_item(messages) for messages in chats])


def chat_item(messages: Sequence[Said]) -> _Item:
    """A piece of a chat as the network reads it."""
    read = [(one.author, plain(one.text)) for one in messages]
    said = [(author, text) for author, text in read if text]
    return _Item(tuple(f"{SIDES[author]}: {text}" for author, text in said), tuple(text for _, text in said))


def _answers(items: Sequence[_Item]) -> list[Answer]:
    there = [place for place, one in enumerate(items) if one.lines]
    p = np.zeros((len(items), 1 + len(GATES)), dtype=np.float32)
    if there:
        p[there] = gate_probabilities([items[place].lines for place in there])
    return [_answer(one, p[place]) for place, one in enumerate(items)]


def _answer(item: _Item, p: Floats) -> Answer:
    met: list[Rule] = [rule for text in item.texts for rule in matching(text)]
    found = {rule.gate: 1.0 for rule in met}
    facts = manifest()["gates"]
    if p[1 + CRISIS] >= facts["crisis"]:
        found.setdefault(GATES[CRISIS], float(p[1 + CRISIS]))
    elif p[0] >= facts["threshold"]:
        found.setdefault(GATES[int(np.argmax(p[1:]))], float(p[0]))
    for gate in GATES_BY_WEIGHT:
        if gate in found:
            return Answer(gate, WHY[gate], tuple(dict.fromkeys(rule.name for rule in met)), found[gate])
    return Answer("none", NOTHING_FOUND)

"""The gate, with the weights that ship: what it stops at, what it lets pass, and that nothing breaks it."""

from __future__ import annotations

import numpy as np
import pytest

from steadily.codebook import LABELS
from steadily.safety.gate import Answer, gate_chat, gate_chats, gate_text, gate_texts
from steadily.safety.history import gate_history
from steadily.safety.outreach import Said
from steadily.safety.wording import NOTHING_FOUND, WHY

STOPS = [
    ("leave and I'll make sure you never see the kids again", "abuse"),
    ("I'm scared of him when he comes home", "abuse"),
    ("send me your location and a photo so I know who you're with. now", "control"),
    ("he goes through my phone every night and I'm not allowed to see my sister", "control"),
    ("I don't want to be here anymore. You'd all be better off without me", "crisis"),
    ("if you leave me I'll kill myself", "crisis"),
]
PASSES = [
    "you never listen!! I'm so sick of this, just leave me alone tonight",
    "this heat is killing me 😂",
    "if you shout again I'll hang up and we talk tomorrow",
    "text me when you land so I know you got there x",
    "no phones at the table for the kids from now on, agreed?",
    "milk, bread, and the good cheese",
    "",
    "\ud83d\x00",
]
QUIET_CHAT = [
    Said("partner", "I put the app back on your phone, so I can see you're safe"),
    Said("me", "I turned it off for the surprise"),
    Said("partner", "no surprises. And give me the card, you don't need it, I'll do the shopping"),
    Said("me", "ok"),
    Said("partner", "and ring in sick tonight, I don't like who you work with"),
]
DULL_CHAT = [
    Said("me", "home by six?"),
    Said("partner", "half past, trains"),
    Said("me", "ok I'll start the rice"),
    Said("partner", "you're the best x"),
]


@pytest.mark.parametrize(("text", "gate"), STOPS)
def test_it_stops(text: str, gate: str) -> None:
    """With the gravest answer and one sentence."""
    answer = gate_text(text)

    assert (answer.gate, answer.why) == (gate, WHY[answer.gate])  # type: ignore[index]
    assert answer.stops


@pytest.mark.parametrize("text", PASSES)
def test_it_lets_pass(text: str) -> None:
    """Loud quarrels, figures of speech, limits, care and nothing at all."""
    assert gate_text(text) == Answer("none", NOTHING_FOUND)


def test_a_chat_is_read_together() -> None:
    """Control without a word for it, in either direction; and an ordinary evening."""
    turned = [Said("me" if one.author == "partner" else "partner", one.text) for one in QUIET_CHAT]

    assert gate_chat(QUIET_CHAT).gate in ("control", "abuse")
    assert gate_chat(turned).stops
    assert not gate_chat(DULL_CHAT).stops
    assert not gate_chat([]).stops


def test_company_changes_nothing() -> None:
    """Several at once are answered as each by itself, in their order."""
    texts = [text for text, _ in STOPS] + PASSES

    assert gate_texts(texts) == [gate_text(text) for text in texts]
    assert gate_chats([DULL_CHAT, [], QUIET_CHAT]) == [gate_chat(one) for one in (DULL_CHAT, [], QUIET_CHAT)]


def test_a_history_is_searched() -> None:
    """One bad evening among thousands is found by its codes or by a rule, and without either nothing is read."""
    history = DULL_CHAT * 2000
    p = np.full((len(history) + len(QUIET_CHAT), len(LABELS)), 0.01, dtype=np.float32)
    p[4002, LABELS.index("control")] = 0.9
    p[7] = np.nan

    assert gate_history([*history[:4000], *QUIET_CHAT, *history[4000:]], p).stops
    assert gate_history([*history, Said("me", "I’m scared of him"), *history]).gate == "abuse"
    assert not gate_history(history).stops
    assert not gate_history([]).stops


def test_a_long_text_is_read_to_the_end() -> None:
    """What matters may stand last."""
    assert gate_text("and then we had tea and talked about the garden. " * 30 + "He choked me again.").gate == "abuse"

"""Coding with the weights that ship: plain cases, bad input, order, and the words responsible."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steadily.behaviors import code, code_history, words_responsible
from steadily.behaviors.careful import careful
from steadily.behaviors.coding import ModelName
from steadily.behaviors.reading import Message
from steadily.codebook import LABELS
from steadily.errors import UsageError

MODELS: tuple[ModelName, ...] = ("careful", "fast")
PLAIN = [
    ("I love you so much, can't wait to be home with you", "affection"),
    ("thank you for cooking tonight, it really helped me", "appreciation"),
    ("I'm sorry, I was out of line. That was my fault.", "ownership"),
    ("you never listen to me, you only care about yourself", "criticism"),
    ("answer me!!! why are you ignoring me, pick up the phone NOW", "demand"),
    ("send me your password and your location, you're not going out with them", "control"),
    ("I want to die. I've got the pills in my hand", "crisis"),
    ("leave me and I'll make sure you never see the kids again", "threat"),
]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("text", "label"), PLAIN)
def test_plain_cases_are_seen(text: str, label: str, model: ModelName) -> None:
    """What nobody could mistake."""
    assert label in code([text], model=model).labels(0)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("text", ["milk is in the fridge", "train gets in at 6:40", "ok", "👍"])
def test_everyday_messages_carry_nothing(text: str, model: ModelName) -> None:
    """Facts and short answers."""
    assert code([text], model=model).labels(0) == []


def test_context_decides() -> None:
    """The same short answer, after small talk and after a cry for help."""
    contexts = [["partner: got the milk"], ["partner: I cried all night. please say something, anything"]]
    codes = code(["ok"] * 2, contexts)
    withdrawal = LABELS.index("withdrawal")

    assert codes.p[1, withdrawal] > codes.p[0, withdrawal] + 0.2


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\u200b\ufe0f",
        "\x00\x07",
        "\ud800",
        "😂" * 3000,
        "a" * 50_000,
        "word " * 10_000,
        "שלום " * 40,
        "🙏🏽",
    ],
    ids=["empty", "space", "unseen", "control", "surrogate", "emoji", "letters", "words", "rtl", "tone"],
)
def test_bad_input_is_no_trouble(text: str, model: ModelName) -> None:
    """No crash, and numbers only where there was something to read."""
    codes = code([text, "I miss you"], model=model, one_chat=False)

    assert codes.coded[1]
    assert np.isfinite(codes.p[codes.coded]).all()
    assert np.isnan(codes.p[~codes.coded]).all()


def test_another_language_is_not_coded() -> None:
    """No codes, no label."""
    codes = code(["ich hab dich so vermisst, wann kommst du endlich nach hause"], one_chat=False)

    assert not codes.coded[0]
    assert codes.labels(0) == []


@pytest.mark.parametrize("model", MODELS)
def test_neither_order_nor_company_changes_a_code(model: ModelName) -> None:
    """A message is coded the same alone, among others, and in another order."""
    texts = [text for text, _ in PLAIN] + ["ok", "word " * 400, "😂"]
    together = code(texts, model=model).p
    reversed_ = code(texts[::-1], model=model).p[::-1]
    alone = np.concatenate([code([text], model=model).p for text in texts])

    room = 1e-3
    np.testing.assert_allclose(together, reversed_, atol=room)
    np.testing.assert_allclose(together, alone, atol=room)


def test_the_side_from_which_it_is_told_changes_nothing() -> None:
    """Swapping me and partner everywhere swaps nothing in the code."""
    told = code(["whatever"], [["partner: I felt alone last night"]], ["me"]).p
    swapped = code(["whatever"], [["me: I felt alone last night"]], ["partner"]).p

    np.testing.assert_array_equal(told, swapped)


@pytest.mark.parametrize("model", MODELS)
def test_a_history_is_coded_as_its_messages_are(model: ModelName) -> None:
    """Each message with the five before it; nothing from before its session began."""
    texts = [
        "late again",
        "don't start",
        "fine",
        "sorry, long day. that came out wrong",
        "me too x",
        "night",
        "morning love",
    ]
    speakers = ["Sam", "Alex", "Sam", "Alex", "Sam", "Alex", "Alex"]
    whole = code_history(texts, speakers, [row in (0, 6) for row in range(7)], model=model)
    named = [f"{'me' if who == 'Alex' else 'partner'}: {text}" for who, text in zip(speakers, texts, strict=True)]
    contexts = [named[max(0, row - 5) : row] if row < 6 else [] for row in range(7)]
    single = code(texts, contexts, ["me" if who == "Alex" else "partner" for who in speakers], model=model)

    np.testing.assert_allclose(whole.p, single.p, atol=1e-5)


def test_lists_of_other_lengths_are_refused() -> None:
    """With both numbers."""
    with pytest.raises(UsageError, match="2 texts and 1 contexts"):
        code(["a", "b"], [["me: c"]])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(codec=None), max_size=60), min_size=1, max_size=4))
def test_any_texts_can_be_coded(texts: list[str]) -> None:
    """One row each, probabilities where coded."""
    codes = code(texts, [["me: ok"] for _ in texts], model="fast")

    assert codes.p.shape == (len(texts), len(LABELS))
    assert ((codes.p[codes.coded] >= 0) & (codes.p[codes.coded] <= 1)).all()


def test_words_responsible_lie_in_the_text_and_carry_the_label() -> None:
    """Without the words named, the behavior is less probable."""
    text = "dinner's at 7. you never think about anyone but yourself. bring wine"
    spans = words_responsible(text, ["criticism"])
    label = LABELS.index("criticism")
    left = "".join(letter for at, letter in enumerate(text) if not any(one.start <= at < one.end for one in spans))

    assert spans
    assert all(15 <= one.start < one.end <= 57 for one in spans)
    assert code([left]).p[0, label] < code([text]).p[0, label]


@pytest.mark.parametrize("text", ["", "👍", "no", "a" * 5000, "x " * 3000])
def test_words_responsible_of_odd_texts(text: str) -> None:
    """Nothing breaks; spans lie inside."""
    assert all(0 <= one.start < one.end <= len(text) for one in words_responsible(text, ["withdrawal", "affection"]))


def test_a_message_that_was_just_read_is_not_taken_for_another() -> None:
    alone, behind = Message("take your time"), Message("take your time", ("them: I said I need a minute",))
    other = Message("thank you for dinner")
    read = [careful().read([one])[0].logits for one in (alone, alone, behind, other, alone)]
    together = [one.logits for one in careful().read([alone, behind, other])]
    for one, expected in zip(read, (0, 0, 1, 2, 0), strict=True):
        np.testing.assert_allclose(one, together[expected], atol=1e-4)

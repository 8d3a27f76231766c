"""Drafts without their stings: what goes, what stays, and what never happens to them."""

from __future__ import annotations

import re

import pytest

from steadily.behaviors.editor import editor
from steadily.coach.alternatives import alternatives
from steadily.coach.heard import heard
from steadily.coach.softened import WORD, softened

STINGS = [
    ("nice one genius. you left the gate open and the dog was out for 20 minutes", "genius", "20 minutes"),
    ("you said you'd be home by 7 and it was 10, as always the liar. can you text me next time", "liar", "by 7"),
    ("wow what a prince. i paid the 140 for the school trip and you bought a new controller", "prince", "140"),
    ("ring your mother back tonight you lazy pig, she called twice about sunday", "pig", "sunday"),
]
"""A draft, a word that has to go, and a fact that has to stay."""


@pytest.mark.parametrize(("draft", "sting", "fact"), STINGS)
def test_the_sting_goes_and_the_fact_stays(draft: str, sting: str, fact: str) -> None:
    """Such as anybody would take out."""
    first = softened(draft)[0]

    assert sting not in first.text
    assert fact in first.text
    assert any(sting in piece for piece in first.gone)


@pytest.mark.parametrize("draft", [draft for draft, _, _ in STINGS])
def test_every_word_is_the_writers_or_from_the_list(draft: str) -> None:
    """The editor cannot make anything up."""
    known = {word.lower() for word in WORD.findall(draft)}
    known |= {word.lower() for piece in editor().pieces for word in WORD.findall(piece)}

    for one in softened(draft):
        assert {word.lower() for word in WORD.findall(one.text)} <= known


@pytest.mark.parametrize(
    "draft",
    ["i'll pick up the bread on my way home", "happy birthday love, dinner at 8?", "ok see you at the station x"],
)
def test_what_is_fine_is_left_alone(draft: str) -> None:
    """Where nothing is done to it there is nothing to offer."""
    assert softened(draft) == []


@pytest.mark.parametrize("draft", ["", "   ", "!!!", "\ud800", "🤡🤡🤡", "x" * 5000, "word " * 2000, "\u202eabc\u202c"])
def test_anything_at_all_may_be_typed(draft: str) -> None:
    """No draft breaks it; one that is too long is left alone."""
    for one in softened(draft):
        assert one.text.isprintable() or "\n" in one.text


def test_lines_stay_lines() -> None:
    """A draft in two lines comes back in two."""
    found = softened("i waited at the station until 9\nyou selfish pig, can you ring me tomorrow")

    assert found
    assert re.search(r"until 9\.?\n", found[0].text)


def test_what_passes_is_offered_first_in_the_writers_register() -> None:
    """As the first of the alternatives, small letters where the writer writes small."""
    draft = "nice one genius. you left the gate open and the dog was out for 20 minutes. can you check it tonight"
    found = alternatives(draft, [], heard([draft])[0])

    assert found
    assert found[0].kind == "own words"
    assert "genius" not in found[0].text
    assert found[0].text[0].islower()


def test_a_beginning_may_stand_before_words_that_lost_a_sting() -> None:
    """A sting whose loss is allowed in the words themselves is allowed behind a beginning, too."""
    draft = (
        '"What dent" you are telling me. So now you are a liar also. Left door, blue paint on it, it was not there on sunday. '
        "I am not angry about the car, I am angry that you hid it. You always hide things till I catch you. "
        "Just tell me straight, can you do that much"
    )
    found = alternatives(draft, [], heard([draft])[0])

    behind = [one.text for one in found if one.kind == "phrase"]
    assert found[0].kind == "own words"
    assert behind
    assert not any("catch" in one for one in behind)

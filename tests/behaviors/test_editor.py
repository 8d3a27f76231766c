"""The editor: what it may do to words, and that it never writes what nobody gave it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steadily.behaviors.careful import careful
from steadily.behaviors.editor import MOST_PIECES, editor
from steadily.behaviors.form import TEXT_TOKENS

WORDS = (
    "you",
    "never",
    "call",
    "i",
    "waited",
    "an",
    "hour",
    "genius",
    "on",
    "friday",
    "lol",
    "?",
    "please",
    "whatever",
    "",
)


def test_states_stand_for_words_and_not_for_tokens() -> None:
    """One row a word, however many tokens it has; nothing where nothing is left of it."""
    states = careful().states(["antidisestablishmentarianism", "", "no"], [])

    assert states is not None
    assert len(states) == 3
    assert not states[1].any()
    assert states[0].any()


def test_what_stands_before_changes_the_states() -> None:
    """The same words behind other lines are read otherwise."""
    alone = careful().states(["fine"], [])
    behind = careful().states(["fine"], ["them: you forgot my birthday again"])

    assert alone is not None
    assert behind is not None
    assert np.abs(alone - behind).max() > 0.01


@pytest.mark.parametrize("words", [[], [""], ["word"] * (TEXT_TOKENS + 1)])
def test_nothing_and_too_much_are_not_read(words: list[str]) -> None:
    """There is no half of an edit."""
    assert careful().states(words, []) is None


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).filter(any))
def test_every_way_speaks_of_every_word_and_of_pieces_from_the_list(words: list[str]) -> None:
    """As many decisions as words, one more place for pieces, none beyond the list or the most at one place; surest first."""
    states = careful().states(words, [])
    assert states is not None

    ways = editor().ways(states)

    assert ways
    for way in ways:
        assert len(way.cut) == len(words)
        assert len(way.pieces) == len(words) + 1
        assert all(len(place) <= MOST_PIECES for place in way.pieces)
        assert all(0 <= piece < len(editor().pieces) for place in way.pieces for piece in place)
        assert 0 < way.sure <= 1
        assert len(way.each) == len(words)
        assert all(0 < one <= 1 for one in way.each)

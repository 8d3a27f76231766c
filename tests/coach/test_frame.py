"""Four answers as one message, in the writer's own words."""

from __future__ import annotations

from steadily.coach import framed


def test_a_question_has_its_mark_and_the_words_stay() -> None:
    told = framed("the train was late on Tuesday", "left out", "a word when it gets late", "could you text by six.")
    assert told == (
        "The train was late on Tuesday. I felt left out. I need a word when it gets late. Could you text by six?"
    )


def test_parts_that_are_empty_are_left_out() -> None:
    assert framed("", "I was scared", "", "") == "I was scared."
    assert framed("", "", "", "") == ""

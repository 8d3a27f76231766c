"""Facts and asks first: every sentence stays, in its order, in one of two parts, and facts are in the first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.coach.facts_first import facts_first, split_sentences

MESSAGES = (
    """
    - Oh so now you remember you have a son.
    + His appointment moved to Thursday, 9:40, at the clinic on Hill Road.
    + Bring the red folder.
    - And maybe for once in your life be on time.
    """,
    """
    + the boys land at 6.15 pm on the 3rd
    + flight is LO 267
    - i'm not going to beg you to show up like last year
    + can you confirm you're at the airport?
    """,
    """
    - You are the most selfish person I have ever met.
    + Ada needs $60 for the trip by Friday.
    + I've paid my half.
    - Don't pretend you didn't know.
    """,
    """
    + Ravi threw up twice last night so he is not going to school today
    + doctor says fluids and rest
    - not that you'd ask
    """,
    """
    - I can't believe I have to write this again.
    + Please send her back with her glasses.
    + She can't read the board without them.
    - It isn't hard.
    - A child could do it.
    """,
    """
    + Mei's recital is Saturday the 14th at 4 p.m., doors at 3:30.
    + Are you coming?
    - If you sit next to my mother and smile like nothing happened I will lose it.
    """,
    """
    - lol.
    - your new family, your new car, your new everything
    + we agreed on every second weekend and holidays half and half
    + what about easter?
    """,
    """
    + I'm away for work from Monday to Wednesday.
    + Can they stay with you?
    - I know I'm asking the busiest person on earth.
    """,
    """
    - You've turned them against me.
    - I see it every time.
    - Congratulations.
    + The court said handover at 10, so 10 it is.
    """,
    """
    + Yusuf lost his inhaler at your place.
    + Check under the sofa, please.
    - He could have died and you'd still be on your phone.
    """,
    """
    - Typical.
    - Just typical.
    + Zoe has no winter boots here and it's minus 6.
    + Size 31.
    """,
    """
    - I won't have this conversation again.
    - You left, remember?
    + Noah starts kindergarten on August 28, and they need both signatures by the 20th.
    """,
)
"""Written before it was run on them; `+` is a fact or an ask."""
LEAST_RIGHT = 0.85


@given(st.text(alphabet=st.sampled_from("ab Z1.!?…\n\t\"')’:5£"), max_size=200) | st.text(max_size=200))
def test_every_sentence_is_in_exactly_one_part_and_in_order(text: str) -> None:
    found = facts_first(text)
    assert len(found.sentences) == len(found.is_first)
    assert sorted(found.first + found.rest) == sorted(found.sentences)
    first, rest = iter(found.first), iter(found.rest)
    assert [next(first) if is_first else next(rest) for is_first in found.is_first] == list(found.sentences)


@given(st.text(alphabet=st.sampled_from("ab Z1.!?…\n\t\"')’:5£"), max_size=200) | st.text(max_size=200))
def test_nothing_is_deleted_and_nothing_reworded(text: str) -> None:
    assert re.sub(r"\s", "", "".join(facts_first(text).sentences)) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Shah can see her at 3 p.m. today. OK?", ["Dr. Shah can see her at 3 p.m. today.", "OK?"]),
        ("Be there at 5 p.m. He waits.", ["Be there at 5 p.m.", "He waits."]),
        ("one\ntwo\n\nthree", ["one", "two", "three"]),
        ("It costs 4.50. Really?!", ["It costs 4.50.", "Really?!"]),
        ('She said "no." Then she left.', ['She said "no."', "Then she left."]),
        ("  ", []),
    ],
)
def test_sentences_are_told_apart(text: str, expected: list[str]) -> None:
    assert split_sentences(text) == expected


def test_facts_and_asks_of_harsh_messages_stand_first() -> None:
    right, wrong = 0, []
    for message in MESSAGES:
        lines = [line.strip() for line in message.strip().splitlines()]
        text = "\n".join(line[2:] for line in lines)
        found = facts_first(text)
        for line, is_first in zip(lines, found.is_first, strict=True):
            if line.startswith("+") is is_first:
                right += 1
            else:
                wrong.append(line)
    assert right >= LEAST_RIGHT * (right + len(wrong)), wrong


def test_a_time_stands_first_also_in_a_harsh_sentence_and_a_charge_does_not() -> None:
    found = facts_first("Pick her up at 5, you useless idiot. What is wrong with you? You ruined her birthday.")
    assert found.first == ("Pick her up at 5, you useless idiot.",)
    assert found.rest == ("What is wrong with you?", "You ruined her birthday.")


def test_what_follows_on_a_fact_stays_with_it() -> None:
    assert facts_first("Bring her coat. The blue one. Unbelievable.").first == ("Bring her coat.", "The blue one.")


def test_half_a_sentence_never_stands_alone() -> None:
    text = "I'll be there at 5, unless you do this again"
    assert facts_first(text).first == (text,)

"""An apology in the writer's own words: put together as they stand, with a remark where they take it back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.coach.apology import CATCHES, FORGIVENESS, NO_ANSWER, NOTHING_OWED, Apology, composed, remarks
from steadily.coach.library import search

DID, AMENDS = "I shouted at you in front of your sister", "I've told her that I was wrong"
WORDS = st.text(st.characters(categories=("L", "N", "Zs")), min_size=1).filter(str.strip)


def test_it_is_the_writers_own_words_in_order() -> None:
    found = composed(Apology(DID, AMENDS, like="It may have been humiliating", more="I'd like to hear it from you"))
    assert found == (
        "I shouted at you in front of your sister. It may have been humiliating. I'm sorry. I've told her that I was wrong. "
        "I'd like to hear it from you."
    )


def test_what_is_no_sentence_stands_after_the_name_of_its_part() -> None:
    found = composed(Apology("shouting at you", "telling your sister it was me", like="scared, and alone with it"))
    assert found == (
        "What I did: shouting at you. What it may have been like for you: scared, and alone with it. I'm sorry. "
        "What I am doing about it: telling your sister it was me."
    )


def test_sorry_is_said_once() -> None:
    assert composed(Apology("Sorry for shouting", AMENDS)).lower().count("sorry") == 1
    assert composed(Apology(DID, AMENDS, more="I am sorry, truly.")).lower().count("sorry") == 1


def test_forgiveness_is_off_unless_asked_for_and_then_nothing_is_owed() -> None:
    assert "forgive" not in composed(Apology(DID, AMENDS))
    assert composed(Apology(DID, AMENDS, asks_forgiveness=True)).endswith(FORGIVENESS)
    assert "don't owe" in FORGIVENESS
    assert "Nothing is owed" in NOTHING_OWED
    assert composed(Apology(DID, AMENDS, needs_no_answer=True)).endswith(NO_ANSWER)


@given(WORDS, WORDS, st.just("") | WORDS, st.just("") | WORDS)
def test_no_word_of_the_writers_is_lost_or_changed(did: str, amends: str, like: str, more: str) -> None:
    found = composed(Apology(did, amends, like, more))
    for part in (did, amends, like, more):
        assert part.strip()[1:] in found


@pytest.mark.parametrize(
    ("apology", "words", "why"),
    [
        (Apology("I'm sorry if you felt hurt", AMENDS), "sorry if you felt", "leaves it open"),
        (Apology(DID, AMENDS, more="Sorry if that came across badly"), "sorry if", "leaves it open"),
        (Apology(DID, AMENDS, like="if it upset you, that is sad"), "if it upset", "leaves it open"),
        (Apology("I shouted, but you were late", AMENDS), "but", "take back"),
        (Apology("You made me shout", AMENDS), "you made me", "hands your part"),
        (Apology("I shouted because you kept asking", AMENDS), "because you", "as if they had done it"),
        (Apology("I’m sorry you’re upset", AMENDS), "sorry you're upset", "about a feeling"),
        (Apology("I am sorry that you feel that way", AMENDS), "sorry that you feel", "about a feeling"),
        (Apology("Mistakes were made", AMENDS), "mistakes were made", "Nobody does anything"),
        (Apology("your plate got broken", AMENDS), "", "not said yet who"),
        (Apology("I said it, it was just a joke", AMENDS), "just a joke", "how they took it"),
        (Apology("I didn't mean to shout", AMENDS), "didn't mean to", "defense"),
        (Apology("We both said things", AMENDS), "we both said", "your half"),
        (Apology(DID, "I will never do that again"), "never do that again", "a lot to promise"),
        (Apology(DID, "I'll try harder"), "i'll try", "hard to see"),
        (Apology(DID, AMENDS, more="Please forgive me"), "forgive me", "asks something"),
        (Apology(DID, AMENDS, like="you felt small"), "you felt", "Only they know"),
    ],
)
def test_what_takes_it_back_gets_one_kind_sentence_and_one_thing_to_try(apology: Apology, words: str, why: str) -> None:
    found = next(one for one in remarks(apology) if why in one.why)
    assert [one.lower() for one in found.words] == ([words] if words else [])
    assert found.why.count("?") == 1
    assert found.why.endswith("?")
    assert composed(apology)


@pytest.mark.parametrize(
    "apology",
    [
        Apology(DID, AMENDS),
        Apology("You made me dinner and I was on my phone", "The phone is in the drawer until eight"),
        Apology("I said nothing but mean things about your brother", "I can tell him so, if you'd like that"),
        Apology("I kept teasing you after you asked me to stop", "I've stopped", like="maybe you felt alone in it"),
        Apology("forgot the pharmacy", "going there now"),
        Apology(
            "I was late on Tuesday, and you stood in the rain", AMENDS, like="It may have felt as if I'd forgotten"
        ),
    ],
)
def test_an_apology_that_stands_gets_no_remark(apology: Apology) -> None:
    assert remarks(apology) == ()


def test_there_are_at_most_three_and_each_is_said_once() -> None:
    found = remarks(
        Apology("I'm sorry if you felt hurt, but you made me, but we both said things", "never again, but try")
    )
    assert len(found) == 3
    assert len({one.why for one in found}) == 3


def test_the_librarys_apologies_stand() -> None:
    texts = [re.sub(r"\{([^}]+)\}", "Tuesday", one.text) for one in search(kind="apology")]
    flagged = [text for text in texts if any(catch.words.search(text) for catch in CATCHES if "more" in catch.fields)]
    assert len(flagged) <= 0.08 * len(texts), flagged

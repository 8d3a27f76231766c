"""Hearing a feeling: the partner's own, as they named it; none is a fine answer, and harm is never answered with understanding."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.coach.feelings import feelings
from steadily.coach.validating import NONE_HEARD, answers_with_advice, hearing, listen_help_or_space
from steadily.safety.outreach import Said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("I'm exhausted. three nights with the baby", ["exhausted"]),
        ("I’m gutted", ["gutted"]),
        ("I feel so low today", ["low"]),
        ("so tired and sad", ["tired", "sad"]),
        ("not just sad, furious", ["sad", "furious"]),
        ("I can't help feeling jealous", ["jealous"]),
        ("you made me feel invisible", ["invisible"]),
        ("it made me so sad", ["sad"]),
        ("I'm not happy with this", ["not happy"]),
        ("I know you're busy but I'm lonely", ["lonely"]),
        ("I'm worried you won't come", ["worried"]),
        ("feeling a bit overwhelmed tbh", ["overwhelmed"]),
        ("I was upset about yesterday", ["upset"]),
        ("I've never felt so lonely", ["lonely"]),
        ("felt left out at dinner", ["left out"]),
    ],
)
def test_a_feeling_is_heard_where_it_is_named(said: str, words: list[str]) -> None:
    assert [one.words for one in feelings(said).own] == words
    assert all(one.is_said for one in feelings(said).own)


@pytest.mark.parametrize(
    "said",
    [
        "I'm not sad",
        "I don't feel lonely",
        "I don't think I'm angry",
        "I wouldn't say I'm hurt",
        "are you sad?",
        "tired?",
        "why are you so upset",
        "I know you're tired",
        "she was angry",
        "I think Leo is sad",
        "Mum is worn out",
        "what a sad day",
        "low battery",
        "leave me alone",
        "happy birthday",
        "I'm afraid I can't make it",
        "my back hurts",
        "I hurt you, I know",
        "if I'm tired I'll say",
        "don't be sad",
        "I'd be angry if that happened",
        "home at 7, can you get milk",
        "",
    ],
)
def test_none_is_heard_where_it_is_denied_or_anothers_or_no_feeling(said: str) -> None:
    assert feelings(said).own == ()
    assert hearing(said) == NONE_HEARD


def test_a_hint_is_heard_and_fills_in_nothing() -> None:
    found = hearing("barely slept, up since four with her")
    assert "barely slept" in found.words
    assert found.feeling == ""
    assert found.offers
    assert all("slept" not in offer for offer in found.offers)


def test_something_told_of_oneself_is_heard_without_a_word_for_it() -> None:
    found = hearing("I keep thinking about what you said in the car and it won't leave me")
    assert found == NONE_HEARD or (found.feeling == "" and found.offers)
    need = hearing("I need more time with you and I don't know how to ask for it")
    assert need.offers
    assert need.words


def test_frames_hold_blanks_and_only_the_word_for_the_feeling() -> None:
    said = "I'm exhausted, the whole ward was on me again tonight"
    found = hearing(said)
    assert found.feeling == "exhausted"
    assert len(found.offers) >= 3
    assert len({offer.split()[0] for offer in found.offers}) == len(found.offers)
    for offer in found.offers:
        assert "exhausted" in offer
        assert re.search(r"\{[^}]+\}", offer)
        assert "{feeling}" not in offer
        assert not {"ward", "whole", "tonight"}.intersection(offer.split())


def test_glad_news_get_glad_frames() -> None:
    found = hearing("I got the job!! I'm so happy")
    assert found.feeling == "happy"
    assert any("{good news}" in offer for offer in found.offers)


@pytest.mark.parametrize(
    "said",
    [
        "you're pathetic, I'm so sad I ever met you",
        "I hate you, you make me so angry",
        "I'm lonely so answer me NOW or don't bother coming home",
        "I'm so sad. if you leave I'll kill myself",
        "I'm worried, so send me your location and a photo so I know who you're with",
        "I'm scared of you",
        "I'm so tired, I have the pills here and I don't want to wake up",
    ],
)
def test_nothing_is_offered_where_the_message_carries_harm(said: str) -> None:
    assert hearing(said) == NONE_HEARD


def test_danger_before_the_message_ends_it_too() -> None:
    before = (Said("partner", "you don't leave this house tonight or I'll break your arm"), Said("me", "please"))
    assert hearing("I'm just so tired", before) == NONE_HEARD


@given(st.text(max_size=120))
def test_what_is_heard_stands_in_the_message(said: str) -> None:
    for one in feelings(said).own:
        assert said[one.start :].startswith(one.words)


def test_advice_and_correction_are_noticed() -> None:
    assert answers_with_advice(["advice"])
    assert answers_with_advice(["affection", "defensiveness"])
    assert not answers_with_advice(["validation", "interest"])
    assert not answers_with_advice([])


@pytest.mark.parametrize(
    ("draft", "question"),
    [
        (
            "You could tell your boss no. It would be simple enough.",
            "Would you like me to listen, to help, or to give you some space?",
        ),
        (
            "have you tried going to bed earlier, it always works for me",
            "do you want me to listen, help, or give you some space?",
        ),
        ("why dont u just tell her that u cant come on sunday", "do u want me to listen, help, or give u some space?"),
        ("just say no", "listen, help, or space?"),
        ("Just say no.", "Listen, help, or space?"),
    ],
)
def test_the_question_sounds_like_the_writer(draft: str, question: str) -> None:
    assert listen_help_or_space(draft) == question

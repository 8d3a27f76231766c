"""Rules that take the heat out: each kind on lines it was not written with, and what must stay as it is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.coach.keeps import keeps, lost, stem
from steadily.coach.past import base_form
from steadily.coach.register import fitted, register_of
from steadily.coach.rewording import ORDER, applied, edits
from steadily.coach.sentences import sentences
from steadily.coach.tidying import tidied

TURNED = [
    ("you never help with bath time", "i'd really like you to help with bath time"),
    ("you never told me about the loan", "you didn't tell me about the loan"),
    ("you're such a selfish person", "i felt left out of it"),
    ("if you loved me you'd come on sunday", "it would mean a lot to me if you'd come on sunday"),
    ("sorry if the joke was rough", "i'm sorry that the joke was rough"),
    ("you should've asked my brother", "i'd have liked it if you had asked my brother"),
]
LEFT = [
    "see you at six, I'll bring the bread",
    "I felt lonely on Tuesday and I'd like to talk",
    "if you shout again I'll go to my sister's tonight",
    "I won't lend your brother money again",
    "thanks for doing the school run",
    "you told me the train was late",
]


@pytest.mark.parametrize(("draft", "wanted"), TURNED)
def test_a_charge_becomes_a_wish_or_a_hurt(draft: str, wanted: str) -> None:
    assert tidied(applied(draft, edits(draft))).rstrip(".") == wanted


@pytest.mark.parametrize("draft", LEFT)
def test_what_is_kind_plain_or_a_boundary_stays(draft: str) -> None:
    assert tidied(applied(draft, edits(draft))).rstrip(".") == draft


def test_advice_is_turned_only_where_it_was_found() -> None:
    assert "i just listen?" in applied("you should tell him no", edits("you should tell him no", ["advice"]))
    assert "i just listen" not in applied("you should tell him no", edits("you should tell him no"))


def test_every_rule_can_be_read_and_gives_its_reason() -> None:
    for name in ORDER:
        assert edits("nothing of the kind stands here", only=[name]) == []


@given(st.text(max_size=300))
def test_no_text_breaks_them(text: str) -> None:
    changes = edits(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(changes))
    tidied(applied(text, changes))


@given(st.text(max_size=300))
def test_sentences_lose_no_letter(text: str) -> None:
    letters = [one for one in text if one.isalnum()]
    assert [one for part in sentences(text) for one in part if one.isalnum()] == letters


def test_a_point_in_a_number_or_a_time_ends_no_sentence() -> None:
    assert sentences("it was 10.30. you said 9.15pm") == ["it was 10.30.", "you said 9.15pm"]


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("can we pay the £40 on Friday, with Jo there?", True),
        ("can we pay it on Friday, with Jo there?", False),
        ("can we pay the £40, with Jo there?", False),
        ("can we pay the £40 on Friday?", False),
    ],
)
def test_a_fact_that_is_lost_is_seen(text: str, *, is_kept: bool) -> None:
    draft = "you idiot, you still owe the £40 and on Friday I told Jo you'd pay"
    assert keeps(draft, text) is is_kept


def test_swearing_is_no_matter() -> None:
    assert lost("that fucking deposit is gone", "the deposit is gone") == (set(), set())


def test_words_are_the_same_with_their_endings() -> None:
    assert stem("cancelled") == stem("cancelling") == stem("cancell")
    assert stem("mum's") == stem("mum")


@pytest.mark.parametrize(
    ("word", "base"),
    [("told", "tell"), ("asked", "ask"), ("tried", "try"), ("used", "use"), ("stopped", "stop"), ("called", "call")],
)
def test_the_past_is_put_back(word: str, base: str) -> None:
    assert base_form(word) == base


def test_what_is_offered_looks_like_the_writer() -> None:
    lower = register_of(["dont know yet. maybe at 6", "ok im leaving", "cant talk now"])
    proper = register_of(["I'm on the train. It's late.", "I don't mind."])
    assert fitted("I'd like to talk. It's fine if not.", lower) == "id like to talk. its fine if not"
    assert fitted("i'd like to talk. it's fine if not", proper) == "I'd like to talk. It's fine if not"


def test_the_pet_name_is_one_they_use() -> None:
    assert register_of(["home soon love", "ok, love", "night love"]).pet_name == "love"
    assert register_of(["I love pizza", "ok", "fine by me"]).pet_name == ""

"""Micro-repairs: every slip gets a few phrases that fit it, for now, plain and short first."""

from __future__ import annotations

import pytest

from steadily.coach.library import GOALS, ORDER, Phrase, search
from steadily.coach.repair import SLIPS, Slip, repairs, slip_named

SHARP = Slip("sharp", "It came out too sharp", ("sharp", "harsh"), ("repair", "hear"), ("repair", "apology"))


def phrase(text: str, when: str = "Any time.", **named: object) -> Phrase:
    """A phrase like those of the library."""
    described = {"kind": "repair", "distance": ("hours",), "register": "plain", "goal": "repair"} | named
    return Phrase(text=text, when=when, **described)  # type: ignore[arg-type]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda one: one.name)
def test_every_slip_gets_two_or_three_phrases_for_minutes_ago(slip: Slip) -> None:
    found = repairs(slip)
    assert 2 <= len(found) <= 3
    assert len(set(found)) == len(found)
    assert all(not one.distance or "hours" in one.distance for one in found)
    assert all(one.register != "playful" for one in found)
    weights = [(one.register == "warm", len(one.text.split())) for one in found]
    assert weights == sorted(weights)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda one: one.name)
def test_a_slip_names_only_what_the_library_has_and_finds_its_own_words_there(slip: Slip) -> None:
    assert set(slip.goals) <= set(GOALS)
    assert set(slip.kinds) <= set(ORDER)
    found = [f"{one.when} {one.text}".lower().replace("’", "'") for one in repairs(slip)]
    assert sum(any(word in text for word in slip.words) for text in found) >= 2


def test_different_slips_get_different_phrases() -> None:
    assert len({tuple(repairs(one)) for one in SLIPS}) == len(SLIPS)


def test_what_fits_comes_before_what_does_not_and_short_before_long() -> None:
    long = phrase("that was harsh of me and I would so like to say it once again", "You were sharp.")
    short = phrase("too sharp, sorry", "You hear it.")
    warm = phrase("harsh, sorry love", "You were harsh.", register="warm")
    other = phrase("go on", "You talked over them.")
    assert repairs(SHARP, [other, long, warm, short]) == [short, long, warm]


def test_when_it_helps_counts_more_than_how_it_is_worded() -> None:
    worded = [phrase(f"sharp {n}") for n in range(3)]
    meant = phrase("I would like to begin again with all of this", "You were harsh.")
    assert meant in repairs(SHARP, [*worded, meant])


@pytest.mark.parametrize(
    "changed", [{"register": "playful"}, {"distance": ("months",)}, {"kind": "opener"}, {"goal": "enjoy"}]
)
def test_what_is_not_for_now_stays_out(changed: dict[str, object]) -> None:
    usual = [phrase("too sharp"), phrase("too harsh")]
    assert repairs(SHARP, [phrase("sharp, harsh", "Sharp, harsh.", **changed), *usual]) == usual


def test_a_word_counts_where_it_begins() -> None:
    begun, inside = phrase("sharply said"), phrase("unsharp, that")
    assert repairs(SHARP, [inside, phrase("sharp"), phrase("harsh"), begun]) == [
        phrase("sharp"),
        phrase("harsh"),
        begun,
    ]


def test_a_small_library_is_no_trouble() -> None:
    near = [phrase("go on", goal="hear"), phrase("sorry"), phrase("let me start over")]
    assert repairs(SHARP, near) == near[1:]
    assert repairs(SHARP, []) == []
    assert repairs(SHARP, search(kind="good-news")) == []


def test_a_slip_is_found_by_its_name() -> None:
    assert [slip_named(one.name) for one in SLIPS] == list(SLIPS)
    assert slip_named("anything else") is None

"""Calming down: what is offered, that it is small and plain, and that it sends nobody to anybody."""

from __future__ import annotations

import re

import pytest

from steadily.coach import regulate
from steadily.coach.regulate import FEELINGS, PACES, WAYS, Pace, Way

NEVER = re.compile(
    r"\b(should|must|vagus|nervous system|regulate|proven?|science|toxic|heal(s|ing)?|calm down|safe|always|never|everyone|works?)\b|!",
    re.IGNORECASE,
)
REACHES_OUT = re.compile(
    r"\b(write|send|text|call|message|reply|tell|ask) (them|him|her|your partner)\b", re.IGNORECASE
)


@pytest.mark.parametrize("pace", PACES, ids=lambda pace: str(pace.per_minute))
def test_a_pace_is_slow_and_lets_out_longer_than_in(pace: Pace) -> None:
    assert pace.count_out > pace.count_in
    assert pace.count_in + pace.count_out == pytest.approx(60 / pace.per_minute, abs=0.6)
    assert "in" in pace.told
    assert not re.search(r"\d", pace.told)


def test_about_six_a_minute_is_usual_and_what_is_none_of_ours_falls_back_to_it() -> None:
    assert regulate.USUAL.per_minute == 6
    assert [regulate.pace_of(asked).per_minute for asked in ("5", "7", "60", "", "x")] == [5, 7, 6, 6, 6]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_way_is_short_plain_and_says_what_is_known(way: Way) -> None:
    assert re.fullmatch(r"About (one|two|three) minutes?", way.takes)
    assert 2 <= len(way.steps) <= 5
    assert all(len(step.split()) <= 25 for step in way.steps)
    assert way.known.told.lower().startswith(way.known.grade)
    for words in (way.title, *way.steps, way.leave_out):
        assert not NEVER.search(words), words
        assert not REACHES_OUT.search(words), words


def test_cold_water_says_who_leaves_it_out() -> None:
    assert "heart" in next(way.leave_out for way in WAYS if way.name == "water")


@pytest.mark.parametrize("known", [regulate.BREATHING, regulate.NAMING, regulate.TO_SAY, *(way.known for way in WAYS)])
def test_what_is_known_is_never_called_strong(known: regulate.Known) -> None:
    assert known.told.lower().startswith(known.grade)
    assert not re.search(r"\b(strong|proven?|proves|always|best)\b", known.told, re.IGNORECASE), known.told


def test_lines_to_oneself_hold_also_for_somebody_who_was_frightened() -> None:
    lines = regulate.lines_to_oneself()
    assert len(lines) >= 5
    assert all(one.kind == "grounding" and not one.not_when and not one.blanks for one in lines)
    assert not [one.text for one in lines if REACHES_OUT.search(one.text)]


@pytest.mark.parametrize(
    ("feelings", "own", "told"),
    [
        ([], "", ""),
        (["sad"], "", "sad"),
        ([], "  left out ", "left out"),
        (["hurt", "tired"], "", "hurt and tired"),
        (["hurt", "tired"], "left out", "hurt, tired and left out"),
    ],
)
def test_what_one_feels_is_said_in_one_piece(feelings: list[str], own: str, told: str) -> None:
    assert regulate.named(feelings, own) == told


def test_no_feeling_by_itself_stops_coaching() -> None:
    from steadily.safety.gate import gate_texts

    texts = [f"I'm {one}" for one in (*FEELINGS, regulate.named(FEELINGS))]
    assert [text for text, found in zip(texts, gate_texts(texts), strict=True) if found.stops] == []


@pytest.mark.parametrize(
    "answer",
    [
        *("suicidal", "I feel suicidal again", "like dying", "Like hurting myself", "killing myself", "self-harm"),
        *("I don\u2019t want to live", "not wanting to be here", "better off dead", "wanna die", "like ending it all"),
    ],
)
def test_a_short_answer_about_death_is_not_passed_over(answer: str) -> None:
    assert regulate.is_crisis(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "dead tired",
        "not suicidal, only sad",
        "like dying of shame",
        "hurt",
        "like a bad parent",
        "I hurt my knee",
        "cut off",
    ],
)
def test_other_short_answers_are_only_feelings(answer: str) -> None:
    assert not regulate.is_crisis(answer)

"""The library of phrases: every one can be used, and none says what we never say."""

from __future__ import annotations

import re

import pytest

from steadily.coach.library import DISTANCES, GOALS, REGISTERS, STEPS, TO_ONESELF, Phrase, kinds, search

NEVER = re.compile(
    r"\b(never again|you should|you need to|calm down|safe space|hold space|trigger(ed)?|attune|validate|boundar(y|ies)"
    r"|promise|forgive me|please forgive|if you loved me|prove|soulmate|toxic|narciss\w+|he|she|him|her|husband|wife)\b",
    re.IGNORECASE,
)
GRADES = ("Strong", "Moderate", "Weak", "None")
EVERY = [one for kind in kinds() for one in kind.phrases]


def test_there_is_enough_of_each_kind() -> None:
    assert len(EVERY) >= 600
    assert all(len(kind.phrases) >= 45 and kind.title and kind.about for kind in kinds())
    assert all(kind.step in STEPS for kind in kinds())
    assert all(kind.evidence.split(" ")[0].strip(".,") in GRADES for kind in kinds())
    assert len({one.text for one in EVERY}) == len(EVERY)


@pytest.mark.parametrize("phrase", EVERY, ids=lambda one: one.text[:40])
def test_a_phrase_can_be_used(phrase: Phrase) -> None:
    assert 3 <= len(phrase.text.split()) <= 45
    assert phrase.when
    assert set(phrase.distance) <= set(DISTANCES)
    assert phrase.register in REGISTERS
    assert phrase.goal in GOALS
    assert "{}" not in phrase.text
    assert phrase.text.count("{") == phrase.text.count("}")
    assert all(len(blank.split()) <= 5 for blank in phrase.blanks)
    assert not NEVER.search(phrase.text), NEVER.search(phrase.text)


def test_phrases_are_found_by_words_kind_and_distance() -> None:
    assert {one.kind for one in search(kind="repair")} == {"repair"}
    assert all("months" in one.distance or not one.distance for one in search(distance="months"))
    assert {(one.goal, one.register) for one in search(goal="thank", register="brief")} == {("thank", "brief")}
    assert search(words="zzzz") == []
    assert len(search()) == len(EVERY)


def test_no_phrase_that_is_sent_stops_the_gate_or_gets_a_remark() -> None:
    """The coach would not send what it would then flag."""
    from steadily.coach import review

    flagged = []
    for one in EVERY:
        if one.kind == TO_ONESELF:
            continue
        text = re.sub(r"\{([^}]+)\}", "Tuesday", one.text)
        found = review(text)
        if found.gate.stops or found.remarks:
            flagged.append(one.text)
    assert len(flagged) <= 0.08 * len(EVERY), flagged

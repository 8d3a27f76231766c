"""Every rule catches its line and leaves the one that looks like it."""

from __future__ import annotations

import pytest

from steadily.behaviors.form import plain
from steadily.safety.rules import RULES, Rule, matching

EVERY = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])

CAUGHT = [
    ("i want to die", "a wish to die"),
    ("honestly i just wish i was dead", "a wish to die"),
    ("I\u2019ve been thinking about killing myself", "taking one's life"),
    ("i'm gonna end it all tonight", "taking one's life"),
    ("I'm suicidal", "feeling like dying"),
    ("i feel like dying", "feeling like dying"),
    ("honestly I've been feeling like killing myself", "feeling like dying"),
    ("I can't keep myself safe", "cannot stay safe"),
    ("I hit you last night", "blows of one's own"),
    ("I shoved my wife", "blows of one's own"),
    ("I am so scared of my husband", "afraid of the other"),
    ("im afraid to go home to her", "afraid of the other"),
    ("my girlfriend punched me in the kitchen", "blows"),
    ("they have hit me before", "blows"),
    ("his hands around my throat", "hands at the throat"),
    ("he doesn't let me work", "not let"),
    ("my wife never lets me leave", "not let"),
    ("I checked her messages while she was asleep", "the other's phone in secret"),
]
LEFT = [
    "i'm gonna kill myself if this meeting goes on lol",
    "she hit me with the bill 😂",
    "I'm scared of losing you",
    "i was scared of him leaving",
    "the doctor said my wife won't let me lift anything, ha",
    "in the film he strangles her",
    "he beat me to it",
    "I read your message again",
    "my ex hit me years ago. you never have",
    "I hit you up on insta, did you see",
    "i kicked you by accident in my sleep",
    "I would never hit you",
    "this queue, I feel like dying of boredom",
    "",
]


@EVERY
def test_a_rule_catches_its_line(rule: Rule) -> None:
    """The line that stands beside it."""
    assert rule in matching(plain(rule.yes))


@EVERY
def test_a_rule_leaves_what_looks_like_it(rule: Rule) -> None:
    """No rule at all takes that line."""
    assert matching(plain(rule.no)) == []


@pytest.mark.parametrize(("text", "name"), CAUGHT)
def test_said_outright_is_caught(text: str, name: str) -> None:
    """In other words than those of the rule's own line."""
    assert name in [rule.name for rule in matching(plain(text))]


@pytest.mark.parametrize("text", LEFT)
def test_figures_of_speech_are_left(text: str) -> None:
    """Jokes, films, fear of loss, and what lies far back."""
    assert matching(plain(text)) == []

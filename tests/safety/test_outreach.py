"""When nothing that reaches out is suggested."""

from __future__ import annotations

from datetime import date

import pytest

from steadily.safety.outreach import Said, outreach_ends, unanswered

NOES = [
    "leave me alone",
    "Please stop texting me.",
    "don't ever contact me again",
    "I’ve blocked you on everything",
    "i dont want any more contact",
    "there's a restraining order, you know that",
    "no contact. I mean it",
]
NOT_NOES = [
    "here's the contact details for the plumber",
    "my contact lens fell out",
    "don't call me a liar",
    "no contact form on their site",
]


def _chat(*lines: str) -> list[Said]:
    return [Said("me" if line.startswith("me: ") else "partner", line.split(": ", 1)[1]) for line in lines]


@pytest.mark.parametrize("text", NOES)
def test_a_no_ends_it(text: str) -> None:
    """However often one has written since, and whatever stood before."""
    chat = _chat("me: hey", f"partner: {text}", "me: ok")

    assert outreach_ends(chat) == "asked for no contact"


@pytest.mark.parametrize("text", NOT_NOES)
def test_what_only_sounds_like_a_no(text: str) -> None:
    """Lenses, plumbers and forms."""
    assert outreach_ends(_chat("me: hey", f"partner: {text}")) is None


def test_my_own_words_are_not_the_others_no() -> None:
    """Only the other can ask for it."""
    assert outreach_ends(_chat("me: leave me alone", "partner: ok x")) is None


def test_a_no_is_taken_back_by_the_one_who_said_it() -> None:
    """Not by time, and not by me."""
    chat = _chat("partner: don't contact me again", "me: please call me")
    assert outreach_ends(chat) == "asked for no contact"

    assert outreach_ends([*chat, *_chat("partner: I miss you. call me?")]) is None


def test_two_without_an_answer_are_enough() -> None:
    """And one is not."""
    assert outreach_ends(_chat("partner: night", "me: hey")) is None
    chat = _chat("partner: night", "me: hey", "me: you there?")
    assert unanswered(chat) == 2
    assert outreach_ends(chat) == "two messages without an answer"


def test_one_suggestion_a_day() -> None:
    """The next day there may be another."""
    chat = _chat("partner: night")
    today = date(2026, 3, 2)

    assert outreach_ends(chat, suggested_on=today, today=today) == "one suggestion a day"
    assert outreach_ends(chat, suggested_on=date(2026, 3, 1), today=today) is None

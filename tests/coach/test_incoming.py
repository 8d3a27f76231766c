"""A message of the partner's: two readings, never a verdict, never a reason to bear harm, and no answer to a no."""

from __future__ import annotations

import re
import tomllib
from datetime import time

import pytest

from steadily.coach.incoming import Incoming, read_incoming
from steadily.coach.incoming_texts import FILE, Entry, Way, texts
from steadily.coach.library import search
from steadily.coach.pasted import Pasted, read_pasted
from steadily.codebook import DANGER, LABELS
from steadily.safety.outreach import Said

FOUND_IN = {
    "contempt": "wow, father of the year 🙄",
    "hostility": "I hate you so much right now",
    "criticism": "You never listen to me. You always do this.",
    "demand": "why aren't you answering??",
    "withdrawal": "do what you want",
    "advice": "you should just tell your boss no",
    "disclosure": "I felt lonely after we hung up",
    "appreciation": "thanks for doing the school run, it saved my morning",
    "interest": "how did it go with your boss?",
    "affection": "I love you, sleep well",
    "reassurance": "Take your time, I'm not going anywhere",
}
NEVER = re.compile(
    r"\b(should|must|never feels?|always feels?|he|she|him|her|his|hers|they feel|toxic|narciss\w+|abus\w+|avoidant|anxious type|attachment"
    r"|diagnos\w+|healthy|promise|calm down|prove|safe)\b|!",
    re.IGNORECASE,
)
TOLD = texts()
DESCRIBED = tomllib.loads(FILE.read_text(encoding="utf-8"))


def read(text: str, *before: Said, are_apart: bool = False) -> Incoming:
    return read_incoming(Pasted(text, before), are_apart=are_apart)


def sentences_of(entry: Entry) -> list[str]:
    return [one for one in (entry.heard, entry.harder, entry.kinder, entry.note, entry.asks, entry.unknown) if one]


def test_every_behavior_has_its_readings_but_those_that_stop_coaching() -> None:
    named = [entry.behavior for entry in TOLD.entries if entry.behavior]
    assert sorted(named) == sorted(set(LABELS) - set(DANGER))


@pytest.mark.parametrize("entry", TOLD.entries, ids=lambda one: one.behavior or one.heard)
def test_readings_say_may_be_and_are_told_plainly(entry: Entry) -> None:
    assert entry.harder.startswith("It may ")
    assert entry.kinder.startswith("It may ")
    assert entry.harder != entry.kinder
    for sentence in sentences_of(entry):
        assert not NEVER.search(sentence), sentence
        assert all(len(part.split()) <= 22 for part in re.split(r"[.:;?] ", sentence)), sentence
    assert len(entry.ways) == 3
    assert any(way.does in ("ask", "wait") for way in entry.ways)


@pytest.mark.parametrize(
    "described", [one for one in DESCRIBED["answer"] if "kind" in one], ids=lambda one: one["name"]
)
def test_every_answer_finds_its_phrase_in_the_library(described: dict[str, str]) -> None:
    assert search(described["words"], described["kind"], goal=described["goal"]), described["words"]
    assert described["kind"] != "grounding"


def test_every_answer_is_used() -> None:
    used = {name for one in (*DESCRIBED["reading"], DESCRIBED["plain"], DESCRIBED["apart"]) for name in one["answers"]}
    assert used == {one["name"] for one in DESCRIBED["answer"]}


@pytest.mark.parametrize(("behavior", "text"), FOUND_IN.items())
def test_what_is_found_gets_its_readings_and_its_words(behavior: str, text: str) -> None:
    found = read(text)
    entry = next(one for one in TOLD.entries if one.behavior == behavior)
    assert not found.gate.stops
    assert (found.harder, found.kinder, found.asks) == (entry.harder, entry.kinder, entry.asks)
    mine = next(one for one in found.heard if one.what == entry.heard)
    assert mine.words
    assert all(words in text for words in mine.words)
    assert found.ways == entry.ways


@pytest.mark.parametrize("text", ["❤️", "😂😂", "💀", "..."])
def test_signs_without_a_word_are_not_read_into(text: str) -> None:
    found = read(text)
    assert found.is_plain
    assert found.unknown


@pytest.mark.parametrize("text", ["running late, home at 7", "can you get milk on the way home", "the plumber came"])
def test_a_plain_message_gets_a_quiet_answer(text: str) -> None:
    found = read(text)
    assert found.is_plain
    assert [one.what for one in found.heard] == [TOLD.plain]
    assert len(found.ways) == 3
    assert any(way.does in ("ask", "wait") for way in found.ways)


@pytest.mark.parametrize("text", ["fine.", "K", "ok", "Whatever", "it’s fine"])
def test_short_words_have_two_readings_as_well(text: str) -> None:
    found = read(text)
    assert not found.is_plain
    assert "door" in found.harder


def test_heavy_words_are_never_called_plain_and_point_to_help() -> None:
    for text in ("I can't do this anymore", "I can’t do this anymore", "what's the point"):
        found = read(text)
        if not found.gate.stops:
            assert "Help" in found.note
            assert not found.is_plain
    work = read("I'm done at 5, see you at home")
    assert "heavy" not in " ".join(one.what for one in work.heard)


@pytest.mark.parametrize(
    "text",
    [
        "leave and see what happens to you",
        "send me a photo so I know where you are",
        "I don't want to be here anymore, I have the pills",
        "leave me and I'll make sure you never see the kids again",
        "if you leave me I'll kill myself",
        "give me your passwords tonight",
    ],
)
def test_danger_stops_everything(text: str) -> None:
    found = read(text)
    assert found.gate.stops
    assert found.gate.why
    assert (found.heard, found.harder, found.kinder, found.ways, found.unknown) == ((), "", "", (), ())
    assert read(text, are_apart=True).gate.stops


def test_danger_in_what_stood_before_stops_it_too() -> None:
    before = (Said("partner", "you don't leave this house tonight or I'll break your arm"), Said("me", "please"))
    assert read("are you asleep", *before).gate.stops


def test_harsh_words_are_not_excused_and_not_answered_with_understanding() -> None:
    for behavior in ("contempt", "hostility"):
        entry = next(one for one in TOLD.entries if one.behavior == behavior)
        assert "does not make it all right" in entry.note
        assert not any(way.phrase and way.phrase.kind == "validation" for way in entry.ways)


@pytest.mark.parametrize("text", ["please don't contact me again", "leave me alone", "stop texting me. it's over"])
def test_a_no_to_contact_gets_no_answer(text: str) -> None:
    found = read(text)
    assert found.ways == ()
    assert found.to_oneself is not None
    assert found.to_oneself.kind == "grounding"
    assert not found.harder


def test_a_language_that_cannot_be_read_is_left_alone() -> None:
    found = read("no me hables así, estoy muy cansado de todo esto")
    assert [one.what for one in found.heard] == [TOLD.unread]
    assert (found.ways, found.unknown) == ((), ())


def test_the_worst_is_read_first() -> None:
    assert read("Thanks for dinner. You never think of anyone but yourself, you're pathetic").harder in {
        one.harder for one in TOLD.entries if one.behavior in ("contempt", "criticism")
    }


def test_what_is_not_known_fits_the_message() -> None:
    unknown = TOLD.unknown
    assert unknown["question"] in read("did you tell your sister about our fight?").unknown
    assert unknown["fine"] in read("fine.").unknown
    assert unknown["short"] in read("ok").unknown
    late = read_incoming(Pasted("where did you put the keys", (), time(23, 40)))
    assert unknown["late"] in late.unknown
    for text in ("fine.", "running late, home at 7", "You never listen to me."):
        found = read(text)
        assert unknown["meant"] in found.unknown
        assert unknown["before"] in found.unknown
        assert len(found.unknown) <= 4
    assert unknown["before"] not in read("fine.", Said("me", "sorry, an hour late")).unknown


def test_two_who_share_children_answer_briefly_and_only_what_they_share() -> None:
    found = read("You are unbelievable. Pick up is at 5 on Friday.", are_apart=True)
    assert found.ways == TOLD.apart_ways
    assert all(len(way.phrase.text.split()) <= 16 for way in found.ways if way.phrase)
    assert any(way.does in ("ask", "wait") for way in found.ways)
    heavy: tuple[Way, ...] = read("I can't do this anymore", are_apart=True).ways
    assert heavy != TOLD.apart_ways


@pytest.mark.parametrize(
    ("message", "text", "at"),
    [
        ("[10:32 PM, 3/2/2026] Ben: you never listen", "you never listen", time(22, 32)),
        ("[03/02, 23:15] Ben: fine.\nreally", "fine.\nreally", time(23, 15)),
        ("Ben, [03.02.2026 22:15]\nwhere are you", "where are you", time(22, 15)),
        ("pick up is at 5: don't be late", "pick up is at 5: don't be late", None),
        ("", "", None),
    ],
)
def test_what_a_messenger_puts_before_a_line_is_not_part_of_it(message: str, text: str, at: time | None) -> None:
    assert read_pasted(message) == Pasted(text, (), at)


def test_lines_that_were_copied_along_stand_before_it() -> None:
    pasted = read_pasted(
        "[03/02, 21:10] Ana: sorry, late again\n[03/02, 21:15] Ben: as ever\n[03/02, 21:16] Ben: whatever",
        "me: on my way\nhurry up\nAna: five minutes",
    )
    assert pasted.text == "as ever\nwhatever"
    assert [(one.author, one.text) for one in pasted.before] == [
        ("me", "on my way"),
        ("partner", "hurry up"),
        ("me", "five minutes"),
        ("me", "sorry, late again"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I just need a few days to myself. Please don't text me until the weekend.",
        "i need some space",
        "I'd like some time",
    ],
)
def test_a_wish_for_quiet_is_answered_by_keeping_it(text: str) -> None:
    """Nothing to send is offered."""
    read = read_incoming(Pasted(text))
    assert read.ways == ()
    assert "time" in read.heard[0].what


def test_time_together_is_no_wish_for_quiet() -> None:
    assert read_incoming(Pasted("i need some time with you this week")).ways

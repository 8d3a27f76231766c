"""Wins: those that a planted chat holds are found and nothing else is; those of practice are offered sparingly; the year is told whole."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations import MakeConversation, conversation_of
from steadily.codebook import LABELS
from steadily.conversation import Conversation
from steadily.program.entries import CheckIn, HardDay, Practiced, Ritual, Win
from steadily.program.found_wins import FoundWin, found_wins, offered
from steadily.program.plain_words import listed, number, so_many
from steadily.program.records import Kept
from steadily.program.wins import READY, by_month, decided, from_practice, is_there, kept, set_aside
from steadily.program.year import year_in_review

TODAY = date(2026, 3, 20)
Bools = npt.NDArray[np.bool_]


def codes(chat: Conversation, **rows: str) -> Bools:
    """Codes of a chat: `r3="repair warm"` puts them on row 3."""
    there = np.zeros((chat.messages.height, len(LABELS)), dtype=bool)
    for name, labels in rows.items():
        for label in labels.split():
            there[int(name[1:]), LABELS.index(label)] = True
    return there


def found(chat: Conversation, **rows: str) -> list[FoundWin]:
    """What is found in it."""
    return found_wins(chat.messages, codes(chat, **rows))


QUARREL = {"r0": "criticism", "r1": "defensiveness", "r2": "repair ownership", "r3": "reassurance"}


def test_it_finds_a_repair_and_how_long_it_took(chat: Conversation) -> None:
    """From the first sharp word to the one that turned it round.

    1 20:00 Bob: you never listen
    1 20:03 Alice: I was busy, ok
    1 20:11 Alice: That came out wrong, can I try again?
    1 20:13 Bob: of course. come here
    """
    only = found(chat, **QUARREL)

    assert [(one.kind, one.day, one.rows) for one in only] == [("repair", date(2026, 3, 1), (0, 1, 2))]
    assert only[0].text == "Eleven minutes from a sharp word to “That came out wrong”."


def test_it_finds_a_repair_by_either_and_says_nothing_of_who(chat: Conversation) -> None:
    """The dance, not the dancer.

    1 20:00 Bob: you never listen
    1 20:03 Alice: I was busy, ok
    1 20:04 Alice: sorry, that was sharp
    1 20:13 Bob: it's ok
    """
    mine, theirs = found(chat, **QUARREL), found(chat.swapped(), **QUARREL)

    assert [one.text for one in mine] == [one.text for one in theirs] == ["Four minutes from a sharp word to “sorry”."]


@pytest.mark.parametrize(
    "changed",
    [
        {"r1": ""},
        {"r0": "defensiveness"},
        {"r2": "humor"},
        {"r2": "repair contempt"},
        {"r3": "contempt"},
        {"r3": "threat"},
        {"r0": "criticism control"},
        {"r1": "crisis defensiveness"},
    ],
    ids=str,
)
def test_it_takes_no_repair_that_is_not_sure(chat: Conversation, changed: dict[str, str]) -> None:
    """One harsh message, none that is sharp, no code, a cold one, sharp words after it, or danger in the same session.

    1 20:00 Bob: you never listen
    1 20:03 Alice: I was busy, ok
    1 20:11 Alice: That came out wrong, can I try again?
    1 20:13 Bob: of course. come here
    """
    assert found(chat, **(QUARREL | changed)) == []


def test_it_takes_no_repair_without_an_answer_nor_one_that_comes_the_next_day(make: MakeConversation) -> None:
    start = datetime(2026, 3, 1, 20)
    rows = [
        (start, "partner", "you never listen"),
        (start + timedelta(minutes=3), "me", "I was busy, ok"),
        (start + timedelta(minutes=11), "me", "That came out wrong, can I try again?"),
    ]
    assert found(make(rows), r0="criticism", r1="defensiveness", r2="repair") == []
    late = [*rows[:2], (start + timedelta(hours=13), "me", rows[2][2]), (start + timedelta(hours=14), "partner", "ok")]
    assert found(make(late), **QUARREL) == []


@pytest.mark.parametrize(
    "text", ["Sorry you feel that way", "sorry, can't tonight", "I'm sorry?", "how's that on me", "You should be sorry"]
)
def test_a_sorry_in_name_only_is_no_repair(make: MakeConversation, text: str) -> None:
    start = datetime(2026, 3, 1, 20)
    texts = [("partner", "you never listen"), ("me", "I was busy, ok"), ("me", text), ("partner", "ok, love you")]
    rows = [(start + timedelta(minutes=at), author, said) for at, (author, said) in enumerate(texts)]

    assert found(make(rows), **QUARREL) == []


def test_it_finds_a_thank_you_that_says_what_for(chat: Conversation) -> None:
    """Given and received; a bare one, one told of somebody else, and one in a quarrel stay out.

    1 09:00 Alice: morning love. Thank you for coming to get me, I know it was late
    1 09:05 Bob: thanks
    1 19:00 Bob: thanks for ringing my dad back
    2 09:00 Bob: my boss said thank you for the slides
    3 09:00 Bob: thanks for the dishes
    3 09:10 Alice: you left them for two days
    4 09:00 Alice: Thanks for nothing
    5 09:00 Bob: thank you for making me laugh when I wanted to throw the laptop out
    """
    thanked = dict.fromkeys(("r0", "r1", "r2", "r3", "r4", "r6", "r7"), "appreciation")

    assert [one.text for one in found(chat, **thanked, r5="criticism")] == [
        "A thank-you received: “thank you for making me laugh when …”.",
        "A thank-you received: “thanks for ringing my dad back”.",
        "A thank-you given: “Thank you for coming to get me”.",
    ]


def test_it_finds_an_invitation_that_was_taken_up_in_my_words_first(chat: Conversation) -> None:
    """Mine quotes the asking, theirs my yes; a no, a maybe, a question back and a silence are none.

    1 18:00 Alice: fancy a walk down the canal after?
    1 18:02 Bob: yes, I'll bring the dog
    2 18:00 Bob: shall we have hot chocolate and watch them?
    2 18:02 Alice: Love to. Ten minutes
    3 18:00 Bob: fancy a walk?
    3 18:02 Alice: yes but not today
    4 18:00 Bob: fancy a walk?
    4 18:02 Alice: where to
    5 18:00 Bob: fancy a walk?
    """
    asked = dict.fromkeys(("r0", "r2", "r4", "r6", "r8"), "invitation")
    answered = dict.fromkeys(("r1", "r3", "r5", "r7"), "affection")

    assert [(one.text, one.rows) for one in found(chat, **asked, **answered)] == [
        ("An invitation, and “Love to. Ten minutes” in answer.", (2, 3)),
        ("An invitation, “fancy a walk down the canal after”, and a yes.", (0, 1)),
    ]
    assert found(chat, **asked) == []


def test_what_was_found_keeps_its_name_when_the_export_grows(make: MakeConversation) -> None:
    start = datetime(2026, 3, 1, 20)
    thanks = (start, "me", "thank you for the soup")
    before = [(start - timedelta(days=day), "partner", "hi") for day in range(5, 0, -1)]

    short, long = found(make([thanks]), r0="appreciation"), found(make([*before, thanks]), r5="appreciation")

    assert [one.found for one in short] == [one.found for one in long]
    assert short[0].rows != long[0].rows
    assert "soup" not in short[0].found


def test_few_are_offered_of_different_kinds_and_none_twice() -> None:
    def one(kind: str, row: int) -> FoundWin:
        return FoundWin(kind, f"{kind} {row}", TODAY, "", (row,))  # type: ignore[arg-type]

    there = [one("thank-you", row) for row in range(20, 10, -1)] + [one("invitation", 5), one("repair", 3)]

    assert [each.found for each in offered(there, ())] == ["thank-you 20", "invitation 5", "repair 3"]
    assert [each.found for each in offered(there, ("thank-you 20", "repair 3"))] == [
        "thank-you 19",
        "thank-you 18",
        "invitation 5",
    ]
    assert offered(there, [each.found for each in there]) == []


def test_an_empty_chat_holds_nothing() -> None:
    assert found(conversation_of([])) == []


@given(st.integers(0, 2**32 - 1))
def test_swapping_the_two_finds_the_same_events_and_nothing_stands_in_a_dark_session(seed: int) -> None:
    rng = np.random.default_rng(seed)
    texts = (
        "sorry, that was harsh",
        "thank you for the soup",
        "fancy a walk?",
        "yes, please",
        "you never listen",
        "ok",
    )
    at = datetime(2026, 3, 1, 8)
    rows = []
    for _ in range(60):
        at += timedelta(minutes=int(rng.choice([2, 15, 90, 600])))
        rows.append((at, str(rng.choice(["me", "partner"])), str(rng.choice(texts))))
    chat = conversation_of(rows)
    there = rng.random((60, len(LABELS))) < 0.12

    mine, theirs = found_wins(chat.messages, there), found_wins(chat.swapped().messages, there)

    assert [(one.found, one.rows) for one in mine] == [(one.found, one.rows) for one in theirs]
    session = np.cumsum(np.diff([at.timestamp() for at, _, _ in rows], prepend=rows[0][0].timestamp()) > 6 * 3600)
    dark = set(session[there[:, -3:].any(axis=1)])
    assert not [one for one in mine for row in one.rows if session[row] in dark]
    assert len({one.found for one in mine}) == len(mine)


def practiced(days_ago: int, helped: str = "yes", how: str = "done", name: str = "cold-water") -> Practiced:
    """A practice at noon of a day before."""
    at = datetime(2026, 3, 20, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return Practiced(at, name, how, helped)  # type: ignore[arg-type]


TITLES = {"cold-water": "Cold water"}


def test_a_practice_that_helped_is_offered_and_then_not_for_a_week() -> None:
    win = from_practice([practiced(5), practiced(1)], [], TITLES, TODAY)

    assert win == Win(
        date(2026, 3, 19), "I did “Cold water”, and it helped.", "practice", "practice cold-water 2026-03-19"
    )
    for answer in (win, set_aside(win)):
        there = [Kept("a", answer)]
        assert from_practice([practiced(1), practiced(0)], there, TITLES, TODAY) is None
        later = TODAY + timedelta(days=8)
        assert from_practice([practiced(-8)], there, TITLES, later) is not None


@pytest.mark.parametrize(
    "one", [practiced(9), practiced(1, "no"), practiced(1, "yes", "not today"), practiced(1, name="gone")]
)
def test_what_did_not_help_or_is_long_ago_is_not_offered(one: Practiced) -> None:
    assert from_practice([one], [], TITLES, TODAY) is None


def test_wins_stand_by_month_the_newest_first_without_those_set_aside() -> None:
    days = [date(2026, 1, 5), date(2026, 3, 2), date(2026, 3, 9)]
    there = [Kept(str(at), Win(day, f"w{at}")) for at, day in enumerate(days)]
    aside = Kept("x", set_aside(Win(date(2026, 3, 3), "words of theirs", "chat", "repair 7")))
    months = by_month([*there, aside])

    assert [(month, [one.entry.text for one in wins]) for month, wins in months] == [
        (date(2026, 3, 1), ["w2", "w1"]),
        (date(2026, 1, 1), ["w0"]),
    ]
    assert aside.entry.text == ""
    assert decided([*there, aside]) == {"repair 7"}
    assert len(kept([*there, aside])) == 3
    assert is_there(there, Win(days[0], "w0"))
    assert not is_there(there, Win(days[1], "w0"))


def test_the_ready_lines_are_short_and_ones_own() -> None:
    assert len(READY) == len({*READY}) == 12
    for line in READY:
        assert re.match(r"(I|We|A) ", line)
        assert len(line) <= 45
        assert "!" not in line


def test_the_year_is_told_whole_and_says_nothing_of_what_was_left_out() -> None:
    day = date(2026, 1, 10)
    year = year_in_review(
        TODAY,
        practiced=[
            practiced(3),
            practiced(2, "a little"),
            practiced(2, "no"),
            practiced(1, "", "not today"),
            practiced(400),
        ],
        wins=[Win(day, "a"), Win(date(2026, 3, 2), "b"), Win(date(2026, 3, 2), "", is_kept=False)],
        rituals=[
            Ritual("Sunday walk", theirs="yes", began=day, kept=(day, date(2026, 1, 17))),
            Ritual("Tea at ten", theirs="no"),
            Ritual("Film night"),
        ],
        check_ins=[CheckIn(day), CheckIn(day + timedelta(days=1))],
        hard_days=[HardDay(day, passed=day + timedelta(days=2)), HardDay(date(2026, 2, 1))],
        titles=TITLES,
    )

    assert year.since == day
    assert [(part.heading, part.sentences) for part in year.parts] == [
        (
            "What you practiced",
            (
                "You practiced on two days, three times in all.",
                "You came back most to “Cold water” (three times).",
                "Twice you said that it helped, or helped a little.",
            ),
        ),
        ("What went well", ("You kept two small wins.", "One in January 2026 and one in March 2026.")),
        ("What you both wanted", ("“Sunday walk” since 10 January 2026. It took place on two days.",)),
        ("Check-ins", ("You checked in on two days.",)),
        ("Hard days", ("Two hard days are in it.", "One is known to have passed.", "The longest took two days.")),
    ]


def test_a_year_with_little_or_nothing_in_it_is_told_as_well() -> None:
    assert year_in_review(TODAY, titles={}).parts == ()
    assert year_in_review(TODAY, titles={}).since == TODAY
    only = year_in_review(TODAY, wins=[Win(TODAY, "a")], hard_days=[HardDay(TODAY, passed=TODAY)], titles={})
    assert [part.sentences for part in only.parts] == [
        ("You kept one small win.",),
        ("One hard day is in it.", "It passed.", "It took one day."),
    ]


def test_numbers_are_words_up_to_twelve() -> None:
    assert [number(n) for n in (0, 1, 12, 13, 1200)] == ["no", "one", "twelve", "13", "1,200"]
    assert so_many(1, "day") == "one day"
    assert [listed([]), listed(["a"]), listed(["a", "b", "c"])] == ["", "a", "a, b and c"]

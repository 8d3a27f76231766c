"""A draft, before it is sent: what is said about it, what is offered instead, and when nothing is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from steadily.coach import review
from steadily.coach.alternatives import alternatives, verified
from steadily.coach.fitting import distance, fitting
from steadily.coach.heard import NOTHING, heard
from steadily.coach.keeps import has_fact, lost
from steadily.coach.own_words import cooled, parts_of
from steadily.coach.register import Register, register_of
from steadily.coach.review import LONGEST_DRAFT
from steadily.coach.told import moment_told

HOT = "you never call. you're so selfish. i waited till 11 on tuesday with Maya"
DRAFTS = Path(__file__).parents[2] / "benchmarks" / "drafts" / "writers" / "d1.jsonl"


def test_the_words_are_named_with_the_nearest_reason() -> None:
    read = review(HOT, reword=False)
    told = {HOT[one.start : one.end]: one.why for one in read.places}
    assert any("never" in words and "Never" in why for words, why in told.items())
    assert any("selfish" in words for words in told)
    assert 1 <= len(read.remarks) <= 3
    assert read.alternatives == ()


def test_a_rewording_keeps_the_facts_and_lands_softer() -> None:
    read = review(HOT)
    assert {one.kind for one in read.alternatives} >= {"own words", "phrase"}
    softer = heard([one.text for one in read.alternatives])
    assert all(one.landing > read.landing for one in softer)
    for one in read.alternatives:
        assert all(fact in one.text.lower() for fact in ("11", "tuesday", "maya"))
        assert "selfish" not in one.text
        assert "never" not in one.text


@pytest.mark.parametrize(
    "text",
    ["see you at six, I'll bring bread", "I love you. sleep well", "the plumber comes on Friday", "", "🙂", "ok"],
)
def test_there_is_nothing_to_say_of_the_ordinary(text: str) -> None:
    read = review(text)
    assert read.remarks == ()
    assert read.alternatives == ()


def test_a_draft_that_stops_is_not_reworded() -> None:
    read = review("if you leave me I'll kill myself")
    assert read.gate.gate == "crisis"
    assert read.remarks == ()
    assert read.alternatives == ()


def test_what_the_partner_wrote_before_can_stop_it_too() -> None:
    before = ["partner: i'll kill you if you go out tonight", "partner: i know where your sister lives"]
    assert review("ok i'll stay in", before).gate.stops
    assert not review("ok i'll stay in", ["partner: it's pouring out there"]).gate.stops


def test_a_very_long_draft_is_read_at_its_beginning() -> None:
    read = review("this is fine. " * 2_000)
    assert all(one.end <= LONGEST_DRAFT for one in read.places)


def test_the_gate_reads_a_long_draft_to_its_end() -> None:
    assert review("It rained on Saturday. " * 300 + "If you leave me I swear I will kill you.", reword=False).gate.stops


@pytest.mark.parametrize(
    "text",
    ["I'm turning my phone off now and I'll call you at lunch tomorrow.", "I need an hour. back at 8, then we talk"],
)
def test_a_pause_with_a_time_to_be_back_is_no_closed_door(text: str) -> None:
    assert not any("closed door" in one.why for one in review(text, reword=False).remarks)


def test_the_same_is_not_said_twice() -> None:
    read = review("You're always right. You always win. You always do this. Happy now?", reword=False)
    assert len({one.why for one in read.remarks}) == len(read.remarks)


def test_an_ultimatum_is_not_dressed_up() -> None:
    assert review("if you don't answer me by 10 I'm calling your mother and telling her everything").alternatives == ()


def test_another_language_gets_no_remark() -> None:
    read = review("du hörst mir nie zu und es ist dir ganz egal wie es mir geht")
    assert read.readings is None
    assert read.remarks == ()


def test_drafts_of_the_writer_that_the_rules_were_written_with() -> None:
    """No fact is lost and nothing that was offered lands worse; some are offered."""
    rows = [json.loads(line) for line in DRAFTS.read_text(encoding="utf-8").splitlines()][:25]
    n_offered = 0
    for row in rows:
        found = heard([row["draft"]], row["context"])[0]
        offered = alternatives(row["draft"], row["context"], found)
        n_offered += bool(offered)
        assert all(not lost(row["draft"], one.text)[0] for one in offered)
        assert all(one.landing > found.landing for one in heard([one.text for one in offered], row["context"]))
    assert n_offered >= len(rows) / 4


def test_the_frame_has_its_parts_in_order() -> None:
    cool = cooled("i waited at the station till 9. i was scared. i need to know you got home. could you text me?", [])
    parts = parts_of(cool.text)
    assert parts.happened == ("i waited at the station till 9.",)
    assert parts.felt == ("i was scared.",)
    assert parts.need == ("i need to know you got home.",)
    assert parts.ask == ("could you text me?",)


def test_rewordings_from_elsewhere_are_checked() -> None:
    candidates = [
        "i waited till 11 on tuesday with Maya. i felt alone. could you call next time?",
        "i waited on tuesday with Maya. could you call next time?",
        "you never call. selfish. 11, tuesday, Maya",
        "i waited till 11 on tuesday with Maya. if you do it again i'll kill myself. could you call?",
    ]
    assert verified(HOT, candidates, []) == candidates[:1]


def test_nothing_is_heard_in_no_words() -> None:
    assert heard(["", "  "]) == [NOTHING, NOTHING]


def test_a_moment_is_read_from_words() -> None:
    late = moment_told([], "It is 2 am and I can't sleep")
    assert late.is_late
    assert moment_told([], "Three messages unanswered since noon").n_unanswered == 2
    assert moment_told(["partner: hi", "me: are you there", "me: hello?"]).n_unanswered == 2
    assert not moment_told([], "", datetime(2026, 3, 4, 12, tzinfo=UTC)).is_late


def test_phrases_fit_what_was_found_and_how_long_it_is() -> None:
    found = fitting(["withdrawal"], Register(lower=True, bare=True), timedelta(days=10), 12)
    assert 2 <= len(found) <= 3
    assert {one.phrase.kind for one in found} <= {"time-out", "lead-in"}
    assert all("weeks" in one.phrase.distance or not one.phrase.distance for one in found)
    assert fitting([], register_of([]), None, 5) == []
    assert [distance(timedelta(hours=3)), distance(timedelta(days=90)), distance(None)] == ["hours", "months", ""]


def test_a_number_is_a_fact() -> None:
    assert has_fact("at 10:30")
    assert not has_fact("as always")

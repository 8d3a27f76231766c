"""The look back as a story: every finding in a chapter, my part first, amounts last, silence where it is better; and the PDF made of it."""

from __future__ import annotations

import io
import random
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from pypdf import PdfReader

from conversations import conversation_of
from steadily.codebook import LABELS
from steadily.conversation import Conversation, Partners
from steadily.dynamics import Finding
from steadily.dynamics.coded import with_codes
from steadily.errors import UsageError
from steadily.report.overview import headline
from steadily.report.quotes import MOST_LINES, moments, quotes
from steadily.report.sentences import SENTENCES, Told
from steadily.report.story import AMOUNTS, PLANS, chapters, plan_of
from steadily.report.therapist import Wanted, for_therapist, parse_sections

TODAY = date(2026, 11, 27)
COMING = (
    *(f"demand_withdraw.{one}" for one in ("loop", "none")),
    *(f"change_points.{one}" for one in ("phase", "none")),
    *(f"equation.{one}" for one in ("tone", "transparency", "time")),
    *(f"dips.{one}" for one in ("passed", "now")),
    *(f"rupture_repair.{one}" for one in ("count", "repaired", "minutes", "open", "first")),
    *(f"bids.{one}" for one in ("mine_met", "met")),
    *(f"rituals.{one}" for one in ("kept", "lost", "returned", "none")),
    *(f"what_helps.{one}" for one in ("followed", "none")),
)
"""Findings of behavior, whether or not they are measured in this version."""


def told(measure: str, *, known: bool = True, heading: str = "", **facts: str | float) -> Told:
    """A finding in words."""
    finding = (
        Finding(measure, 1.0, (1.0, 1.0), 1, "times", (), facts) if known else Finding(measure, None, None, 0, "times")
    )
    return Told(finding, heading or f"About {measure}", f"Said of {measure}.", "", "It cannot tell why.")


def quarrels(text: str = "you never listen, Alice") -> tuple[Conversation, pl.DataFrame]:
    """Sixty days of small talk, with a quarrel on every tenth evening, mended within minutes; coded by hand."""
    rows: list[tuple[datetime, str, str]] = []
    marks: list[str] = []
    for index in range(60):
        at = datetime(2026, 1, 5, 9) + timedelta(days=index)
        for place in range(6):
            rows.append((at + timedelta(minutes=9 * place), ("me", "partner")[place % 2], f"coffee {place}"))
            marks.append("")
        if index % 10 == 5:
            lines = [("partner", text, "criticism"), ("me", "oh please", "contempt")] * 3
            lines += [("me", "I'm sorry, that came out wrong", "repair"), ("partner", "me too, I love you Bob", "warm")]
            for place, (who, words, mark) in enumerate(lines):
                rows.append((at.replace(hour=21) + timedelta(minutes=2 * place), who, words))
                marks.append({"warm": "affection"}.get(mark, mark))
    conversation = conversation_of(rows)
    there = np.array([[label == mark for label in LABELS] for mark in marks])
    return conversation, with_codes(conversation.messages, there.astype(np.float32) * 0.95, there)


def words_of(content: bytes) -> str:
    """All words of a PDF, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize("measure", sorted({*SENTENCES, *COMING}))
def test_every_finding_has_a_chapter(measure: str) -> None:
    """By its own plan, not by falling through to the last one."""
    plan = plan_of(measure)
    assert {measure, measure.partition(".")[0]} & set(plan.findings)
    assert [one.name for one in chapters([told(measure)])] == [plan.name]


def test_my_part_is_first_and_amounts_are_last_and_folded() -> None:
    everything = [told(measure) for measure in {*SENTENCES, *COMING}]
    random.Random(3).shuffle(everything)
    found = chapters(everything)
    assert [one.name for one in found] == [plan.name for plan in PLANS]
    assert found[0].heading == "My part"
    assert [one.is_folded for one in found] == [False] * (len(PLANS) - 1) + [True]


def test_each_finding_stands_in_it_once_with_its_place() -> None:
    everything = [told(measure, heading="One heading") for measure in (*COMING, "waits.usual", "something.newer")]
    placed = [one for chapter in chapters(everything) for group in chapter.groups for one in group.findings]
    assert sorted(one.place for one in placed) == list(range(len(everything)))
    assert all(everything[one.place] is one.told for one in placed)
    assert plan_of("something.newer") is AMOUNTS


def test_what_is_too_little_is_one_line_or_left_out() -> None:
    found = chapters(
        [
            told("equation.tone"),
            told("equation.time", known=False, heading="Warmth"),
            told("what_helps.none", known=False),
            told("dips.passed", known=False),
            told("rituals.none", known=False),
        ]
    )
    mine, warmth = found
    assert [group.title for group in mine.groups] == [""]
    assert mine.unsaid == "Not enough here to say: “Warmth”."
    assert warmth.groups == ()
    assert warmth.unsaid == "Not enough here to say."


def test_findings_of_one_heading_share_it_and_a_single_one_needs_none() -> None:
    (one,) = chapters([told("rituals.kept", heading="Kept"), told("rituals.kept", heading="Kept")])
    (two,) = chapters([told("rituals.kept", heading="Kept"), told("rituals.lost", heading="Faded")])
    assert [len(group.findings) for group in one.groups] == [2]
    assert [group.title for group in one.groups] == [""]
    assert [group.title for group in two.groups] == ["Kept", "Faded"]
    assert chapters([]) == ()


def test_the_sentence_on_top_follows_the_phases_where_there_are_any() -> None:
    conversation, _ = quarrels()
    change = told("contact_changes.change", day="2026-02-20")
    phases = [
        told("change_points.phase", place=place + 1, start=start)
        for place, start in enumerate(("2026-01-05", "2026-01-20", "2026-02-10"))
    ]
    assert headline(conversation, [change]).endswith("; something changed around February 2026.")
    assert headline(conversation, [change, *phases[:2]]).endswith("; something changed around January 2026.")
    assert headline(conversation, [change, *phases]).endswith("changed around January 2026, and again later.")
    assert "changed" not in headline(conversation, [change, told("change_points.none", place=1, start="2026-01-05")])
    assert "February" in headline(conversation, [change, told("change_points.none", known=False)])


def test_moments_that_came_back_are_quoted_and_none_with_danger() -> None:
    conversation, coded = quarrels()
    ledger = [told("rupture_repair.count")]
    found = moments(coded, ledger)
    assert moments(coded, []) == ()
    assert 1 <= len(found) <= 3
    for one in found:
        lines = quotes(coded, one.rows)
        assert one.chapter == "sharp"
        assert 2 <= len(lines) <= MOST_LINES
        assert "sorry" in lines[-1].text or "love" in lines[-1].text
        assert "well again after" in one.about
    dark = coded.with_columns(threat=pl.col("criticism"))
    assert moments(dark, ledger) == ()
    assert moments(conversation.messages, ledger) == ()


def test_the_clearest_times_of_the_loop_are_quoted() -> None:
    _, coded = quarrels()
    loop = told("demand_withdraw.loop", first_1=2, last_1=5, first_2=20, last_2=40)
    first, second = (one for one in moments(coded, [loop]) if one.chapter == "loop")
    assert first.rows == (2, 3, 4, 5)
    assert first.about == "5 January 2026: one of the clearest times."
    assert second.rows == (20, 21, 22, 38, 39, 40)


def test_long_words_are_cut_and_what_has_no_words_is_named() -> None:
    at = datetime(2026, 1, 5, 9, tzinfo=UTC).replace(tzinfo=None)
    long = conversation_of([(at, "me", "a" * 900), (at, "partner", "")], kinds=["text", "deleted"]).messages
    first, second = quotes(long, [0, 1])
    assert len(first.text) == 280
    assert first.text.endswith("…")
    assert (second.text, second.mine) == ("(deleted)", False)


def test_the_pdf_holds_the_chosen_chapters_and_always_the_limits() -> None:
    _, coded = quarrels()
    everything = [told("rupture_repair.count"), told("waits.usual"), told("rituals.kept")]
    some = words_of(for_therapist("On top.", everything, coded, Partners("Alice", "Bob"), Wanted(("sharp",)), TODAY))
    assert "On top." in some
    assert "Said of rupture_repair.count." in some
    assert "It cannot tell why." in some
    assert "Said of waits.usual." not in some
    assert "What this cannot know" in some
    every = words_of(for_therapist("On top.", everything, coded, Partners("Alice", "Bob"), Wanted(), TODAY))
    assert "Said of waits.usual." in every
    none = words_of(for_therapist("On top.", [], None, None, Wanted(("sharp",)), TODAY))
    assert "has anything to say" in none


def test_the_pdf_has_neither_names_nor_quotes_unless_asked() -> None:
    _, coded = quarrels("you never listen, ALICE, and bob told you")
    both = Partners("Alice Moore", "Bob", frozenset({"+44 20 7946 0000"}))
    ritual = told("rituals.kept")
    ritual = Told(ritual.finding, ritual.heading, "“night bob” is a small thing.", "", ritual.caveat)
    everything = [told("rupture_repair.count"), ritual]

    bare = words_of(for_therapist("On top.", everything, coded, both, Wanted(), TODAY))
    for word in ("Alice", "ALICE", "Bob", "bob", "Moore", "never listen"):
        assert word not in bare
    assert "night [your partner]" in bare

    quoted = words_of(for_therapist("On top.", everything, coded, both, Wanted(quotes=True), TODAY))
    assert "never listen, [you], and [your partner] told you" in quoted
    assert "Bob" not in quoted

    named = words_of(for_therapist("On top.", everything, coded, both, Wanted(names=True, quotes=True), TODAY))
    assert "“You” is Alice Moore, “your partner” is Bob." in named
    assert "never listen, ALICE" in named


def test_the_pdf_is_tagged_and_its_pictures_have_words() -> None:
    _, coded = quarrels()
    content = for_therapist("On top.", [told("rupture_repair.count")], coded, None, Wanted(), TODAY)
    root = PdfReader(io.BytesIO(content)).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "A dot is a sharp moment" in words_of(content)


def test_a_chapter_that_is_not_there_is_wrong_usage() -> None:
    assert parse_sections("my-part, sharp") == ("my-part", "sharp")
    for text in ("", "my-part,nonsense", ","):
        with pytest.raises(UsageError, match="my-part, changes"):
            parse_sections(text)

"""Check-ins: one a day, the later in the place of the earlier; the rare questions rarely; our own words, and all of them documented."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.program.check_ins import (
    BASELINE_SLIDERS,
    EVENTS,
    FORGIVING_SLIDER,
    OUR_OWN,
    SLIDERS,
    TAGS,
    TESTED_ELSEWHERE,
    Slider,
    asks_for_help,
    baseline_asks_for_help,
    by_day,
    forgiving_points,
    is_due_baseline,
    is_due_forgiving,
    is_empty,
    next_asked,
    of_day,
    points_of,
)
from steadily.program.entries import CHECK_INS, Baseline, CheckIn, Forgiving
from steadily.program.records import Kept
from steadily.vault import MemoryStore, create
from steadily.vault.keys import Cost

DAY = date(2026, 3, 2)
ALL_SLIDERS = (*SLIDERS, FORGIVING_SLIDER, *BASELINE_SLIDERS)
DOCS = Path(__file__).parents[2] / "docs" / "check-ins.md"
NEVER = ("he ", "she ", "his ", "her ", "should", "healthy", "toxic", "!", "score", "attach", "trauma")


def test_a_later_one_takes_the_place_of_the_earlier() -> None:
    vault, _ = create(MemoryStore(), "four slow river stones", Cost(1, 8192))
    first = CHECK_INS.put(vault, CheckIn(DAY, safety=3, note="before"))
    CHECK_INS.put(vault, CheckIn(DAY - timedelta(days=1), safety=9))
    found = of_day(CHECK_INS.all(vault), DAY)
    assert found is not None

    CHECK_INS.put(vault, CheckIn(DAY, safety=6), found.id)

    assert found.id == first
    assert [one.entry.safety for one in by_day(CHECK_INS.all(vault)).values()] == [9, 6]
    assert of_day(CHECK_INS.all(vault), DAY + timedelta(days=1)) is None


@given(st.permutations([("a", 1), ("b", 1), ("c", 0), ("d", 5)]))
def test_days_are_in_order_and_one_each_however_they_are_read(read: list[tuple[str, int]]) -> None:
    kept = [Kept(id, CheckIn(DAY + timedelta(days=n))) for id, n in read]

    assert [one.id for one in by_day(kept).values()] == ["c", "b", "d"]


def test_what_was_left_out_is_no_answer_and_nought_is_one() -> None:
    said = [
        CheckIn(DAY, safety=0),
        CheckIn(DAY + timedelta(days=1), closeness=4),
        CheckIn(DAY + timedelta(days=2), safety=7),
    ]

    assert points_of(said, "safety") == {DAY: 0, DAY + timedelta(days=2): 7}
    assert points_of(said, "strain") == {}
    assert is_empty(CheckIn(DAY))
    assert not is_empty(CheckIn(DAY, strain=0))
    assert not is_empty(CheckIn(DAY, note="tea"))


@pytest.mark.parametrize(("n_days", "due"), [(0, False), (27, False), (28, True), (400, True)])
def test_rare_questions_come_every_four_weeks_at_most(n_days: int, due: bool) -> None:
    later = DAY + timedelta(days=n_days)

    assert is_due_forgiving([], DAY)
    assert is_due_baseline([], DAY)
    assert is_due_forgiving([Forgiving(DAY, 4), Forgiving(DAY - timedelta(days=90), 2)], later) is due
    assert is_due_forgiving([Forgiving(DAY, None)], later) is due
    assert is_due_baseline([Baseline(DAY, {})], later) is due
    assert next_asked([DAY]) == DAY + timedelta(days=28)
    assert next_asked([]) is None


def test_forgiving_is_kept_apart_and_a_refusal_is_no_point() -> None:
    assert forgiving_points([Forgiving(DAY, 4), Forgiving(DAY + timedelta(days=28), None)]) == {DAY: 4}
    assert "forgiv" not in " ".join(one.asks.lower() for one in (*SLIDERS, *BASELINE_SLIDERS))
    assert not any("forgiv" in one for one in (*TAGS, *EVENTS))


@pytest.mark.parametrize(("point", "asks"), [(None, False), (0, True), (2, True), (3, False), (10, False)])
def test_where_it_felt_unsafe_or_unfree_people_are_pointed_to(point: int | None, asks: bool) -> None:
    assert asks_for_help(CheckIn(DAY, safety=point, closeness=0)) is asks
    assert baseline_asks_for_help(Baseline(DAY, {"saying_no": point, "relying": 0})) is asks


def test_every_slider_is_an_answer_of_its_own() -> None:
    assert len({one.name for one in ALL_SLIDERS}) == len(ALL_SLIDERS)
    assert all(hasattr(CheckIn(DAY), one.name) for one in SLIDERS)
    assert 6 <= len(BASELINE_SLIDERS) <= 8
    assert len(set(TAGS)) == len(TAGS) == 12
    assert "not a tested scale" in OUR_OWN


@pytest.mark.parametrize("slider", ALL_SLIDERS, ids=lambda one: one.name)
def test_questions_are_plain_and_documented(slider: Slider) -> None:
    words = f" {slider.title} {slider.asks} {' '.join(slider.ends)} ".lower()

    assert slider.asks.endswith("?")
    assert len(set(slider.ends)) == 3
    assert not [one for one in NEVER if f" {one}" in words or one == "!" in words]
    text = DOCS.read_text(encoding="utf-8")
    assert f"| `{slider.name}` | {slider.asks} | {slider.low} · {slider.middle} · {slider.high} |" in text


def test_tags_and_events_are_documented_and_no_other_scale_is_copied() -> None:
    text = DOCS.read_text(encoding="utf-8")

    assert ", ".join(TAGS) in text
    assert ", ".join(EVENTS) in text
    assert "CSI-16" in TESTED_ELSEWHERE
    assert "http" not in TESTED_ELSEWHERE

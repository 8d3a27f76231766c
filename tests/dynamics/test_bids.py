"""Bids: what counts as one, what came of it, and whose answers are told first."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coded_chats import MONDAY, coded, mirrored, uncoded
from steadily.conversation import SCHEMA
from steadily.dynamics.bids import bids, find_bids
from steadily.dynamics.coded import CODE_COLUMNS, P_COLUMNS
from steadily.pipeline import code_conversation, coded_messages
from steadily.report.telling.bids import SENTENCES
from steadily.synthetic.couple import make_couple
from steadily.synthetic.plan import Phase, Plan

Row = tuple[datetime, str, list[str]]


def talk(*lines: str, minutes: float = 5, later: bool = True) -> pl.DataFrame:
    """Messages from `author behavior …`, so many minutes apart; and a word of the partner two days later, unless told otherwise."""
    parts = [line.split() for line in lines]
    rows: list[Row] = [
        (MONDAY + timedelta(minutes=minutes * place), who, labels) for place, (who, *labels) in enumerate(parts)
    ]
    return coded([*rows, *([(MONDAY + timedelta(days=2), "partner", [])] if later else [])])


@pytest.mark.parametrize(
    ("answer", "came"),
    [
        ("partner affection", "toward"),
        ("partner", "toward"),
        ("partner withdrawal disclosure", "toward"),
        ("partner humor contempt", "toward"),
        ("partner withdrawal", "away"),
        ("partner criticism", "against"),
        ("partner withdrawal hostility", "against"),
    ],
)
def test_what_came_of_a_bid(answer: str, came: str) -> None:
    """A short answer is one; a warm jibe is no blow; shutting down turns away."""
    assert bids(talk("me invitation", answer)).rows() == [(0, "me", MONDAY, came, 1)]


@pytest.mark.parametrize("bid", ["invitation", "interest", "disclosure", "affection"])
def test_what_is_a_bid(bid: str) -> None:
    assert bids(talk("me", f"partner {bid}", "me"))["row"].to_list() == [1]


@pytest.mark.parametrize(
    "line", ["me", "me humor", "me repair", "me interest criticism", "me invitation demand", "me affection control"]
)
def test_what_is_none(line: str) -> None:
    """Neither jokes nor repairs, and nothing that presses or wounds."""
    assert bids(talk(line, "partner")).is_empty()


def test_an_offer_upon_a_bid_is_its_answer() -> None:
    """`Miss you` upon `miss you` is no new bid; a question upon it is."""
    assert bids(talk("me affection", "partner affection", "me"))["row"].to_list() == [0]
    assert bids(talk("me affection", "partner interest", "me"))["row"].to_list() == [0, 1]
    assert bids(talk("me affection", "partner affection", minutes=13 * 60))["row"].to_list() == [0, 1]


def test_a_turn_holds_one_bid() -> None:
    """Several messages of one turn are one bid, the last that carries it."""
    found = bids(talk("me affection", "me interest", "me", "partner", "partner affection"))
    assert found.select("row", "answer_row").rows() == [(1, 3)]


@pytest.mark.parametrize(("hours", "came", "row"), [(9, "toward", 1), (13, "away", None)])
def test_breakfast_answers_the_night(hours: float, came: str, row: int | None) -> None:
    assert bids(talk("me affection", "partner", minutes=hours * 60)).select("answer", "answer_row").row(0) == (
        came,
        row,
    )


def test_the_same_person_again_is_no_answer() -> None:
    assert bids(talk("me invitation", "me", minutes=13 * 60))["answer"].to_list() == ["away"]


def test_a_bid_at_the_end_of_the_chat_is_left_out() -> None:
    assert bids(talk("me invitation", later=False)).is_empty()
    assert bids(talk("me invitation", "partner", later=False))["answer"].to_list() == ["toward"]


def year(share: float, *, seed: int = 1, weeks: int = 40, alike: float = 0.0) -> pl.DataFrame:
    """Bids of both each day; I turn toward the partner's with a chance of *share*, which weeks share by *alike*; my own are all met."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for week in range(weeks):
        chance = float(np.clip(share + rng.normal(0, alike), 0, 1))
        for day in range(7):
            at = MONDAY + timedelta(weeks=week, days=day, hours=12)
            rows.append((at, "partner", ["invitation"]))
            rows.append((at + timedelta(minutes=3), "me", [] if rng.random() < chance else ["withdrawal"]))
            rows.append((at + timedelta(hours=4), "me", ["interest"]))
            rows.append((at + timedelta(hours=4, minutes=3), "partner", ["affection"]))
    return coded(rows)


def test_my_answers_are_told_first() -> None:
    mine, both = find_bids(year(0.7))

    assert (mine.measure, both.measure) == ("bids.mine_met", "bids.met")
    assert mine.estimate == pytest.approx(0.7, abs=0.07)
    assert both.estimate == pytest.approx((1 + mine.estimate) / 2, abs=0.01)
    assert mine.n == mine.facts["n_toward"] + mine.facts["n_away"] + mine.facts["n_against"] == 280
    assert both.n == 560
    assert len(mine.messages) == 60


def test_from_the_other_side_the_answers_are_the_other_s() -> None:
    mine, both = find_bids(mirrored(year(0.7)))
    assert mine.estimate == 1
    assert mine.interval[0] < 1
    assert both == find_bids(year(0.7))[1]


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Of forty chats whose weeks differ, at least eight in ten hold the planted share."""
    intervals = [find_bids(year(0.7, seed=seed, alike=0.15))[0].interval for seed in range(40)]
    assert sum(low <= 0.7 <= high for low, high in intervals) >= 32


LINES = st.lists(
    st.tuples(
        st.sampled_from(["me", "partner"]),
        st.sampled_from(["", "invitation", "interest", "affection", "disclosure", "withdrawal", "criticism", "humor"]),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(lines=LINES, minutes=st.floats(1, 1500), seed=st.integers(0, 99))
def test_whatever_is_written(lines: list[tuple[str, str]], minutes: float, seed: int) -> None:
    """Answers are the other's, come after, and are there unless it was turned away from; order of rows and side do not matter."""
    chat = talk(*(f"{who} {code}" for who, code in lines), minutes=minutes, later=False)
    found = bids(chat)
    author = dict(chat.select("row", "author").rows())

    for row, who, _, came, answer in found.rows():
        assert author[row] == who
        assert answer is not None or came == "away"
        assert answer is None or (answer > row and author[answer] != who)
    assert found.equals(bids(chat.sample(fraction=1, shuffle=True, seed=seed)))
    assert found.drop("author").equals(bids(mirrored(chat)).drop("author"))


@pytest.mark.parametrize(
    "messages",
    [
        pl.DataFrame(
            schema=SCHEMA | {name: pl.Float32() if name in P_COLUMNS else pl.Boolean() for name in CODE_COLUMNS}
        ),
        uncoded(year(0.5)),
        year(0.5, weeks=3),
    ],
    ids=["empty", "uncoded", "short"],
)
def test_too_little_is_an_answer(messages: pl.DataFrame) -> None:
    assert [one.estimate for one in find_bids(messages)] == [None, None]


def test_a_close_phase_meets_more_than_a_distant_one() -> None:
    """A synthetic couple, read by the real model."""
    turn = date(2025, 5, 1)
    plan = Plan((Phase("close", date(2025, 1, 1), turn), Phase("distant", turn, date(2025, 10, 1))))
    couple = make_couple(plan, seed=3)
    found = bids(coded_messages(couple.conversation, code_conversation(couple.conversation)))
    toward = found.group_by(later=pl.col("local_time").dt.date() >= turn).agg((pl.col("answer") == "toward").mean())
    close, distant = toward.sort("later")["answer"]
    assert close > 0.9
    assert distant < close - 0.05


def test_it_is_told_plainly() -> None:
    mine, both = find_bids(year(0.7))
    away = mine.facts["n_away"]

    said, spread = SENTENCES["bids.mine_met"][2](mine, *mine.interval)
    assert said == (
        f"You turned toward your partner {280 - away} of the 280 times they asked how you are, invited you, or told you something "
        f"tender or close to the heart. {'The other' if away == 1 else 'The others'} went by."
    )
    assert spread.startswith("Somewhere between ")
    assert SENTENCES["bids.met"][2](both, *both.interval)[0].startswith(
        "Counting both of you, one reached out a little 560 times"
    )

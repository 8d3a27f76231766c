"""The ledger: planted ruptures and their endings come out, who is who is kept apart, and calm chats have none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coded_chats import MONDAY, Day, chat_of, coded, mirrored, uncoded
from steadily.conversation import SCHEMA
from steadily.dynamics.coded import CODE_COLUMNS
from steadily.dynamics.rupture_repair import UNITS, Rupture, _median_interval, find_rupture_repair, ruptures
from steadily.pipeline import code_conversation, coded_messages
from steadily.report.telling.rupture_repair import SENTENCES
from steadily.synthetic.couple import make_couple
from steadily.synthetic.plan import Phase, Plan

Row = tuple[datetime, str, list[str]]
QUARREL = ["me criticism", "partner defensiveness", "me contempt", "partner criticism", "me", "partner hostility"]
CALM = ["me", "partner", "me humor", "partner"] * 5


def said(at: datetime, lines: list[str], *, minutes: float = 2) -> list[Row]:
    """Messages from `author behavior …`, so many minutes apart."""
    parts = [line.split() for line in lines]
    return [(at + timedelta(minutes=minutes * place), who, labels) for place, (who, *labels) in enumerate(parts)]


def days_of(*evenings: list[Row], n: int = 40) -> pl.DataFrame:
    """Calm mornings, and some evenings."""
    rows = [row for day in range(n) for row in said(MONDAY + timedelta(days=day, hours=9), CALM)]
    return coded(sorted([*rows, *(row for evening in evenings for row in evening)], key=lambda row: row[0]))


def evening(day: int, lines: list[str], *, hour: float = 20, minutes: float = 2) -> list[Row]:
    return said(MONDAY + timedelta(days=day, hours=hour), lines, minutes=minutes)


def only(messages: pl.DataFrame) -> Rupture:
    (found,) = ruptures(messages)
    return found


def test_a_calm_chat_has_none() -> None:
    assert ruptures(days_of()) == ()


@pytest.mark.parametrize("lines", [["me criticism"], ["me criticism", "partner defensiveness", "me", "partner"]])
def test_a_sharp_word_is_no_rupture(lines: list[str]) -> None:
    assert ruptures(days_of(evening(3, lines))) == ()


def test_banter_is_no_rupture() -> None:
    """What a model reads as contempt and as play at once, now and then, in a talk that is light."""
    light = ["me contempt humor", "partner humor", "me", "partner humor affection"] * 4
    assert ruptures(days_of(evening(3, light))) == ()


def test_it_tells_how_a_rupture_ended() -> None:
    """From the first sharp message to the last; the partner owns a part after twelve minutes, and I take it."""
    found = only(days_of(evening(5, [*QUARREL, "partner ownership", "me", "partner affection"])))

    start = (MONDAY + timedelta(days=5, hours=20)).replace(tzinfo=UTC)
    assert (found.start, found.end) == (start, start + timedelta(minutes=10))
    assert found.last_row - found.first_row == 5
    assert (found.repaired, found.repaired_by, found.reached_first, found.accepted) == (
        True,
        "partner",
        "partner",
        True,
    )
    assert found.minutes_to_repair == 12


def test_a_rupture_that_nobody_mended_is_open() -> None:
    found = only(days_of(evening(5, QUARREL)))
    assert (found.repaired, found.repaired_by, found.reached_first, found.accepted) == (False, None, None, False)
    assert found.minutes_to_repair is None


def test_a_reach_that_was_not_taken_is_kept() -> None:
    """I reach first and meet a sharp answer; later the partner reaches, and that is taken."""
    lines = [*QUARREL, "me repair", "partner contempt", "me criticism", "partner ownership", "me affection", "partner"]
    found = only(days_of(evening(5, lines)))
    assert (found.reached_first, found.accepted) == ("me", False)
    assert (found.repaired, found.repaired_by, found.minutes_to_repair) == (True, "partner", 18)


def test_a_reach_amid_my_own_sharp_words_is_not_the_way_back() -> None:
    """What reads as a reach before the last sharp message mends nothing yet: minutes run to the one that came after it."""
    lines = [*QUARREL, "me validation", "me contempt", "me ownership", "partner affection", "me"]
    found = only(days_of(evening(5, lines)))
    assert (found.repaired, found.repaired_by, found.minutes_to_repair) == (True, "me", 16)
    assert found.end < found.start + timedelta(minutes=16)


def test_kind_words_to_nobody_mend_nothing() -> None:
    """Two apologies that nobody answered within a day are a reach, and no repair."""
    rows = [*evening(50, [*QUARREL, "me ownership", "me repair"])]
    found = only(days_of(rows))
    assert (found.repaired, found.reached_first) == (False, "me")


@pytest.mark.parametrize(("hours", "mended"), [(9, True), (14, False)])
def test_a_night_may_lie_between(hours: float, mended: bool) -> None:
    """Sorry at breakfast mends the evening; a longer silence ended it in another way."""
    sorry = evening(45, ["me ownership", "partner reassurance", "me"], hour=20 + hours)
    assert only(days_of(evening(45, QUARREL), sorry)).repaired is mended


def test_a_slow_quarrel_is_found_and_a_scattered_one_is_not() -> None:
    """Ten minutes apart it is one quarrel; with an hour between all messages it is none."""
    assert len(ruptures(days_of(evening(5, QUARREL * 2, minutes=10)))) == 1
    assert ruptures(days_of(evening(5, QUARREL, minutes=60, hour=14))) == ()


def test_a_quarrel_that_starts_again_is_the_same_one() -> None:
    again = [evening(5, QUARREL, hour=hour) for hour in (16, 17.5)]
    assert len(ruptures(days_of(*again))) == 1
    assert len(ruptures(days_of(again[0], evening(5, QUARREL, hour=20)))) == 2


def test_messages_without_codes_cool_nothing() -> None:
    """Pictures and voice messages amid a quarrel neither feed nor end it."""
    chat = days_of(evening(5, [line for sharp in QUARREL for line in (sharp, "me", "me")]))
    pictures = pl.col("row").is_in(chat.filter(pl.col("sent_at").dt.hour() >= 20)["row"].to_list()) & ~pl.col("harsh")
    chat = chat.with_columns(
        is_coded=~pictures,
        **{f"p_{name}": pl.when(~pictures).then(f"p_{name}").otherwise(0.0) for name in ("criticism", "humor")},
    )
    assert len(ruptures(chat)) == 1


def test_what_a_person_adds_by_hand_stands_above_the_chat() -> None:
    chat = days_of(evening(5, QUARREL), evening(9, [*QUARREL, "me ownership", "partner affection", "me"]))
    first, second = ruptures(chat)
    told = {
        first.first_row + 1: first.start + timedelta(hours=3),
        second.first_row: second.start + timedelta(hours=1),
        0: first.start,
    }

    by_hand = ruptures(chat, mended=told)

    assert [one.minutes_to_repair for one in by_hand] == [180, 60]
    assert [(one.repaired, one.repaired_by) for one in by_hand] == [(True, None), (True, None)]
    assert [one.reached_first for one in by_hand] == [None, "me"]


def ledger() -> pl.DataFrame:
    """Twelve ruptures: ten mended, alternately by me and by the partner, slowly at first and quickly later; two left open."""
    evenings = []
    for place in range(12):
        who, other = ("me", "partner") if place % 2 else ("partner", "me")
        wait = 100 if place < 6 else 20
        evenings.append(evening(3 * place + 1, QUARREL))
        if place not in (3, 8):
            evenings.append(
                evening(3 * place + 1, [f"{who} ownership", f"{other} affection", who], hour=20 + wait / 60)
            )
    return days_of(*evenings)


def test_the_ledger_in_findings() -> None:
    count, repaired, minutes, left, first = find_rupture_repair(ledger())

    assert [one.measure for one in (count, repaired, minutes, left, first)] == list(UNITS)
    assert (count.estimate, count.interval, len(count.messages)) == (12, (12, 12), 12)
    assert count.facts == {
        "n_days": 40, "first": "2025-01-06", "last": "2025-02-14", "middle": "2025-01-26", "n_earlier": 7, "n_later": 5,
    }  # fmt: skip
    assert repaired.estimate == pytest.approx(10 / 12)
    assert repaired.facts == {"n_repaired": 10, "n_by_hand": 0, "n_taken": 10}
    assert (minutes.estimate, minutes.interval, minutes.n) == (60, (20, 100), 10)
    assert minutes.facts["quickest_day"] == "2025-01-25"
    assert (minutes.facts["quickest_minutes"], "middle" in minutes.facts) == (20, False)
    assert (left.estimate, left.n, len(left.messages)) == (2, 12, 2)
    assert first.facts == {"n_me": 5, "n_partner": 5, "n_nobody": 2, "n_me_taken": 5, "n_partner_taken": 5}
    assert first.n == 10


def test_halves_are_set_side_by_side_where_each_holds_enough() -> None:
    evenings = [
        evening(3 * place + 1, [*QUARREL, "me ownership", "partner affection"], minutes=4 if place < 6 else 2)
        for place in range(12)
    ]
    minutes = find_rupture_repair(days_of(*evenings))[2]
    assert (minutes.facts["earlier_minutes"], minutes.facts["later_minutes"]) == (24, 12)
    assert minutes.facts["n_earlier"] + minutes.facts["n_later"] == 12


def test_nothing_is_said_of_what_is_only_hours_old() -> None:
    """A rupture in the last day of the chat counts, and is not yet called open."""
    count, repaired, _, left, _ = find_rupture_repair(days_of(evening(39, QUARREL)))
    assert (count.estimate, repaired.n, left.estimate, left.facts["n_recent"]) == (1, 0, 0, 1)


def test_a_call_afterwards_is_told() -> None:
    chat = days_of(evening(5, [*QUARREL]), evening(5, ["me"], hour=22))
    call = pl.col("local_time") == MONDAY + timedelta(days=5, hours=22)
    chat = chat.with_columns(
        kind=pl.when(call).then(pl.lit("call")).otherwise("kind").cast(chat["kind"].dtype),
        call_s=pl.when(call).then(600.0).otherwise("call_s"),
    )
    assert find_rupture_repair(chat)[3].facts["n_then_call"] == 1


def test_the_median_is_held_as_often_as_the_interval_says() -> None:
    """Order statistics: of many samples of each size, at least 90 in 100 intervals hold the median."""
    rng = np.random.default_rng(5)
    for n in (5, 8, 21, 60):
        intervals = [_median_interval(np.sort(rng.exponential(size=n))) for _ in range(2000)]
        held = np.mean([low <= np.log(2) <= high for low, high in intervals])
        assert 0.885 <= held <= 0.98


def test_from_the_other_side_the_roles_are_the_other_way_round() -> None:
    other = {"me": "partner", "partner": "me", None: None}
    mine, theirs = ruptures(ledger()), ruptures(mirrored(ledger()))
    assert [other[one.repaired_by] for one in mine] == [one.repaired_by for one in theirs]
    assert [other[one.reached_first] for one in mine] == [one.reached_first for one in theirs]
    assert [one.minutes_to_repair for one in mine] == [one.minutes_to_repair for one in theirs]


CODES = st.lists(
    st.sampled_from(["", "criticism", "contempt", "withdrawal", "ownership", "repair", "humor"]), max_size=60
)


@settings(max_examples=40, deadline=None)
@given(codes=CODES, minutes=st.floats(0.5, 30), seed=st.integers(0, 99))
def test_whatever_is_written(codes: list[str], minutes: float, seed: int) -> None:
    """Ruptures are in order and apart; the order of rows and the side do not matter; endings agree with themselves."""
    rng = np.random.default_rng(seed)
    who = ["me" if mine else "partner" for mine in rng.random(len(codes)) < 0.5]
    rows = said(MONDAY, [f"{author} {code}" for author, code in zip(who, codes, strict=True)], minutes=minutes)
    chat = coded(rows)
    found = ruptures(chat)

    assert found == ruptures(chat.sample(fraction=1, shuffle=True, seed=seed))
    assert [(one.first_row, one.last_row, one.repaired) for one in found] == [
        (one.first_row, one.last_row, one.repaired) for one in ruptures(mirrored(chat))
    ]
    assert all(one.last_row < after.first_row for one, after in pairwise(found))
    for one in found:
        assert one.start <= one.end
        assert one.repaired == (one.minutes_to_repair is not None) == (one.repaired_by is not None)
        assert one.repaired or not one.accepted
        assert not one.accepted or one.reached_first == one.repaired_by


def test_shuffled_codes_hold_hardly_any() -> None:
    """Of a chat with a sharp message in ten, spread by chance: fewer than one rupture in ten thousand messages."""
    chats = [chat_of([Day(30, strained=0.1)] * 100, seed=seed) for seed in range(10)]
    n = sum(chat.height for chat in chats)
    assert sum(len(ruptures(chat)) for chat in chats) <= n / 10_000


@pytest.mark.parametrize(
    "messages",
    [
        pl.DataFrame(schema=SCHEMA | dict.fromkeys(CODE_COLUMNS, pl.Float32()) | {"is_coded": pl.Boolean()}),
        uncoded(days_of(evening(5, QUARREL))),
        days_of(evening(5, QUARREL), n=8),
    ],
    ids=["empty", "uncoded", "short"],
)
def test_too_little_is_an_answer(messages: pl.DataFrame) -> None:
    assert [(one.measure, one.estimate) for one in find_rupture_repair(messages)] == [(name, None) for name in UNITS]


def test_few_ruptures_give_no_share() -> None:
    found = {one.measure: one for one in find_rupture_repair(days_of(evening(5, QUARREL)))}
    assert found["rupture_repair.count"].estimate == 1
    assert all(found[f"rupture_repair.{name}"].estimate is None for name in ("repaired", "minutes", "first"))


def test_planted_ruptures_come_out() -> None:
    """A synthetic couple, read by the real model: most ruptures are found, hardly any is invented, and endings are right."""
    couple = make_couple(Plan((Phase("drifting", date(2025, 1, 1), date(2025, 9, 1)),)), seed=5)
    found = ruptures(coded_messages(couple.conversation, code_conversation(couple.conversation)))
    near = timedelta(minutes=30)
    pairs = [
        (one, planted)
        for planted in couple.truth.ruptures
        for one in found
        if one.start <= planted.end + near and one.end >= planted.start - near
    ]
    assert 2 * len(pairs) / (len(found) + len(couple.truth.ruptures)) >= 0.7
    assert np.mean([one.repaired == planted.repaired for one, planted in pairs]) >= 0.8


def test_it_is_told_plainly() -> None:
    told = {
        one.measure: SENTENCES[one.measure][2](one, *one.interval)
        for one in find_rupture_repair(ledger())
        if one.interval
    }

    assert told["rupture_repair.count"][0] == (
        "It turned sharp between you two 12 times in 40 days. In the first half of this chat it was 7, in the second 5."
    )
    assert (
        told["rupture_repair.repaired"][0]
        == "After 10 of 12 sharp stretches this reading saw you two find your way back."
    )
    assert told["rupture_repair.open"][0] == (
        "After 2 sharp stretches this reading saw no way back within a day; it misses quiet ones."
    )
    assert told["rupture_repair.first"][0].startswith("This reading saw one of you reach first after sharp words ")
    assert "The quickest took 20 minutes, on 25 January 2025." in told["rupture_repair.minutes"][0]

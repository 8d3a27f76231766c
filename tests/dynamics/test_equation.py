"""The Equation: three shares of my own messages, week by week, with intervals that hold what was planted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coded_chats import MONDAY, Day, chat_of, coded, mirrored, uncoded
from steadily.dynamics.equation import READINGS, cases, find_equation, weekly
from steadily.dynamics.finding import Finding
from steadily.dynamics.week_shares import week_prior
from steadily.report.telling.equation import SENTENCES

GOOD = Day(30, 0.3, 0.05, 0.05)
HARD = Day(30, 0.12, 0.15, 0.05)


def met(*turns: tuple[float, str, str]) -> list[tuple[str, bool]]:
    """The answers to strained turns in a chat of (hours from the start, author, behaviors): whose, and whether they met it."""
    chat = coded([(MONDAY + timedelta(hours=hours), author, labels.split()) for hours, author, labels in turns])
    return list(cases(chat)["time"].select("author", "yes").iter_rows())


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    """Findings by the name of their reading."""
    return {finding.measure.removeprefix("equation."): finding for finding in findings}


def test_tone_counts_warm_against_sharp_and_pressing() -> None:
    """Warm and sharp at once is not warm; what has no tone is not counted."""
    labels = ["affection", "humor", "affection criticism", "demand", "advice", "hostility", "", "disclosure"]
    chat = coded([(MONDAY + timedelta(minutes=n), "me", label.split()) for n, label in enumerate(labels)])

    assert cases(chat)["tone"]["yes"].to_list() == [True, True, False, False, False, False]
    assert cases(chat)["transparency"]["yes"].to_list() == [False] * 7 + [True]


def test_blame_undoes_openness() -> None:
    """A feeling with blame in it is not counted as open."""
    chat = coded([(MONDAY, "me", ["disclosure", "criticism"]), (MONDAY, "me", ["ownership"])])

    assert cases(chat)["transparency"]["yes"].to_list() == [False, True]


def test_time_counts_how_strained_turns_were_met() -> None:
    """Warmth, ownership or a kind pause meets it; a sharp word, silence on it, or a call does not count as that."""
    sharp = (0.0, "partner", "criticism")

    assert met(sharp, (0.1, "me", "validation")) == [("me", True)]
    assert met(sharp, (0.1, "me", "repair")) == [("me", True)]
    assert met(sharp, (0.1, "me", ""), (0.2, "me", "ownership")) == [("me", True)]
    assert met(sharp, (0.1, "me", "affection demand")) == [("me", False)]
    assert met(sharp, (0.1, "me", "")) == [("me", False)]
    assert met((0.0, "partner", "affection"), (0.1, "me", "affection")) == []
    assert met(sharp, (20.0, "me", "affection")) == [("me", True)]
    assert met(sharp, (30.0, "me", "affection")) == []
    assert met(sharp, (20.0, "partner", ""), (20.1, "me", "affection")) == []
    assert met((0.0, "me", "withdrawal"), (0.1, "partner", "humor")) == [("partner", True)]


def test_planted_shares_come_out() -> None:
    """Lately beside the time before, each share where it was planted."""
    found = by_name(find_equation(chat_of([GOOD] * 140 + [HARD] * 56)))

    tone, openly = found["tone"], found["transparency"]
    assert tone.estimate == pytest.approx(0.12 * 0.85 / (1 - 0.88 * 0.85), abs=0.08)
    assert tone.facts["before"] == pytest.approx(0.3 * 0.95 / (1 - 0.7 * 0.95), abs=0.05)
    assert tone.facts["change_high"] < 0
    assert openly.estimate == pytest.approx(0.05 * 0.85, abs=0.015)
    assert openly.facts["change_low"] < 0 < openly.facts["change_high"]
    assert tone.facts["since"] == str((MONDAY + timedelta(weeks=20)).date())
    assert all(finding.interval[0] <= finding.estimate <= finding.interval[1] for finding in found.values())


def test_my_readings_are_mine() -> None:
    """From the other side they are the other's; a swap back restores them."""
    chat = chat_of([GOOD] * 120)
    softer = chat.with_columns(
        [(pl.col(name) & (pl.col("author") == "me")).alias(name) for name in ("criticism", "harsh")]
    )

    mine, theirs = (by_name(find_equation(one))["tone"].estimate for one in (softer, mirrored(softer)))

    assert mine < 0.95
    assert theirs == 1.0
    assert find_equation(mirrored(mirrored(softer))) == find_equation(softer)


def planted(rng: np.random.Generator, shares: list[float], a_day: float, between_days: float) -> pl.DataFrame:
    """Days with so many cases; a week's days differ around its share as far as *between_days* (0 to 1) says."""
    rows = []
    for week, share in enumerate(shares):
        firm = 1 / between_days - 1 if between_days else 1e9
        for day in range(7):
            n = int(rng.poisson(a_day))
            k = int(rng.binomial(n, rng.beta(share * firm, (1 - share) * firm)))
            monday = date(2025, 1, 6) + timedelta(weeks=week)
            rows += [(monday, monday + timedelta(days=day), k, n)] if n else []
    return pl.DataFrame(rows, schema=["week", "day", "k", "n"], orient="row")


@pytest.mark.parametrize(
    ("usual", "between_weeks", "between_days", "a_day"),
    [(0.88, 0.05, 0.05, 6), (0.03, 0.01, 0.02, 15), (0.25, 0.06, 0.05, 1.5), (0.5, 0.03, 0.1, 3)],
)
def test_weekly_intervals_hold_the_planted_share(
    usual: float, between_weeks: float, between_days: float, a_day: float
) -> None:
    """Between 85 and 95 of every 100 weekly intervals hold the share from which the week was drawn."""
    from scipy.stats import beta

    rng = np.random.default_rng(8)
    held: list[bool] = []
    for _ in range(40):
        firm = 1 / between_weeks - 1
        shares = np.clip(rng.beta(usual * firm, (1 - usual) * firm, 40), 0.002, 0.998)
        days = planted(rng, list(shares), a_day, between_days)
        prior = week_prior(days)
        for (monday,), week in days.group_by("week"):
            k, n = week["k"].sum() / prior.alike, week["n"].sum() / prior.alike
            low, high = beta.ppf([0.05, 0.95], k + prior.yes, n - k + prior.no)
            held.append(low <= shares[(monday - date(2025, 1, 6)).days // 7] <= high)

    assert 0.85 <= np.mean(held) <= 0.95


def test_a_difference_is_seldom_claimed_where_there_is_none() -> None:
    """Of forty chats that stay as they are, at most six get a difference in tone (90 % intervals)."""
    claimed = 0
    for seed in range(40):
        tone = by_name(find_equation(chat_of([Day(9, 0.3, 0.08)] * 150, seed=seed)))["tone"]
        claimed += not tone.facts["change_low"] <= 0 <= tone.facts["change_high"]

    assert claimed <= 6


def test_intervals_widen_with_little_data() -> None:
    """A week with a handful of messages says less than a full one, and an empty one says nothing."""
    table = weekly(chat_of([GOOD] * 70 + [Day(3, 0.3, 0.05)] * 7 + [Day(0)] * 7 + [GOOD] * 7))

    width = (table["tone_high"] - table["tone_low"]).to_list()
    assert table.height == 13
    assert width[10] > 1.15 * float(np.median(width[:10]))
    assert width[10] > max(width[:10])
    assert table.row(11, named=True)["tone"] is None
    assert table.row(11, named=True)["n_tone"] == 0


def test_there_is_no_composite() -> None:
    """Three readings and their ranges, and nothing that adds them up."""
    names = {f"{part}{reading}" for reading in READINGS for part in ("", "n_")}
    names |= {f"{reading}_{end}" for reading in READINGS for end in ("low", "high")}

    assert set(weekly(chat_of([GOOD] * 30)).columns) == names | {"week"}
    assert set(SENTENCES) == {f"equation.{reading}" for reading in READINGS}


@pytest.mark.parametrize("days", [0, 1, 10])
def test_too_little_is_an_answer(days: int) -> None:
    """Few weeks, no messages, nothing coded: no number."""
    chat = chat_of([GOOD] * 20)
    for few in (chat.head(0), chat_of([GOOD] * days) if days else chat.head(0), uncoded(chat_of([GOOD] * 90))):
        assert [finding.estimate for finding in find_equation(few)] == [None] * 3
        assert weekly(few).columns == weekly(chat).columns


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 80_000), st.booleans(), st.sampled_from(["", "affection", "criticism", "repair demand"])
        ),
        min_size=1,
        max_size=60,
    )
)
def test_shares_are_shares(rows: list[tuple[int, bool, str]]) -> None:
    """In any chat each weekly share lies inside its interval, between 0 and 1."""
    chat = coded(
        [
            (datetime(2025, 1, 6) + timedelta(minutes=m), "me" if mine else "partner", label.split())
            for m, mine, label in sorted(rows)
        ]
    )
    table = weekly(chat)

    for reading in READINGS:
        known = table.filter(pl.col(reading).is_not_null())
        assert (known[f"{reading}_low"] <= known[reading] + 1e-9).all()
        assert (known[f"{reading}_high"] >= known[reading] - 1e-9).all()
        assert known[reading].is_between(0, 1).all()
        assert (known[f"n_{reading}"] > 0).all()


def test_sentences_put_my_part_first_and_claim_only_what_is_clear() -> None:
    """More, less, or no clear change; nothing about the other alone."""
    found = by_name(find_equation(chat_of([GOOD] * 140 + [HARD] * 56)))
    told = {name: SENTENCES[one.measure][2](one, *one.interval) for name, one in found.items()}

    assert told["tone"][0].startswith("Of your ")
    assert " messages with a clear tone in the last eight weeks, about " in told["tone"][0]
    assert told["tone"][0].endswith("so there is less of it now.")
    assert told["transparency"][0].endswith("no clear change.")
    assert "had an answer from you within a day" in told["time"][0]
    assert "Counting both of you" in told["time"][0]
    none = Finding(
        "equation.time", 0.0, (0.0, 0.1), 20, "share", (), {"k": 0, "n_weeks": 6, "weeks_yes": 0, "before": None}
    )
    assert "in none of your answers, and it misses much." in SENTENCES["equation.time"][2](none, 0.0, 0.1)[0]

"""Reaching and stepping back: planted loops come out with their roles, and a chat without one gives none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coded_chats import MONDAY, coded, mirrored, uncoded
from steadily.conversation import SCHEMA
from steadily.dynamics.answers_to_reaching import Answers, after_reaching, how_much_longer
from steadily.dynamics.change_points import Kind
from steadily.dynamics.change_points import Phase as Span
from steadily.dynamics.coded import CODE_COLUMNS, P_COLUMNS
from steadily.dynamics.demand_withdraw import Loop, find_demand_withdraw, loop
from steadily.dynamics.reaching import NEAR, Pull, beside_oneself, pull, read_turns, summed, unexpected
from steadily.dynamics.reaching_weeks import DAY_0, read_weeks, weeks_apart
from steadily.pipeline import code_conversation, coded_messages
from steadily.report.telling.demand_withdraw import SENTENCES
from steadily.synthetic.couple import make_couple
from steadily.synthetic.plan import Phase, Plan

WEEKS, FROM = 30, 15
OTHER = {"me": "partner", "partner": "me"}
ASKING, STEPPING = ("request", "demand", "interest"), ("withdrawal",)
ROLES = ["me", "partner", "both"]


@dataclass(frozen=True)
class Planted:
    """Half of the exchanges from week `FROM` on: one asks, the other takes *slower* times as long and, now and then, shuts down."""

    who: str | None
    slower: float = 4.0
    seed: int = 1
    talkative: float = 0.5


def chat(plan: Planted) -> pl.DataFrame:
    """Three exchanges a day of four turns; asking and stepping back are also read, less often, where there is neither."""
    rng = np.random.default_rng(plan.seed)
    rows: list[tuple[datetime, str, list[str]]] = []
    for day in range(WEEKS * 7):
        for hour in (9, 13, 19):
            loops = plan.who is not None and day >= FROM * 7 and rng.random() < 0.5
            who = plan.who if loops and plan.who != "both" else str(rng.choice(["me", "partner"]))
            opener = who if loops else ("me" if rng.random() < plan.talkative else "partner")
            at = MONDAY + timedelta(days=day, hours=hour + float(rng.random()))
            for turn in range(4):
                author = opener if turn % 2 == 0 else OTHER[opener]
                codes, often = (ASKING, 0.5) if author == who else (STEPPING, 0.4)
                here = [code for code in codes if rng.random() < (often if loops else 0.06)]
                rows.append((at, author, here))
                slow = plan.slower if loops and author == who else 1.0
                at += timedelta(seconds=float(rng.lognormal(np.log(240 * slow), 0.8)))
    return coded(sorted(rows, key=lambda row: row[0]))


@pytest.mark.parametrize("who", ROLES)
def test_it_finds_the_loop_and_the_roles(who: str) -> None:
    """Of ten, at least nine; where both reach by the toss of a coin, some lean to one side by chance."""
    found = [loop(chat(Planted(who, seed=seed))) for seed in range(10)]

    assert sum((one.present, one.reaching) == (True, who) for one in found) >= 9
    for one in found:
        assert one.present
        assert one.p > 0.99
        assert one.strength is not None and one.low is not None and one.high is not None
        assert 1.15 < one.strength < 3
        assert one.low < one.strength < one.high
        assert one.n_later > one.n_reaching / 4


def test_a_chat_without_one_gives_none() -> None:
    """Of thirty, at most three; one that opens twice as often, or asks more all along, is no loop either."""
    plans = [Planted(None, seed=seed, talkative=0.5 + 0.2 * (seed % 2)) for seed in range(30)]
    assert sum(loop(chat(plan)).present for plan in plans) <= 3


def test_words_without_longer_waits_make_no_ratio() -> None:
    """Asked and shut down, but answered as fast as ever: no longer than others (less, where only others close an exchange)."""
    ratios = [how_long(chat(Planted("me", slower=slower, seed=seed)))[0] for slower in (1.0, 4.0) for seed in range(10)]
    assert np.mean(ratios[:10]) < 1.05
    assert np.mean(ratios[10:]) > 1.4


def apart_from(week: int, kind: Kind = "distant", n_weeks: int = WEEKS) -> tuple[Span, Span]:
    """Close up to a week, and of a kind from its Monday on."""
    turn = MONDAY.date() + timedelta(weeks=week)
    ends = MONDAY.date() + timedelta(weeks=n_weeks, days=-1)
    before = turn - timedelta(days=1)
    return Span("close", MONDAY.date(), before, MONDAY.date(), MONDAY.date()), Span(kind, turn, ends, turn, turn)


def test_weeks_further_apart_are_those_of_such_phases() -> None:
    day = np.arange((MONDAY.date() - DAY_0).days, (MONDAY.date() - DAY_0).days + 7 * WEEKS)
    week = np.repeat(np.arange(WEEKS), 7)
    for kind in ("drifting", "distant"):
        assert weeks_apart(apart_from(20, kind), day, week).tolist() == [False] * 20 + [True] * 10
    assert not weeks_apart(apart_from(20, "recovering"), day, week).any()
    assert not weeks_apart(apart_from(20)[1:], day[week >= 20], week[week >= 20] - 20).any(), (
        "always so: nothing to set it beside"
    )
    assert not weeks_apart(apart_from(26), day, week).any(), "too few"
    assert not weeks_apart((), day, week).any()


def test_who_reaches_is_asked_of_the_weeks_further_apart() -> None:
    """I reach a little in the close weeks, my partner in the distant ones, which have fewer turns: there it is my partner."""
    week = np.repeat(np.arange(WEEKS), 40)
    distant = week >= 20
    rng = np.random.default_rng(1)
    mine, partners = np.where(distant, 0.01, 0.09), np.where(distant, 0.06, 0.05)
    noise = rng.normal(0, 0.002, len(week))
    found = Pull(mine + noise, partners - noise, np.log(mine / partners))

    weeks = read_weeks(found, week, np.arange(WEEKS) >= 20)

    assert weeks.lean > 0
    assert weeks.lean_apart == pytest.approx(-5 / 7, abs=0.02)
    assert read_weeks(found, week, np.zeros(WEEKS, dtype=bool)).lean_apart is None


def how_long(messages: pl.DataFrame) -> tuple[float, float, float]:
    """How much longer answers to mine take, whether a loop is told or not."""
    from steadily.dynamics.answers_to_reaching import read_answers

    turns = read_turns(messages)
    weeks = read_weeks(pull(turns), turns.week, np.zeros(turns.week.max() + 1, dtype=bool))
    longer = how_much_longer(read_answers(turns, turns.week, weeks.weight, pull(turns, with_waits=False)), "me")
    assert longer is not None
    return longer


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """The truth of a mixture has no formula: it is the mean over the same forty chats, and eight in ten intervals hold it."""
    found = [how_long(chat(Planted("me", seed=seed))) for seed in range(40)]
    truth = np.exp(np.mean([np.log(ratio) for ratio, _, _ in found]))
    assert sum(low <= truth <= high for _, low, high in found) >= 32


@pytest.mark.parametrize("who", [*ROLES, None])
def test_from_the_other_side_the_roles_are_the_other_s(who: str | None) -> None:
    mine, theirs = loop(chat(Planted(who))), loop(mirrored(chat(Planted(who))))

    assert theirs.present == mine.present
    assert theirs.reaching == (OTHER.get(str(mine.reaching), mine.reaching))
    assert theirs.lean == pytest.approx(-mine.lean, abs=1e-9)
    assert (theirs.p, theirs.strength) == (pytest.approx(mine.p), mine.strength and pytest.approx(mine.strength))
    assert (theirs.asks_me, theirs.asks_partner) == (mine.asks_partner, mine.asks_me)
    assert theirs.episodes == mine.episodes


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 999), who=st.sampled_from([*ROLES, None]), slower=st.floats(0.5, 6))
@example(seed=340, who="both", slower=4.0)
def test_whatever_is_planted(seed: int, who: str | None, slower: float) -> None:
    """The order of rows does not matter, and what is told hangs together."""
    messages = chat(Planted(who, slower, seed))
    found = loop(messages)

    assert found == loop(messages.sample(fraction=1, shuffle=True, seed=seed))
    assert 0 <= found.p <= 1
    assert -1 <= found.lean <= 1
    assert found.present == (found.reaching is not None) == (found.strength is not None) == bool(found.episodes)
    assert found.n_later <= found.n_reaching <= found.n


def test_the_clearest_episodes_can_be_read() -> None:
    """Three, in order, on different days, in both hands, and from the weeks in which it was planted."""
    messages = chat(Planted("partner"))
    found = loop(messages)

    assert len(found.episodes) == 3
    assert list(found.episodes) == sorted(found.episodes)
    days = []
    for first, last in found.episodes:
        rows = messages.filter(pl.col("row").is_between(first, last))
        assert set(rows["author"]) == {"me", "partner"}
        assert rows.height == last - first + 1 >= 3
        days += [rows["local_time"][0].date(), rows["local_time"][-1].date()]
    assert max(Counter(days).values()) <= 2
    assert min(days) >= (MONDAY + timedelta(weeks=FROM)).date()


def test_what_each_seems_to_ask_for() -> None:
    found = loop(chat(Planted("me")))
    assert set(found.asks_me) <= set(ASKING)
    assert len(found.asks_me) == 2
    assert found.asks_partner == STEPPING


EMPTY = pl.DataFrame(
    schema=SCHEMA | {name: pl.Float32() if name in P_COLUMNS else pl.Boolean() for name in CODE_COLUMNS}
)


@pytest.mark.parametrize(
    "messages",
    [
        EMPTY,
        uncoded(chat(Planted("me"))),
        chat(Planted("me")).head(190),
        chat(Planted("me")).filter(pl.col("author") == "me"),
        coded([(MONDAY + timedelta(minutes=place), ("me", "partner")[place % 2], []) for place in range(900)]),
    ],
    ids=["empty", "uncoded", "short", "one-sided", "one day"],
)
def test_too_little_is_an_answer(messages: pl.DataFrame) -> None:
    found = loop(messages)
    assert found == Loop(False, None, 0.0, None, None, None, found.n)
    (finding,) = find_demand_withdraw(messages)
    assert (finding.measure, finding.estimate) == ("demand_withdraw.none", None)


def test_a_chat_in_which_everything_is_alike_has_no_loop() -> None:
    """The same words at the same pace for a year: nothing divides by nothing."""
    rows = [
        (MONDAY + timedelta(days=day, minutes=place * 5), ("me", "partner")[place % 2], [])
        for day in range(300)
        for place in range(4)
    ]
    assert not loop(coded(rows)).present


def test_what_is_expected_is_taken_out() -> None:
    """Means of groups go, whatever they are, down to what three more turns would leave."""
    rng = np.random.default_rng(1)
    week, hour = rng.integers(20, size=9000), rng.integers(8, size=9000)
    rest = unexpected(rng.normal(size=9000) + 3 * week - 2 * hour, [week, hour])

    assert np.abs(np.bincount(week, rest) / np.bincount(week)).max() < 0.05
    assert rest.std() == pytest.approx(1, abs=0.05)


def test_each_person_is_set_beside_themself() -> None:
    """One who always writes long is as usual when they write long."""
    sign = np.array([1.0, -1.0] * 50)
    assert np.allclose(beside_oneself(np.where(sign > 0, 90.0, 3.0), sign), 0)


def test_neighbors_are_summed() -> None:
    values = np.array([1.0, 0, 0, 0, 10, 0])
    assert summed(values, NEAR)[:5] == pytest.approx([1, 0.8 + 4, 0.6 + 6, 0.4 + 8, 10])
    assert summed(values[:1], NEAR) == pytest.approx([1])


def test_a_known_ratio_comes_out() -> None:
    """A fifth of the turns reads as reaching, and their answers take three times as long."""
    rng = np.random.default_rng(2)
    n = 2000
    reads = rng.random(n) < 0.2
    wait = rng.normal(size=n) * 0.5 + np.where(reads, np.log(3), 0)
    week = np.sort(rng.integers(25, size=n))
    answers = Answers(
        turn=np.arange(n),
        mine=np.ones(n, dtype=bool),
        week=week,
        weight=np.ones(n),
        pull=reads + rng.random(n) * 0.1,
        wait=wait,
        cut_wait=wait,
    )
    ratio, low, high = how_much_longer(answers, "me") or (0, 0, 0)

    assert low < 3 < high
    assert ratio == pytest.approx(3, rel=0.08)
    assert how_much_longer(answers, "partner") is None
    assert [int(part.sum()) for part in after_reaching(answers, "both")] == [400, 1600]


def test_a_synthetic_couple_and_a_calm_one() -> None:
    """Read by the real model: the one who was planted reaches; a steady couple has no loop."""
    turns = [date(2025, 1, 1), date(2025, 4, 1), date(2025, 8, 1)]
    drift = Plan((Phase("close", *turns[:2]), Phase("distant", *turns[1:])), reaching="partner")
    steady = Plan((Phase("steady", turns[0], turns[2]),), reaching=None, volume=0.7)
    drifted, calm = (
        loop(coded_messages(couple.conversation, code_conversation(couple.conversation)))
        for couple in (make_couple(drift, seed=5), make_couple(steady, seed=5))
    )
    assert (drifted.present, drifted.reaching) == (True, "partner")
    assert not calm.present


def test_it_is_told_plainly() -> None:
    (finding,) = find_demand_withdraw(chat(Planted("me")))
    assert (finding.measure, finding.unit) == ("demand_withdraw.loop", "ratio")
    later, times = finding.facts["n_later"], finding.facts["n_reaching"]
    assert finding.facts["first_1"] in finding.messages
    assert finding.facts["last_3"] in finding.messages

    said, spread = SENTENCES[finding.measure][2](finding, 1.24, 2.6)
    assert said.startswith(
        f"When you reached out most, your partner's answer was among the slowest quarter for such hours {later} of {times} times; "
        f"it would be about {round(int(times or 0) / 4)} if the two did not go together. Your words seem to ask more than usual for "
    )
    assert said.endswith("your partner's, for some room.")
    assert spread == "Where a comparable answer took 10 minutes, these took somewhere between 12 and 26."


def test_none_is_told_plainly() -> None:
    (finding,) = find_demand_withdraw(chat(Planted(None)))
    assert (finding.measure, finding.estimate, finding.messages) == ("demand_withdraw.none", 0, ())
    said, spread = SENTENCES[finding.measure][2](finding, 0, 0)
    assert said.startswith("No such loop found")
    assert spread == ""

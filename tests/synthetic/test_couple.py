"""Synthetic couples: reproducible, natural enough, and true to their plan."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import polars as pl
import pytest

from steadily.dynamics.contact_changes import contact_changes
from steadily.synthetic import Phase, Plan, make_couple, sample_couple
from steadily.synthetic.bank import MOODS, exchanges

GENDERED = {"he", "she", "his", "him", "her", "hers", "husband", "wife", "boyfriend", "girlfriend"}


def test_the_same_seed_gives_the_same_couple() -> None:
    """Another seed gives another."""
    one, same, other = sample_couple(seed=1), sample_couple(seed=1), sample_couple(seed=2)

    assert one.conversation.messages.equals(same.conversation.messages)
    assert not one.conversation.messages.equals(other.conversation.messages)


def test_the_sample_couple_is_as_described() -> None:
    """Fourteen months, more than 8,000 messages, both writing, ruptures mended and not, rituals that fade and come back."""
    couple = sample_couple()
    messages, truth = couple.conversation.messages, couple.truth

    assert messages.filter(pl.col("kind") != "reaction").height >= 8_000
    assert (messages["local_time"][-1] - messages["local_time"][0]).days > 415
    assert 0.4 < (messages["author"] == "me").mean() < 0.6
    repaired = [one.repaired for one in truth.ruptures]
    assert len(repaired) >= 8
    assert 0.2 < sum(repaired) / len(repaired) < 0.9
    for days in truth.rituals.values():
        by_phase = [sum(phase.start <= day < phase.stop for day in days) for phase in truth.plan.phases]
        assert by_phase[2] < by_phase[0]
        assert by_phase[2] < by_phase[3]


def test_what_is_planted_is_found() -> None:
    """
    Over six couples: the return is found within three weeks, and a drop somewhere in the months in which it was planted.

    The drop is planted in two steps, from close to drifting to distant; amounts alone may show them as one.
    """
    margin = timedelta(days=21)
    returns, drops = 0, 0
    for seed in range(1, 7):
        couple = sample_couple(seed=seed)
        changes = contact_changes(couple.conversation.messages)
        _, drifting, distant, recovering = couple.truth.plan.phases
        returns += any(one.ratio > 1 and abs(one.day - recovering.start) <= margin for one in changes)
        drops += any(one.ratio < 1 and drifting.start - margin <= one.day <= distant.start + margin for one in changes)

    assert returns >= 5
    assert drops == 6


@pytest.mark.parametrize("reaching", ["me", "partner"])
@pytest.mark.parametrize("seed", [5, 6, 7])
def test_the_planted_role_is_held(reaching: str, seed: int) -> None:
    """In a distant phase, the one who reaches writes more, asks more, and waits longer for an answer."""
    plan = Plan((Phase("distant", date(2025, 1, 1), date(2025, 9, 1)),), reaching=reaching)
    said = make_couple(plan, seed=seed).conversation.messages.filter(pl.col("kind") == "text")
    turns = said.filter(pl.col("author") != pl.col("author").shift())
    waits = turns.with_columns(wait=pl.col("sent_at").diff()).group_by("author").agg(pl.col("wait").median())
    n_said = Counter(said["author"])
    n_asked = Counter(said.filter(pl.col("text").str.contains(r"\?"))["author"])
    slower = waits.sort("wait")["author"].to_list()[-1]

    assert n_said.most_common(1)[0][0] == reaching
    assert n_asked.most_common(1)[0][0] == reaching
    assert slower != reaching


def test_rows_point_to_rows() -> None:
    """Reactions answer a message by the other; times never run backward; nobody texts in the dead of night all the time."""
    messages = sample_couple().conversation.messages
    reactions = messages.filter(pl.col("kind") == "reaction")
    targets = messages.select(reply_to="row", target_author="author")
    joined = reactions.join(targets, on="reply_to")

    assert joined.height == reactions.height > 0
    assert (joined["author"] != joined["target_author"]).all()
    assert messages["sent_at"].is_sorted()
    assert messages["local_time"].dt.hour().is_between(1, 5).mean() < 0.03


@pytest.mark.parametrize("mood", MOODS)
def test_the_bank_is_whole(mood: str) -> None:
    """Several hundred texts a mood; few repeat; two people in each exchange that has an answer; neither is gendered."""
    found = exchanges(mood)
    texts = [turn.text for one in found for turn in one.turns]
    long = Counter(text for text in texts if len(text) > 25)

    assert len(texts) >= 200
    assert len(long) >= 0.97 * sum(long.values())
    for one in found:
        assert 0 <= one.hours[0] < one.hours[1] <= 24
        assert one.turns[0].who == "a"
        assert one.repair_at is None or one.turns[one.repair_at].who == one.repaired_by
    assert all(text.strip() for text in texts)

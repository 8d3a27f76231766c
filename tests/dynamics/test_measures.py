"""What every measure must keep: shifted time changes nothing, swapped partners swap, and every finding is whole."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import conversation_of
from steadily.codebook import LABELS
from steadily.conversation import Conversation
from steadily.dynamics import MEASURES, Finding
from steadily.dynamics.coded import with_codes
from steadily.dynamics.finding import MOST_EVIDENCE
from steadily.report.sentences import SENTENCES, tell

START = datetime(2025, 1, 6, 9)
CARRYING = 0.3
ONE_SIDE = ("equation.", "bids.mine_met", "what_helps.")


def random_chat(seed: int, n: int = 600, days: int = 120) -> Conversation:
    """A chat at random times by random authors."""
    rng = np.random.default_rng(seed)
    minutes = np.sort(rng.integers(0, days * 1440, n))
    authors = rng.choice(["me", "partner"], n)
    return conversation_of(
        [
            (START + timedelta(minutes=int(m)), str(a), "word " * int(rng.integers(1, 9)))
            for m, a in zip(minutes, authors, strict=True)
        ]
    )


def coded(conversation: Conversation, seed: int) -> pl.DataFrame:
    """The chat with codes at random: most messages carry nothing, some one thing, and which does not depend on who wrote."""
    rng = np.random.default_rng([seed, 1])
    n = conversation.messages.height
    p = np.full((n, len(LABELS)), 0.02, dtype=np.float32)
    carrying = np.flatnonzero(rng.random(n) < CARRYING)
    p[carrying, rng.integers(0, len(LABELS), len(carrying))] = 0.9
    return with_codes(conversation.messages, p, p > 0.5)


def shifted(messages: pl.DataFrame, by: timedelta) -> pl.DataFrame:
    """The same chat at another time."""
    return messages.with_columns(pl.col("sent_at") + by, pl.col("local_time") + by)


def assert_same(found: list[Finding], other: list[Finding]) -> None:
    """What of findings must not change when time is shifted."""
    for one, again in zip(found, other, strict=True):
        assert (one.measure, one.n, one.messages) == (again.measure, again.n, again.messages)
        assert (one.estimate is None) == (again.estimate is None)
        if one.estimate is not None and again.estimate is not None:
            assert one.estimate == pytest.approx(again.estimate, rel=1e-9)
            assert one.interval == pytest.approx(again.interval, rel=1e-9)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
@pytest.mark.parametrize("seed", [1, 2])
def test_it_does_not_depend_on_when(measure: object, seed: int) -> None:
    """Shifting all times by whole weeks changes no number."""
    messages = coded(random_chat(seed), seed)
    later = shifted(messages, timedelta(weeks=31))

    assert_same(measure.find(later), measure.find(messages))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_it_swaps_when_partners_swap(measure: object) -> None:
    """Shares become the other's share; what belongs to both stays the same; what is told of one side only is another then."""
    conversation = random_chat(3)

    found = [one for one in measure.find(coded(conversation, 3)) if not one.measure.startswith(ONE_SIDE)]
    swapped = [one for one in measure.find(coded(conversation.swapped(), 3)) if not one.measure.startswith(ONE_SIDE)]

    for one, other in zip(found, swapped, strict=True):
        if one.estimate is None or one.interval is None:
            assert other.estimate is None
            continue
        mine = one.measure.startswith(("openings.", "balance.", "rupture_repair.first"))
        assert other.estimate == pytest.approx(1 - one.estimate if mine else one.estimate)
        low, high = one.interval
        assert other.interval == pytest.approx((1 - high, 1 - low) if mine else (low, high))


@pytest.mark.parametrize("n", [2, 3, 40, 400])
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_it_gives_whole_findings(measure: object, n: int) -> None:
    """Each has n, an interval around its estimate or none at all, rows that exist, and a sentence."""
    conversation = random_chat(4, n=n, days=max(n // 4, 1))

    for finding in measure.find(coded(conversation, 4)):
        assert finding.measure.split(".")[0] == measure.name
        assert finding.measure in SENTENCES
        assert len(finding.messages) <= MOST_EVIDENCE
        assert set(finding.messages) <= set(range(n))
        assert (finding.estimate is None) == (finding.interval is None)
        if finding.interval is not None:
            low, high = finding.interval
            assert low <= high
            assert low - 1e-9 <= finding.estimate <= high + 1e-9 or finding.unit in ("seconds", "ratio")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 200_000), st.booleans(), st.sampled_from(["", "ok", "why 😀"])),
        min_size=2,
        max_size=80,
    )
)
def test_it_never_fails_on_small_chats(rows: list[tuple[int, bool, str]]) -> None:
    """Any chat between two people gets findings, each with words."""
    rows = sorted(rows)
    authors = ["me" if mine else "partner" for _, mine, _ in rows]
    authors[0], authors[-1] = "me", "partner"
    chat = conversation_of([(START + timedelta(minutes=m), a, t) for (m, _, t), a in zip(rows, authors, strict=True)])

    told = [tell(finding) for measure in MEASURES for finding in measure.find(coded(chat, len(rows)))]

    assert all(one.statement and one.caveat and one.heading for one in told)


def test_a_conversation_among_many_is_measured_alone() -> None:
    """Frames of two couples at once give each couple what it gets alone."""
    from steadily.dynamics.balance import weekly_balance
    from steadily.dynamics.coverage import gaps
    from steadily.dynamics.days import daily_counts
    from steadily.dynamics.openings import day_openings, reopenings
    from steadily.dynamics.rhythm import rhythm
    from steadily.dynamics.silences import longest_silences
    from steadily.dynamics.waits import waits

    one = random_chat(5).messages
    other = random_chat(6, n=300, days=200).messages.with_columns(conversation_id=pl.lit("ba9876543210"))
    both = pl.concat([one, other])

    for measure in (weekly_balance, gaps, daily_counts, day_openings, reopenings, rhythm, longest_silences, waits):
        alone = measure(other)
        among = measure(both).filter(pl.col("conversation_id") == "ba9876543210")
        assert among.sort(pl.all()).equals(alone.sort(pl.all())), measure.__name__

"""
Bids: an invitation, a question of interest, something told of oneself, a tender word, and whether the other turned toward it.

**Source.** Bids and turning toward, away, against: Driver & Gottman 2004, 10.1111/j.1545-5300.2004.00024.x; observed newlyweds,
correlation only. No ratio is a target (EVIDENCE.md §2d), and nobody gets a profile: my answers are told first, then those of both
together. Whole weeks are drawn with replacement for the interval; it is never narrower than Wilson's (1927). **Formula.** A bid is
a turn that carries one of `ASKS` or `OFFERS` and nothing harsh, pressing or dangerous. An offer that comes right upon the other's
bid is an answer to it and no new bid. The answer is the other's next turn, within `ANSWERED`: what it says in
`ONE_BREATH`. Against: it is harsh and holds nothing
warm. Away: there is none, or it shuts down and holds nothing warm, open or inviting. Toward: any other answer, a short one too. A bid
after which the chat ends is left out. **Limits.** A call, a kiss or a busy day is not seen, and not every tender word asks for an
answer. The model misses many bids, most of all quiet ones, and takes some jibes in play for sharp.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from steadily.conversation import split_sessions
from steadily.dynamics.days import DAY_BEGINS
from steadily.dynamics.finding import Fact, Finding, spread_rows, too_little
from steadily.dynamics.uncertainty import Floats, bootstrap_weeks, wilson

ASKS = ("invitation", "interest")
OFFERS = ("disclosure", "affection")
"""What opens a talk when it comes first, and answers when it comes upon the other's bid."""
NO_BID = ("harsh", "pressure", "danger")
KIND = ("warm", "open", "bid")
ANSWERING = ("warm", "harsh", "withdrawal")
ANSWERED = timedelta(hours=12)
"""A tender word at night may be answered at breakfast."""
ONE_BREATH = timedelta(hours=1)
"""What somebody writes so soon after the first word of an answer belongs to the answer."""
ANSWERS = pl.Enum(["toward", "away", "against"])
MIN_BIDS = 20


def bids(messages: pl.DataFrame) -> pl.DataFrame:
    """
    Every bid of one conversation, and what came of it.

    Args:
        messages: One conversation, coded. Reads `conversation_id`, `row`, `sent_at`, `local_time`, `author`, `kind`, and the codes.

    Returns:
        One row per bid: `row` (its message), `author` (whose bid), `local_time`, `answer` (`toward`, `away`, `against`),
        `answer_row` (first message of the answering turn; null where none came).
    """
    turns = _turns(messages)
    of_other = pl.col("author") != pl.col("author").shift()
    upon_bid = of_other & pl.col("carries").shift() & (pl.col("started_at") - pl.col("ended_at").shift() <= ANSWERED)
    comes = pl.col("author").shift(-1) != pl.col("author")
    in_time = comes & (pl.col("started_at").shift(-1) - pl.col("ended_at") <= ANSWERED)
    against = in_time & (pl.col("harsh") & ~pl.col("warm")).shift(-1)
    toward = in_time & (~pl.col("withdrawal") | pl.col("kind")).shift(-1)
    known = pl.col("ended_at").max() - pl.col("ended_at") > ANSWERED
    return (
        turns.with_columns(
            answer=pl.when(against)
            .then(pl.lit("against"))
            .when(toward)
            .then(pl.lit("toward"))
            .otherwise(pl.lit("away"))
            .cast(ANSWERS),
            answer_row=pl.when(in_time).then(pl.col("first_row").shift(-1)),
            known=known | in_time.fill_null(value=False),
            is_bid=pl.col("carries") & (pl.col("asks") | ~upon_bid.fill_null(value=False)),
        )
        .filter(pl.col("is_bid") & pl.col("known"))
        .select("row", "author", "local_time", "answer", "answer_row")
    )


def _turns(messages: pl.DataFrame) -> pl.DataFrame:
    """Turns with what they carry, and what they are as answers; a pause in which no answer would count ends a turn too."""
    rows = split_sessions(messages.sort("row"), session_gap=ANSWERED)
    new = (pl.col("author") != pl.col("author").shift()) | (pl.col("session") != pl.col("session").shift())
    marked = rows.select(
        "row",
        "author",
        "local_time",
        "sent_at",
        turn=new.fill_null(value=True).cum_sum(),
        started_at=pl.when(new.fill_null(value=True)).then("sent_at").forward_fill(),
        bid=pl.any_horizontal(*ASKS, *OFFERS),
        asks=pl.any_horizontal(*ASKS),
        unkind=pl.any_horizontal(*NO_BID),
        kind=pl.any_horizontal(*KIND),
        **{code: pl.col(code) for code in ANSWERING},
    )
    at_once = pl.col("sent_at") - pl.col("started_at") <= ONE_BREATH
    return (
        marked.with_columns(
            *((pl.col(code) & at_once) for code in ("kind", *ANSWERING)),
            bid_row=pl.when("bid").then("row"),
            bid_time=pl.when("bid").then("local_time"),
        )
        .group_by("turn", maintain_order=True)
        .agg(
            pl.col("author", "started_at").first(),
            pl.col("kind", "asks", "bid", "unkind", *ANSWERING).max(),
            first_row=pl.col("row").first(),
            row=pl.col("bid_row").max(),
            local_time=pl.col("bid_time").max(),
            ended_at=pl.col("sent_at").last(),
        )
        .with_columns(carries=pl.col("bid") & ~pl.col("unkind"))
    )


def find_bids(messages: pl.DataFrame) -> list[Finding]:
    """
    How often a bid was turned toward: my answers first, then both together.

    Args:
        messages: One conversation, coded.

    Returns:
        `bids.mine_met` (of the partner's bids, the share that I turned toward) and `bids.met` (of the bids of both); facts `n_toward`,
        `n_away`, `n_against`; the rows are those of the bids.
    """
    found = bids(messages)
    return [_share("bids.mine_met", found.filter(pl.col("author") == "partner")), _share("bids.met", found)]


def _share(name: str, found: pl.DataFrame) -> Finding:
    facts: dict[str, Fact] = {f"n_{answer}": int((found["answer"] == answer).sum()) for answer in ANSWERS.categories}
    n, k = found.height, int((found["answer"] == "toward").sum())
    week = (pl.col("local_time") - DAY_BEGINS).dt.date().dt.truncate("1w")
    weeks = found.group_by(week=week).agg(toward=(pl.col("answer") == "toward").sum(), n=pl.len()).sort("week")
    drawn = bootstrap_weeks(_toward, weeks.select("toward", "n").to_numpy().astype(np.float64))
    if n < MIN_BIDS or drawn is None:
        return too_little(name, n, "share", **facts)
    single = wilson(k, n)
    interval = (min(drawn[0], single[0]), max(drawn[1], single[1]))
    return Finding(name, k / n, interval, n, "share", spread_rows(found["row"]), facts)


def _toward(sums: Floats) -> Floats:
    share: Floats = sums[:, 0] / sums[:, 1]
    return share

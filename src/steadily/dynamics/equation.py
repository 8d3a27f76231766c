"""
The Equation: tone, transparency and time, week by week, of my own messages. Three readings; they are never added up.

**Source.** A memory aid (Tone + Transparency + Time); we found no study of the three terms together, so no score is made of them
(EVIDENCE.md §1). Behaviors are those of the codebook. Shares and intervals are those of `week_shares`. **Formula.** Tone: of my messages
that are warm, harsh or pressing, the share that is warm and neither of the others. Transparency: of all my messages, the share that names
a feeling, a need or a part of my own, without harshness. Time: of the strained turns of the other (harsh, pressing for an answer,
shutting down) that I answered within a day, the share that I met with warmth, ownership or a move to mend, a kind pause among them, and
without harshness, pressure or shutting down. Lately is the last `LATELY` weeks, beside all the time before. **Limits.** A model misses
much of what is there and sees some that is not: the level of a share means little, its course more. No voice, no look is in it. A
strained turn that a call answered is not counted.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, get_args

import polars as pl

from steadily.conversation import split_sessions
from steadily.dynamics.day_signals import CARRIED_BY
from steadily.dynamics.days import with_days
from steadily.dynamics.finding import Fact, Finding, spread_rows, too_little
from steadily.dynamics.week_shares import Stretch, difference, stretch_of, week_shares

Reading = Literal["tone", "transparency", "time"]
READINGS: tuple[Reading, ...] = get_args(Reading)
LATELY = 8
FEWEST_WEEKS = 4
"""Weeks with something to count that lately, and the time before, must each hold."""
FEWEST: dict[Reading, int] = {"tone": 20, "transparency": 60, "time": 12}
"""Messages or moments that lately, and the time before, must each hold."""
ANSWERED = timedelta(days=1)
MET = ("warm", "ownership", "repair")
UNMET = ("harsh", "pressure", "distance", "danger")


def cases(messages: pl.DataFrame) -> dict[Reading, pl.DataFrame]:
    """
    What the three readings count.

    Args:
        messages: One conversation, coded. Reads `conversation_id`, `row`, `sent_at`, `local_time`, `author`, `kind`, and the codes.

    Returns:
        Reading → one row per case of either partner: `row` (for time the first of the strained turn), `day`, `week`, `author` (whose
        message, or whose answer), `yes`; for time also `answer`, the first row of the answer.
    """
    coded = with_days(messages).filter("is_coded")
    sharp = pl.col("harsh") | pl.col("pressure")
    shown = ("row", "day", "week", "author")
    return {
        "tone": coded.filter(pl.col("warm") | sharp).select(*shown, yes=~sharp),
        "transparency": coded.select(*shown, yes=pl.col("open") & ~pl.col("harsh")),
        "time": _answers(with_days(split_sessions(messages))),
    }


def weekly(messages: pl.DataFrame) -> pl.DataFrame:
    """
    My three readings, week by week.

    Args:
        messages: One conversation, coded.

    Returns:
        One row per week from the first to the last: `week` (its Monday), and for each of `READINGS` the share (0 to 1), `…_low`,
        `…_high` (90 % interval, wider where the week holds little) and `n_…` (cases); null in weeks without a case.
    """
    weeks = with_days(messages).select(pl.col("week").min().alias("first"), pl.col("week").max().alias("last"))
    first, last = weeks.row(0)
    table = pl.DataFrame(
        {"week": pl.date_range(first, last, "1w", eager=True) if first else []}, schema={"week": pl.Date}
    )
    for reading, found in cases(messages).items():
        table = table.join(week_shares(found.filter(pl.col("author") == "me"), reading), on="week", how="left")
    return table.with_columns(pl.col("^n_.*$").fill_null(0)).sort("week")


def _answers(rows: pl.DataFrame) -> pl.DataFrame:
    """The strained turns that the other answered within a day, by whose answer it is."""
    new = (pl.col("author") != pl.col("author").shift()) | (pl.col("session") != pl.col("session").shift())
    turns = (
        rows.with_columns(turn=new.fill_null(value=True).cum_sum())
        .group_by("turn", maintain_order=True)
        .agg(
            pl.col("row", "day", "week", "author").first(),
            pl.col("is_coded").any(),
            started_at=pl.col("sent_at").first(),
            ended_at=pl.col("sent_at").last(),
            strained=pl.any_horizontal(*CARRIED_BY["strain"]).any(),
            met=pl.any_horizontal(*MET).any() & ~pl.any_horizontal(*UNMET).any(),
        )
    )
    by_the_other = (pl.col("author").shift(-1) != pl.col("author")) & pl.col("is_coded").shift(-1)
    in_time = pl.col("started_at").shift(-1) - pl.col("ended_at") <= ANSWERED
    answers = turns.with_columns(
        author=pl.col("author").shift(-1),
        yes=pl.col("met").shift(-1),
        answer=pl.col("row").shift(-1),
        counts=by_the_other & in_time,
    )
    return answers.filter(pl.col("strained") & pl.col("counts")).select("row", "day", "week", "author", "yes", "answer")


def find_equation(messages: pl.DataFrame) -> list[Finding]:
    """
    My three readings lately, beside the time before.

    Args:
        messages: One conversation, coded.

    Returns:
        `equation.tone`, `equation.transparency`, `equation.time`: my share over the last `LATELY` weeks. Facts: `k` (cases that were
        so), `n_weeks` (weeks with a case), `weeks_yes` (those with one that was so), `since` (the first Monday); the time before:
        `before`, `before_low`, `before_high`, `n_before`, and the difference: `change`, `change_low`, `change_high`, all null where it
        holds too little; for time also `k_between` and `n_between`, the answers of both partners.
    """
    last = with_days(messages)["week"].max()
    since = last - timedelta(weeks=LATELY - 1) if isinstance(last, date) else date.max
    return [_finding(reading, found, since) for reading, found in cases(messages).items()]


def _finding(reading: Reading, found: pl.DataFrame, since: date) -> Finding:
    name, mine = f"equation.{reading}", found.filter(pl.col("author") == "me")
    late, early = mine.filter(pl.col("week") >= since), mine.filter(pl.col("week") < since)
    lately, before = _enough(late, reading), _enough(early, reading)
    if lately is None:
        return too_little(name, late.height, "share")
    facts: dict[str, Fact] = {
        "k": int(late["yes"].sum()),
        "n_weeks": lately.n_weeks,
        "weeks_yes": late.filter("yes")["week"].n_unique(),
        "since": str(since),
        **_beside(lately, before),
    }
    if reading == "time":
        both = found.filter(pl.col("week") >= since)
        facts |= {"k_between": int(both["yes"].sum()), "n_between": both.height}
    shown = late if reading == "tone" else late.filter("yes")
    rows = spread_rows(shown["answer" if reading == "time" else "row"])
    return Finding(name, lately.share, (lately.low, lately.high), lately.n, "share", rows, facts)


def _enough(mine: pl.DataFrame, reading: Reading) -> Stretch | None:
    """The share over a stretch; None where it holds too little."""
    if mine.height < FEWEST[reading] or mine["week"].n_unique() < FEWEST_WEEKS:
        return None
    return stretch_of(mine)


def _beside(lately: Stretch, before: Stretch | None) -> dict[str, Fact]:
    """The time before and the difference from it."""
    names = ("before", "before_low", "before_high", "n_before", "change", "change_low", "change_high")
    if before is None:
        return dict.fromkeys(names)
    values = (before.share, before.low, before.high, before.n, *difference(lately, before))
    return dict(zip(names, values, strict=True))

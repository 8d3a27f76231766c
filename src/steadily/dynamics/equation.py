"""
The Equation: tone, transparency and time, week by week, of my own messages. Three readings; they are never added up.

**Source.** A memory aid (Tone + Transparency + Time); we found no study of the three terms together, so no score is made of them
(EVIDENCE.md §1). Behaviors are those of the codebook. Weekly shares are drawn toward one's own usual share (empirical Bayes with a beta
prior; Kleinman 1973, 10.1080/01621459.1973.10481332); intervals of several weeks are Wilson's (1927), with as many cases as weeks that
hang together are worth. **Formula.** Tone: of my messages that are warm, harsh or pressing, the share that is warm and neither of the
others. Transparency: of all my messages, the share that names a feeling, a need or a part of my own, without harshness. Time: of the
strained turns of the other (harsh, pressing for an answer, shutting down) that I answered within a day, the share that I met with
warmth, ownership or a move to mend, a kind pause among them, and without harshness, pressure or shutting down. A week's share is
(k / d + a) / (n / d + a + b): d is how much more the days of a week differ than chance would have it; a and b come from
how much weeks differ, at the upper end of what their number leaves open. Lately is the last `LATELY` weeks; the difference from the time
before has Newcombe's interval (1998, Statistics in Medicine 17, 873). **Limits.** A model misses much of what is there and sees some
that is not: the level of a share means little, its course more. No voice, no look is in it. A strained turn that a call answered is not
counted.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

import numpy as np
import polars as pl

from steadily.conversation import split_sessions
from steadily.dynamics.day_signals import CARRIED_BY
from steadily.dynamics.days import with_days
from steadily.dynamics.finding import Fact, Finding, spread_rows, too_little
from steadily.dynamics.uncertainty import LEVEL

Reading = Literal["tone", "transparency", "time"]
READINGS: tuple[Reading, ...] = get_args(Reading)
LATELY = 8
FEWEST_WEEKS = 4
"""Weeks with something to count that lately, and the time before, must each hold."""
FEWEST: dict[Reading, int] = {"tone": 20, "transparency": 60, "time": 12}
"""Messages or moments that lately, and the time before, must each hold."""
ANSWERED = timedelta(days=1)
MOST_ALIKE = 8.0
"""Days are never taken to differ more than so many times what chance gives."""
CAUTION = 1.645
"""How many standard errors above its estimate the spread between weeks is taken: few weeks cannot show that they are alike."""
MET = ("warm", "ownership", "repair")
UNMET = ("harsh", "pressure", "distance", "danger")


class Prior(NamedTuple):
    """
    What a week is usually like for one person.

    Attributes:
        yes: Usual cases that are so (a).
        no: Usual cases that are not (b).
        alike: How many cases of a week are worth one (d).
    """

    yes: float
    no: float
    alike: float


class Stretch(NamedTuple):
    """The share over some weeks: `share`, its interval, and how many cases `n` and weeks with a case it rests on."""

    share: float
    low: float
    high: float
    n: int
    n_weeks: int


def cases(messages: pl.DataFrame) -> dict[Reading, pl.DataFrame]:
    """
    What the three readings count.

    Args:
        messages: One conversation, coded. Reads `conversation_id`, `row`, `sent_at`, `local_time`, `author`, `kind`, and the codes.

    Returns:
        Reading → one row per case of either partner: `row` (for time the first of the strained turn), `day`, `week`, `author` (whose
        message, or whose answer), `yes`.
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
        table = table.join(_weekly(found.filter(pl.col("author") == "me"), reading), on="week", how="left")
    return table.with_columns(pl.col("^n_.*$").fill_null(0)).sort("week")


def week_prior(days: pl.DataFrame) -> Prior:
    """
    What a week is usually like.

    Args:
        days: One row per day: `week`, `k` (cases that were so), `n` (cases, at least 1).

    Returns:
        The prior of a week's share, and how alike the cases of a day are.
    """
    alike = _alike(days)
    weeks = days.group_by("week").agg(pl.col("k", "n").sum())
    n = weeks["n"].to_numpy() / alike
    k = weeks["k"].to_numpy() / alike
    total = n.sum()
    share = (k.sum() + 0.5) / (total + 1)
    spread = float((n * (k / n - share) ** 2).sum()) / (share * (1 - share))
    more = float(((n - 1) * (1 - n / total)).sum())
    chance = len(n) - 1 - CAUTION * float(np.sqrt(2 * (len(n) - 1)))
    # The prior never outweighs all that was seen.
    theirs = float(np.clip((spread - chance) / more if more > 0 else 0.5, 1 / (1 + total), 0.5))
    firmness = (1 - theirs) / theirs
    return Prior(share * firmness, (1 - share) * firmness, alike)


def _alike(days: pl.DataFrame) -> float:
    """How many times more the days of a week differ than chance alone would make them."""
    k, n = pl.col("k"), pl.col("n")
    share, whole = k.sum().over("week") / n.sum().over("week"), n.sum().over("week")
    sums = days.select(seen=((k - share * n) ** 2).sum(), chance=(share * (1 - share) * n * (1 - n / whole)).sum())
    seen, chance = sums.row(0)
    return float(np.clip(seen / chance, 1.0, MOST_ALIKE)) if chance else 1.0


def _by_day(found: pl.DataFrame) -> pl.DataFrame:
    return found.group_by("week", "day").agg(k=pl.col("yes").sum().cast(pl.Int64), n=pl.len().cast(pl.Int64))


def _weekly(mine: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    from scipy.stats import beta

    days = _by_day(mine)
    prior = week_prior(days) if days.height else Prior(1.0, 1.0, 1.0)
    weeks = days.group_by("week").agg(pl.col("k", "n").sum())
    yes = weeks["k"].to_numpy() / prior.alike + prior.yes
    no = (weeks["n"] - weeks["k"]).to_numpy() / prior.alike + prior.no
    tail = (1 - LEVEL) / 2
    return weeks.select(
        "week",
        pl.Series(reading, yes / (yes + no), dtype=pl.Float64),
        pl.Series(f"{reading}_low", beta.ppf(tail, yes, no), dtype=pl.Float64),
        pl.Series(f"{reading}_high", beta.ppf(1 - tail, yes, no), dtype=pl.Float64),
        pl.col("n").alias(f"n_{reading}"),
    )


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
        author=pl.col("author").shift(-1), yes=pl.col("met").shift(-1), counts=by_the_other & in_time
    )
    return answers.filter(pl.col("strained") & pl.col("counts")).select("row", "day", "week", "author", "yes")


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
    lately, before = _stretch(late, reading), _stretch(early, reading)
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
    shown = late.filter("yes") if reading == "transparency" else late
    return Finding(name, lately.share, (lately.low, lately.high), lately.n, "share", spread_rows(shown["row"]), facts)


def _stretch(mine: pl.DataFrame, reading: Reading) -> Stretch | None:
    """The share over all weeks of a stretch; None where it holds too little."""
    days = _by_day(mine)
    weeks = days.group_by("week").agg(pl.col("k", "n").sum())
    if mine.height < FEWEST[reading] or weeks.height < FEWEST_WEEKS:
        return None
    k, n = (weeks[name].to_numpy().astype(np.float64) for name in ("k", "n"))
    share = float(k.sum() / n.sum())
    variance = float(((k - share * n) ** 2).sum()) * len(n) / (len(n) - 1) / float(n.sum()) ** 2
    worth = float(n.sum()) / _alike(days)
    worth = min(worth, share * (1 - share) / variance) if variance else worth
    low, high = _wilson(share, worth, len(n))
    return Stretch(share, low, high, mine.height, weeks.height)


def _wilson(share: float, worth: float, n_weeks: int) -> tuple[float, float]:
    """Wilson's interval of a share from so many cases' worth, with Student's quantile for the few weeks behind its variance."""
    from scipy.stats import t

    z = float(t.ppf(1 - (1 - LEVEL) / 2, n_weeks - 1))
    middle, half = share + z**2 / (2 * worth), z * float(np.sqrt(share * (1 - share) / worth + (z / (2 * worth)) ** 2))
    return max((middle - half) / (1 + z**2 / worth), 0.0), min((middle + half) / (1 + z**2 / worth), 1.0)


def _beside(lately: Stretch, before: Stretch | None) -> dict[str, Fact]:
    """The time before and the difference from it."""
    names = ("before", "before_low", "before_high", "n_before", "change", "change_low", "change_high")
    if before is None:
        return dict.fromkeys(names)
    change = lately.share - before.share
    down = float(np.hypot(lately.share - lately.low, before.high - before.share))
    up = float(np.hypot(lately.high - lately.share, before.share - before.low))
    return dict(
        zip(names, (before.share, before.low, before.high, before.n, change, change - down, change + up), strict=True)
    )

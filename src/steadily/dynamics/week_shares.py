"""
Shares by the week and over several weeks, with intervals that know that cases of one day, and of one week, hang together.

**Source.** Empirical Bayes with a beta prior fitted by moments (Kleinman 1973, 10.1080/01621459.1973.10481332); Wilson's interval (1927)
with the number of cases that clustered ones are worth. **Formula.** A week's share is (k / d + a) / (n / d + a + b), its interval that
of Beta(k / d + a, (n − k) / d + b): d is how many times more days of a week differ than chance would make them (1 to
`MOST_ALIKE`); a and b come from how much weeks differ, `CAUTION` standard errors above the estimate, and never count for more than
`MOST_WEEKS` ordinary weeks. The share over several weeks rests on as many cases as its variance between weeks is worth, n / d at most.
**Limits.** Where all weeks are alike, the intervals of single weeks are too wide.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from steadily.dynamics.uncertainty import LEVEL

MOST_ALIKE = 8.0
CAUTION = 1.645
"""Few weeks cannot show that they are alike, so their spread is taken at the upper end of what their number leaves open."""
MOST_WEEKS = 2.0
"""What is usual never counts for more than so many ordinary weeks, so that a week that holds little always shows it."""


class Prior(NamedTuple):
    """
    What a week is usually like.

    Attributes:
        yes: Usual cases that are so (a).
        no: Usual cases that are not (b).
        alike: How many cases of a day are worth one (d).
    """

    yes: float
    no: float
    alike: float


class Stretch(NamedTuple):
    """
    The share over some weeks.

    Attributes:
        share: The share, 0 to 1.
        low: Lower end of its 90 % interval.
        high: Upper end.
        n: Cases.
        n_weeks: Weeks with a case.
    """

    share: float
    low: float
    high: float
    n: int
    n_weeks: int


def by_day(cases: pl.DataFrame) -> pl.DataFrame:
    """
    Cases counted by day.

    Args:
        cases: One row per case: `week`, `day`, `yes`.

    Returns:
        One row per day with a case: `week`, `day`, `k` (cases that were so), `n` (all).
    """
    return cases.group_by("week", "day").agg(k=pl.col("yes").sum().cast(pl.Int64), n=pl.len().cast(pl.Int64))


def week_prior(days: pl.DataFrame) -> Prior:
    """
    What a week is usually like.

    Args:
        days: What `by_day` returns, at least one row.

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
    least = 1 / (1 + MOST_WEEKS * float(np.median(n)))
    theirs = float(np.clip((spread - chance) / more if more > 0 else 0.5, least, 0.5))
    firmness = (1 - theirs) / theirs
    return Prior(float(share * firmness), float((1 - share) * firmness), alike)


def week_shares(cases: pl.DataFrame, name: str) -> pl.DataFrame:
    """
    The share of each week.

    Args:
        cases: As for `by_day`.
        name: What the share is called.

    Returns:
        One row per week with a case: `week`, the share, its 90 % interval (`…_low`, `…_high`), and `n_…`, the cases.
    """
    from scipy.stats import beta

    days = by_day(cases)
    prior = week_prior(days) if days.height else Prior(1.0, 1.0, 1.0)
    weeks = days.group_by("week").agg(pl.col("k", "n").sum())
    yes = weeks["k"].to_numpy() / prior.alike + prior.yes
    no = (weeks["n"] - weeks["k"]).to_numpy() / prior.alike + prior.no
    tail = (1 - LEVEL) / 2
    return weeks.select(
        "week",
        pl.Series(name, yes / (yes + no), dtype=pl.Float64),
        pl.Series(f"{name}_low", np.asarray(beta.ppf(tail, yes, no)), dtype=pl.Float64),
        pl.Series(f"{name}_high", np.asarray(beta.ppf(1 - tail, yes, no)), dtype=pl.Float64),
        pl.col("n").alias(f"n_{name}"),
    )


def stretch_of(cases: pl.DataFrame) -> Stretch:
    """
    The share over all weeks together.

    Args:
        cases: As for `by_day`, from two weeks or more.

    Returns:
        The share with its interval.
    """
    days = by_day(cases)
    weeks = days.group_by("week").agg(pl.col("k", "n").sum())
    k, n = (weeks[name].to_numpy().astype(np.float64) for name in ("k", "n"))
    share = float(k.sum() / n.sum())
    variance = float(((k - share * n) ** 2).sum()) * len(n) / (len(n) - 1) / float(n.sum()) ** 2
    worth = float(n.sum()) / _alike(days)
    worth = min(worth, share * (1 - share) / variance) if variance else worth
    low, high = _wilson(share, worth, len(n))
    return Stretch(share, min(low, share), max(high, share), cases.height, weeks.height)


def difference(after: Stretch, before: Stretch) -> tuple[float, float, float]:
    """How much higher a share is after than before, with its 90 % interval (Newcombe 1998, Statistics in Medicine 17, 873)."""
    change = after.share - before.share
    down = float(np.hypot(after.share - after.low, before.high - before.share))
    up = float(np.hypot(after.high - after.share, before.share - before.low))
    return change, change - down, change + up


def _alike(days: pl.DataFrame) -> float:
    """How many times more the days of a week differ than chance alone would make them."""
    k, n = pl.col("k"), pl.col("n")
    share, whole = k.sum().over("week") / n.sum().over("week"), n.sum().over("week")
    sums = days.select(seen=((k - share * n) ** 2).sum(), chance=(share * (1 - share) * n * (1 - n / whole)).sum())
    seen, chance = sums.row(0)
    return float(np.clip(seen / chance, 1.0, MOST_ALIKE)) if chance else 1.0


def _wilson(share: float, worth: float, n_weeks: int) -> tuple[float, float]:
    """Wilson's interval of a share from so many cases' worth, with Student's quantile for the few weeks behind its variance."""
    from scipy.stats import t

    z = float(t.ppf(1 - (1 - LEVEL) / 2, n_weeks - 1))
    middle, half = share + z**2 / (2 * worth), z * float(np.sqrt(share * (1 - share) / worth + (z / (2 * worth)) ** 2))
    return max((middle - half) / (1 + z**2 / worth), 0.0), min((middle + half) / (1 + z**2 / worth), 1.0)

"""
How often the ranges of check-in curves hold what is true, on simulated diaries.

    python benchmarks/check_ins.py [--n 1000] [--seed 5]

A diary has 14 to 180 days, of which 20 to 60 of every 100 are missing (in a third of diaries a fifth of them in one stretch), and noise
of 0.5 to 2.2 points, rounded to whole points and cut off at 0 and 10. Four kinds make up the figure: flat, wandering, a steady trend,
and one jump. Harder kinds are reported apart: noise that carries over from day to day, levels near the end of the slider, and worse
days skipped more often. The true level of a day is the answer that was to be expected on it.
"""

from __future__ import annotations

import argparse
import platform
import time
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from steadily.program.local_level import MONTH_DAYS
from steadily.program.trust import NEAR, Curve, curve

Numbers = npt.NDArray[np.float64]
START = date(2026, 1, 1)
KINDS = ("flat", "wandering", "trend", "jump")
HARDER = ("carry-over", "near the end", "skips bad days")
CARRIED = 0.3
HEAD = "kind               n   level  (latent)  at the end  spread  trend told  wrong way  found  n moved  same, but was not"


@dataclass(frozen=True)
class Diary:
    """
    One person's answers and what is true.

    Attributes:
        points: What was answered.
        until: The last day.
        expected: The answer to be expected on each day since the first answer, (days,).
        latent: The level before rounding and the ends of the slider, (days,).
        spread: How far answers typically lie from what was to be expected.
    """

    points: dict[date, int]
    until: date
    expected: Numbers
    latent: Numbers
    spread: float


def diary(rng: np.random.Generator, kind: str) -> Diary:
    """Draw one."""
    n_days, noise, base = int(rng.integers(14, 181)), rng.uniform(0.5, 2.2), rng.uniform(3, 8)
    level = np.clip(_level(rng, kind, n_days, base), 0, 10)
    errors = rng.normal(0, 1, n_days)
    if kind == "carry-over":
        for day in range(1, n_days):
            errors[day] = CARRIED * errors[day - 1] + np.sqrt(1 - CARRIED**2) * errors[day]
    answers = np.round(np.clip(level + noise * errors, 0, 10)).astype(int)
    missing = rng.uniform(0.2, 0.6)
    odds = np.where(errors < 0, 1.4 * missing, 0.6 * missing) if kind == "skips bad days" else missing
    there = rng.random(n_days) >= odds
    if rng.random() < 1 / 3:
        gap = int(rng.integers(0, n_days))
        there[gap : gap + n_days // 5] = False
    there[0] |= not there.any()
    first = int(np.flatnonzero(there)[0])
    expected, variance = expected_answers(level, noise)
    return Diary(
        points={START + timedelta(days=int(day)): int(answers[day]) for day in np.flatnonzero(there)},
        until=START + timedelta(days=n_days - 1),
        expected=expected[first:],
        latent=level[first:],
        spread=float(np.sqrt(variance[first:].mean())),
    )


def _level(rng: np.random.Generator, kind: str, n_days: int, base: float) -> Numbers:
    days = np.arange(n_days)
    if kind == "wandering":
        return np.asarray(base + np.cumsum(rng.normal(0, rng.uniform(0.05, 0.25), n_days)))
    if kind == "trend":
        return np.asarray(base + rng.choice([-1, 1]) * rng.uniform(1, 4) * (days / (n_days - 1) - 0.5))
    if kind == "jump":
        return np.asarray(
            base + rng.choice([-1, 1]) * rng.uniform(1.5, 4) * (days >= rng.integers(n_days // 5, n_days - n_days // 5))
        )
    return np.full(n_days, rng.uniform(8.5, 10) if kind == "near the end" else base)


def expected_answers(level: Numbers, noise: float) -> tuple[Numbers, Numbers]:
    """Mean and variance of a rounded answer that is cut off at 0 and 10, (days,) each."""
    answers = np.arange(11)
    ends = np.concatenate(([-np.inf], answers[:-1] + 0.5, [np.inf]))
    odds = np.diff(norm.cdf((ends - level[:, None]) / noise), axis=1)
    mean = odds @ answers
    return mean, odds @ answers**2 - mean**2


def measured(rng: np.random.Generator, kind: str) -> tuple[float, ...]:
    """What the curve of one diary got right: shares and yes or no; NaN where it does not apply."""
    one = diary(rng, kind)
    found = curve(one.points, one.until)
    low, high = np.array(found.low), np.array(found.high)
    held = (low <= one.expected) & (one.expected <= high)
    latent = (low <= one.latent) & (one.latent <= high)
    n_days = min(MONTH_DAYS, len(found.days) - 1)
    moved = one.expected[-1] - one.expected[-1 - n_days]
    assert found.spread_low is not None
    assert found.spread_high is not None
    told = told_trend(found)
    claims, same = (np.nan, np.nan) if told is None else (float(told not in ("", "same")), float(told == "same"))
    sign = {"higher": 1, "lower": -1}.get(told or "", 0)
    return (
        *(held.mean(), latent.mean(), held[-1], found.spread_low <= one.spread <= found.spread_high),
        *(
            claims,
            sign * moved < 0 if claims == 1 else np.nan,
            sign * moved > 0 if told is not None and abs(moved) >= 1 else np.nan,
        ),
        abs(moved) > NEAR if same == 1 else np.nan,
    )


def told_trend(found: Curve) -> str | None:
    """`higher`, `lower`, `same` or nothing; None where the curve says that there is too little of everything."""
    if "Lately around" not in found.said:
        return None
    return next(
        (
            word
            for sign, word in (("is higher", "higher"), ("is lower", "lower"), ("much as", "same"))
            if sign in found.said
        ),
        "",
    )


def share(column: Numbers) -> str:
    """Of those to which it applies."""
    return "-" if np.isnan(column).all() else f"{np.nanmean(column):.1%}"


def report(kind: str, rows: Numbers) -> None:
    """Print one line."""
    shares = [f"{share(rows[:, at]):>{width}}" for at, width in enumerate((6, 8, 10, 6, 10, 9, 5))]
    n_moved = int(np.isfinite(rows[:, 6]).sum())
    print(f"{kind:15} {len(rows):5}  {'  '.join(shares)}  {n_moved:7}  {share(rows[:, 7]):>17}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    each = arguments.n // len(KINDS)
    began = time.perf_counter()
    print(f"{date.today()}, Python {platform.python_version()}, seed {arguments.seed}\n{HEAD}")  # noqa: DTZ011
    found = {kind: np.array([measured(rng, kind) for _ in range(each)], dtype=float) for kind in (*KINDS, *HARDER)}
    for kind in KINDS:
        report(kind, found[kind])
    report("all four", np.concatenate([found[kind] for kind in KINDS]))
    for kind in HARDER:
        report(kind, found[kind])
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()

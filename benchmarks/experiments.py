"""
How honest the experiments of the program are, and how much they can show.

    python benchmarks/experiments.py [--n 3000] [--seed 7]

Answers, 0 to 10 in whole numbers, are drawn around a level that hangs together from day to day (first-order autocorrelation), drifts, has
its weekdays and now and then a hard week; 10 to 40 % of the days have no answer, and the act is not always done on drawn days and now and
then on others. What is planted is known, so it can be counted how often the 90 % interval holds it, how often a difference is called where
there is none, and how often one is called where there is one. Everything goes through the functions that the app calls.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import numpy as np
from scipy import stats

from steadily.program.entries import CheckIn, Experiment
from steadily.program.experiment_draw import AHEAD, Bools, drawn, redraws
from steadily.program.experiment_effect import Difference, compare, effect
from steadily.program.experiment_power import ANSWERED, days_needed
from steadily.program.experiments import LENGTHS

START = date(2026, 1, 5)
LEVEL, SPREAD = 5.5, 1.5
FIRST_LOOK, FEW = 14, 5


@dataclass(frozen=True)
class Life:
    """
    How the weeks of an experiment go.

    Attributes:
        n_days: How long it runs.
        r: How much a day is like the one before.
        change: Points that the act adds to a day on which it is done.
        spread: Standard deviation of the level around its course.
        drift: Points from the first day to the last.
        weekdays: Standard deviation of what a weekday adds.
        hard_week: Whether there is a week two points lower.
        unanswered: Share of days without an answer.
        is_answered_less_when_low: Whether low days go without an answer more often.
        done: Share of drawn days on which it is done.
        done_others: Share of others.
        lingers: How much of the act's points the next day still has.
    """

    n_days: int = 40
    r: float = 0.3
    change: float = 0.0
    spread: float = SPREAD
    drift: float = 0.0
    weekdays: float = 0.0
    hard_week: bool = False
    unanswered: float = 0.2
    is_answered_less_when_low: bool = False
    done: float = 1.0
    done_others: float = 0.0
    lingers: float = 0.0

    @property
    def truth(self) -> float:
        """What drawing a day adds to it."""
        return self.change * (self.done - self.done_others)


def some_life(rng: np.random.Generator, n_days: int, change: float) -> Life:
    """Weeks as they may be: everything at once."""
    return Life(
        n_days,
        float(rng.choice([0.0, 0.3, 0.6])),
        change,
        float(rng.choice([1.0, 1.5, 2.0])),
        float(rng.normal(0, 1.5)),
        0.5,
        bool(rng.random() < 1 / 3),
        float(rng.uniform(0.1, 0.4)),
        done=float(rng.choice([1.0, 0.8, 0.6])),
        done_others=float(rng.choice([0.0, 0.1])),
    )


def lived(rng: np.random.Generator, life: Life, kinds: Bools) -> np.ndarray:
    """The answers of all days, NaN where there is none."""
    n = life.n_days
    level = np.empty(n)
    level[0] = rng.normal()
    for day in range(1, n):
        level[day] = life.r * level[day - 1] + rng.normal() * np.sqrt(1 - life.r**2)
    was_done = rng.random(n) < np.where(kinds, life.done, life.done_others)
    added = life.change * was_done
    added[1:] += life.lingers * life.change * was_done[:-1]
    course = LEVEL + life.drift * np.linspace(-0.5, 0.5, n) + rng.normal(0, life.weekdays, 7)[np.arange(n) % 7]
    if life.hard_week:
        first = rng.integers(0, n - 6)
        course[first : first + 7] -= 2
    points = np.clip(np.round(course + life.spread * level + added), 0, 10)
    share = np.full(n, life.unanswered)
    if life.is_answered_less_when_low:
        share = np.where(level < 0, 1.6, 0.4) * life.unanswered
    points[rng.random(n) < share] = np.nan
    return points


def shown(rng: np.random.Generator, life: Life) -> Difference | None:
    """What the app would show."""
    seed = int(rng.integers(2**62))
    points = lived(rng, life, drawn(seed, life.n_days))
    days = [START + timedelta(days=n) for n in range(life.n_days)]
    check_ins = [CheckIn(day, safety=int(one)) for day, one in zip(days, points, strict=True) if not np.isnan(one)]
    found = effect(Experiment("an act", "safety", START, life.n_days, seed), check_ins, days[-1] + timedelta(days=1))
    return found.difference if found else None


def counted(found: list[tuple[Difference | None, float]]) -> str:
    """One line: how often the truth was held, a difference called, and nothing said; how wide the intervals are."""
    said = [(one, truth) for one, truth in found if one is not None]
    held = np.mean([one.low <= truth <= one.high for one, truth in said])
    called = np.mean([one.is_clear for one, _ in said])
    off = np.mean([one.estimate - truth for one, truth in said])
    width = np.median([one.high - one.low for one, _ in said])
    silent = len(found) - len(said)
    return f"held {held:6.1%}   called {called:6.1%}   off by {off:+.2f}   width {width:.2f}   nothing said {silent} of {len(found)}"


def honesty(rng: np.random.Generator, n: int) -> None:
    """Everything at once, by what is planted."""
    print(f"\nEverything at once, {n} experiments for each change, a third of each length")
    for change in (0.0, 0.5, 1.0):
        found = {n_days: [] for n_days in LENGTHS}  # type: dict[int, list[tuple[Difference | None, float]]]
        for number in range(n):
            life = some_life(rng, LENGTHS[number % len(LENGTHS)], change)
            found[life.n_days].append((shown(rng, life), life.truth))
        print(f"  change {change}: {counted([one for part in found.values() for one in part])}")
        for n_days, part in found.items():
            print(f"    {n_days} days: {counted(part)}")


def hard_cases(rng: np.random.Generator, n: int) -> None:
    """One thing at a time, drawn far."""
    print(f"\nOne thing at a time, 40 days, {n} experiments each; change 0, then change 1")
    cases: Mapping[str, Life] = {
        "nothing else": Life(r=0.0),
        "days hang together, r = 0.6": Life(r=0.6),
        "days hang together, r = 0.8": Life(r=0.8),
        "four points of drift": Life(drift=4),
        "strong weekdays": Life(weekdays=1.5),
        "40 % without an answer": Life(unanswered=0.4),
        "low days answered less": Life(unanswered=0.35, is_answered_less_when_low=True),
        "half done, a fifth of the others": Life(done=0.5, done_others=0.2),
        "small spread, coarse answers": Life(spread=0.6),
        "half of it lingers a day": Life(lingers=0.5),
    }
    for (name, life), change in product(cases.items(), (0.0, 1.0)):
        planted = replace(life, change=change)
        print(f"  {name + f', {change:.0f}':36} {counted([(shown(rng, planted), planted.truth) for _ in range(n)])}")


def promised(rng: np.random.Generator, n: int) -> None:
    """Whether the days that are promised before show the change in four of five."""
    print(f"\nPromised days, every day 80 % answered, {n} experiments each: a change of so much is called in")
    for spread, r, change in (
        (0.8, 0.2, 0.5),
        (1.0, 0.0, 1.0),
        (1.0, 0.5, 0.5),
        (1.5, 0.2, 1.0),
        (1.5, 0.5, 1.0),
        (2.0, 0.3, 1.5),
    ):
        seen = float(np.sqrt(spread**2 + 1 / 12))
        n_days = days_needed(seen, r, change) or 0
        life = Life(n_days + n_days % 2, r, change, spread, unanswered=1 - ANSWERED)
        found = [shown(rng, life) for _ in range(n)]
        called = np.mean([one is not None and one.is_clear for one in found])
        print(f"  spread {spread}, r = {r}, change {change}: {n_days} days, {called:.1%}")


def peeking(rng: np.random.Generator, n: int) -> None:
    """What looking every day would do."""
    called = 0
    for _ in range(n):
        kinds, everything = drawn(int(rng.integers(2**62)), 56), redraws(56)
        points = lived(rng, Life(56), kinds)
        for until in range(FIRST_LOOK, 57):
            days = np.flatnonzero(~np.isnan(points[:until]))
            if compare(days, kinds[days], points[days], everything[:999, days]).is_clear:
                called += 1
                break
    print(
        f"\nLooking every day from day {FIRST_LOOK} of 56, and stopping when it looks clear: called where nothing is in {called / n:.1%}"
    )


def coin(rng: np.random.Generator, n: int, n_days: int) -> Bools:
    """Each day by a coin."""
    return rng.random((n, n_days)) < 0.5


def blocks(size: int) -> Callable[[np.random.Generator, int, int], Bools]:
    """Half of each block of so many days."""

    def draw(rng: np.random.Generator, n: int, n_days: int) -> Bools:
        order = np.argsort(rng.random((n, n_days // size, size)), axis=2)
        return (order < size // 2).reshape(n, n_days)

    return draw


def ours(rng: np.random.Generator, n: int, n_days: int) -> Bools:
    """The draw of the app."""
    return redraws(n_days)[rng.choice(len(redraws(n_days)), n, replace=n > len(redraws(n_days)))]


def foreseen(kinds: Bools, size: int, most: int) -> float:
    """
    Share of days that somebody who knows the rule and remembers every day knows the evening before.

    Args:
        kinds: Drawn days, shape (n, n_days).
        size: Days within which both kinds come equally often.
        most: How far one kind can be ahead.
    """
    steps = np.where(kinds, 1, -1).reshape(-1, size)
    ahead = np.cumsum(steps, axis=1) - steps
    left = size - np.arange(size)
    return float(np.mean((np.abs(ahead) == most) | (np.abs(ahead) == left)))


def by_a_model(points: np.ndarray, kinds: Bools) -> Difference:
    """A plain t interval, as if days did not hang together."""
    there = ~np.isnan(points)
    one, other = points[there & kinds], points[there & ~kinds]
    found = stats.ttest_ind(one, other)
    low, high = found.confidence_interval(0.9)
    return Difference(float(one.mean() - other.mean()), float(low), float(high), float(found.pvalue))


def by_blocks(points: np.ndarray, kinds: Bools) -> Difference:
    """A t interval of the differences within blocks of four days that have answers of both kinds."""
    pairs = []
    for block, kind in zip(points.reshape(-1, 4), kinds.reshape(-1, 4), strict=True):
        one, other = block[kind & ~np.isnan(block)], block[~kind & ~np.isnan(block)]
        if len(one) and len(other):
            pairs.append(one.mean() - other.mean())
    found = stats.ttest_1samp(pairs, 0)
    low, high = found.confidence_interval(0.9)
    return Difference(float(np.mean(pairs)), float(low), float(high), float(found.pvalue))


def designs(rng: np.random.Generator, n: int) -> None:
    """Other draws and other intervals, on the same kind of weeks."""
    print(f"\nOther ways, 40 days, drift 2, weekdays 0.5, a fifth unanswered, {n} experiments each")
    draws = {"coin": coin, "blocks of two": blocks(2), "blocks of four": blocks(4), "ours": ours}
    for name, size, most in (("blocks of two", 2, 1), ("blocks of four", 4, 2), ("ours", 40, AHEAD)):
        print(
            f"  {name}: {foreseen(draws[name](rng, 4000, 40), size, most):.0%} of the days are known the evening before by who counts"
        )
    for (name, draw), (r, change) in product(draws.items(), ((0.0, 0.0), (0.6, 0.0), (0.3, 1.0))):
        others, life = draw(rng, 1999, 40), Life(40, r, change, drift=2, weekdays=0.5)
        for way, found in _ways(rng, n, life, draw(rng, n, 40), others, name):
            print(f"  {name + ', ' + way:34} r = {r}, change {change:.0f}: {counted(found)}")


def _ways(
    rng: np.random.Generator, n: int, life: Life, kinds: Bools, others: Bools, name: str
) -> Iterator[tuple[str, list[tuple[Difference | None, float]]]]:
    weeks = [lived(rng, life, kinds[number]) for number in range(n)]
    there = [np.flatnonzero(~np.isnan(points)) for points in weeks]
    redrawn = [
        compare(days, kinds[at, days], points[days], others[:, days])
        for at, (points, days) in enumerate(zip(weeks, there, strict=True))
    ]
    yield "redrawn", [(one, life.truth) for one in redrawn]
    if name in ("coin", "ours"):
        yield "plain t", [(by_a_model(points, kinds[at]), life.truth) for at, points in enumerate(weeks)]
    if name == "blocks of four":
        yield "t of blocks", [(by_blocks(points, kinds[at]), life.truth) for at, points in enumerate(weeks)]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--n", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    print(f"seed {arguments.seed}; intervals of 90 %, called at 10 % two-sided")
    honesty(rng, arguments.n)
    hard_cases(rng, arguments.n // 3)
    promised(rng, arguments.n // 3)
    peeking(rng, arguments.n // 6)
    designs(rng, arguments.n // 3)


if __name__ == "__main__":
    main()

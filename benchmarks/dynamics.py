"""
How well the look back finds what was planted: phases, the loop, ruptures, rituals.

    PYTHONPATH=. python benchmarks/dynamics.py [--seeds 26] [--first 1] [--speed]

So many seeds for each of the eight kinds of `steadily.synthetic.variety`: rates, vocabulary, app, missing months, zone and roles are
drawn. Codes come from the fast model that ships, not from the generator. `--speed` takes the time of every measure on 100,000 and on
1,000,000 coded messages, made by putting copies of a couple one after the other.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from time import perf_counter

import polars as pl

from steadily.dynamics import MEASURES
from steadily.dynamics.change_points import phases
from steadily.dynamics.demand_withdraw import loop
from steadily.dynamics.rupture_repair import Rupture, find_rupture_repair, ruptures
from steadily.pipeline import code_conversation, coded_messages
from steadily.synthetic import SyntheticCouple, make_couple
from steadily.synthetic.plan import MANNERS, Phase, PlantedRupture, Truth
from steadily.synthetic.variety import KINDS, STABLE, plan_of_kind

WITHIN_DAYS = 14
WITHIN = timedelta(minutes=30)
SIZES = (100_000, 1_000_000)
LONGER = timedelta(days=1)


@dataclass
class Tally:
    """What came of the couples of one kind."""

    n: int = 0
    changes: int = 0
    changes_found: int = 0
    false_changes: int = 0
    loops: Counter[str] = field(default_factory=Counter)
    hits: int = 0
    planted: int = 0
    found: int = 0
    mended_right: int = 0
    shares: int = 0
    shares_held: int = 0
    plans_held: int = 0

    @property
    def f1(self) -> float:
        """Of ruptures."""
        return 2 * self.hits / max(1, self.planted + self.found)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--seeds", type=int, default=26)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    if arguments.speed:
        speed()
        return
    tallies: dict[str, Tally] = defaultdict(Tally)
    for seed in range(arguments.first, arguments.first + arguments.seeds):
        for place, kind in enumerate(KINDS):
            couple = make_couple(plan_of_kind(kind, seed=seed), seed=seed * 100 + place)
            add(tallies[kind], kind, couple, coded(couple))
    show(tallies)


def coded(couple: SyntheticCouple) -> pl.DataFrame:
    """The couple's messages with the codes of the model that ships."""
    return coded_messages(couple.conversation, code_conversation(couple.conversation))


def add(tally: Tally, kind: str, couple: SyntheticCouple, messages: pl.DataFrame) -> None:
    """Count what was found in one couple."""
    truth = couple.truth
    tally.n += 1
    starts = [one.start for one in phases(messages)[1:]]
    for phase in truth.plan.phases[1:]:
        tally.changes += 1
        tally.changes_found += any(abs((start - phase.start).days) <= WITHIN_DAYS for start in starts)
    tally.false_changes += kind in STABLE and bool(starts)
    found = loop(messages)
    told = (found.reaching or "neither") if found.present else "no loop"
    tally.loops["right" if told == (truth.plan.reaching or "no loop") else told] += 1
    _add_ruptures(tally, truth.ruptures, ruptures(messages))
    _add_share(tally, truth, messages)


def _add_ruptures(tally: Tally, planted: tuple[PlantedRupture, ...], found: tuple[Rupture, ...]) -> None:
    """Each planted rupture is met by one that was found at most: the first that overlaps it, give or take half an hour."""
    left = list(found)
    tally.planted += len(planted)
    tally.found += len(found)
    for one in planted:
        met = next((it for it in left if it.start <= one.end + WITHIN and it.end >= one.start - WITHIN), None)
        if met is None:
            continue
        left.remove(met)
        tally.hits += 1
        tally.mended_right += met.repaired == one.repaired


def _add_share(tally: Tally, truth: Truth, messages: pl.DataFrame) -> None:
    """Whether the interval of the share that was mended holds this couple's own share, and the probability that was planted."""
    share = next(one for one in find_rupture_repair(messages) if one.measure == "rupture_repair.repaired")
    if share.interval is None or not truth.ruptures:
        return
    low, high = share.interval
    planted = [MANNERS[_phase(truth, one).kind].repaired for one in truth.ruptures]
    tally.shares += 1
    tally.shares_held += low <= sum(one.repaired for one in truth.ruptures) / len(truth.ruptures) <= high
    tally.plans_held += low <= sum(planted) / len(planted) <= high


def _phase(truth: Truth, rupture: PlantedRupture) -> Phase:
    day = rupture.start.date()
    return next((one for one in truth.plan.phases if one.start <= day < one.stop), truth.plan.phases[-1])


def show(tallies: dict[str, Tally]) -> None:
    """A line a kind, and all of them."""
    print(f"{sum(one.n for one in tallies.values())} couples, codes of the fast model\n")
    for kind, one in tallies.items():
        print(f"{kind}: {one.n} couples; changes within {WITHIN_DAYS} days {one.changes_found} of {one.changes}; false changes in "
              f"{one.false_changes}; loop {dict(one.loops)}; ruptures F1 {one.f1:.2f} ({one.planted} planted), "
              f"mended or not right {one.mended_right} of {one.hits}, "
              f"interval of the share holds it in {one.shares_held} of {one.shares}")  # fmt: skip
    every = list(tallies.values())
    stable = [tallies[kind] for kind in STABLE if kind in tallies]
    moving = [one for kind, one in tallies.items() if kind not in STABLE]
    right, n = sum(one.loops["right"] for one in moving), sum(one.n for one in moving)
    hits, both = sum(one.hits for one in every), sum(one.planted + one.found for one in every)
    n_stable = sum(one.n for one in stable)
    print(f"\nchanges found {sum(one.changes_found for one in every)} of {sum(one.changes for one in every)}")
    print(f"stable couples with a false change {sum(one.false_changes for one in stable)} of {n_stable}, "
          f"with a false loop {sum(one.n - one.loops['right'] for one in stable)} of {n_stable}")  # fmt: skip
    print(f"roles right {right} of {n}")
    print(
        f"intervals of the share mended that hold it {sum(one.shares_held for one in every)} of {sum(one.shares for one in every)}; "
        f"the planted probability {sum(one.plans_held for one in every)}"
    )
    print(
        f"ruptures F1 {2 * hits / max(1, both):.3f}; mended or not right {sum(one.mended_right for one in every)} of {hits}"
    )


def speed() -> None:
    """Seconds for every measure on many coded messages."""
    one = coded(make_couple(plan_of_kind("drift and return", seed=1), seed=1))
    span = one["sent_at"].max() - one["sent_at"].min() + LONGER  # type: ignore[operator]
    for size in SIZES:
        copies = -(-size // one.height)
        many = pl.concat(
            one.with_columns(pl.col("sent_at", "local_time") + span * copy, row=pl.col("row") + one.height * copy)
            for copy in range(copies)
        ).head(size)
        many = many.with_columns(pl.col("row").cast(pl.UInt32))
        total = 0.0
        for measure in MEASURES:
            began = perf_counter()
            measure.find(many)
            took = perf_counter() - began
            total += took
            print(f"{size:>9,}  {measure.name:<18} {took:6.2f} s")
        print(f"{size:>9,}  {'all':<18} {total:6.2f} s")


if __name__ == "__main__":
    main()

"""
How well the coach does: `python benchmarks/coach.py [--sheet FILE]`.

Pairs and ordinary messages of writers whom no model learned from; drafts of writers whom no rule was written for
(`benchmarks/drafts`). `--sheet` writes the blind comparison for readers; their answers, put into `benchmarks/drafts/readers`, are counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.safety import wilson
from steadily.coach.alternatives import Alternative
from steadily.coach.heard import heard
from steadily.coach.review import Review, review
from steadily.codebook import BEHAVIORS
from training.examples import CALIBRATION, HELD_OUT, pairs, utterances

FOLDER = Path(__file__).parent / "drafts"
WRITERS = ("d2", "d3", "d4")
KINDLY = {one.label for one in BEHAVIORS if one.group in ("warm", "open", "bid")}
N_ORDINARY = 1_000
DRAFT_WORDS = 60
N_TIMED = 100


@dataclass(frozen=True)
class Reworded:
    """A draft, how it was read, and how softly each alternative would land."""

    row: dict[str, Any]
    read: Review
    landings: list[float]


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheet", type=Path, help="where to write the blind comparison for readers")
    options = parser.parse_args()
    every = reworded()
    if options.sheet:
        write_sheet(every, options.sheet)
        return
    show_pairs()
    show_ordinary()
    show_drafts(every)
    show_plain()
    show_readers()
    show_speed()


def reworded() -> list[Reworded]:
    """Every draft of the writers that are measured on."""
    found = []
    for row in (one for name in WRITERS for one in lines(FOLDER / "writers" / f"{name}.jsonl")):
        read = review(row["draft"], row["context"])
        landings = [one.landing for one in heard([one.text for one in read.alternatives], row["context"])]
        found.append(Reworded(row, read, landings))
    return found


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def show_pairs() -> None:
    """Which of two messages for one situation lands softer, as landing ranks them."""
    held = [one for one in pairs() if one.group in HELD_OUT]
    ours = [([line.replace("them:", "partner:") for line in one.context], one.softer, one.harsher) for one in held]
    warm = [(one["context"], one["softer"], one["harsher"]) for one in lines(FOLDER / "warm_pairs.jsonl")]
    share("pairs, the softer ranked softer", [ranked(*one) for one in ours])
    share("pairs in which the harsher has the warmer words", [ranked(*one) for one in warm])


def ranked(context: Sequence[str], softer: str, harsher: str) -> bool:
    """Whether landing ranks the softer softer."""
    one, other = heard([softer, harsher], context)
    return one.landing > other.landing


def show_ordinary() -> None:
    """How many ordinary kind or neutral messages get any remark: of held-out writers first, then of those thresholds were chosen on."""
    kindly = [one for one in utterances() if one.group in HELD_OUT + CALIBRATION and set(one.labels) <= KINDLY]
    ordinary = sorted(kindly, key=lambda one: one.group not in HELD_OUT)
    chosen = np.arange(len(ordinary))[:N_ORDINARY]
    read = [
        review(
            ordinary[place].text, [line.replace("them:", "partner:") for line in ordinary[place].context], reword=False
        )
        for place in chosen.tolist()
    ]
    share("ordinary messages with a remark", [bool(one.remarks) for one in read])
    share("ordinary messages that stop the coach", [one.gate.stops for one in read])


def show_drafts(every: Sequence[Reworded]) -> None:
    """What alternatives keep, do not say, and how they would land."""
    share("drafts that stop the coach", [one.read.gate.stops for one in every])
    share("drafts with an alternative", [bool(one.read.alternatives) for one in every])
    told = [
        (one, other, landing)
        for one in every
        for other, landing in zip(one.read.alternatives, one.landings, strict=True)
    ]
    for kind in (None, "own words", "smallest change", "phrase"):
        mine = [(one, other, landing) for one, other, landing in told if kind in (None, other.kind)]
        print(f"alternatives: {kind or 'all'}, {len(mine)}")
        share("  keep every must-keep", [kept(one.row, other.text) for one, other, _ in mine])
        share("  hold no must-not", [clean(one.row, other.text) for one, other, _ in mine])
        share("  land softer than the draft", [landing > one.read.landing for one, _, landing in mine])


def show_plain() -> None:
    """What careful plain rewrites by others keep and do not say, by the same lists: how far these can be followed at all."""
    plain = {one["id"]: one["text"] for one in lines(FOLDER / "plain.jsonl")}
    rows = [row for name in WRITERS for row in lines(FOLDER / "writers" / f"{name}.jsonl")]
    share("plain rewrites: keep every must-keep", [kept(row, plain[row["id"]]) for row in rows])
    share("plain rewrites: hold no must-not", [clean(row, plain[row["id"]]) for row in rows])


def kept(row: dict[str, Any], text: str) -> bool:
    """Whether a rewording holds every must-keep of a draft."""
    there = f" {text.lower()} "
    return all(any(spelling.lower() in there for spelling in one) for one in row["keep"])


def clean(row: dict[str, Any], text: str) -> bool:
    """Whether a rewording holds no must-not of a draft."""
    return not any(re.search(rf"(?<!\w){re.escape(one.lower())}(?!\w)", text.lower()) for one in row["never"])


def best(one: Reworded) -> Alternative | None:
    """The alternative of a draft that would be shown first."""
    return one.read.alternatives[0] if one.read.alternatives else None


def write_sheet(every: Sequence[Reworded], path: Path) -> None:
    """Two questions for each draft that has an alternative: it or the draft, it or the plain rewrite; in an order drawn by their names."""
    plain = {one["id"]: one["text"] for one in lines(FOLDER / "plain.jsonl")}
    rows = []
    for one in every:
        first = best(one)
        if first is None:
            continue
        for beside, other in (("draft", one.row["draft"]), ("plain", plain[one.row["id"]])):
            name = f"{one.row['id']}/{beside}"
            texts = [first.text, other] if is_first(name) else [other, first.text]
            rows.append(
                {
                    "id": name,
                    "situation": one.row["situation"],
                    "context": one.row["context"],
                    "a": texts[0],
                    "b": texts[1],
                }
            )
    rows.sort(key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())
    hidden = [row | {"id": str(place)} for place, row in enumerate(rows)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in hidden), encoding="utf-8")
    key = {str(place): row["id"] for place, row in enumerate(rows)}
    path.with_suffix(".key.json").write_text(json.dumps(key), encoding="utf-8")


def is_first(name: str) -> bool:
    """Whether Steadily's stands first in a question."""
    return hashlib.sha256(f"order {name}".encode()).digest()[0] % 2 == 0


def show_readers() -> None:
    """Wins, ties and losses of Steadily's first alternative, by what it stood beside; each reader's answer counts once."""
    for beside in ("draft", "plain"):
        found: Counter[str] = Counter()
        readers = sorted((FOLDER / "readers").glob("*.jsonl"))
        for row in (one for path in readers for one in lines(path) if one["id"].endswith(beside)):
            ours = "a" if is_first(row["id"]) else "b"
            found["tie" if row["better"] == "tie" else "win" if row["better"] == ours else "loss"] += 1
        n = sum(found.values())
        if n:
            low, high = wilson(found["win"], n)
            print(
                f"beside the {beside}, {len(readers)} readers, {n} answers: win {found['win'] / n:.0%} ({low:.0%} to {high:.0%}),"
                f" tie {found['tie'] / n:.0%}, loss {found['loss'] / n:.0%}"
            )


def show_speed() -> None:
    """How long a whole review of a 60-word draft with context takes."""
    rows = [row for name in WRITERS for row in lines(FOLDER / "writers" / f"{name}.jsonl")]
    took = []
    for place in range(N_TIMED):
        row, other = rows[place % len(rows)], rows[(place * 7 + 1) % len(rows)]
        draft = " ".join(f"{row['draft']} {other['draft']} {row['draft']}".split()[:DRAFT_WORDS])
        context = [*other["context"], *row["context"], "partner: ok", "me: can we talk about the weekend"][:3]
        for reword in (False, True):
            began = time.perf_counter()
            review(draft, context, reword=reword)
            took.append((reword, 1000 * (time.perf_counter() - began)))
    for reword in (False, True):
        times = np.array([one for kind, one in took if kind is reword][5:])
        told = "a review with alternatives" if reword else "a review"
        print(f"{told}: p50 {np.percentile(times, 50):.0f} ms, p99 {np.percentile(times, 99):.0f} ms")


def share(name: str, hits: Sequence[bool]) -> None:
    """One line: a share with its interval."""
    n = len(hits)
    low, high = wilson(sum(hits), n) if n else (0.0, 1.0)
    print(f"{name}: {sum(hits)} of {n}, {sum(hits) / max(n, 1):.3f} ({low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main()

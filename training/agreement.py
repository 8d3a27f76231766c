"""How far two coders agree who saw nothing of each other's work: `python -m training.agreement`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from steadily.codebook import DANGER, LABELS
from training.examples import HERE, WRITERS, records


def rows(folder: Path = HERE / "utterances") -> list[dict[str, Any]]:
    """Every coded couple message, as it stands in the files."""
    return [one for path in sorted(folder.glob(f"[{WRITERS}]*.jsonl")) for one in records(path)]


def kappa(first: list[bool], second: list[bool]) -> float:
    """Cohen's kappa (1960) of two coders on one label."""
    n = len(first)
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    p_first, p_second = sum(first) / n, sum(second) / n
    by_chance = p_first * p_second + (1 - p_first) * (1 - p_second)
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")


def table(every: list[dict[str, Any]]) -> str:
    """Counts and kappa of each label, and how much there is of what the data is to hold."""
    twice = [one for one in every if one["second"] is not None]
    lines = [
        f"{len(every)} messages, {len(twice)} of them coded twice",
        f"{'label':15}{'n':>6}{'quiet':>7}{'kappa':>7}",
    ]
    for label in LABELS:
        n = sum(label in one["labels"] for one in every)
        quiet = sum(label in one["labels"] and "quiet" in one["tags"] for one in every) if label in DANGER else 0
        found = kappa([label in one["first"] for one in twice], [label in one["second"] for one in twice])
        lines.append(f"{label:15}{n:6}{quiet or '':>7}{found:7.2f}")
    same = sum(set(one["first"]) == set(one["second"]) for one in twice)
    none = sum(not one["labels"] for one in every)
    flips = Counter(tag for one in every for tag in one["tags"] if tag.startswith("flip:"))
    n_flips = sum(n for n in flips.values() if n > 1)
    lines.append(
        f"all labels the same: {same} of {len(twice)}; without a label: {none}; in groups that flip: {n_flips}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table(rows()) + "\n")

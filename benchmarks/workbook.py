"""
How long the workbook takes: blank, and filled with a year of invented entries.

    python benchmarks/workbook.py [--times 3]

Each book is set several times in one process; the first filled one also loads what the charts and the curves need.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import random
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from unittest import mock

from pypdf import PdfReader

TODAY = date(2026, 11, 28)
N_DAYS, N_PRACTICED, N_WINS = 365, 250, 80
NOTES = (
    "",
    "",
    "A quiet evening.",
    "We talked about the trip, and it stayed light.",
    "I was short in the morning and said so at noon.",
    "Coffee on the step. 😀 Nothing special, and good.",
    "The train was late, and so was I. We spoke about the calls, and for once nobody was in a hurry. " * 3,
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )
    began = time.perf_counter()
    from steadily.report.workbook import workbook

    print(f"loading: {time.perf_counter() - began:.2f} s")
    entries = a_year(TODAY)
    for name, given, paper in (
        ("filled", entries, "a4"),
        ("filled", entries, "letter"),
        ("blank", None, "a4"),
        ("blank", None, "letter"),
    ):
        took, setting = [], []
        for _ in range(times):
            began = time.perf_counter()
            with mock.patch("steadily.report.workbook.setting.subprocess.run", timed(setting)):
                content = workbook(given, paper=paper, today=TODAY)
            took.append(time.perf_counter() - began)
        n_pages = len(PdfReader(io.BytesIO(content)).pages)
        print(
            f"{name:6} {paper:6} {n_pages} pages, {len(content) / 1e6:.1f} MB: first {took[0]:.2f} s, best {min(took):.2f} s; "
            f"Typst alone {min(setting):.2f} s"
        )


def timed(took: list[float]) -> object:
    """The run of the press, with its time."""
    import subprocess

    run = subprocess.run

    def measured(*given: object, **named: object) -> object:
        began = time.perf_counter()
        done = run(*given, **named)  # type: ignore[call-overload]
        took.append(time.perf_counter() - began)
        return done

    return measured


def a_year(today: date, seed: int = 3) -> object:
    """Entries of a year: a check-in on every day, and all else that a person may keep."""
    from steadily.program import entries as kept
    from steadily.program.lessons import practices
    from steadily.report.workbook import Entries

    draw = random.Random(seed)
    first, names, level = today - timedelta(days=N_DAYS - 1), list(practices()), 4.0
    check_ins = []
    for n in range(N_DAYS):
        level = min(9.0, max(1.0, level + draw.gauss(0.01, 0.25)))
        points = [min(10, max(0, round(draw.gauss(middle, 1.3)))) for middle in (level, level - 0.5, 5)]
        check_ins.append(
            kept.CheckIn(first + timedelta(days=n), *points, draw.choice(NOTES), ("tired",), ("ate together",))
        )
    evenings = [
        datetime.combine(first + timedelta(days=n * N_DAYS // N_PRACTICED), clock(19), UTC) for n in range(N_PRACTICED)
    ]
    return Entries(
        check_ins=tuple(check_ins),
        forgiving=tuple(kept.Forgiving(first + timedelta(days=30 * n), min(10, 2 + n // 2)) for n in range(12)),
        baselines=tuple(
            kept.Baseline(first + timedelta(days=28 * n), {"expecting": 3 + n % 4, "saying_no": 6}) for n in range(13)
        ),
        practiced=tuple(
            kept.Practiced(at, draw.choice(names), "done", "a little", draw.choice(NOTES)) for at in evenings
        ),
        experiments=(
            kept.Experiment("I say thank you for one thing", "safety", first + timedelta(days=60), 40, 12345),
        ),
        rituals=(
            kept.Ritual(
                "Tea at nine", theirs="yes", began=first, kept=tuple(first + timedelta(days=7 * n) for n in range(50))
            ),
        ),
        wins=tuple(
            kept.Win(first + timedelta(days=n * N_DAYS // N_WINS), "We laughed about the soup.") for n in range(N_WINS)
        ),
        hard_days=tuple(
            kept.HardDay(first + timedelta(days=38 * n), "A row.", "One evening.", "Tea") for n in range(9)
        ),
    )


if __name__ == "__main__":
    main()

"""
A month with the app, played in Debian's Chromium by a person who is tired, skips days, has a hard one, and gives a newer export.

    python benchmarks/a_month.py [--days 30] [--out FOLDER] [--width 360]

The real `steadily open` runs in a process of its own, started anew every evening, on a data folder of its own and under a clock that
is moved on from evening to evening (`month/door.py`). What the app says is checked against a ledger of what was done; pictures of all
pages, and their words in `pages.txt`, lie in the folder afterwards, to be looked at. Ends with 1 where something was wrong.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from playwright.sync_api import Browser, sync_playwright

from month.chat import first_day
from month.closing import closing
from month.days import BEFORE, DAYS, EXTRAS
from month.evening import evening
from month.person import PHONE, Person, evening_of, new_folder
from steadily.synthetic import sample_couple
from steadily.synthetic.exports import write_export

NEWER_ON = 20
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
ALONE = ("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


def main() -> None:
    """Play it, and tell what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30, choices=range(1, 31), metavar="DAYS")
    parser.add_argument("--out", type=Path, default=Path("month"))
    parser.add_argument("--width", type=int, default=PHONE)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for old in (*options.out.glob("[0-9]*.png"), options.out / "pages.txt"):
        old.unlink(missing_ok=True)
    data = new_folder()
    began = time.perf_counter()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=options.chromium, args=[*QUIET, *ALONE])
        person = Person(browser, data, options.out, options.width)
        person.dark = options.dark
        try:
            lives(person, options.days, browser)
        finally:
            person.stops()
            shutil.rmtree(data, ignore_errors=True)
        browser.close()
    seen = person.seen
    print(f"\n{options.days} days, {seen.pages} pages looked at, {time.perf_counter() - began:.0f} s")
    print("\n".join(["", "What the card said:", *seen.why, "", f"{len(seen.problems)} problems", *seen.problems]))
    sys.exit(1 if seen.problems else 0)


def lives(person: Person, n_days: int, browser: Browser) -> None:
    """Evening by evening."""
    exports = {n: export_until(evening_of(n), person.out / f"export-of-day-{n}") for n in (1, NEWER_ON) if n <= n_days}
    for n in range(1, n_days + 1):
        at = evening_of(n)
        if n > 1 and not DAYS[n].opens and n < n_days:
            continue
        print(f"day {n}, {at:%A %d %B}", flush=True)
        person.export = exports.get(n, person.export)
        person.wakes(at, n)
        if n == 1:
            first_day(person)
        else:
            person.opens_vault()
            for extra in BEFORE.get(n, ()):
                extra(person)
            evening(person, DAYS[n])
            for extra in EXTRAS.get(n, ()):
                extra(person)
        if n == n_days:
            closing(person, n_days, browser)
        person.sleeps()


def export_until(at: datetime, folder: Path) -> Path:
    """What the messenger would give on that evening: the sample couple's chat, up to then."""
    couple = sample_couple()
    until = couple.conversation.messages.filter(pl.col("sent_at") <= at.astimezone(UTC))
    return write_export(replace(couple, conversation=replace(couple.conversation, messages=until)), folder, "whatsapp")


if __name__ == "__main__":
    main()

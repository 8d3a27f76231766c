"""The last evening: what is there, all of it taken out, and a backup that opens elsewhere."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pypdf import PdfReader

from month.person import DESK, FIRST, PASSPHRASE, PHONE, Person, evening_of, new_folder
from steadily.program.entries import ALL
from steadily.program.plain_words import number

PAGES = {
    "/practice/": "today",
    "/practice/steps/": "steps",
    "/practice/plan/": "plan",
    "/practice/check-ins/": "check-ins",
    "/practice/proof/": "proof",
    "/practice/year/": "year",
    "/practice/wins/": "wins",
    "/practice/wins/read/": "wins-read",
    "/practice/rituals/": "rituals",
    "/practice/experiments/": "experiments",
    "/practice/hard-day/kept/": "hard-days",
    "/practice/hard-day/before/": "hard-day-before",
    "/practice/written/": "written",
    "/practice/workbook/": "workbook",
}
EXPERIMENT_DAYS = 28


def closing(person: Person, n_days: int, browser: Browser) -> None:
    """Look at everything once more, on a phone, on a desk and in the dark; then take it out."""
    the_result(person, n_days)
    for width, dark in ((PHONE, False), (DESK, False), (PHONE, True)):
        person.width = width
        person.page.set_viewport_size({"width": width, "height": 780})
        person.page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        for path, name in PAGES.items():
            person.goes(path)
            person.looks(f"{name}-{width}{'-dark' if dark else ''}")
            if (found := Axe().run(person.page)).violations_count:
                person.notes(f"hard to reach: {found.generate_report()}")
            _says(person, name)
    person.width = PHONE
    person.page.set_viewport_size({"width": PHONE, "height": 780})
    the_workbook(person)
    taken_out(person)
    backed_up(person, browser)


def the_result(person: Person, n_days: int) -> None:
    """What the experiment showed, once it is over."""
    person.goes("/practice/experiments/")
    person.page.locator("main a[href*='/experiments/']").first.click()
    person.looks("experiment")
    if n_days > EXPERIMENT_DAYS + 1:
        n = sum(FIRST.date() < day < person.day for day in person.ledger.check_ins)
        person.reads(
            f"That is {n} days with an answer.", f"done on {number(len(person.ledger.done))} of the 14 drawn evenings"
        )
    else:
        person.reads(f"of {EXPERIMENT_DAYS}." if n_days > 1 else "It begins tomorrow.")


def the_workbook(person: Person) -> None:
    """Filled, as a PDF."""
    person.goes("/practice/workbook/")
    person.picks("kind", "filled")
    path = person.saves("Get the PDF", "pdf")
    n_pages = len(PdfReader(path).pages)
    print(f"  workbook: {n_pages} pages, {path.stat().st_size:,} bytes")
    if n_pages < 60:
        person.notes(f"the workbook has {n_pages} pages")


def taken_out(person: Person) -> None:
    """The zip: every kind of entry, all of them."""
    person.goes("/vault/take-out/")
    person.looks("take-out")
    with zipfile.ZipFile(io.BytesIO(person.saves("Make the zip", "zip").read_bytes())) as out:
        names = set(out.namelist())
        readme = out.read("README.txt").decode()
        there = {name: json.loads(out.read(f"{name}.json")) for name in ALL if f"{name}.json" in names}
    for name in (*(f"{one}.json" for one in ALL), "messages.csv", "corrections.json"):
        if name not in names:
            person.notes(f"{name} is not in the zip")
        if name not in readme:
            person.notes(f"{name} is not told of in the zip's README")
    wanted = {
        "check-ins": len(person.ledger.check_ins),
        "hard-days": len(person.ledger.hard_days),
        "experiments": 1,
        "plan": 1,
    }
    for name, n in wanted.items():
        if len(there[name]) != n:
            person.notes(f"{name} in the zip: {len(there[name])}, and {n} were kept")
    done = [one for one in there["practiced"] if one.get("how", "done") == "done"]
    if len(done) != len(person.ledger.practiced):
        person.notes(f"practiced in the zip: {len(done)}, and {len(person.ledger.practiced)} were done")


def backed_up(person: Person, browser: Browser) -> None:
    """A backup opens in an empty folder, and everything is in it."""
    person.goes("/vault/")
    person.looks("vault")
    path: Path = person.saves("Save a backup", "backup")
    other = Person(browser, new_folder(), person.out, PHONE)
    other.wakes(evening_of(person.n_day), person.n_day)
    other.goes("/vault/restore/")
    other.page.set_input_files("input[name='backup']", path)
    other.page.fill("#id_passphrase", PASSPHRASE)
    other.taps("Restore it")
    other.goes("/practice/year/")
    other.reads(*person.ledger.year())
    other.sleeps()
    shutil.rmtree(other.data, ignore_errors=True)
    person.seen.problems += other.seen.problems


def _says(person: Person, name: str) -> None:
    """Pages agree with each other and with what was done."""
    if name == "year":
        person.reads(*person.ledger.year(), person.ledger.since())
    elif name == "proof":
        person.reads(*person.ledger.proof())
    elif name == "check-ins":
        n = len(person.ledger.check_ins)
        person.reads(f"All {n} days kept" if n > 1 else "1 day kept")
    elif name == "wins-read" and (n := person.page.locator("main .statement").count()) != len(person.ledger.wins):
        person.notes(f"{n} wins are there, {len(person.ledger.wins)} were kept")
    elif name == "written" and (n := person.page.locator("article.card").count()) < person.ledger.written:
        person.notes(f"{n} notes are there, {person.ledger.written} were written")

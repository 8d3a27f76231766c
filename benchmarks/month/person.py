"""A person who is played by script: wakes the app, taps what they see by its name, and looks at every page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page

from month.ledger import Ledger
from steadily.report.wording import MONTHS

ZONE = "Europe/London"
FIRST = datetime(2026, 9, 28, 20, 30, tzinfo=ZoneInfo(ZONE))
"""A Monday; clocks go back on the twenty-eighth day."""
PASSPHRASE = "four slow river stones"
PHONE, DESK, TALL = 360, 1280, 780
A_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
TO_COME = ("again from", "can be read from", "Looked at:", "Choose today or a later")
"""Where a day that is still to come may stand."""
NEVER = ("streak", "missed", "overdue", "in a row", "you forgot", "you failed", "you should", "!")
"""Never in words of ours."""
IN_PLACE = "how => { const bar = document.querySelector('nav.rooms'); if (bar) bar.style.position = how; }"
"""The bar of rooms would lie across the middle of a picture of the whole page."""
OWN_WORDS = ".words, .chat, textarea, .message"


@dataclass
class Seen:
    """
    What went wrong, and what was read.

    Attributes:
        problems: In words, with the day and the page.
        pages: How many pages were looked at.
        why: Day, card, and its reason.
    """

    problems: list[str] = field(default_factory=list)
    pages: int = 0
    why: list[str] = field(default_factory=list)


class Person:
    """
    Somebody with a browser, a folder of data, and time.

    Args:
        browser: Debian's Chromium.
        data: Where the app keeps things.
        out: Where pictures of pages go.
        width: Of the screen.
    """

    page: Page

    def __init__(self, browser: Browser, data: Path, out: Path, width: int = PHONE) -> None:
        self.browser, self.data, self.out, self.width = browser, data, out, width
        self.seen, self.ledger = Seen(), Ledger()
        self.export = Path()
        self.dark = False
        self.n_day, self.day = 0, date.min
        self.base = ""
        self._app: subprocess.Popen[str] | None = None

    def wakes(self, at: datetime, n_day: int) -> None:
        """Start the app at an hour, and come in through its door."""
        self.n_day, self.day = n_day, at.date()
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("STEADILY", "DJANGO"))}
        door = [sys.executable, str(Path(__file__).with_name("door.py")), at.isoformat()]
        self._app = subprocess.Popen(
            [*door, "--data", str(self.data), "--no-browser"],
            env=bare | {"TZ": ZONE, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._app.stdout
        _, _, address = self._app.stdout.readline().strip().rpartition(" ")
        if not address:
            raise RuntimeError(f"day {n_day}: the app did not start; what it said is above")
        self.base = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        context = self.browser.new_context(
            viewport={"width": self.width, "height": TALL},
            reduced_motion="reduce",
            accept_downloads=True,
            color_scheme="dark" if self.dark else "light",
        )
        context.set_default_timeout(30_000)
        self.page = context.new_page()
        self._listens(self.page)
        self.page.goto(address)

    def sleeps(self) -> None:
        """Close the browser and stop the app."""
        self.page.context.close()
        self.stops()

    def stops(self) -> None:
        """Stop the app, if it runs."""
        if self._app:
            self._app.terminate()
            self._app.wait(20)

    def waits(self, minutes: float) -> None:
        """Do nothing for so long."""
        assert self._app
        assert self._app.stdin
        self._app.stdin.write(f"{minutes}\n")
        self._app.stdin.flush()
        self.page.wait_for_timeout(300)

    def opens_vault(self) -> None:
        """Open the vault from the first page."""
        self.taps("Open your vault")
        self.page.fill("#id_passphrase", PASSPHRASE)
        self.taps("Open")

    def goes(self, path: str) -> None:
        """To an address, as by a bookmark."""
        self.page.goto(self.base + path)

    def taps(self, name: str, within: str = "body") -> None:
        """Tap the first button or link of that name, or one that begins with it."""
        self.find(name, within).click()
        self.page.wait_for_load_state()

    def find(self, name: str, within: str = "body") -> Locator:
        """The first button, link or fold of that name that can be seen."""
        place = self.page.locator(within).first
        for exact in (True, False):
            for kind in ("button", "link"):
                found = place.get_by_role(kind, name=name, exact=exact)
                for one in found.all():
                    if one.is_visible():
                        return one
            folds = place.locator("summary", has_text=name)
            if folds.count():
                return folds.first
        raise AssertionError(f"day {self.n_day}, {self.where}: nothing is called {name!r}")

    def has(self, name: str, within: str = "body") -> bool:
        """Whether there is something of that name to tap."""
        try:
            self.find(name, within)
        except AssertionError:
            return False
        return True

    def picks(self, name: str, value: object) -> None:
        """Tap one dot or box of a form; what is folded is unfolded first."""
        box = self.page.locator(f"input[name='{name}'][value='{value}']").first
        if not box.is_visible():
            self.page.locator("details:not([open]) > summary", has_text="More, if you like").first.click()
        box.check()

    @property
    def where(self) -> str:
        """The path of the page."""
        return urlsplit(self.page.url).path

    @property
    def words(self) -> str:
        """What stands on the page."""
        return self.page.inner_text("main")

    def reads(self, *words: str) -> None:
        """All of these must be on the page."""
        text = " ".join(self.words.split())
        for one in words:
            if one not in text:
                self.notes(f"{one!r} is not on the page")

    def reads_nothing_of(self, *words: str) -> None:
        """None of these may be on the page."""
        text = " ".join(self.words.split())
        for one in words:
            if one in text:
                self.notes(f"{one!r} is on the page")

    def notes(self, problem: str) -> None:
        """Write a problem down and go on."""
        self.seen.problems.append(f"day {self.n_day}, {self.where}: {problem}")
        print("  !", self.seen.problems[-1], flush=True)

    def saves(self, name: str, ending: str) -> Path:
        """Tap what is called so, and keep the file that comes."""
        with self.page.expect_download(timeout=120_000) as coming:
            self.find(name, "main").click()
        path = self.out / f"day{self.n_day:02}-{coming.value.suggested_filename or ending}"
        coming.value.save_as(path)
        return path

    def looks(self, name: str) -> None:
        """Take a picture of the whole page and read it: nothing too wide, no day to come, no word that is never said."""
        self.seen.pages += 1
        wide = int(self.page.evaluate("document.documentElement.scrollWidth"))
        if wide > self.width:
            self.notes(f"{wide} wide on a screen of {self.width}")
        path = self.out / f"{self.seen.pages:03}-day{self.n_day:02}-{name}.png"
        self.page.evaluate(IN_PLACE, "static" if self.width < DESK else "")
        self.page.screenshot(path=path, full_page=True)
        self.page.evaluate(IN_PLACE, "")
        with (self.out / "pages.txt").open("a") as told:
            told.write(
                f"\n##### {self.seen.pages:03} day {self.n_day} ({self.day}) {name} {self.where}\n{self.words}\n"
            )
        self._reads_over()

    def _reads_over(self) -> None:
        all_lines = self.words.splitlines()
        later = [
            one for line in all_lines if not any(words in line for words in TO_COME) for one in _later(line, self.day)
        ]
        for one in dict.fromkeys(later):
            self.notes(f"{one} is still to come")
        own = " ".join(self.page.locator(OWN_WORDS).all_inner_texts()).casefold()
        lines = " ".join(all_lines).casefold()
        for one in NEVER:
            if lines.count(one) > own.count(one) and not self.where.startswith("/look/"):
                self.notes(f"says {one!r}")

    def _listens(self, page: Page) -> None:
        page.on("response", lambda one: self.notes(f"{one.status} {one.url}") if one.status >= 400 else None)
        page.on("pageerror", lambda error: self.notes(f"script: {error}"))
        page.on("console", lambda said: self.notes(f"console: {said.text}") if said.type == "error" else None)
        page.on(
            "request", lambda one: None if one.url.startswith((self.base, "data:", "blob:")) else self.notes(one.url)
        )


def _later(line: str, day: date) -> list[str]:
    found = ((one[0], date(int(one[3]), MONTHS.index(one[2]) + 1, int(one[1]))) for one in A_DAY.finditer(line))
    return [words for words, when in found if when > day]


def evening_of(n_day: int) -> datetime:
    """When the app is opened on a day, on the clock of where they live."""
    return FIRST + timedelta(days=n_day - 1)


def new_folder() -> Path:
    """A folder that nobody else reads, for the app's data."""
    return Path(tempfile.mkdtemp(prefix="steadily-month-"))

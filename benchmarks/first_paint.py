"""
How long until there is something to see, in Debian's Chromium, which is open already.

    python benchmarks/first_paint.py [--times 5]

From the command `steadily open` to the first paint of its page; and of the sample couple's story, and of every other page, how
long until it is painted and until it can be used, and how many bytes came over the line after the first page.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time

import numpy as np
from playwright.sync_api import Page, sync_playwright

PAGES = ("/look/", "/look/day/2026-02-03/", "/look/message/12/", "/look/search/?words=sorry", "/look/keep/", "/write/",
         "/write/phrases/", "/write/frame/", "/write/drawer/", "/help/", "/breathe/", "/vault/", "/")  # fmt: skip
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const bytes = performance.getEntriesByType("resource").reduce((sum, one) => sum + one.transferSize, page.transferSize);
  return [paint ? paint.startTime : NaN, page.domContentLoadedEventEnd, bytes];
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        took = [opened(browser.new_page()) for _ in range(options.times)]
        print(f"`steadily open` to first paint: median {np.median(took):.2f} s, longest {max(took):.2f} s")
        pages(browser.new_page(viewport={"width": 1280, "height": 900}), options.times)
        browser.close()


def opened(page: Page) -> float:
    """Seconds from the command to the first paint, with an empty data folder."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with subprocess.Popen(_command("--data", folder), stdout=subprocess.PIPE, text=True) as app:
            try:
                page.goto(_address(app), wait_until="commit")
                while not page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
                    time.sleep(0.01)
                return time.perf_counter() - began
            finally:
                page.close()
                app.terminate()


def pages(page: Page, times: int) -> None:
    """Every page on the sample couple."""
    with subprocess.Popen(_command("--sample"), stdout=subprocess.PIPE, text=True) as app:
        address = _address(app)
        page.goto(address)
        page.wait_for_selector(".statement", timeout=60_000)
        base = address.split("/look/")[0]
        for path in PAGES:
            found = np.array([_times(page, base + path) for _ in range(times)])
            paint, usable, size = np.median(found[:, 0]), found[:, 1].max(), found[:, 2].max()
            print(f"{path:28} painted {paint:5.0f} ms   can be used {usable:5.0f} ms (longest)   {size / 1000:5.0f} kB")
        app.terminate()


def _times(page: Page, address: str) -> list[float]:
    page.goto(address, wait_until="load")
    page.wait_for_timeout(150)
    found: list[float] = page.evaluate(TIMES)
    return found


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "steadily", "open", "--no-browser", *words]


def _address(app: subprocess.Popen[str]) -> str:
    assert app.stdout
    return next(line for line in app.stdout if "http" in line).split("once: ")[1].strip()


if __name__ == "__main__":
    main()

"""The HTML page in a real browser: whole, quiet, readable, closed to the network."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from steadily.conversation import Conversation
from steadily.pipeline import look_back
from steadily.report.charts import OF_AMOUNTS
from steadily.report.html import render_html
from tests_support import small_conversation

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CSS = Path(__file__).parents[2] / "src" / "steadily" / "report" / "page" / "page.css"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; a machine without one skips these tests, CI does not."""
    if not CHROMIUM:
        assert not os.environ.get("CI"), "Chromium is needed: apt-get install chromium"
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a small chat with hostile text in it."""
    conversation = small_conversation(n=1500, days=200)
    hostile = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>"
    messages = conversation.messages.with_columns(text=conversation.messages["text"] + hostile)
    conversation = Conversation(messages, conversation.partners, conversation.zone)
    path = tmp_path_factory.mktemp("page") / "page.html"
    found = look_back(conversation)
    path.write_text(render_html(conversation, found.told, found.coded), encoding="utf-8")
    return path


def open_page(browser: Browser, path: Path, **options: object) -> tuple[Page, list[str]]:
    """The page, and everything it complained of or asked for."""
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: troubles.append(request.url) if request.url != path.as_uri() else None)
    page.goto(path.as_uri())
    page.wait_for_function("document.querySelectorAll('.chart .vega-embed, .chart.vega-embed').length > 0")
    page.wait_for_timeout(400)
    return page, troubles


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_stands_at_every_width(browser: Browser, page_file: Path, width: int, scheme: str) -> None:
    """No error, no request, nothing wider than the screen, every chart drawn."""
    page, troubles = open_page(browser, page_file, viewport={"width": width, "height": 800}, color_scheme=scheme)

    assert troubles == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".chart").count() == page.locator(".chart svg").count() >= len(OF_AMOUNTS)
    assert page.title() == "A look back"


def test_it_reads_without_scripts(browser: Browser, page_file: Path) -> None:
    """With scripts off, every statement and a still picture of every chart is there."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(page_file.as_uri())

    assert page.locator(".statement").count() >= 9
    assert page.locator(".chart").count() == page.locator(".chart svg").count() >= len(OF_AMOUNTS)


def test_words_of_a_message_stay_words(browser: Browser, page_file: Path) -> None:
    """Markup inside a message is shown, not run."""
    page, troubles = open_page(browser, page_file)
    page.locator("section > details > summary").last.click()
    page.locator(".finding summary").last.click()

    assert troubles == []
    assert page.title() == "A look back"
    assert "<script>" in page.locator(".words").last.inner_text()


def test_it_works_by_keyboard(browser: Browser, page_file: Path) -> None:
    """Tab reaches the first "Show the messages", Enter opens it, and the focus can be seen."""
    page, _ = open_page(browser, page_file)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.parentElement.open")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_every_chart_has_a_name_and_every_section_a_heading(browser: Browser, page_file: Path) -> None:
    """Screen readers get words for each picture; headings go down by one."""
    page, _ = open_page(browser, page_file)

    names = page.eval_on_selector_all(".chart", "charts => charts.map(one => one.getAttribute('aria-label'))")
    assert all(name and len(name) > 20 for name in names)
    assert page.locator("h1").count() == 1
    assert page.locator("section:not(:has(h2))").count() == 0
    assert page.evaluate("document.documentElement.lang") == "en"


def test_it_prints(browser: Browser, page_file: Path) -> None:
    """It makes a PDF of a few pages."""
    page, _ = open_page(browser, page_file)
    pdf = page.pdf(format="A4")

    assert pdf.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 12


def luminance(color: str) -> float:
    """Relative luminance of a color `#rrggbb` or `#rgb` (WCAG 2)."""
    digits = color.lstrip("#")
    digits = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colors (WCAG 2)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_colors_keep_their_distance() -> None:
    """Text on every ground of every theme has a contrast of at least 4.5 to 1."""
    themes = [
        dict(re.findall(r"--(\w+): (#\w+)", block)) for block in re.findall(r":root \{([^}]*)\}", CSS.read_text())
    ]

    assert len(themes) == 3
    for theme in themes:
        for ink in ("ink", "soft", "accent"):
            for ground in ("paper", "card"):
                assert contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground, theme)
        for ground in ("mine", "theirs"):
            assert contrast(theme["ink"], theme[ground]) >= 7
            assert contrast(theme["soft"], theme[ground]) >= 4.5, (ground, theme)

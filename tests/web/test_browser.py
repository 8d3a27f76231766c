"""The app in a real browser: from the command to the story, on a phone and a desktop, in both themes, with the network refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
PAGES = (
    *(
        "/",
        "/look/",
        "/look/search/?words=sorry",
        "/look/keep/",
        "/look/exporting/",
        "/look/newer/",
        "/look/moments/",
        "/look/exporting/whatsapp/",
        "/look/exporting/other/",
        "/look/for-a-therapist/",
    ),
    *(
        "/look/message/12/",
        "/look/message/12/words/",
        "/write/silence/",
        "/look/behind/0/",
        "/write/",
        "/write/frame/",
        "/write/phrases/",
        "/write/incoming/",
        "/write/repair/",
        "/write/apology/",
        "/write/time-out/",
        "/grounding/",
        "/name-it/",
        "/look/day/2025-09-01/",
        "/vault/restore/",
        "/offline/",
        "/write/drawer/",
        "/help/",
        "/help/?country=GB",
    ),
    *(
        "/practice/",
        "/practice/plan/",
        "/practice/steps/",
        "/practice/steps/repair/",
        "/practice/do/neutral-observer-first/",
        "/practice/written/",
        "/practice/check-ins/",
        "/practice/check-ins/forgiving/",
        "/practice/check-ins/longer-look/",
        "/practice/experiments/",
        "/practice/rituals/",
        "/practice/rituals/add/",
        "/practice/reminders/",
    ),
    *(
        "/practice/wins/",
        "/practice/wins/read/",
        "/practice/year/",
        "/practice/hard-day/",
        "/practice/hard-day/words/",
        "/practice/hard-day/before/",
        "/practice/hard-day/line/",
        "/practice/hard-day/next/",
        "/practice/hard-day/done/",
        "/practice/hard-day/kept/",
        "/practice/proof/",
        "/practice/workbook/",
    ),
    *(
        "/help/self-check/",
        "/help/shared-phone/",
        "/breathe/",
        "/pause/",
        "/vault/",
        "/vault/new/",
        "/vault/take-out/",
        "/vault/erase/",
    ),
)
ONLY_HERE = """
import sys
def watch(event, given):
    if event == "socket.connect" and isinstance(given[1], tuple) and given[1][0] not in ("127.0.0.1", "::1", "localhost"):
        open({told!r}, "a").write(str(given[1]) + chr(10))
        raise OSError("refused by the test")
    if event == "socket.getaddrinfo" and given[0] not in (None, "", "127.0.0.1", "::1", "localhost"):
        open({told!r}, "a").write(str(given[0]) + chr(10))
        raise OSError("refused by the test")
sys.addaudithook(watch)
"""

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server's wish to speak with anyone but this machine is written down."""
    return tmp_path_factory.mktemp("asked") / "asked.txt"


@pytest.fixture(scope="module")
def door(asked: Path) -> Iterator[str]:
    """The address that `steadily open --sample` prints."""
    (asked.parent / "sitecustomize.py").write_text(ONLY_HERE.format(told=str(asked)))
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("STEADILY", "DJANGO"))}
    environment = bare | {"PYTHONPATH": f"{asked.parent}:{os.environ.get('PYTHONPATH', '')}", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "steadily", "open", "--sample", "--no-browser"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().rsplit(" ", maxsplit=1)[1].strip()
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which finds no host but this machine."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    still = ["--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*quiet, *still])
        yield found
        found.close()


@pytest.fixture(scope="module")
def page(browser: Browser, door: str) -> Iterator[tuple[Page, str, list[str]]]:
    """A phone that came in through the door and read the sample couple; the base address; what went wrong and who was asked."""
    seen: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 780}, reduced_motion="reduce")
    one = context.new_page()
    one.on("request", lambda request: seen.append(request.url))
    one.on("response", lambda answer: seen.append(f"error: {answer.url}") if answer.status >= 400 else None)
    one.on("pageerror", lambda error: seen.append(f"error: {error}"))
    one.on("console", lambda said: seen.append(f"error: {said.text}") if said.type == "error" else None)
    one.goto(door)
    one.wait_for_url("**/look/", timeout=60_000)
    base = "{0.scheme}://{0.netloc}".format(urlsplit(door))
    yield one, base, seen
    context.close()


Come = tuple[Page, str, list[str]]


def test_the_story_is_there_after_one_command(page: Come) -> None:
    one, _, _ = page
    assert "messages" in one.inner_text("h1")
    one.locator("summary", has_text="Show the messages").first.click()
    one.wait_for_selector(".behind .chat li")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone_nor_hard_to_reach(page: Come, path: str) -> None:
    one, base, _ = page
    for width, scheme in ((360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")):
        one.set_viewport_size({"width": width, "height": 780})
        one.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        one.goto(base + path)
        assert one.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(one)
        assert found.violations_count == 0, found.generate_report()
    one.set_viewport_size({"width": 360, "height": 780})


def test_other_ways_come_when_they_are_asked_for(page: Come) -> None:
    one, base, _ = page
    one.goto(base + "/write/")
    one.fill("#id_text", "you never call. i waited till 11 on tuesday and i was worried")
    one.wait_for_selector("#reading .reading", timeout=20_000)
    one.click("text=Other ways to say it")
    one.wait_for_selector("#reading .way", timeout=20_000)
    assert "tuesday" in one.inner_text("#reading .way >> nth=0")
    one.click("#reading .way button >> nth=0")
    assert "never" not in one.input_value("#id_text")
    assert "tuesday" in one.input_value("#id_text")


def test_a_reading_comes_while_one_types(page: Come) -> None:
    one, base, _ = page
    one.goto(f"{base}/write/")
    one.locator("#id_text").press_sequentially("You never listen to me. You always do this.")
    one.wait_for_selector("#reading mark", timeout=5000)
    one.locator("#id_text").fill("Thank you for dinner")
    one.wait_for_selector("#reading mark", state="detached", timeout=5000)


def test_words_are_there_again_after_a_link_was_followed(page: Come) -> None:
    one, base, _ = page
    one.goto(f"{base}/write/")
    with one.expect_response("**/write/read/"):
        one.fill("#id_text", "I waited until nine")
    one.click("nav .links >> text=Phrases")
    one.wait_for_url("**/write/phrases/")
    one.goto(f"{base}/write/")
    assert one.input_value("#id_text") == "I waited until nine"
    one.click("text=Begin with an empty page")
    one.wait_for_selector("text=These are the words you left here.", state="detached")
    assert one.input_value("#id_text") == ""


def test_a_draft_in_the_drawer_is_not_on_the_page_too(page: Come) -> None:
    one, base, _ = page
    one.goto(f"{base}/write/")
    one.fill("#id_text", "Can we talk tonight?")
    one.click("text=Keep until morning")
    one.wait_for_url("**/write/drawer/")
    one.goto(f"{base}/write/")
    assert one.input_value("#id_text") == ""


def test_a_mark_opens_and_can_be_taken_back_with_the_keyboard_alone(page: Come) -> None:
    one, base, _ = page
    one.goto(f"{base}/look/search/?behavior=criticism")
    one.locator(".marks").first.focus()
    one.keyboard.press("Enter")
    one.wait_for_url("**/look/message/*/")
    one.wait_for_selector(".words mark")
    one.locator("summary", has_text="That's wrong").focus()
    one.keyboard.press("Enter")
    checked = one.locator("input[type=checkbox]:checked")
    while checked.count():
        checked.first.focus()
        one.keyboard.press("Space")
    one.locator("button", has_text="Remember this").focus()
    one.keyboard.press("Enter")
    one.wait_for_selector("text=You said that this message carries none of the marks.")


def test_leaving_empties_the_page_at_once(page: Come) -> None:
    one, base, _ = page
    one.goto(f"{base}/help/")
    one.locator("[data-leave]").click()
    one.wait_for_url("**/leave/")
    assert one.title() == "New page"
    assert one.locator("body").inner_text().strip() in ("", "New page")


def test_reading_works_without_scripts(browser: Browser, page: Come) -> None:
    one, base, _ = page
    cookies = one.context.cookies()
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(cookies)  # type: ignore[arg-type]
    bare = plain.new_page()
    bare.goto(f"{base}/write/")
    bare.locator("#id_text").fill("You never listen to me. You always do this.")
    bare.locator("button", has_text="Read it").click()
    assert bare.locator("#reading mark").count() >= 1
    bare.goto(f"{base}/help/?country=IE")
    assert bare.locator("a[href^='tel:']").count() >= 1
    plain.close()


def test_nothing_but_this_machine_is_ever_asked(page: Come, asked: Path) -> None:
    _, base, seen = page
    errors = [one for one in seen if one.startswith("error:")]
    assert errors == []
    assert [one for one in seen if not re.match(rf"{re.escape(base)}/|data:|blob:", one)] == []
    assert not asked.exists() or asked.read_text() == ""

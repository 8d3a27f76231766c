"""From a finding to its practice and back: written down once, compared when a newer chat is there, and nothing else is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from test_look_moments import chat, main
from visits import Visit

from steadily.dynamics import Finding


@pytest.fixture
def read(visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A visit whose story holds one finding that opens a practice."""
    from dataclasses import replace

    from steadily.report import sentences
    from steadily.report.sentences import tell
    from steadily.web.look import before_after, views
    from steadily.web.look.chats import the_story

    visit.put_in(tmp_path, chat())
    told = tell(Finding("openings.silence", 0.8, (0.7, 0.9), 30, "share", facts={"n_me": 24, "n_partner": 6}))
    plain = [one for one in the_story(visit.in_memory).told if one.finding.measure != "openings.silence"]
    story = replace(
        the_story(visit.in_memory), told=(told, *(one for one in plain if one.finding.measure == "coverage.days"))
    )
    for module in (views, before_after):
        monkeypatch.setattr(module, "story_now", lambda _: story)
    assert "openings.silence" in sentences.SENTENCES
    return visit


def watched(visit: Visit) -> list[object]:
    """What was written down."""
    from steadily.program.entries import WATCHED

    return [one.entry for one in WATCHED.all(visit.in_memory)]


def test_a_card_opens_its_practice_and_is_written_down_once(read: Visit) -> None:
    from django.utils import timezone

    from steadily.program.entries import PLANS

    page = read.page("/look/")
    assert page.count("Try this: ") == 1
    path = re.findall(r'action="(/look/try-this/\d+/)"', page)[0]
    for _ in range(2):
        assert read.post(path).headers["Location"] == "/practice/do/ready-for-a-no/"
    assert read.page("/practice/do/ready-for-a-no/")
    only = watched(read)[0]
    assert len(watched(read)) == 1
    assert (only.finding, only.practice, only.day) == ("openings.silence", "ready-for-a-no", timezone.localdate())
    assert (only.estimate, only.low, only.high, only.n, only.unit) == (0.8, 0.7, 0.9, 30, "share")
    assert PLANS.all(read.in_memory)[0].entry.opened == {"ready-for-a-no": timezone.localdate()}


def test_only_a_finding_that_opens_something_can_be_tried(read: Visit) -> None:
    assert read.post("/look/try-this/1/").status_code == 404
    assert read.post("/look/try-this/99/").status_code == 404
    assert read.get("/look/try-this/0/").status_code == 405
    assert watched(read) == []


def test_before_and_after_is_in_the_story_and_on_the_proof_page(read: Visit) -> None:
    assert "Before and after" not in read.page("/look/")
    read.post("/look/try-this/0/")
    for path in ("/look/", "/practice/proof/"):
        page = main(read.page(path))
        assert "Before and after" in page
        assert "when you began “" in page
        assert "so there is nothing yet" in page or "too little" in page


def test_a_newer_chat_is_compared_at_the_day_that_was_written_down(read: Visit) -> None:
    from steadily.program.entries import WATCHED, Watched

    WATCHED.put(read.in_memory, Watched("waits.usual", "ready-for-a-no", date(2026, 1, 1)))
    page = main(read.page("/look/"))
    assert "Since 1 January 2026" in page
    WATCHED.put(read.in_memory, Watched("openings.day", "ready-for-a-no", date(2026, 1, 5) + timedelta(days=20)))
    page = main(read.page("/look/"))
    assert "Since 25 January 2026" in page
    assert page.index("Since 25 January 2026") < page.index("Since 1 January 2026")


def test_after_harm_nothing_is_to_be_tried_and_nothing_is_compared(read: Visit) -> None:
    from steadily.web.shell.stopping import stop_now

    read.post("/look/try-this/0/")
    stop_now(read.in_memory, "control")
    read.page("/stopped/")
    read.post("/stopped/go-on/")
    page = read.page("/look/")
    assert "Try this: " not in page
    assert "Before and after" not in page
    assert read.post("/look/try-this/0/").status_code == 404

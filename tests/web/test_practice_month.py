"""A month of evenings, from outside: each begins at the door, and what the pages say of it adds up and agrees (`benchmarks/a_month.py`)."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from visits import CHAT, PASSPHRASE, Visit

from steadily.program.lessons import practices
from steadily.program.plain_words import MONTHS, number, so_many

FIRST = datetime(2026, 2, 5, 20, 30, tzinfo=UTC)
NOT_OPENED, RESTING = (6, 13, 22), (10, 11)
CARD = {1: "done", 3: "left", 4: "not for me", 7: "left", 12: "left", 15: "something else", 19: "left", 26: "left"}
HARD = {17: "2", 18: "3"}
HELPED = ("yes", "a little", "no", "")
NEWER = f"{CHAT}[20/02/2026, 08:00:00] Ben: thank you for the coffee, you were so kind\n"
PAGES, DRAWN = ("/practice/", "/practice/year/", "/practice/wins/"), ("/practice/check-ins/", "/practice/proof/")
A_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
NEVER = re.compile(r"streak|missed|in a row|overdue|forgot|!(?!doctype|\[)", re.IGNORECASE)


@pytest.fixture
def weeks(app: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session lives for weeks, since opening a vault takes a while by intent."""
    from django.conf import settings

    monkeypatch.setattr(settings, "SESSION_COOKIE_AGE", 40 * 24 * 3600)
    monkeypatch.setattr(settings, "IDLE_LOCK_S", 40 * 24 * 3600)


def test_a_month_adds_up(weeks: None, visit: Visit, tmp_path: Path) -> None:
    done: list[tuple[date, str, str]] = []
    checked_in, aside, wins = 0, "", 0
    for n in range(1, 31):
        if n in NOT_OPENED:
            continue
        with time_machine.travel(FIRST + timedelta(days=n - 1)):
            today = FIRST.date() + timedelta(days=n - 1)
            evening = _comes_in(visit, n, tmp_path)
            name = _card(evening.page("/practice/"))
            if n in RESTING:
                assert name == ""
            else:
                assert name not in ("", aside)
                assert name not in [one for day, one, _ in done if (today - day).days < 9]
            outcome = CARD.get(n, "done") if name else ""
            if n in HARD:
                assert practices()[name].setting == "alone"
            if outcome == "not for me":
                evening.post(f"/practice/do/{name}/not-for-me/")
                aside = name
            elif outcome == "left":
                evening.post("/practice/not-today/", {"practice": name})
            elif outcome:
                if outcome == "something else":
                    evening.post("/practice/something-else/", {"practice": name})
                    name = _card(evening.page("/practice/"))
                evening.post(f"/practice/do/{name}/done/", {"helped": HELPED[n % 4]})
                done.append((today, name, HELPED[n % 4]))
                assert _card(evening.page("/practice/")) == ""
            if n % 5:
                evening.post("/practice/check-ins/today/", {"safety": HARD.get(n, "7"), "strain": str(n % 4 + 1)})
                checked_in += 1
            if n % 10 == 2:
                evening.post("/practice/wins/keep/", {"text": f"We laughed on evening {n}."})
                wins += 1
            _goes_through(evening, n, tmp_path)
            _reads_over(evening, today, PAGES if n % 7 else (*PAGES, *DRAWN))
    with time_machine.travel(FIRST + timedelta(days=30)):
        _agrees(_comes_in(visit, 31, tmp_path), done, checked_in, wins, aside)


def _comes_in(visit: Visit, n: int, folder: Path) -> Visit:
    """The first evening makes everything; on every seventh the app was started anew, and the vault is opened again."""
    if n == 1:
        visit.put_in(folder)
        visit.make_vault()
        visit.post("/look/message/3/", {"labels": []})
        visit.post("/practice/understood/")
        visit.post("/practice/plan/", {"hardest": ["sharp words"], "distance": "days", "strength": "some"})
    if n % 7:
        return visit
    evening = Visit()
    assert evening.get("/practice/").headers["Location"] == "/vault/open/"
    evening.post("/vault/open/", {"passphrase": PASSPHRASE})
    return evening


def _goes_through(evening: Visit, n: int, folder: Path) -> None:
    """What else happens in this month."""
    if n == 9:
        evening.post("/practice/plan/rest/")
    elif n == 11:
        evening.post("/practice/plan/go-on/")
    elif n == 16:
        evening.post("/practice/hard-day/words/", {"chosen": "I do not have to solve this today."})
    elif n == 20:
        evening.post(re.findall(r"/practice/hard-day/kept/\w+/passed/", evening.page("/practice/"))[0])
        before = evening.page("/practice/year/").split("<main", 1)[1]
        evening.put_in(folder, NEWER)
        assert evening.page("/practice/year/").split("<main", 1)[1] == before
        assert "You said that this message carries none of the marks." in html.unescape(
            evening.page("/look/message/3/")
        )
        assert "thank you for the coffee" in evening.page("/look/search/?words=coffee")


def _reads_over(evening: Visit, today: date, paths: tuple[str, ...]) -> None:
    """No day to come, and no word that is never said."""
    for path in paths:
        page = evening.page(path).split("<main", 1)[1]
        days = [date(int(one[2]), MONTHS.index(one[1]) + 1, int(one[0])) for one in A_DAY.findall(page)]
        assert [day for day in days if day > today] == []
        text = re.sub(r"<[^>]+>", " ", page)
        assert not NEVER.search(text), (path, NEVER.search(text))


def _agrees(evening: Visit, done: list[tuple[date, str, str]], n_check_ins: int, n_wins: int, aside: str) -> None:
    """Every page, and what is taken out, tells the same month."""
    days = so_many(len({day for day, _, _ in done}), "day")
    helped = number(sum(one in ("yes", "a little") for *_, one in done))
    year = html.unescape(evening.page("/practice/year/"))
    assert f"You practiced on {days}, {number(len(done))} times in all." in year
    assert re.search(rf"{helped} times you said that it helped", year, re.IGNORECASE)
    assert f"You checked in on {so_many(n_check_ins, 'day')}." in year
    assert "One hard day is in it." in year
    proof = html.unescape(evening.page("/practice/proof/"))
    assert f"You practiced on {days}. It helped, or helped a little, {helped} times, you said." in proof
    for page in (year, proof):
        assert f"You kept {so_many(n_wins, 'small win')}." in page
    assert f"All {n_check_ins} days kept" in evening.page("/practice/check-ins/")
    assert practices()[aside].title in html.unescape(evening.page("/practice/plan/"))
    with zipfile.ZipFile(io.BytesIO(evening.post("/vault/take-out/").content)) as out:
        there = {name: json.loads(out.read(f"{name}.json")) for name in ("check-ins", "wins", "practiced", "hard-days")}
    assert (len(there["check-ins"]), len(there["wins"]), len(there["hard-days"])) == (n_check_ins, n_wins, 1)
    assert sum(one["how"] == "done" for one in there["practiced"]) == len(done)


def _card(page: str) -> str:
    """What today's card offers; empty where it offers nothing."""
    found = re.search(r'aria-labelledby="card-h">.*?</section>', page, re.DOTALL)
    name = re.search(r"/practice/do/([\w-]+)/", found[0]) if found else None
    return name[1] if name else ""

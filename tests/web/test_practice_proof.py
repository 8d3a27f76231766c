"""The proof page, from outside: words first, then charts with their numbers; calm where there is little, and gone while stopped."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from visits import Visit

PROOF, YEAR = "/practice/proof/", "/practice/proof/year/"
CHAT = """[{day}, 21:15:00] Ben: you never listen to me, not once
[{day}, 21:15:30] Ben: You're so selfish, you only ever think of yourself
[{day}, 21:16:10] Ana: that came out wrong, I'm sorry. can we start again?
[{day}, 21:18:10] Ben: yes. thank you for saying it. I love you
"""


def main(page: str) -> str:
    """The page without what is around it."""
    return page.split("<main", 1)[1]


def vault_of(visit: Visit) -> object:
    """The vault of a visit without one of its own: in memory."""
    from steadily.web.accounts import place

    return place._guests[visit.session["guest"]].vault


def live(visit: Visit, n_days: int) -> None:
    """So many days of entries, until today."""
    from steadily.program.entries import CHECK_INS, HARD_DAYS, PRACTICED, WINS, CheckIn, HardDay, Practiced, Win
    from steadily.program.lessons import practices

    vault, now = vault_of(visit), timezone.localtime()
    for n in range(n_days):
        at = now - timedelta(days=n)
        CHECK_INS.put(vault, CheckIn(at.date(), safety=4 + n % 3))  # type: ignore[arg-type]
        if n % 3 == 0:
            PRACTICED.put(vault, Practiced(at, next(iter(practices())), "done"))  # type: ignore[arg-type]
        if n % 5 == 0:
            WINS.put(vault, Win(at.date(), "We <b>laughed</b>."))  # type: ignore[arg-type]
    HARD_DAYS.put(vault, HardDay(now.date() - timedelta(days=3), passed=now.date()))  # type: ignore[arg-type]


def test_an_empty_page_offers_one_small_thing(visit: Visit) -> None:
    page = main(visit.page(PROOF))

    assert 'href="/practice/wins/"' in page
    assert "<svg" not in page
    assert "data-print" not in page
    assert f'href="{PROOF}"' in visit.page("/practice/")
    assert f'href="{PROOF}"' in visit.page("/practice/hard-day/done/")


def test_words_come_first_then_charts_with_their_numbers(visit: Visit) -> None:
    visit.page("/practice/")
    live(visit, 30)
    page = main(visit.page(PROOF))

    places = [
        page.index(one)
        for one in ("You practiced on ten days.", "You kept six small wins.", "It passed; it took one day.")
    ]
    assert places == sorted(places)
    assert places[-1] < page.index("<svg") < page.index("How safe it felt</h2>")
    assert "From 30 answers in 30 days." in page
    assert page.count('role="img"') == 2
    assert page.count("<svg") == 4
    assert len(re.findall(r"<table>", page)) == 5
    assert "How close it felt" not in page
    assert "data-print" in page
    assert "style=" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert "<script" not in page
    assert f'href="{YEAR}"' not in page


def test_a_year_is_one_link_away_and_quiet_weeks_lose_nothing(visit: Visit) -> None:
    from steadily.program.entries import WINS, Win

    visit.page("/practice/")
    WINS.put(vault_of(visit), Win(timezone.localdate() - timedelta(days=200), "tea"))  # type: ignore[arg-type]
    page = main(visit.page(PROOF))
    assert "What you built before is all still there." in page
    assert f'href="{YEAR}"' in page
    year = main(visit.page(YEAR))
    assert "You kept one small win." in year
    assert f'href="{PROOF}"' in year


def test_what_was_kept_since_is_there_at_once(visit: Visit) -> None:
    visit.post("/practice/wins/keep/", {"text": "A slow breakfast."})
    assert "You kept one small win." in visit.page(PROOF)
    visit.post("/practice/wins/keep/", {"text": "A walk."})
    visit.post("/practice/check-ins/today/", {"safety": "6"})
    page = main(visit.page(PROOF))
    assert "You kept two small wins." in page
    assert "From 1 answer in 1 day." in page


def test_repairs_of_a_chat_are_there_but_not_after_harm(visit: Visit, tmp_path: Path) -> None:
    from steadily.web.shell.stopping import stop_now

    visit.put_in(tmp_path, CHAT.format(day=f"{timezone.localdate() - timedelta(days=9):%d/%m/%Y}"))
    page = main(visit.page(PROOF))
    assert "One repair that read clearly as one in the chat." in page
    assert "Ben" not in page
    stop_now(vault_of(visit), "abuse")  # type: ignore[arg-type]
    assert visit.get(PROOF).headers["Location"] == "/stopped/"
    assert visit.get(YEAR).headers["Location"] == "/stopped/"
    visit.page("/stopped/")
    visit.post("/stopped/go-on/")
    assert "repair" not in main(visit.page(PROOF)).lower()

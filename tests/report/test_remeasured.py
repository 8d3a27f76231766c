"""Before and after in words: whole numbers, a range, and never a cause."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from steadily.dynamics import Finding
from steadily.dynamics.finding import too_little
from steadily.program.entries import Watched
from steadily.program.proof import strands
from steadily.program.remeasure import Remeasured
from steadily.program.strand import Lived, Span
from steadily.report import sentences
from steadily.report.telling.remeasured import (
    CAVEAT,
    HOW_LONG,
    HOW_MANY,
    how_many_compared,
    since_as_json,
    tell_again,
    tell_since,
)

DAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def with_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every finding that is told here has a sentence, whether or not its measure is there yet."""
    for name in (*HOW_MANY, *HOW_LONG, "demand_withdraw.loop"):
        if name not in sentences.SENTENCES or name == "demand_withdraw.loop":
            monkeypatch.setitem(
                sentences.SENTENCES,
                name,
                ("A heading", "A caveat.", lambda found, _low, _high: (f"It is {found.n}.", "")),
            )


def share(k: int, n: int, name: str = "rupture_repair.repaired") -> Finding:
    """So many of so many."""
    return Finding(name, k / n, (k / n - 0.1, k / n + 0.1), n, "share")


def again(before: Finding, after: Finding, **named: Any) -> Remeasured:
    """Measured again."""
    return Remeasured(Watched(after.measure, "own-a-tenth", DAY), before, after, **{"scale": "difference", **named})


def test_more_than_before() -> None:
    told = tell_again(again(share(8, 20), share(7, 9), change=0.38, low=0.06, high=0.6))
    assert told.said == (
        "Since 3 March 2026, when you began “Own a tenth of it”: 7 of 9 sharp moments came back to warm; before, 8 of 20."
    )
    assert told.spread == "That is somewhere between 6 and 60 of every 100 more than before."
    assert (told.before, told.after, told.n) == ("40 of 100", "78 of 100", 29)


def test_fewer_and_the_same() -> None:
    fewer = tell_again(again(share(15, 20), share(2, 9), change=-0.5, low=-0.7, high=-0.2)).spread
    assert fewer == "That is somewhere between 20 and 70 of every 100 fewer than before."
    same = tell_again(again(share(8, 20), share(4, 9), change=0.04, low=-0.2, high=0.3)).spread
    assert same == "It may be 20 of every 100 fewer, or 30 more, or the same: too little to tell them apart."


def test_times_are_told_as_times() -> None:
    facts = {"quickest_minutes": 7.0, "quickest_day": "2026-03-04"}
    before = Finding("rupture_repair.minutes", 600.0, (400.0, 900.0), 12, "minutes", facts=facts)
    after = Finding("rupture_repair.minutes", 30.0, (20.0, 60.0), 9, "minutes", facts=facts)
    told = tell_again(again(before, after, scale="ratio", change=0.05, low=0.03, high=0.12))
    assert told.said.endswith(
        "half of the sharp moments that came back had come back within 30 minutes; before, 10 hours."
    )
    assert told.spread == "Where it was 10 hours before, it is now somewhere between 18 and 72 minutes."
    same = tell_again(again(before, after, scale="ratio", change=0.9, low=0.5, high=1.5))
    assert (
        same.spread
        == "Where it was 10 hours before, it is now somewhere between 5 and 15 hours: too little to tell it from the same."
    )


def test_what_has_no_words_of_its_own_is_told_by_its_sentence() -> None:
    one, other = (Finding("demand_withdraw.loop", value, (1.0, 3.0), n, "ratio") for value, n in ((2.0, 31), (1.5, 12)))
    told = tell_again(again(one, other, scale="ratio", change=0.75, low=0.5, high=1.1))
    assert "It is 12. Before: It is 31." in told.said
    assert told.spread.startswith("Where it was 100 before, it is now somewhere between 50 and 110")


def test_where_one_part_has_none_of_it_both_are_told_without_a_range() -> None:
    none = Finding("silences.longest", 3.0, (3.0, 3.0), 1, "days", facts={"from": "2026-03-05", "to": "2026-03-08"})
    loop = Finding("demand_withdraw.loop", 2.0, (1.5, 3.0), 31, "ratio")
    told = tell_again(again(loop, none, scale="ratio"))
    assert "lasted about 3 days" in told.said
    assert "Before: It is 31." in told.said
    assert told.spread == "No range can be given for the difference here."


UNTIL = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("before", "named", "said", "spread"),
    [
        (
            share(8, 20),
            {"until": UNTIL, "more_weeks": 3},
            "compare, 2 sharp moments so far.",
            "About 3 more weeks would do.",
        ),
        (share(8, 20), {"until": UNTIL, "more_weeks": 1}, "so far.", "About 1 more week would do."),
        (share(8, 20), {"until": UNTIL}, "so far.", "A newer export may tell."),
        (
            share(8, 20),
            {"until": date(2026, 3, 1)},
            "until 1 March 2026, so there is nothing yet.",
            "A newer export would tell.",
        ),
        (too_little("rupture_repair.repaired", 1, "share"), {}, "too little before that day to compare with.", ""),
    ],
)
def test_too_little_says_what_would_do(before: Finding, named: dict[str, Any], said: str, spread: str) -> None:
    told = tell_again(again(before, too_little("rupture_repair.repaired", 2, "share"), **named))
    assert told.said.endswith(said)
    assert told.spread == spread


def test_a_named_day_has_no_practice_in_it_and_plain_values() -> None:
    one = again(share(8, 20), share(7, 9), change=0.38, low=0.06, high=0.6)
    assert tell_since(one).said.startswith("Since 3 March 2026: 7 of 9")
    described = json.loads(json.dumps(since_as_json([one])))[0]
    assert set(described) == {"measure", "statement", "before", "after", "scale", "change", "interval"}
    assert described["before"]["n"] == 20
    assert described["interval"] == [0.06, 0.6]
    assert (
        since_as_json([again(share(8, 20), too_little("rupture_repair.repaired", 2, "share"))])[0]["interval"] is None
    )


def test_several_at_once_say_how_many() -> None:
    assert how_many_compared(1) == ""
    assert how_many_compared(7).startswith("7 things are compared here.")


def test_nothing_says_that_one_made_the_other() -> None:
    told = tell_again(again(share(8, 20), share(7, 9), change=0.38, low=0.06, high=0.6))
    text = " ".join((told.said, told.spread, CAVEAT, how_many_compared(3), *HOW_LONG.values()))
    assert not re.search(r"thanks to|led to|made|helped|worked|improv|better than|!", text)


def test_it_is_a_strand_of_the_proof() -> None:
    told = tell_again(again(share(8, 20), share(7, 9), change=0.38, low=0.06, high=0.6))
    span = Span(date(2026, 2, 2), date(2026, 4, 5))
    only = strands(Lived(again=[told]), span)
    assert [one.name for one in only] == ["before-after"]
    assert only[0].said == (told.said, told.spread)
    assert only[0].rows[1] == (told.heading, "40 of 100", "78 of 100")
    assert only[0].chart is None
    assert strands(Lived(), span) == []

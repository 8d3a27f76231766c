"""The proof: it tells what was there, all of it and nothing else, each with n, and never a word of what was missed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steadily.program.check_ins import points_of
from steadily.program.entries import CheckIn, Forgiving, HardDay, Practiced, Ritual, Win
from steadily.program.found_wins import FoundWin
from steadily.program.lessons import lessons, practices
from steadily.program.proof import STRANDS, WEEKS, YEAR_WEEKS, span_of, strands
from steadily.program.repaired import likely
from steadily.program.strand import Band, Counts, Lived, Span, Strand, Stretches
from steadily.program.trust import curve

TODAY = date(2026, 3, 12)
SPAN = Span(date(2025, 12, 22), TODAY)
NEVER = re.compile(r"miss|streak|skip|%|in a row|only \d|broke|fail|score|without a day", re.IGNORECASE)
REGULATE = next(one for one in lessons() if one.name == "regulate").practices[0].name


def ago(n: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=n)


def done(n: int, practice: str = REGULATE, how: str = "done", helped: str = "") -> Practiced:
    """Practiced, so many days ago."""
    day = ago(n)
    return Practiced(datetime(day.year, day.month, day.day, 20, tzinfo=UTC), practice, how, helped)  # type: ignore[arg-type]


def seen(n: int, kind: str = "repair") -> FoundWin:
    """What a chat shows, so many days ago."""
    return FoundWin(kind, f"{kind} {n}", ago(n), "Three minutes from a sharp word to “sorry”.", (n,))  # type: ignore[arg-type]


def of(lived: Lived, name: str, span: Span = SPAN) -> Strand | None:
    """One strand."""
    return next((one for one in strands(lived, span) if one.name == name), None)


def the(lived: Lived, name: str) -> Strand:
    """One strand that must be there."""
    found = of(lived, name)
    assert found is not None
    return found


def words(strand: Strand) -> str:
    """All that is said of it."""
    return " ".join((strand.title, *strand.said, strand.note))


def test_nothing_kept_is_nothing_told() -> None:
    assert strands(Lived(), SPAN) == []
    not_done = Lived(
        practiced=[done(1, how="not today"), done(2, how="not for me")], wins=[Win(ago(1), "", is_kept=False)]
    )
    assert strands(not_done, SPAN) == []


def test_practice_counts_days_and_what_helped() -> None:
    found = the(
        Lived(practiced=[done(0), done(0, helped="yes"), done(3, helped="a little"), done(4, how="not today")]),
        "practice",
    )

    assert found.n == 2
    assert found.said == ("You practiced on two days.", "It helped, or helped a little, twice, you said.")
    assert isinstance(found.chart, Counts)
    assert found.chart.weeks == {date(2026, 3, 9): 2}


def test_strength_is_told_in_words_and_outlasts_a_rest() -> None:
    log = [done(n) for n in range(60, 74)]
    before = the(Lived(practiced=log), "leaning")
    rested = of(Lived(practiced=[done(n + 300) for n in range(14)]), "leaning")

    assert before.said[0].startswith("There to lean on: “Settle first, then answer”")
    assert not re.search(r"\d", words(before))
    assert rested is not None
    assert rested.said == before.said


def test_wins_that_were_not_wanted_are_passed_over() -> None:
    found = the(Lived(wins=[Win(ago(1), "tea"), Win(ago(1), "", is_kept=False), Win(ago(9), "a walk")]), "wins")

    assert found.said == ("You kept two small wins.",)


def test_repairs_of_the_chat_and_those_told_are_not_counted_twice() -> None:
    lived = Lived(
        found=[seen(3), seen(10), seen(4, "thank-you"), seen(400)],
        wins=[
            Win(ago(10), "…", "chat", "repair 10"),
            Win(ago(30), "…", "chat", "repair of a chat before"),
            Win(ago(3), "A hard talk ended softly."),
            Win(ago(20), "A hard talk ended softly."),
        ],
        check_ins=[CheckIn(ago(20), events=("we made up",)), CheckIn(ago(5), events=("we made up",))],
        chat_until=ago(2),
    )
    found = the(lived, "repairs")

    assert found.n == 5
    assert found.said == ("Five repairs.", "The chat shows three of them, and you told of the rest.")
    assert "of the 3 in the chat, somewhere between 2 and 3 are likely repairs" in found.note
    assert "45 of 49" in found.note
    assert "goes until" not in found.note


def test_repairs_say_where_the_chat_ends_and_stay_away_after_harm() -> None:
    old = Lived(found=[seen(60)], chat_until=ago(50))

    assert "The chat here goes until 21 January 2026." in the(old, "repairs").note
    assert (
        of(Lived(found=[seen(3)], wins=[Win(ago(9), "A hard talk ended softly.")], tells_repairs=False), "repairs")
        is None
    )


@given(st.integers(0, 400))
def test_the_likely_range_holds_between_nothing_and_all(n: int) -> None:
    low, high = likely(n)

    assert 0 <= low <= high <= n
    assert low <= round(n * 45 / 49) <= high


def test_the_likely_range_holds_what_is_true_nine_times_in_ten() -> None:
    import numpy as np

    random = np.random.default_rng(5)
    rates = random.beta(45.5, 4.5, 4_000)
    true = random.binomial(20, rates)
    low, high = likely(20)

    assert np.mean((low <= true) & (true <= high)) >= 0.88
    assert np.mean((low < true) & (true < high)) < 0.9


def test_rituals_count_only_where_both_want_them() -> None:
    kept = (ago(30), ago(2), ago(400))
    lived = Lived(
        rituals=[
            Ritual("Tea at nine", theirs="yes", kept=kept),
            Ritual("Walk", theirs="open", kept=kept),
            Ritual("Dinner", theirs="no", kept=kept),
        ]
    )
    found = the(lived, "rituals")

    assert found.said == ("“Tea at nine” took place twice.",)
    assert "Dinner" not in words(found)


def test_hard_days_are_told_with_how_they_passed() -> None:
    one = the(Lived(hard_days=[HardDay(ago(20), passed=ago(18))]), "hard-days")
    three = the(
        Lived(hard_days=[HardDay(ago(20), passed=ago(18)), HardDay(ago(50), passed=ago(49)), HardDay(ago(0))]),
        "hard-days",
    )

    assert one.said == ("One hard day is in these weeks. It passed; it took two days.",)
    assert three.said == (
        "Three hard days are in these weeks. Of three stretches, two are known to have passed; the longest took two days.",
    )
    assert isinstance(three.chart, Stretches)
    assert three.chart.stretches == ((ago(50), ago(49)), (ago(20), ago(18)), (ago(0), None))


def diary(n: int, low: int = 3, high: int = 7) -> Lived:
    """A check-in a day that rises once, half of the way."""
    check_ins = [CheckIn(ago(day), safety=low if day > n // 2 else high) for day in range(n)]
    return Lived(check_ins=check_ins, curves={"safety": curve(points_of(check_ins, "safety"), TODAY)})


def test_a_level_is_told_as_it_is_now_and_as_it_began_with_ranges() -> None:
    found = the(diary(200), "safety")

    assert isinstance(found.chart, Band)
    assert found.chart.days[0] == SPAN.first
    assert found.chart.days[-1] == TODAY
    assert found.said[0].startswith("Lately around 7 on a scale from 0 to 10")
    assert "From 200 answers in 200 days." in found.said[0]
    assert found.said[1].startswith("When these weeks began it was around 7")
    year = of(diary(200), "safety", Span(ago(199), TODAY))
    assert year is not None
    assert year.said[1].startswith("When these weeks began it was around 3")


def test_too_little_is_an_answer_and_has_no_line() -> None:
    found = the(diary(5), "safety")

    assert found.said == (
        "Too little to tell yet. Two weeks with 8 answers or more can say something. From 5 answers in 5 days.",
    )
    assert isinstance(found.chart, Band)
    assert set(found.chart.level) == {None}
    assert found.chart.label == ""
    old = [CheckIn(ago(300 + n), safety=4) for n in range(40)]
    assert of(Lived(check_ins=old, curves={"safety": curve(points_of(old, "safety"), TODAY)}), "safety") is None


def test_forgiving_stands_apart_from_feeling_safe_and_has_no_line() -> None:
    lived = Lived(forgiving=[Forgiving(ago(60), 2), Forgiving(ago(30), None), Forgiving(ago(2), 4)])
    found = the(lived, "forgiving")

    assert [one.name for one in strands(lived, SPAN)] == ["forgiving"]
    assert found.said == ("Two answers, between 2 and 4 of 10. Asked this rarely, it is too little to tell more.",)
    assert isinstance(found.chart, Band)
    assert set(found.chart.level) == {None}


def test_weeks_begin_on_a_monday_and_not_before_there_was_anything() -> None:
    assert span_of(Lived(), TODAY) == Span(date(2026, 3, 9), TODAY)
    assert span_of(Lived(wins=[Win(ago(16), "tea")]), TODAY) == Span(date(2026, 2, 23), TODAY)
    long = Lived(wins=[Win(ago(900), "tea")])
    assert span_of(long, TODAY) == SPAN
    assert SPAN.n_weeks == WEEKS
    year = span_of(long, TODAY, YEAR_WEEKS)
    assert year.first <= ago(364)
    assert year.n_weeks == YEAR_WEEKS


DAYS = st.integers(-5, 500)
LIVES = st.builds(
    Lived,
    practiced=st.lists(
        st.builds(done, DAYS, st.sampled_from(sorted(practices())), st.sampled_from(("done", "not today"))), max_size=30
    ),
    wins=st.lists(st.builds(Win, DAYS.map(ago), st.just("tea"), is_kept=st.booleans()), max_size=30),
    hard_days=st.lists(st.builds(HardDay, DAYS.map(ago)), max_size=6),
    found=st.none() | st.lists(st.builds(seen, DAYS), max_size=6, unique_by=lambda one: one.found),
    forgiving=st.lists(st.builds(Forgiving, DAYS.map(ago), st.none() | st.integers(0, 10)), max_size=5),
)


@given(LIVES, st.sampled_from((WEEKS, YEAR_WEEKS)))
@settings(deadline=None, max_examples=60)
def test_charts_and_words_count_all_that_was_there_and_nothing_else(lived: Lived, n_weeks: int) -> None:
    span = span_of(lived, TODAY, n_weeks)
    found = {one.name: one for one in strands(lived, span)}
    wins = [one.day for one in lived.wins if one.is_kept and span.holds(one.day)]

    assert span.first.weekday() == 0
    assert 1 <= span.n_weeks <= n_weeks
    assert ("wins" in found) == bool(wins)
    for one in found.values():
        assert not NEVER.search(words(one))
        assert one.said
        if isinstance(one.chart, Counts):
            assert sum(one.chart.weeks.values()) == one.n
            assert all(n > 0 and span.first <= week <= span.last for week, n in one.chart.weeks.items())
            assert len(one.rows) == 1 + len(one.chart.weeks)
    if wins:
        assert found["wins"].chart == Counts(
            dict(sorted(Counter(day - timedelta(days=day.weekday()) for day in wins).items())), "win"
        )


@given(LIVES, st.integers(0, 29))
@settings(deadline=None, max_examples=30)
def test_what_is_kept_longer_ago_changes_nothing_in_these_weeks(lived: Lived, n: int) -> None:
    more = Lived(**(vars(lived) | {"wins": [*lived.wins, Win(ago(500 + n), "older")]}))

    assert of(more, "wins") == of(lived, "wins")


def test_another_measure_joins_with_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    from steadily.program import proof
    from steadily.report.proof_charts import level_chart

    weeks = (date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19))
    band = Band(
        weeks, (0.5, None, 0.6), (0.4, None, 0.5), (0.6, None, 0.7), (None,) * 3, (0, 1), ("seldom", "half", "mostly")
    )
    monkeypatch.setattr(
        proof, "STRANDS", (*STRANDS, lambda lived, span: Strand("tone", "Tone", 40, ("…",), chart=band))
    )
    found = strands(Lived(), SPAN)

    assert [one.name for one in found] == ["tone"]
    spec = level_chart(found[0], SPAN)
    assert spec is not None
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["area", "line"]
    assert spec["layer"][0]["encoding"]["y"]["scale"] == {"domain": [0, 1]}

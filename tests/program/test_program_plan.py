"""The plan: one practice a day, with a reason; it follows what was tapped, done and said, and asks no more than there is strength for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steadily.dynamics import Finding
from steadily.program.entries import CheckIn, HardDay, Helped, How, Plan, Practiced
from steadily.program.leads import hardest_by
from steadily.program.lessons import DISTANCES, FITS, Practice, practices
from steadily.program.plan import MINUTES, WRITING, Choice, another, ranked, set_aside, standing, today
from steadily.program.signals import Signals, signals_of
from steadily.program.weighing import BECAUSE, History, reasons, weight

DAY = date(2026, 3, 1)
TAPPED = Plan(DAY, ("sharp words", "reaching"), "days", "some")
FIRST = next(name for name, one in practices().items() if (one.lesson, one.setting) == ("regulate", "alone"))
NOT_EVERY_WEEK = (WRITING, "forgiving-and-feeling-safe")
A_LOT = (Signals(strain_is_high=True), Signals(safety_is_low=True), Signals(had_hard_day=True))


def after(n: int) -> date:
    """A day of the plan."""
    return DAY + timedelta(days=n)


def noted(name: str, n: int, how: How = "done", helped: Helped = "") -> Practiced:
    """What became of a practice on a day of the plan."""
    return Practiced(datetime.combine(after(n), time(20), UTC), name, how, helped)


def one_of(**wanted: str) -> Practice:
    """The first practice that is so."""
    return next(one for one in practices().values() if all(getattr(one, key) == value for key, value in wanted.items()))


def lived(
    plan: Plan,
    n_days: int,
    how: Callable[[int, Practice], How] = lambda n, one: "done",
    helped: Callable[[Practice], Helped] = lambda one: "",
    signals: Signals = Signals(),  # noqa: B008
) -> list[Choice]:
    """What the plan chose over some days, on each of which it was followed."""
    log: list[Practiced] = []
    chosen = []
    for n in range(n_days):
        choice = today(plan, log, signals, after(n))
        assert choice is not None
        chosen.append(choice)
        log.append(noted(choice.practice.name, n, how(n, choice.practice), helped(choice.practice)))
    return chosen


def points(practice: Practice, log: Sequence[Practiced], plan: Plan = TAPPED, n: int = 30) -> float:
    """The weight of a practice on a day of the plan."""
    return weight(reasons(practice, plan, History(log, after(n)), Signals()))


def test_it_begins_with_something_little_to_settle_alone() -> None:
    for word in FITS:
        choice = today(replace(TAPPED, hardest=(word,)), [], Signals(), DAY)
        assert choice
        assert (choice.practice.lesson, choice.practice.setting, choice.practice.effort) == (
            "regulate",
            "alone",
            "little",
        )


def test_the_same_is_chosen_all_day_and_whatever_the_order_of_the_log() -> None:
    log = [noted(one.practice.name, n) for n, one in enumerate(lived(TAPPED, 9))]
    assert today(TAPPED, log, Signals(), after(9)) == today(TAPPED, log[::-1], Signals(), after(9))


@given(
    st.lists(st.sampled_from(list(FITS)), max_size=2, unique=True),
    st.sampled_from(["", *DISTANCES]),
    st.sampled_from(["little", "some"]),
    st.booleans(),
)
@settings(deadline=None, max_examples=25)
def test_three_weeks_of_it_keep_to_what_was_asked(
    hardest: list[str], distance: str, strength: str, ended: bool
) -> None:
    plan = Plan(DAY, tuple(hardest), distance, strength)  # type: ignore[arg-type]
    chosen = lived(plan, 21, signals=Signals(outreach_has_ended=ended))
    for one in chosen:
        assert one.why.endswith(f"{MINUTES[one.practice.minutes]} minutes, {one.practice.setting}.")
        assert one.why.count(".") == 1
        assert strength == "some" or one.practice.effort == "little"
        assert one.practice.setting == "alone" or not (ended or distance == "months")
        assert one.practice.lesson != "forgiving-and-feeling-safe" or "old hurt" in hardest
    names = [one.practice.name for one in chosen]
    assert all(names[n] not in names[n + 1 : n + 9] for n in range(21))
    weeks = [Counter(one.practice.lesson for one in chosen[n : n + 7]) for n in range(0, 21, 7)]
    assert all(len(week) >= 4 and max(week.values()) <= 3 for week in weeks)
    fitting = [one for one in practices().values() if {*hardest} & {*one.fits} and one.lesson not in NOT_EVERY_WEEK]
    able = [one for one in fitting if strength == "some" or one.effort == "little"]
    alone = [one for one in able if one.setting == "alone"]
    if hardest:
        assert sum(bool({*hardest} & {*one.practice.fits}) for one in chosen) >= min(14, 2 * len(alone))


def test_the_reason_says_what_was_tapped_and_how_much_strength_there_is() -> None:
    log = [noted(one_of(lesson="regulate").name, 0)]
    choice = today(replace(TAPPED, hardest=("sharp words",), strength="little"), log, Signals(), after(1))
    assert choice
    assert choice.why.startswith("Because small things turn sharp, and you said there is little strength: ")
    assert set(BECAUSE) == set(FITS)


@pytest.mark.parametrize("signals", A_LOT)
def test_on_a_day_that_is_a_lot_it_asks_for_little_and_says_why(signals: Signals) -> None:
    log = [noted(one_of(lesson="regulate").name, 0)]
    found = ranked(TAPPED, History(log, after(1)), signals)
    assert {one.effort for one in found} == {"little"}
    choice = today(TAPPED, log, signals, after(1))
    assert choice
    assert choice.practice.lesson in ("regulate", "setbacks")
    assert any(said in choice.why for said in ("a hard day", "a lot on you", "less safe"))


def test_done_or_left_there_is_nothing_more_today_unless_asked() -> None:
    first = today(TAPPED, [], Signals(), DAY)
    assert first
    for how, stands in (("done", "done"), ("not today", "left")):
        log = [noted(first.practice.name, 0, how)]  # type: ignore[arg-type]
        assert standing(TAPPED, log, DAY) == stands
        assert today(TAPPED, log, Signals(), DAY) is None
        more = another(TAPPED, log, Signals(), DAY)
        assert more
        assert more.practice != first.practice
        picked = replace(TAPPED, chosen=more.practice.name, chosen_on=DAY)
        shown = today(picked, log, Signals(), DAY)
        assert shown
        assert shown.practice == more.practice
        assert today(picked, [*log, noted(more.practice.name, 0)], Signals(), DAY) is None
    assert standing(TAPPED, [], DAY) == "open"


def test_left_for_another_day_it_is_something_else_tomorrow_and_rests_longer_each_time() -> None:
    name = one_of(lesson="repair", effort="little", setting="alone").name
    plan = replace(TAPPED, hardest=())

    def may_come(log: list[Practiced], n: int) -> bool:
        return name in {one.name for one in ranked(plan, History(log, after(n)), Signals())}

    begun = noted(FIRST, 0)
    once = [begun, noted(name, 1, "not today")]
    assert [may_come(once, n) for n in (2, 3, 4)] == [False, False, True]
    twice = [*once, noted(name, 4, "not today")]
    assert [may_come(twice, n) for n in (7, 9, 10)] == [False, False, True]
    assert may_come([*twice, noted(name, 10), noted(name, 30, "not today")], 33)


def test_what_is_not_for_me_comes_no_more_until_it_is_asked_back() -> None:
    first = lived(TAPPED, 1)[0].practice
    log = [noted(first.name, 0, "not for me")]
    assert set_aside(TAPPED, log) == [first.name]
    second = today(TAPPED, log, Signals(), DAY)
    assert second
    assert second.practice != first
    for n in range(0, 400, 40):
        assert first not in ranked(TAPPED, History(log, after(n)), Signals())
    assert first in ranked(replace(TAPPED, repeats=(first.name,)), History(log, after(9)), Signals())
    assert set_aside(TAPPED, [*log, noted(first.name, 3)]) == []
    opened = replace(TAPPED, opened={first.name: after(5)})
    assert first not in ranked(opened, History(log, after(9)), Signals())


def test_when_everything_was_set_aside_there_is_nothing_and_that_is_an_answer() -> None:
    log = [noted(name, 0, "not for me") for name in practices()]
    assert today(TAPPED, log, Signals(), after(1)) is None
    assert another(TAPPED, log, Signals(), after(1)) is None


def test_what_helped_raises_its_kind_and_what_did_not_lowers_it() -> None:
    done, like = [one for one in practices().values() if (one.lesson, one.setting) == ("validate", "alone")][:2]
    order: tuple[Helped, ...] = ("no", "", "a little", "yes")
    found = [points(like, [noted(done.name, 1, helped=one)], n=30) for one in order]
    assert found == sorted(found)
    assert len(set(found)) == 4
    unlike = next(
        one
        for one in practices().values()
        if one.lesson != done.lesson and one.setting != done.setting and not {*one.fits} & {*done.fits}
    )
    assert len({points(unlike, [noted(done.name, 1, helped=one)], n=30) for one in order}) == 1


def test_one_answer_is_no_verdict_and_many_never_outweigh_everything() -> None:
    done = one_of(lesson="validate", setting="alone")
    once, often = ([noted(done.name, n, helped="no") for n in range(m)] for m in (1, 60))
    like = one_of(lesson="validate", setting="in a message")
    neutral = [[replace(one, helped="") for one in log] for log in (once, often)]
    assert points(like, neutral[0], n=61) - points(like, once, n=61) < 0.5
    assert points(like, neutral[1], n=61) - points(like, often, n=61) <= 2


def test_what_did_not_help_rests_for_weeks_and_what_is_wanted_comes_back_soon() -> None:
    name = one_of(lesson="validate", setting="alone").name

    def comes(plan: Plan, helped: Helped, n: int) -> bool:
        found = ranked(plan, History([noted(FIRST, 0), noted(name, 1, helped=helped)], after(n)), Signals())
        return practices()[name] in found

    assert [comes(TAPPED, "", n) for n in (2, 9, 10)] == [False, False, True]
    assert [comes(TAPPED, "no", n) for n in (10, 28, 29)] == [False, False, True]
    wanted = replace(TAPPED, repeats=(name,))
    assert [comes(wanted, "", n) for n in (5, 6)] == [False, True]
    chosen = [one.practice.name for one in lived(wanted, 28)]
    assert 3 <= chosen.count(name) <= 5


def test_what_a_finding_opened_comes_first_and_once() -> None:
    name = one_of(lesson="small-wins", setting="alone", effort="little").name
    log = [noted(FIRST, 0)]
    opened = replace(TAPPED, opened={name: after(1)})
    choice = today(opened, log, Signals(), after(2))
    assert choice
    assert choice.practice.name == name
    assert "your look back points to it" in choice.why
    log.append(noted(name, 2))
    later = today(opened, log, Signals(), after(3))
    assert later
    assert "look back" not in later.why


def test_a_practice_chosen_by_hand_is_today_s_whatever_the_rules_say() -> None:
    hand = one_of(setting="together", effort="some")
    plan = replace(TAPPED, strength="little", distance="months", chosen=hand.name, chosen_on=after(1))
    choice = today(plan, [noted(FIRST, 0)], Signals(), after(1))
    assert choice
    assert choice.practice == hand
    assert choice.why.startswith("You chose this one: ")
    assert today(plan, [], Signals(), after(2)) != choice
    ended = today(plan, [noted(FIRST, 0)], Signals(outreach_has_ended=True), after(1))
    assert ended
    assert ended.practice.setting == "alone"
    unknown = today(replace(plan, chosen="a practice of an older version"), [], Signals(), after(1))
    assert unknown


def test_at_most_one_a_day_reaches_out() -> None:
    name = one_of(setting="in a message").name
    for how in ("not today", "done"):
        found = ranked(TAPPED, History([noted(FIRST, 0), noted(name, 1, how)], after(1)), Signals())  # type: ignore[arg-type]
        assert {one.setting for one in found} == {"alone"}


def test_after_months_only_what_is_wanted_reaches_out() -> None:
    name = one_of(setting="in a message", effort="little").name
    plan = replace(TAPPED, distance="months", repeats=(name,))
    history = History([noted(FIRST, 0)], after(1))
    assert {one.name for one in ranked(plan, history, Signals()) if one.setting != "alone"} == {name}
    assert {one.setting for one in ranked(plan, history, Signals(outreach_has_ended=True))} == {"alone"}


def test_on_a_hard_day_nothing_reaches_out_unless_it_is_put_on_the_card() -> None:
    name = one_of(setting="in a message", effort="little").name
    history = History([noted(FIRST, 0)], after(1))
    for hard in (Signals(had_hard_day=True), Signals(safety_is_low=True)):
        assert {one.setting for one in ranked(replace(TAPPED, repeats=(name,)), history, hard)} == {"alone"}
        choice = today(replace(TAPPED, chosen=name, chosen_on=after(1)), history.log, hard, after(1))
        assert choice
        assert choice.practice.name == name


def test_the_pages_of_the_outsider_come_in_order_with_weeks_between() -> None:
    pages = [one.name for one in practices().values() if one.lesson == WRITING]

    def next_pages(log: list[Practiced], n: int) -> list[str]:
        return [one.name for one in ranked(TAPPED, History(log, after(n)), Signals()) if one.lesson == WRITING]

    begun = noted(FIRST, 0)
    assert next_pages([begun], 1) == pages[:1]
    assert next_pages([begun, noted(pages[0], 1)], 20) == []
    assert next_pages([begun, noted(pages[0], 1)], 22) == pages[1:2]
    assert next_pages([begun, noted(pages[2], 1)], 30) == pages[:1]


def test_while_it_rests_nothing_is_shown_and_nothing_is_lost() -> None:
    log = [noted(one.practice.name, n) for n, one in enumerate(lived(TAPPED, 5))]
    paused = replace(TAPPED, paused_since=after(5))
    assert today(paused, log, Signals(), after(5)) is None
    assert standing(paused, log, after(5)) == "resting"
    assert today(replace(paused, paused_since=None), log, Signals(), after(40)) is not None


def test_when_everything_has_been_done_lately_something_comes_again() -> None:
    log = [noted(name, 1) for name in practices()]
    assert today(TAPPED, log, Signals(), after(2)) is not None


def test_a_month_away_is_not_spoken_of() -> None:
    log = [noted(FIRST, 0)]
    choice = today(TAPPED, log, Signals(), after(60))
    assert choice
    assert not any(word in choice.why for word in ("miss", "away", "again", "day"))


def check_in(n: int, strain: int | None = None, safety: int | None = None) -> CheckIn:
    """A check-in on a day of the plan."""
    return CheckIn(after(n), safety=safety, strain=strain)


@pytest.mark.parametrize(
    ("strains", "is_high"),
    [
        ({30: 7}, True),
        ({28: 9}, True),
        ({27: 9}, False),
        ({30: 6}, False),
        ({28: 9, 29: 9, 30: 4}, True),
        ({24: 9, 25: 9, 30: 4}, True),
        ({20: 9, 21: 9, 30: 4}, False),
        ({31: 9}, False),
        ({30: None}, False),
        ({}, False),
    ],
)
def test_strain_is_high_by_the_last_days(strains: dict[int, int | None], is_high: bool) -> None:
    kept = [check_in(n, strain=point) for n, point in strains.items()]
    assert signals_of(kept[::-1], [], after(30)).strain_is_high == is_high


@pytest.mark.parametrize(
    ("last", "before", "is_low"),
    [
        ({30: 4}, [6, 6, 6, 6, 6], True),
        ({30: 5}, [6, 6, 6, 6, 6], False),
        ({30: 0}, [6, 6, 6, 6], False),
        ({27: 0}, [6, 6, 6, 6, 6], False),
        ({30: 2}, [2, 2, 2, 2, 2], False),
    ],
)
def test_safety_is_low_against_what_is_usual_for_this_person(
    last: dict[int, int], before: list[int], is_low: bool
) -> None:
    kept = [check_in(n, safety=point) for n, point in last.items()]
    kept += [check_in(20 + n, safety=point) for n, point in enumerate(before)]
    assert signals_of(kept, [], after(30)).safety_is_low == is_low
    long_ago = [replace(one, day=one.day - timedelta(days=40)) for one in kept[1:]]
    assert not signals_of([kept[0], *long_ago], [], after(30)).safety_is_low


def test_a_hard_day_counts_today_and_tomorrow() -> None:
    told = [signals_of([], [HardDay(after(3))], after(n)).had_hard_day for n in (2, 3, 4, 5)]
    assert told == [False, True, True, False]
    assert signals_of([], [], DAY, outreach_has_ended=True).outreach_has_ended


def found(measure: str, *interval: float) -> Finding:
    """A finding with an interval, or with too little to say."""
    return Finding(measure, 0.5 if interval else None, interval or None, 30, "share")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ([found("openings.silence", 0.65, 0.9)], ("reaching",)),
        ([found("openings.silence", 0.1, 0.35)], ("stepping back",)),
        ([found("openings.silence", 0.4, 0.9)], ()),
        ([found("openings.silence")], ()),
        ([found("contact_changes.change", 0.1, 0.4)], ("silence",)),
        ([found("contact_changes.change", 0.1, 0.4), found("contact_changes.change", 1.2, 1.9)], ()),
        ([found("contact_changes.change", 0.1, 0.4), found("openings.silence", 0.7, 0.9)], ("reaching", "silence")),
        ([found("waits.usual", 0.9, 0.95)], ()),
        ([], ()),
    ],
)
def test_a_look_back_leads_only_where_it_is_clear(findings: list[Finding], words: tuple[str, ...]) -> None:
    assert hardest_by(findings) == words

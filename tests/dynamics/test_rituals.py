"""Rituals: what comes back at its hour is found, when it faded and came back, and chance gives none."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import conversation_of
from steadily.codebook import LABELS
from steadily.dynamics.coded import with_codes
from steadily.dynamics.ritual_course import course, stretches
from steadily.dynamics.rituals import Ritual, find_rituals, lost, rituals
from steadily.program.rituals import LastSeen, offered
from steadily.report.telling.rituals import SENTENCES
from steadily.synthetic.couple import make_couple
from steadily.synthetic.variety import plan_of_kind

START = date(2025, 1, 6)
WORDS = "tea bus rain shop late work call lunch dog key train milk list door meet soon home light week plan book film".split()
Row = tuple[datetime, str, str]


def chatter(days: int, rng: np.random.Generator, per_day: int = 12) -> list[Row]:
    """Short messages of everyday words at all hours of the day."""
    rows: list[Row] = []
    for day in range(days):
        midnight = datetime.combine(START, datetime.min.time()) + timedelta(days=day)
        for minute in rng.integers(7 * 60, 23 * 60, per_day):
            text = " ".join(rng.choice(WORDS, 4))
            rows.append((midnight + timedelta(minutes=int(minute)), str(rng.choice(["me", "partner"])), text))
    return rows


def said(
    day: int, hour: int, text: str, rng: np.random.Generator, *, answer: str | None = "you too love", after_min: int = 4
) -> list[Row]:
    """Something said at about an hour, and its answer."""
    at = datetime.combine(START, datetime.min.time()) + timedelta(days=day, hours=hour, minutes=int(rng.integers(50)))
    first, second = ("me", "partner") if rng.random() < 0.5 else ("partner", "me")
    rows = [(at, first, text)]
    return rows if answer is None else [*rows, (at + timedelta(minutes=after_min), second, answer)]


def chat(rows: list[Row]) -> pl.DataFrame:
    """The messages, in order."""
    return conversation_of(sorted(rows)).messages


def mornings(rates: list[tuple[int, float]], seed: int = 1) -> pl.DataFrame:
    """Everyday chatter with a good morning on a share of the days, stretch after stretch of (days, share)."""
    rng = np.random.default_rng(seed)
    rows, day = chatter(sum(n for n, _ in rates), rng), 0
    for n, rate in rates:
        for one in range(day, day + n):
            if rng.random() < rate:
                rows += said(
                    one, 7, str(rng.choice(["Good morning!", "good morning you", "mornnig", "Good morning ☀"])), rng
                )
        day += n
    return chat(rows)


def test_it_finds_a_habit_of_every_day() -> None:
    """Said in several ways, with a slip of the thumb: one ritual, at its hour, with its days."""
    (found,) = rituals(mornings([(120, 0.7)]))

    assert (found.name, found.hour, found.weekday) == ("good morning", 7, None)
    assert (found.faded, found.returned) == (None, None)
    assert found.n == len(found.days) == len(found.rows)
    assert 70 <= found.n <= 100
    assert found.days[0] == found.first
    assert found.days[-1] == found.last


def test_it_finds_a_habit_of_one_weekday() -> None:
    rng = np.random.default_rng(2)
    rows = chatter(200, rng)
    for day in range(4, 200, 7):
        rows += said(day, 17, str(rng.choice(["noodle night?", "noodles tonight?", "friday noodles!"])), rng)
    (found,) = rituals(chat(rows))

    assert found.weekday == 4
    assert found.weekdays == (4,)
    assert "noodle" in found.name
    assert found.hour in (17, 18)
    assert found.n >= 25


def test_it_knows_until_when_it_was_kept() -> None:
    """Usual for a hundred days, then hardly: the day is found, inside its interval."""
    (found,) = rituals(mornings([(100, 0.8), (100, 0.04)]))
    turned = START + timedelta(days=100)

    assert found.faded is not None
    assert found.faded_between is not None
    assert abs((found.faded - turned).days) <= 7
    assert found.faded_between[0] <= found.faded <= found.faded_between[1]
    assert found.returned is None
    assert lost([found]) == (("good morning", found.last),)


def test_it_knows_when_it_came_back() -> None:
    (found,) = rituals(mornings([(90, 0.8), (80, 0.03), (90, 0.6)]))

    assert found.faded is not None
    assert found.returned is not None
    assert abs((found.faded - START).days - 90) <= 7
    assert abs((found.returned - START).days - 170) <= 7
    assert lost([found]) == ()


def test_what_grew_has_not_faded() -> None:
    """A ritual that began in the middle is kept."""
    (found,) = rituals(mornings([(90, 0.0), (90, 0.7)]))

    assert found.faded is None


def test_days_without_any_message_say_nothing() -> None:
    """A month that the export has lost is no fading."""
    whole = mornings([(200, 0.7)])
    lost_month = whole.filter(~pl.col("local_time").is_between(datetime(2025, 4, 1), datetime(2025, 4, 30)))
    (found,) = rituals(lost_month.with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32)))

    assert found.faded is None


def test_words_at_all_hours_are_no_ritual() -> None:
    rng = np.random.default_rng(4)
    rows = chatter(150, rng)
    for day in range(150):
        rows += said(day, int(rng.integers(8, 22)), "miss you so much", rng)

    assert rituals(chat(rows)) == ()


def test_what_nobody_answers_is_no_ritual() -> None:
    """Good night to someone who has not written for hours, and answers the next day."""
    rows: list[Row] = []
    rng = np.random.default_rng(5)
    for day in range(120):
        rows += said(day, 22, "sleep tight", rng, answer=None)
        rows += said(day, int(rng.integers(9, 18)), " ".join(rng.choice(WORDS, 4)), rng, answer=None)

    assert all(one.name != "sleep tight" for one in rituals(chat(rows)))


def test_what_is_sharp_is_no_ritual() -> None:
    """A quarrel every evening is nothing to have back."""
    messages = mornings([(120, 0.7)])
    codes = np.zeros((messages.height, len(LABELS)), dtype=np.float32)
    codes[messages["text"].str.contains("(?i)mor").to_numpy(), LABELS.index("contempt")] = 1.0

    assert rituals(with_codes(messages, codes, codes >= 0.5)) == ()
    assert len(rituals(with_codes(messages, codes * 0, codes > 1))) == 1


def test_two_habits_at_one_hour_stay_two() -> None:
    """What is said together is one ritual; what is said on days of its own is another."""
    rng = np.random.default_rng(6)
    rows = chatter(160, rng)
    for day in range(160):
        if rng.random() < 0.7:
            rows += said(day, 22, "night night", rng, answer=str(rng.choice(["sweet dreams", "dreams", "night"])))
        if day % 7 in (1, 3) and rng.random() < 0.9:
            rows += said(day, 21, "safely back?", rng, answer="yes, just in")
    found = rituals(chat(rows))

    assert {one.hour for one in found} == {21, 22}
    assert len(found) == 2
    assert next(one for one in found if one.hour == 21).weekdays == (1, 3)


def test_texts_dealt_anew_hold_no_ritual() -> None:
    """The same messages, each with another's text: nothing comes back at its hour."""
    rng, messages = np.random.default_rng(7), mornings([(150, 0.7)])

    for _ in range(10):
        dealt = messages.with_columns(text=messages["text"].gather(rng.permutation(messages.height)))
        assert rituals(dealt) == ()


def test_it_belongs_to_both() -> None:
    """Seen from the other side, and in any order of rows, it is the same."""
    messages = mornings([(120, 0.7)])
    other = pl.when(pl.col("author") == "me").then(pl.lit("partner")).otherwise(pl.lit("me"))
    swapped = messages.with_columns(author=other.cast(messages["author"].dtype))

    assert rituals(swapped) == rituals(messages)
    assert rituals(messages.sample(fraction=1.0, shuffle=True, seed=1)) == rituals(messages)


@pytest.mark.parametrize("kind", ["close", "sudden distance"])
def test_it_finds_what_was_planted(kind: str) -> None:
    """In synthetic couples: the morning and the night are found, and whether they faded."""
    plan = plan_of_kind(kind, seed=3)
    planted = make_couple(plan, seed=3)
    found = {one.name.split()[-1]: one for one in rituals(planted.conversation.messages)}

    for name in ("morning", "night"):
        assert name in found
        faded = found[name].faded
        assert (faded is not None) == (kind != "close")
        if faded is not None:
            assert abs((faded - plan.phases[1].start).days) <= 14


def test_findings_say_what_became_of_it() -> None:
    """One finding for each, with a sentence; what was lost can be offered in the Practice room."""
    kept, gone, back = (
        find_rituals(mornings(rates))[0]
        for rates in ([(120, 0.7)], [(100, 0.8), (100, 0.04)], [(90, 0.8), (80, 0.03), (90, 0.6)])
    )

    assert [one.measure for one in (kept, gone, back)] == ["rituals.kept", "rituals.lost", "rituals.returned"]
    for one in (kept, gone, back):
        assert one.interval is not None
        assert one.interval[0] <= one.estimate <= one.interval[1]
        statement, spread = SENTENCES[one.measure][2](one, *one.interval)
        assert statement.startswith("“good morning”, most often between 7 and 8 in the morning,")
        assert spread.endswith(".")
    seen = [LastSeen(*one) for one in lost(rituals(mornings([(100, 0.8), (100, 0.04)])))]
    assert [one.name for one in offered(seen, [])] == ["good morning"]


def test_none_and_too_little_are_answers() -> None:
    (none,) = find_rituals(chat(chatter(120, np.random.default_rng(8))))
    (short,) = find_rituals(mornings([(30, 0.7)]))
    (empty,) = find_rituals(mornings([(30, 0.7)]).head(0))

    assert (none.measure, none.estimate) == ("rituals.none", 0.0)
    assert (short.measure, short.estimate) == ("rituals.none", None)
    assert (empty.measure, empty.estimate, empty.n) == ("rituals.none", None, 0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=120), st.integers(1, 9))
def test_any_course_is_whole(there: list[bool], step: int) -> None:
    """Stretches cover all days, shares are shares, and what came back had faded before."""
    days, seen = np.arange(len(there), dtype=np.int64) * step, np.array(there)
    bounds = stretches(days, seen)
    found = course(days, seen)

    assert (bounds[0], bounds[-1]) == (0, len(there))
    assert (np.diff(bounds) > 0).all()
    assert 0 <= found.rate <= 1
    for turn in (found.faded, found.returned):
        assert turn is None or turn.low <= turn.day <= turn.high
    if found.returned is not None:
        assert found.faded is not None
        assert found.faded.day < found.returned.day


def test_a_steady_habit_does_not_fade_by_chance() -> None:
    """Of two hundred courses of one rate, at most a few are said to have faded."""
    rng = np.random.default_rng(9)
    faded = [course(np.arange(300), rng.random(300) < 0.5).faded is not None for _ in range(200)]

    assert np.mean(faded) <= 0.02


def test_a_ritual_is_plain_data() -> None:
    day = date(2025, 1, 6)
    assert Ritual("tea", 16, None, 1, day, day, None, None, (day,), (0,)).weekdays == tuple(range(7))

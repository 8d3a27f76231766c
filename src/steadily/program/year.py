"""
A year in review: what was practiced and what went well, in whole sentences, for whoever reads it on a quiet evening.

It tells what was there. What was left out, skipped or missed is in no sentence, and nothing is set against anyone else's year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from steadily.program.entries import CheckIn, HardDay, Practiced, Ritual, Win
from steadily.program.plain_words import day_in_words, listed, month_in_words, number, opened, so_many
from steadily.program.setbacks import YEAR, Dip, dips

MOST_PRACTICES = 3


@dataclass(frozen=True)
class Part:
    """
    One part of the review.

    Attributes:
        heading: What it is about.
        sentences: In order; at least one.
    """

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Year:
    """
    The review.

    Attributes:
        since: Its first day: a year ago, or the first of which anything is kept.
        parts: Those of which something is kept; none where nothing is.
    """

    since: date
    parts: tuple[Part, ...]


def year_in_review(
    today: date,
    *,
    practiced: Iterable[Practiced] = (),
    wins: Iterable[Win] = (),
    rituals: Iterable[Ritual] = (),
    check_ins: Sequence[CheckIn] = (),
    hard_days: Sequence[HardDay] = (),
    titles: Mapping[str, str],
) -> Year:
    """
    The last twelve months in sentences.

    Args:
        today: The last day.
        practiced: All that was practiced.
        wins: All wins, also those that were not wanted; they are passed over.
        rituals: All rituals; only those that both want are told.
        check_ins: All check-ins.
        hard_days: All hard days.
        titles: Practice → what it is called.
    """
    first = today - YEAR
    done = sorted(
        (one for one in practiced if one.how == "done" and first <= one.at.date() <= today), key=lambda one: one.at
    )
    kept = sorted((one for one in wins if one.is_kept and first <= one.day <= today), key=lambda one: one.day)
    shared = [one for one in rituals if (one.mine, one.theirs) == ("yes", "yes")]
    answered = {one.day for one in check_ins if first <= one.day <= today}
    hard = sorted({one.day for one in hard_days if first <= one.day <= today})
    days = [one.at.date() for one in done] + [one.day for one in kept] + [*answered, *hard]
    parts = (
        ("What you practiced", _practice(done, titles)),
        ("What went well", _wins(kept)),
        ("What you both wanted", _rituals(shared, first, today)),
        ("Check-ins", [f"You checked in on {so_many(len(answered), 'day')}."] if answered else []),
        ("Hard days", _hard(hard, dips(check_ins, hard_days, today))),
    )
    told = tuple(Part(heading, tuple(sentences)) for heading, sentences in parts if sentences)
    return Year(min(days, default=today), told)


def _practice(done: Sequence[Practiced], titles: Mapping[str, str]) -> list[str]:
    if not done:
        return []
    days = so_many(len({one.at.date() for one in done}), "day")
    sentences = [f"You practiced on {days}, {_times(len(done))} in all."]
    named = Counter(titles[one.practice] for one in done if one.practice in titles)
    most = [f"“{title}” ({_times(n)})" for title, n in named.most_common(MOST_PRACTICES) if n > 1]
    if most:
        sentences.append(f"You came back most to {listed(most)}.")
    helped = sum(one.helped in ("yes", "a little") for one in done)
    if helped:
        sentences.append(f"{opened(_times(helped))} you said that it helped, or helped a little.")
    return sentences


def _wins(kept: Sequence[Win]) -> list[str]:
    if not kept:
        return []
    months = Counter(month_in_words(one.day) for one in kept)
    sentences = [f"You kept {so_many(len(kept), 'small win')}."]
    if len(months) > 1:
        by_month = opened(listed([f"{number(n)} in {month}" for month, n in months.items()]))
        sentences.append(f"{by_month}.")
    return sentences


def _rituals(shared: Sequence[Ritual], first: date, today: date) -> list[str]:
    sentences = []
    for one in sorted(shared, key=lambda ritual: (ritual.began or today, ritual.name)):
        n = sum(first <= day <= today for day in one.kept)
        since = f" since {day_in_words(one.began)}" if one.began else ""
        took_place = f" It took place on {so_many(n, 'day')}." if n else ""
        sentences.append(f"“{one.name}”{since}.{took_place}")
    return sentences


def _hard(hard: Sequence[date], found: Sequence[Dip]) -> list[str]:
    """Hard days and that they passed, as far as that is known."""
    if not hard:
        return []
    of_day = {day: max((one for one in found if one.began <= day), key=lambda one: one.began) for day in hard}
    over = {day: one.days for day, one in of_day.items() if one.is_over and one.days is not None}
    n = len(hard)
    sentences = [f"{opened(number(n))} hard {'day is' if n == 1 else 'days are'} in it."]
    if not over:
        return sentences
    if len(over) == n:
        sentences.append("It passed." if n == 1 else "All of them passed.")
    else:
        sentences.append(f"{opened(number(len(over)))} {'is' if len(over) == 1 else 'are'} known to have passed.")
    longest = so_many(max(over.values()), "day")
    sentences.append(f"It took {longest}." if n == 1 else f"The longest took {longest}.")
    return sentences


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{number(n)} times")

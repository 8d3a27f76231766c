"""The sentence on top, the months under it, and what the reader could not read: shared by page and terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import polars as pl

from steadily.conversation import Conversation
from steadily.dynamics.days import daily_counts
from steadily.errors import Issue
from steadily.report.sentences import Told
from steadily.report.wording import MONTHS, count

CANNOT_KNOW = (
    "This reads words and times, not faces or voices. It has never met either of you.",
    "What a message does was read by a program. It misses much, and sees some things that are not there.",
    "It does not see what was said by phone, in the kitchen, or in another app.",
    "It cannot tell why something changed, and it does not guess what your partner feels.",
    "No study has tried this program as a whole. It is an aid for looking, not a test of your relationship.",
)
"""What every look back ends with."""


def headline(conversation: Conversation, told: Sequence[Told]) -> str:
    """`14 months, 8,412 messages; something changed around April 2026.`"""
    days = daily_counts(conversation.messages)
    n_messages = int(days["n_messages"].sum())
    length = count(days.height / 30.44, "month") if days.height > 60 else count(days.height, "day")
    starts = changed_on(told)
    if not starts:
        return f"{length}, {count(n_messages, 'message')}."
    again = ", and again later" if len(starts) > 1 else ""
    year, month, _ = starts[0].split("-")
    return f"{length}, {count(n_messages, 'message')}; something changed around {MONTHS[int(month) - 1]} {year}{again}."


def changed_on(told: Sequence[Told]) -> list[str]:
    """
    On which days something changed, for the sentence on top.

    Args:
        told: What was found.

    Returns:
        The starts of all phases but the first (ISO dates); where phases cannot be told, the largest change in how much was written.
    """
    phases = [one.finding for one in told if one.finding.measure.startswith("change_points.")]
    if any(one.estimate is not None for one in phases):
        return [str(one.facts["start"]) for one in phases if one.facts.get("place", 1) != 1]
    changes = [one.finding for one in told if one.finding.measure == "contact_changes.change"]
    largest = sorted(changes, key=lambda one: abs(_log(one.estimate)))[-1:]
    return [str(one.facts["day"]) for one in largest]


def _log(ratio: float | None) -> float:
    import math

    return math.log(max(ratio or 1.0, 1e-9))


def months(conversation: Conversation) -> pl.DataFrame:
    """Messages per day by month: `month` (its first day), `n_messages`, `n_days`, `per_day`."""
    days = daily_counts(conversation.messages)
    return (
        days.group_by(month=pl.col("day").dt.truncate("1mo"))
        .agg(pl.col("n_messages").sum(), n_days=pl.len())
        .sort("month")
        .with_columns(per_day=pl.col("n_messages") / pl.col("n_days"))
    )


def gathered_issues(conversation: Conversation) -> list[tuple[Issue, int]]:
    """Issues that say the same, once each, with how many lines or records they speak of; what was lost comes first."""
    totals: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], Issue] = {}
    for issue in conversation.issues:
        key = (issue.weight, issue.problem, issue.remedy)
        first.setdefault(key, issue)
        totals[key] += issue.n_lines
    order = {"lost": 0, "coverage": 1, "decided": 2}
    return [(first[key], n) for key, n in sorted(totals.items(), key=lambda item: order[item[0][0]])]

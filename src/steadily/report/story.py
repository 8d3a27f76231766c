"""
The look back as a story: findings in chapters with headings that people say, my part first, amounts last and folded.

Every surface (the Look room, the page, the terminal, the pages for a therapist) tells it from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from steadily.report.sentences import Told
from steadily.report.story_charts import CHARTS

NOT_ENOUGH = "Not enough here to say."


@dataclass(frozen=True)
class Plan:
    """
    What a chapter is about.

    Attributes:
        name: What it is called in addresses and options.
        heading: What people would call it.
        findings: Measures (`waits`) or single findings (`bids.met`) that stand in it, in their order.
        is_folded: Whether it is read only when it is asked for.
        is_left_out: Whether it is left out where there is too little to say: then silence is better.
    """

    name: str
    heading: str
    findings: tuple[str, ...]
    is_folded: bool = False
    is_left_out: bool = False


AMOUNTS = Plan(
    "amounts",
    "Times and amounts",
    ("coverage", "contact_changes", "openings", "balance", "waits", "silences", "rhythm"),
    is_folded=True,
)
PLANS = (
    Plan("my-part", "My part", ("equation", "bids.mine_met")),
    Plan("changes", "What changed, and when", ("change_points",)),
    Plan("loop", "Who reaches, who steps back", ("demand_withdraw",)),
    Plan("sharp", "When it turned sharp, and how it came back", ("rupture_repair",)),
    Plan("rituals", "Things that came back, things that faded", ("rituals",), is_left_out=True),
    Plan("warmth", "What was followed by warmth", ("what_helps", "bids")),
    Plan("rough", "Rough weeks", ("dips",), is_left_out=True),
    AMOUNTS,
)
"""The chapters in the order in which they are told."""


class Placed(NamedTuple):
    """A finding in its place: where it stands in all that was found, the finding, and the chart of its own (empty where none)."""

    place: int
    told: Told
    chart: str


@dataclass(frozen=True)
class Group:
    """
    Findings of one heading, which share what they cannot tell.

    Attributes:
        title: The heading; empty where that of the chapter says it already.
        findings: In their order.
    """

    title: str
    findings: tuple[Placed, ...]

    @property
    def caveat(self) -> str:
        """What they cannot tell."""
        return self.findings[-1].told.caveat


@dataclass(frozen=True)
class Chapter:
    """
    A chapter of the story.

    Attributes:
        name: As in its plan.
        heading: What people would call it.
        groups: What is said in it, by heading; nothing where there is too little to say.
        chart: The chart that a measure of it shares, drawn above its findings; empty where there is none.
        unsaid: One line on what there is too little for; empty where there is none.
        is_folded: Whether it is read only when it is asked for.
    """

    name: str
    heading: str
    groups: tuple[Group, ...]
    chart: str
    unsaid: str
    is_folded: bool


def chapters(told: Sequence[Told]) -> tuple[Chapter, ...]:
    """
    The story.

    Args:
        told: All that was found, from any version of the measures.

    Returns:
        The chapters that have something to say, or one line on why not, in their order. Each finding stands in one of them.
    """
    by_plan: dict[Plan, list[tuple[int, Told]]] = {plan: [] for plan in PLANS}
    for place, one in enumerate(told):
        by_plan[plan_of(one.finding.measure)].append((place, one))
    found = (_chapter(plan, ones) for plan, ones in by_plan.items() if ones)
    return tuple(one for one in found if one is not None)


def plan_of(measure: str) -> Plan:
    """Which chapter a finding belongs to; one that no chapter names stands with the amounts."""
    return next((plan for plan in PLANS if _rank(plan, measure) is not None), AMOUNTS)


def _chapter(plan: Plan, ones: list[tuple[int, Told]]) -> Chapter | None:
    said = [(place, one) for place, one in ones if one.finding.estimate is not None]
    unsaid = list(dict.fromkeys(one.heading for _, one in ones if one.finding.estimate is None))
    if not said and plan.is_left_out:
        return None
    line = "" if not unsaid else NOT_ENOUGH if not said else f"Not enough here to say: {_listed(unsaid)}."
    chart = next((name for name in plan.findings if name in CHARTS and said), "")
    return Chapter(plan.name, plan.heading, _groups(plan, said), chart, line, plan.is_folded)


def _listed(headings: list[str]) -> str:
    quoted = [f"“{one}”" for one in headings]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _groups(plan: Plan, said: list[tuple[int, Told]]) -> tuple[Group, ...]:
    ordered = sorted(said, key=lambda pair: _rank(plan, pair[1].finding.measure) or 0)
    groups: dict[str, list[Placed]] = {}
    for place, one in ordered:
        chart = one.finding.measure if one.finding.measure in CHARTS else ""
        groups.setdefault(one.heading, []).append(Placed(place, one, chart))
    plain = (plan.heading, *groups) if len(groups) == 1 else (plan.heading,)
    return tuple(Group("" if heading in plain else heading, tuple(findings)) for heading, findings in groups.items())


def _rank(plan: Plan, measure: str) -> int | None:
    """Where a finding stands in a chapter; None where it belongs to another."""
    names = (measure, measure.partition(".")[0])
    return next((rank for rank, name in enumerate(plan.findings) if name in names), None)

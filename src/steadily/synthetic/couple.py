"""Put a couple together: what was written becomes a conversation, and the truth behind it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from steadily.conversation import SCHEMA, Conversation, Partners, SourceFile
from steadily.synthetic.bank import Persona
from steadily.synthetic.losses import as_exported
from steadily.synthetic.plan import Plan, PlantedRupture, Truth, sample_plan
from steadily.synthetic.style import in_style
from steadily.synthetic.writer import Line, Writer

NAMES: dict[Persona, str] = {"robin": "Robin", "jules": "Jules"}


@dataclass(frozen=True)
class SyntheticCouple:
    """A conversation and the truth behind it."""

    conversation: Conversation
    truth: Truth


def make_couple(plan: Plan, *, seed: int) -> SyntheticCouple:
    """
    A synthetic couple.

    Args:
        plan: What to plant.
        seed: The same plan and seed give the same couple.

    Returns:
        The conversation and the truth behind it.
    """
    writer = Writer(plan, np.random.default_rng(seed))
    for phase in plan.phases:
        writer.write_phase(phase)
    zone = ZoneInfo(plan.zone)
    ruptures = tuple(
        PlantedRupture(_utc(one.start, zone), _utc(one.end, zone), one.repaired, one.repaired_by, one.minutes_to_repair)
        for one in writer.ruptures
    )
    rituals = {kind: tuple(days) for kind, days in writer.rituals.items()}
    conversation = _conversation(writer.lines, plan)
    messages = as_exported(in_style(conversation.messages, plan.style, seed=seed), plan.app, plan.missing)
    return SyntheticCouple(replace(conversation, messages=messages), Truth(plan, ruptures, rituals))


def sample_couple(*, seed: int = 1) -> SyntheticCouple:
    """Robin and Jules, seen from Robin's side."""
    return make_couple(sample_plan(), seed=seed)


def _utc(at: datetime, zone: ZoneInfo) -> datetime:
    return at.replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))


def _conversation(lines: list[Line], plan: Plan) -> Conversation:
    zone = ZoneInfo(plan.zone)
    instants = [_utc(line.at.replace(microsecond=0), zone) for line in lines]
    order = sorted(range(len(lines)), key=lambda index: (instants[index], index))
    row_of = {index: row for row, index in enumerate(order)}
    persona: Persona = plan.me
    other: Persona = "jules" if persona == "robin" else "robin"
    messages = pl.DataFrame(
        {
            "conversation_id": ["5a3b1e000001"] * len(lines),
            "row": range(len(lines)),
            "sent_at": [instants[index] for index in order],
            "local_time": [instants[index].astimezone(zone).replace(tzinfo=None) for index in order],
            "author": [lines[index].author for index in order],
            "kind": [lines[index].kind for index in order],
            "text": [lines[index].text for index in order],
            "media": [lines[index].media for index in order],
            "call_s": [lines[index].call_s for index in order],
            "edited": [False] * len(lines),
            "reply_to": [row_of.get(lines[index].target) for index in order],  # type: ignore[arg-type]
            "source": [0] * len(lines),
            "line": range(1, len(lines) + 1),
        },
        schema=SCHEMA,
    )
    partners = Partners(NAMES[persona], NAMES[other], frozenset({NAMES[persona]}), frozenset({NAMES[other]}))
    source = SourceFile("synthetic", "synthetic", "synthetic couple", "utc", len(lines))
    return Conversation(messages, partners, plan.zone, sources=(source,))

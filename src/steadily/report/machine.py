"""The look back as JSON, in the form that scripts rely on (docs/json.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from steadily.conversation import Conversation, spoken
from steadily.dynamics.change_points import phases
from steadily.dynamics.coverage import gaps
from steadily.dynamics.days import daily_counts
from steadily.dynamics.demand_withdraw import loop
from steadily.dynamics.rupture_repair import Rupture, ruptures
from steadily.report.sentences import Told


def as_json(conversation: Conversation, told: Sequence[Told], coded: pl.DataFrame) -> dict[str, Any]:
    """
    The look back as plain values. It holds no names and no message text.

    Args:
        conversation: What was read.
        told: What was found.
        coded: The messages with their codes (`dynamics.coded`).

    Returns:
        `conversation`, `findings`, `phases`, `cycle` and `ruptures`.
    """
    return {
        "conversation": _conversation(conversation),
        "findings": [_finding(one) for one in told],
        "phases": [{"kind": one.kind, "start": str(one.start), "end": str(one.end)} for one in phases(coded)],
        "cycle": _cycle(coded),
        "ruptures": [_rupture(one) for one in ruptures(coded)],
    }


def _cycle(coded: pl.DataFrame) -> dict[str, Any]:
    found = loop(coded)
    return {"present": found.present, "reaching": found.reaching, "p": found.p}


def _rupture(one: Rupture) -> dict[str, Any]:
    return {
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "repaired": one.repaired,
        "repaired_by": one.repaired_by,
        "minutes_to_repair": one.minutes_to_repair,
    }


def _conversation(conversation: Conversation) -> dict[str, Any]:
    messages = conversation.messages
    span = conversation.span
    said = spoken(messages)
    days = daily_counts(messages)
    kinds = messages["kind"].value_counts().sort("kind")
    return {
        "id": conversation.conversation_id,
        "n_messages": said.height,
        "n_me": int((said["author"] == "me").sum()),
        "n_partner": int((said["author"] == "partner").sum()),
        "n_rows": messages.height,
        "kinds": {str(kind): int(n) for kind, n in kinds.iter_rows()},
        "span": [moment.isoformat() for moment in span] if span else None,
        "zone": conversation.zone,
        "coverage": {
            "n_days": days.height,
            "n_days_written": int((days["n_messages"] > 0).sum()),
            "gaps": [
                {"last_day": str(gap["last_day"]), "next_day": str(gap["next_day"]), "n_days": gap["n_days"]}
                for gap in gaps(messages).iter_rows(named=True)
            ],
        },
        "sources": [
            {
                "label": source.label,
                "app": source.app,
                "reader": source.reader,
                "clock": source.clock,
                "n_rows": source.n_rows,
                "n_duplicates": source.n_duplicates,
            }
            for source in conversation.sources
        ],
        "issues": [
            {
                "source": issue.source,
                "line": issue.line,
                "n_lines": issue.n_lines,
                "weight": issue.weight,
                "problem": issue.problem,
                "remedy": issue.remedy,
            }
            for issue in conversation.issues
        ],
    }


def _finding(told: Told) -> dict[str, Any]:
    finding = told.finding
    return {
        "measure": finding.measure,
        "statement": f"{told.statement} {told.spread}".strip(),
        "estimate": finding.estimate,
        "interval": list(finding.interval) if finding.interval else None,
        "n": finding.n,
        "unit": finding.unit,
        "caveat": told.caveat,
        "messages": list(finding.messages),
        "facts": dict(finding.facts),
    }

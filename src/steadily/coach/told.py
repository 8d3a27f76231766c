"""The moment of a draft from words alone: the messages before it, and what is said about the situation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from steadily.behaviors import code
from steadily.coach.moment import Moment, of_messages
from steadily.codebook import BEHAVIORS, LABELS
from steadily.safety.outreach import Said, said, unanswered

LATE = re.compile(
    r"\b(?:late at night|middle of the night|midnight|after midnight|(?:1[12]|[1-4])(?:[:.]\d\d)? ?(?:am|a\.m\.)"
    r"|11(?:[:.]\d\d)? ?pm|0?[0-4]:\d\d|23:\d\d|can'?t sleep|cannot sleep)\b",
    re.IGNORECASE,
)
UNANSWERED = re.compile(
    r"\b(?:two|three|four|five|several|many|\d+) (?:\w+ )?(?:messages?|texts?|calls?)\b[^.]*"
    r"\b(?:unanswered|no answer|no reply|open|ignored)"
    r"|\b(?:unanswered|ignored|not answered|hasn'?t answered|haven'?t answered)\b[^.]*\b(?:two|three|four|five|several|many|\d+) "
    r"(?:\w+ )?(?:messages?|texts?|calls?)",
    re.IGNORECASE,
)
GROUPS = {one.label: one.group for one in BEHAVIORS}
NIGHT_HOUR, DAY_HOUR = 1, 12
SOME = 2


def moment_told(context: Sequence[str], situation: str = "", now: datetime | None = None) -> Moment:
    """
    The moment of a draft.

    Args:
        context: The messages before it, `me: …` or `partner: …`, oldest first, taken to be of just now.
        situation: What somebody says about it, in a sentence; hours and unanswered messages are read out of it.
        now: The time it is; where not given, an hour by day or by night, by what the situation says.
    """
    if now is None:
        now = datetime(2000, 1, 3, NIGHT_HOUR if LATE.search(situation) else DAY_HOUR, tzinfo=UTC)
    messages = [said(line) for line in context]
    groups = _groups(messages)
    harsh = ["harsh" in found or "danger" in found for found in groups]
    warm = [bool({"warm", "open", "bid"} & found) for found in groups]
    moment = of_messages(messages, harsh, warm, now, now)
    if UNANSWERED.search(situation) and unanswered(messages) < SOME:
        return Moment(now, moment.last, SOME, moment.is_heated, moment.is_recovering)
    return moment


def _groups(messages: Sequence[Said]) -> list[set[str]]:
    if not messages:
        return []
    codes = code([one.text for one in messages], speakers=[one.author for one in messages], model="fast")
    return [{GROUPS[label] for label in codes.labels(row) if label in LABELS} for row in range(len(messages))]

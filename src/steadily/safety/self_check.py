"""
The self-check: a short word to everyone before the first exercise, then questions for those who want them.

The questions are our own. There is no score and no result that says "safe": a yes stops coaching and offers help, anything
else goes on without a verdict (EVIDENCE.md R1 to R3). Answers are for nobody else; whoever calls this decides whether to
keep them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from steadily.codebook import GATES_BY_WEIGHT, Gate
from steadily.safety.wording import WHY

Reply = Literal["yes", "no", "skip"]

EDUCATION = (
    "This is for two people who are both safe to say no.",
    "Every couple argues. It is something else when one of you is afraid: of a temper, of being followed or checked on, of what "
    "happens after a no. Nothing here can mend that, and trying harder can make it worse.",
    "If that is so, for either of you, there are people who know it well. They are under Help, on every screen, and you need not be sure.",
    "Use a device that only you can open. Whoever can open it can find what you do here.",
)
"""For everyone, whoever they are, before the first exercise; it can be skipped and read again."""


@dataclass(frozen=True)
class Question:
    """
    One question; each may be skipped.

    Attributes:
        key: Its name.
        text: What is asked.
        gate: What a yes means for coaching.
    """

    key: str
    text: str
    gate: Gate


QUESTIONS: tuple[Question, ...] = (
    Question("afraid", "Are you ever afraid of what your partner may do?", "abuse"),
    Question("hurt", "Has either of you hurt the other, or held, choked or pushed them?", "abuse"),
    Question("forced", "Has either of you been made to do something in bed, or kept from stopping?", "abuse"),
    Question(
        "threatened",
        "Has either of you threatened harm: to the other, the children, a pet, themselves, or to show private things?",
        "abuse",
    ),
    Question("weapon", "Is there a weapon at hand that worries you?", "abuse"),
    Question("followed", "Does either of you follow the other, or turn up where they asked not to?", "abuse"),
    Question(
        "watched", "Does either of you check the other's phone, money or whereabouts without a free yes?", "control"
    ),
    Question("kept", "Does either of you need leave to see friends, work, spend, or go out?", "control"),
    Question("no", "Do things get bad when one of you says no?", "control"),
    Question("life", "Do you think of ending your life, or of hurting yourself?", "crisis"),
)
GOES_ON = "Thank you. This was no test and says nothing about how safe you are. You can come back to it at any time."


@dataclass(frozen=True)
class Outcome:
    """What follows from the answers: whether coaching stops, and what is said."""

    gate: Gate | Literal["none"]
    why: str


def outcome(replies: Mapping[str, Reply]) -> Outcome:
    """
    What follows from the answers to `QUESTIONS`.

    Args:
        replies: By `Question.key`; a question that is not there was skipped.
    """
    yes = {one.gate for one in QUESTIONS if replies.get(one.key) == "yes"}
    for gate in GATES_BY_WEIGHT:
        if gate in yes:
            return Outcome(gate, WHY[gate])
    return Outcome("none", GOES_ON)

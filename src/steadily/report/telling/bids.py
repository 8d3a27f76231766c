"""Small reaches for one another, in words."""

from __future__ import annotations

from steadily.dynamics.finding import Finding
from steadily.report.facts import Sentences, cap, number
from steadily.report.telling.plain import times
from steadily.report.wording import count, share_between


def _mine_met(finding: Finding, low: float, high: float) -> tuple[str, str]:
    statement = (
        f"You turned toward your partner {round(number(finding, 'n_toward')):,} of the {count(finding.n, 'time')} "
        f"they asked how you are, invited you, or told you something tender or close to the heart.{_rest(finding)}"
    )
    return statement, f"{cap(share_between(low, high))}."


def _met(finding: Finding, low: float, high: float) -> tuple[str, str]:
    statement = (
        f"Counting both of you, one reached out a little {times(finding.n)}, "
        f"and the other turned toward it {times(number(finding, 'n_toward'))}.{_rest(finding)}"
    )
    return statement, f"{cap(share_between(low, high))}."


def _rest(finding: Finding) -> str:
    """What became of the others, uncounted; empty where there are none."""
    away, against = round(number(finding, "n_away")), round(number(finding, "n_against"))
    parts = ["went by"] if away else []
    parts += ["met something sharp"] if against else []
    return f" {'One' if away + against == 1 else 'The others'} {' or '.join(parts)}." if parts else ""


CAVEAT = "A busy day, a call or a kiss is not in a chat, and not every tender word asks for an answer. There is no number to reach."

SENTENCES: Sentences = {
    "bids.mine_met": ("When your partner reached out a little", CAVEAT, _mine_met),
    "bids.met": ("Small reaches, between you two", CAVEAT, _met),
}
"""Finding → heading, caveat, and the function that makes its statement and its range."""

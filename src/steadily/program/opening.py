"""
From a finding to the practice that fits it. Opening one writes the finding down (`entries.Watched`), and a later import compares exactly
what was written down (`remeasure`).

Each practice fits a word to which its finding leads (`leads.LEADS`); a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from steadily.dynamics import Finding
from steadily.program.leads import LEADS, role
from steadily.program.lessons import practices

OPENS: Mapping[str, tuple[str, ...]] = {
    "openings.silence": ("ready-for-a-no", "smallest-next-step"),
    "demand_withdraw.loop": ("my-first-sign", "draw-the-last-round", "a-pause-with-a-time", "ask-once-with-room"),
    "equation.tone": ("a-word-for-it", "the-wish-underneath", "keep-it-until-morning"),
    "equation.transparency": ("sort-out-the-need", "a-word-for-it", "say-a-need-straight"),
    "equation.time": ("if-then-for-one-evening", "warm-line-on-a-hard-day"),
    "rupture_repair.repaired": ("own-a-tenth", "sorry-in-three-lines", "one-small-snag"),
    "rupture_repair.minutes": ("take-back-one-sentence", "answer-a-small-repair", "again-in-the-first-minutes"),
    "bids.mine_met": ("good-news-in-writing", "ask-for-the-long-version", "good-news-two-questions"),
    "dips.passed": ("the-short-way-back", "smallest-next-step"),
    "rituals.lost": ("three-small-things-we-had", "bring-back-one-small-thing"),
}
"""Finding → practices, the one that asks for least first."""
NOT_AGAIN = frozenset(("rituals.lost",))
"""These open a practice and have no one number that could be compared."""
BY_ROLE = frozenset(("openings.silence", "demand_withdraw.loop"))
"""What fits these depends on whether I reach or step back."""


def practices_for(finding: str) -> tuple[str, ...]:
    """
    The practices that fit a finding, by its name.

    Args:
        finding: Such as `rupture_repair.repaired`.

    Returns:
        Names of practices, the one to begin with first; none where none fits.
    """
    return OPENS.get(finding, ())


def can_be_compared(finding: str) -> bool:
    """Whether a finding opens a practice and can be measured again."""
    return finding in OPENS and finding not in NOT_AGAIN


def practice_of(finding: Finding) -> str:
    """
    The practice that a finding opens.

    Args:
        finding: One that was found.

    Returns:
        Its name; empty where there was too little to say, where none fits, or where a role decides and neither is clear.
    """
    if finding.estimate is None:
        return ""
    names = practices_for(finding.measure)
    words = LEADS.get(finding.measure, ())
    if finding.measure in BY_ROLE and (mine := role(finding)):
        words = (mine,)
    elif finding.measure == "openings.silence":
        return ""
    return next((name for name in names if set(words) & set(practices()[name].fits)), "")

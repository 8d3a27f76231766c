"""What a look back says of where to begin: from findings to the words that a person could have tapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steadily.dynamics import Finding

MOSTLY = 0.6
"""Where even the low end of the share of silences that I ended lies above this, I am the one who mostly writes again; and so below."""
MUCH_LESS = 0.6
"""Where even the high end of the ratio lies below this, there is much less writing than before."""
MOST_HARDEST = 2
ROLES = {"me": "reaching", "partner": "stepping back"}
"""Who reaches in a loop → what that is for me; where both do, neither word fits better."""
LEADS: Mapping[str, tuple[str, ...]] = {
    "openings.silence": ("reaching", "stepping back"),
    "demand_withdraw.loop": ("reaching", "stepping back"),
    "contact_changes.change": ("silence",),
    "equation.tone": ("sharp words",),
    "equation.transparency": ("stepping back",),
    "equation.time": ("sharp words", "unsteady"),
    "rupture_repair.repaired": ("sharp words",),
    "rupture_repair.minutes": ("sharp words",),
    "bids.mine_met": ("little warmth",),
    "dips.passed": ("unsteady",),
    "rituals.lost": ("little warmth",),
}
"""Finding → the words of `lessons.FITS` that it can lead to; what it opens (`opening`) fits one of them."""


def hardest_by(findings: Sequence[Finding]) -> tuple[str, ...]:
    """
    What may be hardest, as far as the findings say it clearly; to be offered, and changed by the person.

    Args:
        findings: Of one look back.

    Returns:
        At most two words of `lessons.FITS`, my own part first.
    """
    found = [word for one in findings if (word := role(one))]
    changes = [one for one in findings if one.measure == "contact_changes.change" and one.interval]
    if changes and changes[-1].interval and changes[-1].interval[1] < MUCH_LESS:
        found.append("silence")
    return tuple(dict.fromkeys(found))[:MOST_HARDEST]


def role(finding: Finding) -> str:
    """Whether one finding by itself clearly says that I reach, or step back; nothing where it does not."""
    if finding.measure == "demand_withdraw.loop":
        return ROLES.get(str(finding.facts.get("reaching")), "")
    if finding.measure != "openings.silence" or finding.interval is None:
        return ""
    low, high = finding.interval
    return "reaching" if low > MOSTLY else "stepping back" if high < 1 - MOSTLY else ""

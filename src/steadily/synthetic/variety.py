"""
Couples of many kinds, for measuring how well measures find what was planted.

A kind says which phases and which loop; everything else is drawn: how much and how fast the two write, how they write, the app,
the time zone, how long each phase lasts, which months are lost.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from steadily.synthetic.plan import App, Phase, PhaseKind, Plan, Role
from steadily.synthetic.style import drawn_style

KINDS: dict[str, tuple[tuple[PhaseKind, ...], Role | None]] = {
    "steady": (("steady",), None),
    "close": (("close",), None),
    "slow drift": (("close", "drifting", "distant"), "me"),
    "sudden distance": (("steady", "distant"), "partner"),
    "drift and return": (("close", "drifting", "distant", "recovering"), "me"),
    "return": (("distant", "recovering", "steady"), "partner"),
    "distant all along": (("distant",), "me"),
    "drift, both reaching": (("steady", "drifting"), "both"),
}
"""Kind → its phases in order, and who reaches; in half of the couples with a loop the roles are the other way round."""

STABLE = ("steady", "close")
PHASE_DAYS = (75, 150)
LONE_DAYS = (240, 420)
"""How long a phase lasts where there are several, and where it is the only one."""

ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo", "Africa/Lagos")
APPS: tuple[App, ...] = ("signal", "whatsapp", "whatsapp", "sms")
LOST = 0.25
LOST_DAYS = 28
EDGE_DAYS = 30
"""Share of couples that lost a stretch, how long it is, and how far it stays from a change."""


def plan_of_kind(kind: str, *, seed: int) -> Plan:
    """
    A plan of a kind, everything else drawn.

    Args:
        kind: One of `KINDS`.
        seed: The same kind and seed give the same plan.
    """
    rng = np.random.default_rng([seed, list(KINDS).index(kind)])
    kinds, reaching = KINDS[kind]
    shortest, longest = PHASE_DAYS if len(kinds) > 1 else LONE_DAYS
    start, phases = date(2024, 1, 1) + timedelta(days=int(rng.integers(300))), []
    for one in kinds:
        stop = start + timedelta(days=int(rng.integers(shortest, longest)))
        phases.append(Phase(one, start, stop))
        start = stop
    if reaching in ("me", "partner") and rng.random() < 0.5:
        reaching = "partner" if reaching == "me" else "me"
    return Plan(
        tuple(phases),
        me="robin" if rng.random() < 0.5 else "jules",
        reaching=reaching,
        zone=str(rng.choice(ZONES)),
        volume=float(np.exp(rng.uniform(np.log(0.6), np.log(1.8)))),
        answers=float(np.exp(rng.uniform(np.log(0.5), np.log(2.0)))),
        style=drawn_style(rng),
        app=APPS[int(rng.integers(len(APPS)))],
        missing=_lost(phases, rng) if rng.random() < LOST else (),
    )


def _lost(phases: list[Phase], rng: np.random.Generator) -> tuple[tuple[date, date], ...]:
    """One stretch within a phase, away from its ends."""
    roomy = [one for one in phases if (one.stop - one.start).days > LOST_DAYS + 2 * EDGE_DAYS]
    if not roomy:
        return ()
    phase = roomy[int(rng.integers(len(roomy)))]
    room = (phase.stop - phase.start).days - LOST_DAYS - 2 * EDGE_DAYS
    first = phase.start + timedelta(days=EDGE_DAYS + int(rng.integers(room)))
    return ((first, first + timedelta(days=LOST_DAYS)),)

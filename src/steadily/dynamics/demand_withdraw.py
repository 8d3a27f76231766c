"""
Reaching and stepping back: whether pressing from one side goes with longer waits from the other, who holds which role, how strongly.

**Source.** Demand and withdraw: Papp, Kouros & Cummings 2009, 10.1111/j.1475-6811.2009.01223.x; roles follow who wants a change, not
gender: Holley et al. 2010, 10.1080/00918361003712145; small average links, cause unknown (EVIDENCE.md §2a). Probabilities are
combined by Fisher's method (1932). **Formula.** Three questions, each with its probability where there is no loop. Does reaching go
with longer waits than hour, weekday, week and person explain (`answers_to_reaching`)? Does one of the two reach more than the other
in the weeks with most of it (`reaching_weeks.lean`)? Is there more of it in some weeks than in others? The third alone is also
true of busy seasons, so its probability never counts as less than `LEAST_P_VARIES`. A loop is told where the three together have a
probability under 7 in 100 and answers to reaching did wait longer (`LEAST_LONGER`). The one who reaches is the one to whom the chat
leans, in its weeks further apart where it has such; within `EVEN`, both. **Limits.** Each person is set beside themself: a loop that
never changes, in which every exchange is alike, leaves no trace. A busy person looks like one who steps back. Words and waits only;
who wants to be left alone and who is at work is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.conversation import SESSION_GAP, spoken
from steadily.dynamics.answers_to_reaching import (
    MOST,
    Answers,
    after_reaching,
    go_together,
    how_much_longer,
    read_answers,
)
from steadily.dynamics.change_points import phases
from steadily.dynamics.finding import MOST_EVIDENCE, Fact, Finding, too_little
from steadily.dynamics.reaching import Pull, Turns, Whole, pull, read_turns
from steadily.dynamics.reaching_weeks import VARIES, Weeks, read_weeks, weeks_apart
from steadily.dynamics.uncertainty import MIN_WEEKS, Floats

MIN_ANSWERS = 200
"""The smallest couple of the development set has about five hundred; below two hundred the slope is noise."""
SURE = 0.07
"""At 0.05 stable couples get no false loop either, and about one planted loop in fifty more is missed."""
LEAST_LONGER = 1.02
"""Codes miss much, and a planted factor of four can show as hardly more than one: whether it is chance says `p`, not the ratio."""
LEAST_P_VARIES = 0.03
EVEN, EVEN_WHERE_NOTHING_VARIES = 0.1, 0.03
"""Leans within which both reach. A whole chat leans less than its weeks with most reaching, or further apart, do."""
EPISODES = 3
AROUND = 3
CLEAR = 200
"""How many of the strongest moments are looked at for episodes."""
LEAST_TURNS = 3
SLOW = 0.75
ASKS = (
    "interest",
    "request",
    "invitation",
    "disclosure",
    "affection",
    "demand",
    "criticism",
    "reassurance",
    "withdrawal",
)
"""Behaviors that say what somebody would like of the other."""
MOST_ASKS = 2
ASKS_Z = 2.0

Role = Literal["me", "partner", "both"]
SIDES: tuple[Role, Role] = ("me", "partner")


@dataclass(frozen=True)
class Loop:
    """
    Whether there is a loop of reaching and stepping back, and which.

    Attributes:
        present: Whether one is told.
        reaching: Who reaches while the other steps back; None where none is told.
        p: How sure its presence is: 1 less the combined probability of the three answers where there is no loop; at most 0.93 where
            answers to reaching waited no longer; 0 with too little.
        strength: How many times longer answers to reaching wait than comparable ones; None where no loop is told.
        low: Lower end of its 90 % interval.
        high: Upper end.
        n: Answered turns it rests on.
        episodes: First and last row of the clearest three, in order of time.
        lean: Who reaches more in the weeks with most of it, −1 (my partner) to 1 (I).
        n_reaching: Answered turns that read most as reaching, of the one or both who reach, in the weeks with most of it.
        n_later: Of these, how many waited longer than three in four of the comparable ones: a quarter, where nothing goes together.
        asks_me: Behaviors that I show more in such moments than in others of the same weeks, at most two.
        asks_partner: The same for my partner.
    """

    present: bool
    reaching: Role | None
    p: float
    strength: float | None
    low: float | None
    high: float | None
    n: int
    episodes: tuple[tuple[int, int], ...] = ()
    lean: float = 0.0
    n_reaching: int = 0
    n_later: int = 0
    asks_me: tuple[str, ...] = ()
    asks_partner: tuple[str, ...] = ()


def loop(messages: pl.DataFrame) -> Loop:
    """
    Whether there is a loop of reaching and stepping back, and which.

    Args:
        messages: One conversation, coded. Reads `row`, `sent_at`, `local_time`, `author`, `kind`, `text`, and the codes.

    Returns:
        The loop; not present, with `p` 0, where there is too little.
    """
    turns = read_turns(messages)
    n = int(turns.answered.sum())
    week: Whole = np.unique(turns.week, return_inverse=True)[1].astype(np.int64)
    if n < MIN_ANSWERS or len(np.unique(week)) < MIN_WEEKS or not messages["is_coded"].any():
        return Loop(False, None, 0.0, None, None, None, n)
    found = pull(turns)
    weeks = read_weeks(found, week, weeks_apart(phases(messages), turns.day, week))
    answers = read_answers(turns, week, weeks.weight, pull(turns, with_waits=False))
    p = 1 - _combined(go_together(answers), weeks.p_lean, max(weeks.p_varies, LEAST_P_VARIES))
    who = _who(weeks)
    longer = how_much_longer(answers, who)
    if 1 - p >= SURE or longer is None or longer[0] < LEAST_LONGER:
        return Loop(False, None, min(p, 1 - SURE), None, None, None, n, lean=weeks.lean)
    weight = weeks.weight[week]
    mine, partners = (_strength_of_moments(found, side if who == "both" else who) * weight for side in SIDES)
    n_reaching, n_later = _how_often(answers, who)
    return Loop(
        True, who, p, *longer, n,
        episodes=_episodes(turns, np.maximum(mine, partners)),
        lean=weeks.lean,
        n_reaching=n_reaching,
        n_later=n_later,
        asks_me=_asked_for(messages, turns, mine, 1.0),
        asks_partner=_asked_for(messages, turns, partners, -1.0),
    )  # fmt: skip


def _combined(*probabilities: float) -> float:
    """Fisher's method."""
    from scipy.stats import chi2

    return float(chi2.sf(-2 * np.log(np.maximum(probabilities, 1e-12)).sum(), 2 * len(probabilities)))


def _who(weeks: Weeks) -> Role:
    lean, even = weeks.lean, EVEN if weeks.p_varies < VARIES else EVEN_WHERE_NOTHING_VARIES
    if weeks.lean_apart is not None:
        lean, even = weeks.lean_apart, EVEN
    if abs(lean) <= even:
        return "both"
    return "me" if lean > 0 else "partner"


def _strength_of_moments(found: Pull, who: Role) -> Floats:
    return found.me if who == "me" else found.partner


def _how_often(answers: Answers, who: Role) -> tuple[int, int]:
    """In the weeks that count most: turns that read most as reaching, and how many waited longer than three in four others."""
    counts = answers.weight >= answers.weight[answers.weight > 0].mean()
    most, others = (part & counts for part in after_reaching(answers, who))
    later = most & (answers.wait > (np.quantile(answers.wait[others], SLOW) if others.any() else 0.0))
    return int(most.sum()), int(later.sum())


def _episodes(turns: Turns, strong: Floats) -> tuple[tuple[int, int], ...]:
    """The strongest moments on different days in which both write, each with the turns around it up to the next long pause."""
    together = turns.gap_s < SESSION_GAP.total_seconds()
    found: list[tuple[int, int]] = []
    clear = np.argpartition(-strong, min(CLEAR, len(strong) - 1))[:CLEAR]
    for moment in clear[np.lexsort((clear, -strong[clear]))]:
        first = last = int(moment)
        while first > max(moment - AROUND, 0) and together[first - 1]:
            first -= 1
        while last < min(moment + AROUND, len(strong) - 1) and together[last]:
            last += 1
        days = (turns.day[first], turns.day[last])
        both_write = last - first + 1 >= LEAST_TURNS and len(set(turns.sign[first : last + 1])) > 1
        if both_write and all(turns.day[other[1]] < days[0] or turns.day[other[0]] > days[1] for other in found):
            found.append((first, last))
        if len(found) == EPISODES:
            break
    return tuple((int(turns.first_row[first]), int(turns.last_row[last])) for first, last in sorted(found))


def _asked_for(messages: pl.DataFrame, turns: Turns, strong: Floats, sign: float) -> tuple[str, ...]:
    """What one of the two shows more in the strongest moments than in the weaker half of the same weeks, the clearest first."""
    rows = spoken(messages.sort("row"))
    turn = np.searchsorted(turns.first_row, rows["row"].to_numpy().astype(np.int64), side="right") - 1
    most, half = np.quantile(strong[strong > 0], [1 - MOST, 0.5])
    own = turns.sign[turn] == sign
    here, elsewhere = own & (strong[turn] >= most), own & (strong[turn] > 0) & (strong[turn] < half)
    z = {label: _more(rows[f"p_{label}"].to_numpy().astype(np.float64), here, elsewhere) for label in ASKS}
    clearest = sorted((label for label in ASKS if z[label] >= ASKS_Z), key=lambda label: -z[label])
    return tuple(clearest[:MOST_ASKS])


def _more(p: Floats, here: npt.NDArray[np.bool_], elsewhere: npt.NDArray[np.bool_]) -> float:
    """How far a mean lies above another, in standard errors."""
    error = np.sqrt(sum(p[part].var() / max(int(part.sum()), 1) for part in (here, elsewhere)))
    if not error or not here.any() or not elsewhere.any():
        return 0.0
    return float((p[here].mean() - p[elsewhere].mean()) / error)


def find_demand_withdraw(messages: pl.DataFrame) -> list[Finding]:
    """
    Whether there is a loop of reaching and stepping back.

    Args:
        messages: One conversation, coded.

    Returns:
        `demand_withdraw.loop` (estimate: how many times longer answers to reaching wait; facts `reaching`, `p`, `n_reaching`,
        `n_later`, `asks_me` and `asks_partner` (labels, parted by commas), and `first_1`, `last_1` … of the episodes, whose rows
        stand behind it), or `demand_withdraw.none` (estimate 0 loops).
    """
    found = loop(messages)
    if found.present and found.strength is not None and found.low is not None and found.high is not None:
        facts: dict[str, Fact] = {
            "reaching": found.reaching,
            "p": found.p,
            "n_reaching": found.n_reaching,
            "n_later": found.n_later,
            "asks_me": ", ".join(found.asks_me),
            "asks_partner": ", ".join(found.asks_partner),
        }
        for number, (first, last) in enumerate(found.episodes, start=1):
            facts |= {f"first_{number}": first, f"last_{number}": last}
        rows = tuple(row for first, last in found.episodes for row in range(first, last + 1))[:MOST_EVIDENCE]
        interval = (found.low, found.high)
        return [Finding("demand_withdraw.loop", found.strength, interval, found.n, "ratio", rows, facts)]
    if not found.p:
        return [too_little("demand_withdraw.none", found.n, "loops")]
    return [Finding("demand_withdraw.none", 0.0, (0.0, 0.0), found.n, "loops", facts={"p": found.p})]

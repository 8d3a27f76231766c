"""
What was followed by warmth: which of my behaviors came before warmer answers, for these two, against matched moments.

**Source.** Comparison within sets that share what is not seen (fixed effects; Mundlak 1978, 10.2307/1913646), the rest
taken out by a linear fit (Frisch & Waugh 1933, 10.2307/1907330). Interval: weeks drawn with replacement (see
`uncertainty`). False discoveries: Benjamini & Hochberg 1995, 10.1111/j.2517-6161.1995.tb02031.x, at `FALSE_SHARE`; p: the
signs of whole weeks turned at random (Kline & Santos 2012, 10.1515/2156-6674.1006). **Formula.** A moment is a turn of
mine and the answer to it in the same session (a pause of six hours ends one). An answer is warm as far as it carries
tenderness, thanks, interest, having heard, reassurance or help. For each behavior: the difference in the share of warm
answers between turns that carry it and turns that do not, within one session (and so within one day, phase and mood), at
equal tone of the other's last words, part of the day, place in the session and length of what I wrote. It is fitted to
the probabilities of the codes and told for the step between turns that count as carrying it and turns that do not. A
behavior is looked at from `FEWEST` moments and `FEWEST_WEEKS` equal weeks' worth on, and told only where it survives
among all that were looked at and its interval lies above zero. **Limits.** An association, not a cause: I may have been
tender because I saw the answer coming. Where warmth simply runs on from turn to turn and the last words are misread,
some of that stays in the difference. The codes miss much, which makes differences smaller. One model reads both
sides, each message with those before it: it sees play in whatever follows a joke, so jokes do not count as warm answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from steadily.dynamics.finding import Fact, Finding, spread_rows, too_little
from steadily.dynamics.matched_moments import TESTED, Ints, Moments, moments
from steadily.dynamics.uncertainty import LEVEL, MIN_WEEKS, SEED, Floats, week_weights

FALSE_SHARE = 0.10
"""Of what is told over many chats, at most so much is chance."""
FEWEST = 20
FEWEST_WEEKS = 8.0
MIN_MOMENTS = 100
MOST_TOLD = 5
TURNS = 2000


@dataclass(frozen=True)
class Helped:
    """
    One behavior of mine and the answers to it.

    Attributes:
        behavior: One of `matched_moments.TESTED`.
        estimate: Difference in the share of warm answers, -1 to 1, between moments with it and matched moments without.
        interval: Its 90 % interval.
        n: Moments that carry it.
        q: Smallest false-discovery rate at which it is told.
        survives: Whether it is.
        after: Share of warm answers after it, 0 to 1.
        beside: The share at matched moments without it.
        rows: My messages that carry it.
    """

    behavior: str
    estimate: float
    interval: tuple[float, float]
    n: int
    q: float
    survives: bool
    after: float
    beside: float
    rows: tuple[int, ...]


def what_helps(messages: pl.DataFrame) -> tuple[Helped, ...]:
    """
    Every behavior of mine that there is enough of.

    Args:
        messages: One conversation, coded.

    Returns:
        In the order of `TESTED`; empty where nothing can be compared.
    """
    return _helped(moments(messages))


def _helped(found: Moments) -> tuple[Helped, ...]:
    if len(found.warm) < MIN_MOMENTS or found.week.max() + 1 < MIN_WEEKS:
        return ()
    shared, spread = weekly_sums(found)
    worth = spread.sum(axis=0) ** 2 / np.maximum((spread**2).sum(axis=0), 1e-12)
    tested = np.flatnonzero((found.coded.sum(axis=0) >= FEWEST) & (worth >= FEWEST_WEEKS))
    if not len(tested):
        return ()
    shared, spread, worth = shared[:, tested], spread[:, tested], worth[tested]
    step = contrast(found)[tested]
    estimates = step * shared.sum(axis=0) / spread.sum(axis=0)
    low, high = (step * end for end in intervals(shared, spread, worth))
    q = false_discovery(chances(shared))
    told = (q <= FALSE_SHARE) & (low > 0)
    return tuple(
        _one(found, int(place), float(estimates[at]), (float(low[at]), float(high[at])), float(q[at]), bool(told[at]))
        for at, place in enumerate(tested)
    )


def weekly_sums(found: Moments) -> tuple[Floats, Floats]:
    """
    What each week says of each behavior.

    Args:
        found: The moments.

    Returns:
        Weekly sums of (behavior × warmth) and of (behavior × behavior), both within sessions and with what is beside
        taken out, shape (n_weeks, 13); the ratio of their totals is the difference.
    """
    all_of_it = np.column_stack([found.beside, found.there, found.warm])
    within = _within_sessions(all_of_it, found.session)
    k = found.beside.shape[1]
    beside, rest = within[:, :k], within[:, k:]
    rest = rest - beside @ np.linalg.lstsq(beside.T @ beside, beside.T @ rest, rcond=None)[0]
    there, warm = rest[:, :-1], rest[:, -1:]
    begins = np.flatnonzero(np.diff(found.week, prepend=-1))
    return np.add.reduceat(there * warm, begins), np.add.reduceat(there * there, begins)


def contrast(found: Moments) -> Floats:
    """
    How much more probable each behavior is where it counts as there than where it does not: what a whole step of a code
    is worth.

    Args:
        found: The moments.

    Returns:
        Shape (13,), 0 to 1.
    """
    n_coded = found.coded.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        yes = (found.there * found.coded).sum(axis=0) / n_coded
        no = (found.there * ~found.coded).sum(axis=0) / (len(found.coded) - n_coded)
    step: Floats = np.nan_to_num(yes - no)
    return step


def _within_sessions(values: Floats, session: Ints) -> Floats:
    """Values less the mean of their session."""
    starts = np.flatnonzero(np.diff(session, prepend=session[0] - 1))
    sizes = np.diff(np.append(starts, len(session)))
    means = np.add.reduceat(values, starts) / sizes[:, None]
    within: Floats = values - np.repeat(means, sizes, axis=0)
    return within


def intervals(shared: Floats, spread: Floats, worth: Floats) -> tuple[Floats, Floats]:
    """
    The 90 % intervals of the differences.

    Args:
        shared: From `weekly_sums`, shape (n_weeks, k).
        spread: The same.
        worth: How many equal weeks each behavior is spread over, shape (k,).

    Returns:
        Lower and upper ends, shape (k,): weeks drawn with replacement, widened as Student's t is for so few weeks.
    """
    from scipy.stats import norm, t

    weights, tail = week_weights(len(shared)), (1 - LEVEL) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = (weights @ shared) / (weights @ spread)
    low, high = np.nanquantile(drawn, [tail, 1 - tail], axis=0)
    estimate = shared.sum(axis=0) / spread.sum(axis=0)
    wider = t.ppf(1 - tail, worth - 1) / norm.ppf(1 - tail) * np.sqrt(worth / (worth - 1))
    return estimate - wider * (estimate - low), estimate + wider * (high - estimate)


def chances(shared: Floats) -> Floats:
    """
    How often chance alone gives as large a difference.

    Args:
        shared: From `weekly_sums`, shape (n_weeks, k).

    Returns:
        Two-sided p, shape (k,): the sign of every week drawn at random, the same for all behaviors.
    """
    rng = np.random.default_rng(SEED)
    signs = rng.integers(0, 2, (TURNS, len(shared))) * 2.0 - 1
    p: Floats = (1 + (np.abs(signs @ shared) >= np.abs(shared.sum(axis=0))).sum(axis=0)) / (TURNS + 1)
    return p


def false_discovery(p: Floats) -> Floats:
    """
    Benjamini and Hochberg's adjusted p.

    Args:
        p: Shape (k,).

    Returns:
        For each the smallest false-discovery rate at which it is among the discoveries.
    """
    order = np.argsort(p)[::-1]
    ranks = np.arange(len(p), 0, -1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(np.minimum(p[order] * len(p) / ranks, 1.0))
    return q


def _one(found: Moments, place: int, estimate: float, interval: tuple[float, float], q: float, told: bool) -> Helped:
    coded = found.coded[:, place]
    after = float(found.warm[coded].mean())
    beside = min(max(after - estimate, 0.0), 1.0)
    rows = tuple(int(row) for row in found.rows[place])
    return Helped(TESTED[place], estimate, interval, int(coded.sum()), q, told, after, beside, rows)


def find_what_helps(messages: pl.DataFrame) -> list[Finding]:
    """
    What was followed by warmer answers.

    Args:
        messages: One conversation, coded.

    Returns:
        `what_helps.followed` for at most `MOST_TOLD` behaviors that survive, the surest first: the difference in the
        share of warm answers. Facts: `behavior`, `after` and `beside` (share of warm answers after it, and at matched
        moments without it), `n_tested`, `q`. Otherwise `what_helps.none` (estimate 0 behaviors, n: moments; fact
        `n_tested`).
    """
    found = moments(messages)
    helped = _helped(found)
    n = len(found.warm)
    if not helped:
        return [too_little("what_helps.none", n, "behaviors")]
    told = sorted((one for one in helped if one.survives), key=lambda one: (one.q, -one.estimate))[:MOST_TOLD]
    if not told:
        return [Finding("what_helps.none", 0.0, (0.0, 0.0), n, "behaviors", facts={"n_tested": len(helped)})]
    return [_finding(one, len(helped)) for one in told]


def _finding(one: Helped, n_tested: int) -> Finding:
    facts: dict[str, Fact] = {
        "behavior": one.behavior,
        "after": one.after,
        "beside": one.beside,
        "n_tested": n_tested,
        "q": one.q,
    }
    rows = spread_rows(pl.Series(one.rows))
    return Finding("what_helps.followed", one.estimate, one.interval, one.n, "share", rows, facts)

"""
Calibration of the gate: how probable each gate is, how probable it is that any must stop, and from which probability on it does.

On items of writers from whom nothing was learned, with the files as shipped; and on ordinary messages of couples, sharp ones among them,
since a coach that stops at every harsh draft helps nobody with one. Whether to stop is a logistic regression on what the network says of
gates and behaviors, with a prior of few effects. The threshold is the lowest at which few items that look dangerous and are not stop
coaching. It is chosen on probabilities from the other half of the items, so that fitting and choosing do not flatter each other. A piece of
a chat has a shift of its own, since the network sees more in several messages than in one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from steadily.behaviors.careful import CarefulModel
from steadily.codebook import GATES
from training.calibration import fit_calibration
from training.examples import Example, SafetyItem, coded_items
from training.measure import Floats

MOST_FALSE_STOPS = 0.06
"""On hard negatives of the writers that it is weighed on, most of which are twins of items that must stop, changed in a few words."""
DANGER = frozenset(("threat", "control", "crisis"))
PRIOR_SD = 0.1
"""Standard deviation of weights before there are data: with few items none may rest on one behavior alone."""
CHAT_SD = 1.0
"""That of what several messages add by being several."""
GRID = np.linspace(0.1, 0.9, 161)


def gates_true(items: Sequence[SafetyItem]) -> Floats:
    """1 at an item's gate, (n, 3)."""
    return np.array([[float(one.gate == gate) for gate in GATES] for one in items]).reshape(-1, len(GATES))


def gate_facts(model: CarefulModel, items: Sequence[SafetyItem], ordinary: Sequence[Example]) -> dict[str, object]:
    """
    What the manifest says of the gate.

    Args:
        model: With the files as shipped.
        items: To weigh and to choose the threshold on.
        ordinary: Messages of couples that stop nothing, each alone and, where nothing dangerous stands before it, in its chat; those
            that carry danger are left out.
    """
    seen, true = _seen(model, [one.lines for one in items]), gates_true(items)
    harmless = [one for one in ordinary if not DANGER.intersection(one.labels)]
    chats = [one.lines for one in coded_items(harmless) if one.kind == "chat"]
    others = _seen(model, [*((one.text,) for one in harmless), *chats])
    slopes, shifts = fit_calibration(seen[:, : len(GATES)], true)
    stops = true.max(1)
    weights, shift = weighed(np.concatenate([seen, others]), np.concatenate([stops, np.zeros(len(others))]))
    return {
        "slopes": slopes.round(4).tolist(),
        "shifts": shifts.round(4).tolist(),
        "weights": weights[:-1].round(4).tolist(),
        "chat": round(float(weights[-1]), 4),
        "shift": round(shift, 4),
        "threshold": round(_threshold(_apart(seen, stops, others), stops), 3),
    }


def _seen(model: CarefulModel, items: Sequence[Sequence[str]]) -> Floats:
    gates, behaviors = model.gates(items)
    several = np.array([[float(len(one) > 1)] for one in items])
    return np.concatenate([gates, behaviors, several], axis=1).astype(np.float64)


def weighed(seen: Floats, stops: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], float]:
    """
    How much each thing that the network sees speaks for stopping.

    Args:
        seen: Logits and, last, 1 where there are several messages, (n, things).
        stops: 1 where coaching must stop, (n,).

    Returns:
        Weights (things,) and a shift.
    """

    sd = np.append(np.full(seen.shape[1] - 1, PRIOR_SD), CHAT_SD)

    def loss(at: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        z = seen @ at[:-1] + at[-1]
        off = 1 / (1 + np.exp(-z)) - stops
        value = (np.logaddexp(0, z) - stops * z).sum() + 0.5 * ((at[:-1] / sd) ** 2).sum()
        return float(value), np.append(seen.T @ off + at[:-1] / sd**2, off.sum())

    best = minimize(loss, np.zeros(seen.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return best[:-1], float(best[-1])


def _apart(seen: Floats, stops: npt.NDArray[np.float64], others: Floats) -> npt.NDArray[np.float64]:
    """Probabilities of each half, weighed by the other and by half of the ordinary messages, so that the shares are the same."""
    half, ordinary = np.arange(len(seen)) % 2, np.arange(len(others)) % 2
    found = np.zeros(len(seen))
    for one in (0, 1):
        weights, shift = weighed(
            np.concatenate([seen[half != one], others[ordinary != one]]),
            np.concatenate([stops[half != one], np.zeros(int((ordinary != one).sum()))]),
        )
        found[half == one] = 1 / (1 + np.exp(-(seen[half == one] @ weights + shift)))
    return found


def _threshold(p: npt.NDArray[np.float64], stops: npt.NDArray[np.float64]) -> float:
    none = stops == 0
    false_stops = np.array([(p[none] >= at).mean() if none.any() else 0.0 for at in GRID])
    return float(GRID[np.argmax(false_stops <= MOST_FALSE_STOPS)])

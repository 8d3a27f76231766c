"""
A level that wanders slowly, seen through noise, on a grid of days; days without an answer are fine.

`y = level + noise`, and each day the level takes a small step. How large its steps are beside the noise is not guessed: every size of
a grid counts by how well it fits, and the noise is integrated out, so that short series get wide ranges.

*Source:* Durbin & Koopman, Time Series Analysis by State Space Methods, chapter 2 (the model, its filter and smoother). Departures:
a grid of step sizes under a weak prior in place of the one that fits best, a weak prior on the noise, and Student's t.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

WITHIN = 0.90
"""How often a range should hold what is true."""
MONTH_DAYS = 28
WANDERS = np.geomspace(0.05, 6.0, 20)
"""How far the level typically goes in four weeks, in units of the noise; each size is as likely as the next before any answer."""
NOISE, NOISE_WORTH = 1.0, 1.0
"""The noise before any answer, in points, and how many answers that counts for."""
LEAST_NOISE = 1 / 12**0.5
"""What rounding to whole points adds by itself; no series is surer than that, however alike its answers are."""
NOISES = np.geomspace(0.05, 10.0, 400)
"""Where the range of the noise is looked for."""
Range = tuple[Numbers, Numbers, Numbers]


@dataclass(frozen=True)
class LocalLevel:
    """
    The level of a series on each of its days, for every size of steps.

    Attributes:
        weights: How much each size counts, (sizes,); they sum to 1.
        means: The level, (sizes, days).
        variances: Its variance in units of the noise's, (sizes, days).
        carried: What share of an error in the level is carried to the next day, (sizes, days - 1).
        noise: The noise's variance, (sizes,).
        worth: Degrees of freedom.
    """

    weights: Numbers
    means: Numbers
    variances: Numbers
    carried: Numbers
    noise: Numbers
    worth: float

    def level(self) -> Range:
        """The level on each day with the ends of its range, (days,) each."""
        return self._range(self.means, self.variances)

    def moved(self, n_days: int) -> tuple[float, float, float]:
        """The level on the last day less that of *n_days* before, with the ends of its range."""
        last, before = -1, self.means.shape[1] - 1 - n_days
        shared = self.variances[:, last] * np.prod(self.carried[:, before:], axis=1)
        means = self.means[:, last] - self.means[:, before]
        variances = self.variances[:, last] + self.variances[:, before] - 2 * shared
        found, low, high = self._range(means[:, None], variances[:, None])
        return float(found[0]), float(low[0]), float(high[0])

    def spread(self) -> tuple[float, float, float]:
        """How far a day typically lies from the level, with the ends of its range."""
        from scipy.special import chdtrc

        below = self.weights @ chdtrc(self.worth, self.worth * self.noise[:, None] / NOISES**2)
        tail = (1 - WITHIN) / 2
        low, middle, high = np.interp((tail, 0.5, 1 - tail), below, NOISES)
        return float(middle), float(low), float(high)

    def _range(self, means: Numbers, variances: Numbers) -> Range:
        from scipy.special import stdtrit

        mean = self.weights @ means
        scale = np.sqrt(self.weights @ (variances * self.noise[:, None] + (means - mean) ** 2))
        reach = stdtrit(self.worth, (1 + WITHIN) / 2) * scale
        return mean, mean - reach, mean + reach


def fitted(answers: Numbers) -> LocalLevel:
    """
    The level behind a series.

    Args:
        answers: One a day, (days,); NaN where there is none. The first day has one.
    """
    n = int(np.isfinite(answers).sum())
    worth = NOISE_WORTH + n - 1
    smoothed = [_smoothed(answers, float(size**2 / MONTH_DAYS)) for size in WANDERS]
    means, variances, filtered, errors, error_variances = (np.array(part) for part in zip(*smoothed, strict=True))
    fits = np.nansum(errors**2 / error_variances, axis=1)
    squares = NOISE_WORTH * NOISE**2 + fits
    logs = -0.5 * np.nansum(
        np.where(np.isfinite(errors), np.log(error_variances), np.nan), axis=1
    ) - 0.5 * worth * np.log(squares)
    weights = np.exp(logs - logs.max())
    steps = WANDERS[:, None] ** 2 / MONTH_DAYS
    return LocalLevel(
        weights=weights / weights.sum(),
        means=means,
        variances=variances,
        carried=filtered[:, :-1] / (filtered[:, :-1] + steps),
        noise=np.maximum(squares / worth, LEAST_NOISE**2),
        worth=worth,
    )


def _smoothed(answers: Numbers, step: float) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    """Level, its variance, its variance before later days are known, errors of forecasts and their variances; all in units of the noise."""
    from statsmodels.tsa.statespace.kalman_smoother import KalmanSmoother

    # with nothing known beforehand the level starts at the first answer, as surely as one answer says it
    later = np.where(np.arange(len(answers)) == 0, np.nan, answers)
    model = KalmanSmoother(k_endog=1, k_states=1)
    model.bind(later)
    for name in ("design", "transition", "selection", "obs_cov"):
        model[name, 0, 0] = 1.0
    model["state_cov", 0, 0] = step
    model.initialize_known(answers[:1].copy(), np.ones((1, 1)))
    found = model.smooth()
    return (
        *(found.smoothed_state[0], found.smoothed_state_cov[0, 0], found.filtered_state_cov[0, 0]),
        *(found.forecasts_error[0], found.forecasts_error_cov[0, 0]),
    )

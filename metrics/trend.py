"""Whether times grow or shrink over the years: Theil–Sen on log duration, with Kendall's τ."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.intervals import ALPHA

#: Below this many times there is no trend (house).
MIN_TREND = 8
#: exp of more would not be finite.
_LARGEST = 700.0


@dataclass(frozen=True, slots=True)
class Trend:
    """The factor from the first moment to the last, with its 95 % interval, and the test that it is 1."""

    factor: float
    lo: float
    hi: float
    tau: float
    p: float

    @property
    def clear(self) -> bool:
        """Whether it can be told apart from chance: by the interval and by the test."""
        return self.p < ALPHA and not self.lo <= 1 <= self.hi


def log_trend(moments: NDArray[np.float64], durations: NDArray[np.float64]) -> Trend | None:
    """The trend of positive durations over moments; None for fewer than `MIN_TREND`, or where all are of one moment.

    The slope is the median of the slopes of all pairs, so that one extreme crisis moves it little. It is told as the
    factor over the period observed, because a factor per year would say more than a short period can.

    Source: Theil 1950; Sen, J. Am. Stat. Assoc. 1968;63:1379–1389; Kendall, Biometrika 1938;30:81–93.
    """
    if len(moments) < MIN_TREND or np.ptp(moments) == 0:
        return None
    from scipy.stats import kendalltau, theilslopes

    period, logs = float(np.ptp(moments)), np.log(durations)
    order = np.lexsort((logs, moments))
    x, y = (moments[order] - moments.min()) / period, logs[order]
    if np.ptp(y) == 0:
        return Trend(1.0, 1.0, 1.0, 0.0, 1.0)
    with np.errstate(
        invalid="ignore"
    ):  # among very many ties Sen's variance is negative: then nothing bounds the slope
        slope, _, low, high = (float(part) for part in theilslopes(y, x, 0.95))
    low, high = (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)
    tau, p = (float(part) for part in kendalltau(x, y))
    return Trend(_exp(slope), _exp(min(low, slope)), _exp(max(high, slope)), tau, p)


def _exp(exponent: float) -> float:
    return math.exp(max(-_LARGEST, min(_LARGEST, exponent)))

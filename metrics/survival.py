"""Times of which some have not ended yet: Kaplan–Meier, the median and its interval, shares, and the log-rank test.

Everywhere `times` is an array of shape (n,) without NaN, in any one unit, and `ended` says which of them are over; the
others are right-censored: at least that long. What never comes is censored at infinity.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.intervals import Z, wilson

#: Below this many a median is shown without an interval: no two order statistics enclose it with 95 % (house rule too).
MIN_INTERVAL = 6
#: Products of fractions that make one half miss it by less than this.
_CLOSE = 1e-9

Times = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Known:
    """A number and its 95 % interval; None for what the data do not reach."""

    value: float | None
    lo: float | None = None
    hi: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """S(t) after each time at which something ended, in order, with its log-log interval; all of shape (k,).

    Where S is 0, the variance is not defined and the interval is 0 to 1.
    """

    times: Times
    survival: Times
    lower: Times
    upper: Times

    def at(self, time: float) -> tuple[float, float, float]:
        """S and its interval at a time; 1 before the first end, and carried on behind the last."""
        index = int(np.searchsorted(self.times, time, side="right")) - 1
        if index < 0:
            return 1.0, 1.0, 1.0
        return float(self.survival[index]), float(self.lower[index]), float(self.upper[index])


def kaplan_meier(times: Times, ended: Flags) -> Curve:
    """The share still running after each time, with Greenwood's variance on the log-log scale.

    What is censored at the moment at which another ends counts as running then. Written out here because SciPy's
    interval warns where S is 0, and warnings cannot be silenced for one thread alone.

    Source: Kaplan & Meier, J. Am. Stat. Assoc. 1958;53:457–481; Kalbfleisch & Prentice 1980 for the log-log interval.
    """
    at, ends = np.unique(times[ended], return_counts=True)
    running = len(times) - np.searchsorted(np.sort(times), at, side="left")
    survival: Times = np.cumprod(1 - ends / running, dtype=np.float64)
    some = survival > 0
    lower, upper = np.zeros_like(survival), np.ones_like(survival)
    ends, running, s = ends[some], running[some], survival[some]
    spread = Z * np.sqrt(np.cumsum(ends / (running * (running - ends)))) / -np.log(s)
    lower[some], upper[some] = s ** np.exp(spread), s ** np.exp(-spread)
    return Curve(at, survival, lower, upper)


def median(times: Times, ended: Flags) -> Known:
    """The time by which half have ended; midway where S is exactly one half for a while.

    The interval holds the times at which the log-log interval of S contains one half; where nothing is censored (or
    only what never came), it runs between two order statistics. Fewer than `MIN_INTERVAL` times have none. An end that
    the data do not reach is None.

    Source: Brookmeyer & Crowley, Biometrics 1982;38:29–41; Conover, Practical Nonparametric Statistics, 1999, 3.2.
    """
    if not len(times):
        return Known(None)
    curve = kaplan_meier(times, ended)
    value = _half(curve)
    if len(times) < MIN_INTERVAL:
        return Known(value)
    if bool(np.all(ended | np.isposinf(times))):
        low, high = median_ranks(len(times)) or (1, len(times))
        ordered = np.sort(times)
        return Known(value, _finite(ordered[low - 1]), _finite(ordered[high - 1]))
    return Known(value, _first(curve.times, curve.lower <= 0.5), _first(curve.times, curve.upper <= 0.5))


def median_ranks(n: int) -> tuple[int, int] | None:
    """Ranks, from 1, of the order statistics that enclose the median of n values with at least 95 %; None below six."""
    from scipy.special import bdtrik

    least = float(bdtrik(0.025, n, 0.5)) if n >= MIN_INTERVAL else 0.0
    low = math.ceil(least)
    return (low, n + 1 - low) if low > 0 else None


def share_by(times: Times, ended: Flags, limit: float) -> Known:
    """The share that ends by a limit, 1 − S(limit); None where all are censored before it.

    Wilson's interval where nothing is censored before the limit; else Greenwood's on the log-log scale. Where S is 1 or
    0, Greenwood's variance says nothing, and Wilson's interval is taken over those whose outcome is known.
    """
    unknown = int(np.sum(~ended & (times < limit)))
    known = len(times) - unknown
    if known == 0:
        return Known(None)
    done = int(np.sum(ended & (times <= limit)))
    if unknown == 0:
        return Known(done / known, *wilson(done, known))
    s, lower, upper = kaplan_meier(times, ended).at(limit)
    if s in (0.0, 1.0):
        return Known(1 - s, *wilson(known if s == 0 else 0, known))
    return Known(1 - s, 1 - upper, 1 - lower)


def log_rank(times: Times, ended: Flags, others: Times, others_ended: Flags) -> float | None:
    """Two-sided p of the log-rank test of two groups; None where a group is empty, or where what ended says nothing of
    a difference (nothing ended, or all at one time).

    Source: Mantel, Cancer Chemotherapy Reports 1966;50:163–170.
    """
    if not len(times) or not len(others) or not (ended.any() or others_ended.any()):
        return None
    from scipy.stats import CensoredData, logrank

    finite = np.concatenate([times[np.isfinite(times)], others[np.isfinite(others)]])
    never = float(finite.max()) + 1
    groups = [
        CensoredData(uncensored=t[e], right=np.minimum(t[~e], never))
        for t, e in ((times, ended), (others, others_ended))
    ]
    with np.errstate(divide="ignore", invalid="ignore"):  # without any variance the statistic is 0 ÷ 0
        found = logrank(*groups)
    return float(found.pvalue) if math.isfinite(found.statistic) else None


def _half(curve: Curve) -> float | None:
    reached = np.flatnonzero(curve.survival <= 0.5 + _CLOSE)
    if not len(reached):
        return None
    first = int(reached[0])
    flat = abs(float(curve.survival[first]) - 0.5) < _CLOSE and first + 1 < len(curve.times)
    return float(curve.times[first : first + 2].mean()) if flat else float(curve.times[first])


def _first(times: Times, held: Flags) -> float | None:
    where = np.flatnonzero(held)
    return float(times[where[0]]) if len(where) else None


def _finite(time: float) -> float | None:
    return float(time) if math.isfinite(time) else None

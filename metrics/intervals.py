"""Intervals shared by the metrics: Wilson, Newcombe, adjusted Wald, t, and the bootstrap over days."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

#: The 97.5 % point of the standard normal distribution.
Z = 1.959963984540054
#: Below this p, what is seen is more than chance explains: the level of the same intervals.
ALPHA = 0.05

RESAMPLES = 2_000
MIN_DAYS = 8
#: Lag-1 autocorrelation above which an interval that resamples single days is called too narrow.
RHO_LIMIT = 0.2
#: Begins the note on such an interval in a basis; sentences look for it.
NARROW = "interval likely too narrow"
#: The whole note where days hang together.
NARROW_DAYS = f"{NARROW}, as each day resembles the one before"
SEED = 20_260

Interval = tuple[float, float]


def effective_n(n: float, population: float | None) -> float:
    """n′ = n(N − 1)/(N − n): the sample size that n of a finite N are worth; n itself where N is unknown or not above n."""
    if population is None or math.isnan(population) or population <= n:
        return float(n)
    return n * (population - 1) / (population - n)


def wilson(count: float, n: float, population: float | None = None, *, z: float = Z) -> Interval:
    """Wilson's score interval for a share, with the finite-population n′ where the population is known.

    Source: Wilson, J. Am. Stat. Assoc. 1927;22:209–212.

    Raises
    ------
    ValueError
        If n is not positive or the count is not within 0…n.
    """
    if n <= 0 or not 0 <= count <= n:
        raise ValueError("a share needs n > 0 and a count between 0 and n")
    p, m = count / n, effective_n(n, population)
    centre = p + z**2 / (2 * m)
    half = z * math.sqrt(p * (1 - p) / m + z**2 / (4 * m**2))
    scale = 1 + z**2 / m
    lo, hi = (centre - half) / scale, (centre + half) / scale
    # At the ends the formula is exact; floating point leaves 1e-17 there, or lets the share slip out of its interval.
    return (0.0 if count == 0 else min(lo, p)), (1.0 if count == n else max(hi, p))


def of_difference(value1: float, interval1: Interval, value2: float, interval2: Interval) -> Interval:
    """Interval for the difference of two independent estimates, first − second, recovered from the interval of each.

    Source: Zou & Donner, Statistics in Medicine 2008;27:1693–1702 (MOVER).
    """
    (lo1, hi1), (lo2, hi2) = interval1, interval2
    below = math.hypot(max(0.0, value1 - lo1), max(0.0, hi2 - value2))
    above = math.hypot(max(0.0, hi1 - value1), max(0.0, value2 - lo2))
    return value1 - value2 - below, value1 - value2 + above


def newcombe(
    count1: float,
    n1: float,
    count2: float,
    n2: float,
    *,
    population1: float | None = None,
    population2: float | None = None,
    z: float = Z,
) -> Interval:
    """Newcombe's hybrid score interval for the difference of two independent shares, first − second.

    Source: Newcombe, Statistics in Medicine 1998;17:873–890, method 10.
    """
    first, second = wilson(count1, n1, population1, z=z), wilson(count2, n2, population2, z=z)
    return of_difference(count1 / n1, first, count2 / n2, second)


def net_promoter_interval(promoters: float, detractors: float, n: float, *, z: float = Z) -> Interval:
    """Adjusted Wald interval for promoters − detractors as a share, clipped to ±1.

    Adds ¾ promoter, ¾ detractor and 3 answers, so that unanimous answers don't get an interval of zero width.
    Source: Rocks, "Interval estimation for the Net Promoter Score", The American Statistician 2016;70:365–372.
    """
    m = n + 3
    p, d = (promoters + 0.75) / m, (detractors + 0.75) / m
    half = z * math.sqrt((p + d - (p - d) ** 2) / m)
    return max(-1.0, p - d - half), min(1.0, p - d + half)


def t_interval(mean: float, sd: float, n: float) -> Interval:
    """Student's t interval of a mean from its standard deviation; needs n ≥ 2."""
    from scipy.special import stdtrit

    half = float(stdtrit(n - 1, 0.975)) * sd / math.sqrt(n)
    return mean - half, mean + half


def bootstrap_ratio(
    numerator: NDArray[np.float64], denominator: NDArray[np.float64], stream: int
) -> NDArray[np.float64]:
    """Pooled ratios Σ numerator ÷ Σ denominator of resampled days.

    Parameters
    ----------
    numerator, denominator : arrays of shape (days,)
        In order of date, so that the same data always draw the same days; denominators are positive.
    stream : int
        Keeps the draws of two windows apart; the seed is fixed.

    Returns
    -------
    array of shape (RESAMPLES,)
    """
    days = len(denominator)
    picks = np.random.default_rng([SEED, stream]).integers(0, days, size=(RESAMPLES, days))
    ratios: NDArray[np.float64] = numerator[picks].sum(axis=1) / denominator[picks].sum(axis=1)
    return ratios


def percentile_interval(draws: NDArray[np.float64]) -> Interval:
    """The 2.5 and 97.5 % points of bootstrap draws."""
    lo, hi = np.percentile(draws, [2.5, 97.5])
    return float(lo), float(hi)


def lag1(values: NDArray[np.float64]) -> float:
    """Lag-1 autocorrelation of a daily series; NaN days break the pairs they belong to; 0 for a constant series."""
    deviations = values - np.nanmean(values) if np.isfinite(values).any() else values
    total = float(np.nansum(deviations**2))
    return 0.0 if total < 1e-12 else float(np.nansum(deviations[1:] * deviations[:-1])) / total

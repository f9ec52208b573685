"""Many comparisons at once: p-values from intervals, and their correction over a declared family."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from metrics.intervals import Interval

#: Beyond this many standard errors a p-value is smaller than a float can say.
_FARTHEST = 37.0


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """Each p-value adjusted so that rejecting those up to q keeps the false discovery rate of the family at q.

    Source: Benjamini & Hochberg, J. R. Stat. Soc. B 1995;57:289–300.
    """
    if not ps:
        return []
    from scipy.stats import false_discovery_control

    return [float(p) for p in false_discovery_control(list(ps), method="bh")]


def level_of_zero(difference: float, interval_at: Callable[[float], Interval]) -> float:
    """The two-sided p-value that goes with an interval: the level at which its end just touches 0.

    Parameters
    ----------
    difference : float
        The estimate.
    interval_at : callable
        From a number of standard errors z to the interval at that width, which grows with z.

    Returns
    -------
    float
        Below 0.05 exactly where the 95 % interval leaves out 0, so that the two never contradict each other.
    """
    from scipy.optimize import brentq
    from scipy.special import ndtr

    def left(z: float) -> float:
        lo, hi = interval_at(z)
        return lo if difference > 0 else -hi

    if difference == 0 or left(0.0) <= 0:
        return 1.0
    z = _FARTHEST if left(_FARTHEST) > 0 else float(brentq(left, 0.0, _FARTHEST))
    return float(2 * ndtr(-z))

"""The fall of one company's scores in one source after day 0, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.estimate import Better, Estimate, Status
from metrics.score_path import Path
from metrics.words import date as spoken
from metrics.words import days as spoken_days
from metrics.words import number

#: How near to the level before counts as recovered, in points (house).
EPSILON = 2.0
#: Scores further apart than this are called sparse, in days (house).
SPARSE_DAYS = 31


@dataclass(frozen=True, slots=True)
class Fall:
    """The part of a path up to the recovery, or to its end: which scores, the lowest, and its day."""

    path: Path
    recovery: Estimate
    inside: NDArray[np.bool_]
    lowest: float
    trough_on: pd.Timestamp

    @property
    def drop(self) -> float:
        return max(0.0, self.path.level - self.lowest)

    def told(self) -> str:
        """The level, the lowest score, and how far apart the scores lie if that is far."""
        parts = [self.path.basis, f"lowest score {number(self.lowest)} on {spoken(self.trough_on)}"]
        gap = float(np.diff(self.path.days[self.inside], prepend=0.0).max())
        if gap > SPARSE_DAYS:
            parts.append(f"sparse: up to {spoken_days(gap)} without a score, in which it may have been lower")
        return "; ".join(parts)


def fall(own: Path, day0: pd.Timestamp) -> Fall | str:
    """What happened from day 0 on, or why it can't be said."""
    if own.days.size == 0:
        return own.broken or "no score since the crisis began"
    back_at = _recovery(own)
    back = back_at.number if back_at.status is Status.OK and back_at.number else None
    # Before a break only a recovery that a second score confirmed is known; one score at its edge is not the last.
    if own.broken and (back is None or back >= own.days[-1]):
        return own.broken
    inside = own.days <= (own.days[-1] if back is None else back)
    at = int(np.argmin(np.where(inside, own.points, np.inf)))
    return Fall(own, back_at, inside, float(own.points[at]), day0 + pd.Timedelta(days=int(own.days[at])))


def _recovery(own: Path) -> Estimate:
    """Days until the first of two scores in a row at or above level − ε; a score that is the last counts alone."""
    # A level computed in floating point must not turn an equal score into one below.
    below = own.points < own.level - EPSILON - 1e-9
    n = int(below.size)
    if not below.any():
        return _days(0.0, n=n, basis=f"{own.basis}; never more than 2 points below it")
    first = int(np.argmax(below))
    for i in range(first + 1, n):
        if not below[i] and (i == n - 1 or not below[i + 1]):
            lo, hi = float(own.days[i - 1]), float(own.days[i])
            basis = f"{own.basis}; between the last score below (lo) and the first one back (hi)"
            return _days(hi, lo=lo, hi=hi, n=n, basis=basis)
    return Estimate(
        value=float(own.days[-1]),
        unit="days",
        n=n,
        status=Status.LOWER_BOUND,
        reason="not back within 2 points of the level before in the scores so far",
        basis=own.basis,
        better=Better.LOWER,
    )


def _days(value: float, *, n: int, basis: str, lo: float | None = None, hi: float | None = None) -> Estimate:
    return Estimate(value=value, lo=lo, hi=hi, unit="days", n=n, basis=basis, better=Better.LOWER)

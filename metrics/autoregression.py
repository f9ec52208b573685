"""Linear regression of a series whose errors remember the day before: AR(1) by restricted maximum likelihood.

Days may be missing: the errors of two observations d days apart correlate by ρ to the power of d.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: ρ is sought between these: at ±1 there is no AR(1) process.
_LIMIT = 0.99
#: Fewer degrees of freedom give intervals that say nothing (Turner et al. 2021).
_LEAST_DF = 2.0
_STEP = 1e-3


@dataclass(frozen=True, slots=True)
class Regression:
    """Coefficients in the order of the columns, their standard errors and degrees of freedom, ρ and the errors' sd."""

    coefficients: Array
    errors: Array
    df: Array
    rho: float
    sd: float

    def interval(self, column: int) -> tuple[float, float]:
        """The 95 % interval of one coefficient by Student's t."""
        from scipy.special import stdtrit

        half = float(stdtrit(self.df[column], 0.975) * self.errors[column])
        return float(self.coefficients[column]) - half, float(self.coefficients[column]) + half


@dataclass(frozen=True, slots=True)
class _Series:
    """Design and response side by side, of shape (n, p + 1), and the whole days between the rows, of shape (n − 1,)."""

    rows: Array
    gaps: Array

    @property
    def free(self) -> int:
        """Observations less coefficients."""
        return int(self.rows.shape[0] - self.rows.shape[1] + 1)


@dataclass(frozen=True, slots=True)
class _Solved:
    """Least squares after the correlation is taken out: (XᵀR⁻¹X)⁻¹, the residual sum, log |R| + log |XᵀR⁻¹X|."""

    coefficients: Array
    inverse: Array
    residual: float
    determinants: float


def regression(response: Array, design: Array, days: Array) -> Regression | None:
    """Generalised least squares with AR(1) errors by REML; degrees of freedom by Satterthwaite.

    Parameters
    ----------
    response : array of shape (n,)
    design : array of shape (n, p)
        Of full column rank, n > p.
    days : array of shape (n,)
        Whole days, strictly rising.

    Returns
    -------
    Regression or None
        None where the response lies on the fitted lines exactly, so that there are no errors to learn from.

    Notes
    -----
    The same estimates as R's ``nlme::gls`` with ``corAR1`` and ``method = "REML"``. Satterthwaite's degrees of freedom
    2·V²/Var(V̂) of each coefficient's variance V come from the curvature of the restricted likelihood: n − p takes ρ
    for known, and its intervals are too narrow in short series (Turner et al., BMC Med. Res. Methodol. 2021;21:181).
    """
    from scipy.optimize import minimize_scalar

    series = _Series(np.column_stack([design, response]), np.diff(days))
    if _solved(series, 0.0).residual <= 1e-18 * max(1.0, float(response @ response)):
        return None
    found = minimize_scalar(
        lambda rho: _profile(series, rho), bounds=(-_LIMIT, _LIMIT), method="bounded", options={"xatol": 1e-7}
    )
    rho = float(found.x)
    solved = _solved(series, rho)
    variance = solved.residual / series.free
    errors = np.sqrt(variance * np.diag(solved.inverse))
    return Regression(solved.coefficients, errors, _degrees(series, rho, variance), rho, math.sqrt(variance))


def _solved(series: _Series, rho: float) -> _Solved:
    """Each row less what the one before it foretells, at equal variance; then ordinary least squares."""
    kept = rho**series.gaps
    spread = np.sqrt(1 - kept**2)
    free = series.rows.copy()
    free[1:] = (series.rows[1:] - kept[:, None] * series.rows[:-1]) / spread[:, None]
    design, response = free[:, :-1], free[:, -1]
    q, r = np.linalg.qr(design)
    root = np.linalg.inv(r)
    coefficients = root @ (q.T @ response)
    left = response - design @ coefficients
    determinants = 2 * (float(np.log(spread).sum()) + float(np.log(np.abs(np.diag(r))).sum()))
    return _Solved(coefficients, root @ root.T, float(left @ left), determinants)


def _profile(series: _Series, rho: float) -> float:
    """−2 × the restricted log-likelihood at the best variance for this ρ, but for a constant."""
    solved = _solved(series, rho)
    return series.free * math.log(solved.residual) + solved.determinants


def _degrees(series: _Series, rho: float, variance: float) -> Array:
    """Satterthwaite's degrees of freedom of each coefficient, from derivatives by central differences.

    The parameters are log variance and artanh ρ, of which neither has a bound.
    """
    at = np.array([math.log(variance), math.atanh(rho)])

    def seen(moved: Array) -> tuple[float, Array]:
        solved, sigma2 = _solved(series, math.tanh(moved[1])), math.exp(moved[0])
        deviance = series.free * moved[0] + solved.residual / sigma2 + solved.determinants
        return deviance, np.asarray(sigma2 * np.diag(solved.inverse))

    one, two = np.array([_STEP, 0.0]), np.array([0.0, _STEP])
    (middle, v), up, down = seen(at), (seen(at + one), seen(at + two)), (seen(at - one), seen(at - two))
    mixed = seen(at + one + two)[0] - seen(at + one - two)[0] - seen(at - one + two)[0] + seen(at - one - two)[0]
    bends = [(a[0] - 2 * middle + b[0]) / _STEP**2 for a, b in zip(up, down, strict=True)]
    cross = mixed / (4 * _STEP**2)
    slopes = np.stack([(a[1] - b[1]) / (2 * _STEP) for a, b in zip(up, down, strict=True)])
    most = float(series.free)
    if bends[0] * bends[1] - cross**2 <= 0:  # no maximum inside the bounds
        return np.full(len(v), min(_LEAST_DF, most))
    covariance = 2 * np.linalg.inv(np.array([[bends[0], cross], [cross, bends[1]]]))
    spread = np.einsum("ik,ij,jk->k", slopes, covariance, slopes)
    return np.asarray(np.clip(2 * v**2 / spread, min(_LEAST_DF, most), most))

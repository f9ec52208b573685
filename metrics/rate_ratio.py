"""How many times as many posts a day came during a crisis as before: a quasi-Poisson step model."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import MIN_DAYS, NARROW_DAYS, RHO_LIMIT, Interval, Z
from metrics.windows import Windows, hang_together

Array = NDArray[np.float64]

METRICS: tuple[Metric, ...] = (
    Metric(
        id="volume_rate_ratio",
        label="Posts a day against before",
        unit="times",
        better=Better.LOWER,
        definition="Posts a day during the crisis as a multiple of posts a day before it, each weekday against its like.",
        source="Bernal, Cummins & Gasparrini, Int. J. Epidemiol. 2017;46:348–355",
        formula="exp of the step in log E(posts) = step + day of week, quasi-Poisson (variance = dispersion · mean, by Pearson); Wald interval.",
        edge_cases=f"Needs 14 covered days before; with fewer than {MIN_DAYS} during there is no interval. Where the residuals of successive days correlate by more than {RHO_LIMIT} the interval is labelled as likely too narrow.",
    ),
)
_METRIC = METRICS[0]
_ROUNDS = 100
#: A step of this size is one that has no end: no weekday has posts both before and during.
_ENDLESS = 15.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients and standard errors in the order of the columns, dispersion, and Pearson residuals of each row."""

    coefficients: Array
    errors: Array
    dispersion: float
    residuals: Array

    def rate_ratio(self, column: int) -> tuple[float, float, float]:
        """The exponential of one coefficient, with its 95 % Wald interval."""
        value, half = float(self.coefficients[column]), Z * float(self.errors[column])
        return math.exp(value), math.exp(value - half), math.exp(value + half)


def quasi_poisson(counts: Array, design: Array, offset: Array | None = None) -> Fit:
    """Log-linear model of counts by iteratively reweighted least squares; the dispersion by Pearson's χ² ÷ (n − p).

    Parameters
    ----------
    counts : array of shape (n,)
    design : array of shape (n, p)
        Of full column rank, n > p; no column may hold counts of 0 alone, whose logarithm has no end.
    offset : array of shape (n,), optional
        Added to the logarithm of the mean, such as the log of a population.

    Notes
    -----
    McCullagh & Nelder, *Generalized Linear Models*, 2nd ed. 1989, chapters 2 and 9.
    """
    shift = np.zeros(len(counts)) if offset is None else offset
    mean: Array = counts + 0.1
    linear = np.log(mean)
    coefficients = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        weight = np.sqrt(mean)
        working = linear - shift + (counts - mean) / mean
        previous = coefficients
        coefficients = np.asarray(np.linalg.lstsq(design * weight[:, None], working * weight)[0], dtype=np.float64)
        linear = design @ coefficients + shift
        mean = np.exp(linear)
        if np.max(np.abs(coefficients - previous)) < 1e-10:
            break
    residuals = (counts - mean) / np.sqrt(mean)
    dispersion = float(residuals @ residuals) / (len(counts) - design.shape[1])
    information = np.linalg.inv(design.T @ (design * mean[:, None]))
    return Fit(coefficients, np.sqrt(dispersion * np.diag(information)), dispersion, residuals)


def volume_rate_ratio(series: pd.DataFrame, w: Windows) -> Estimate:
    """Posts a day during ÷ before, weekday by weekday; see `METRICS`."""
    short = w.before.shortfall(series) or w.during.shortfall(series)
    if short:
        return absent(Status.INSUFFICIENT_N, short, unit=_METRIC.unit, better=_METRIC.better)
    rows = pd.concat([w.before.rows(series), w.during.rows(series)]).sort_values("date")
    during = (rows["date"] >= w.day0).to_numpy()
    counts = rows["posts"].to_numpy(dtype=float)
    parts = [w.during.said(), w.before.said()]
    if counts[~during].sum() == 0:
        reason = "there were no posts before the crisis"
        return absent(Status.UNDEFINED, reason, unit=_METRIC.unit, better=_METRIC.better, n=int(counts.sum()))
    if counts[during].sum() == 0:
        return _estimate(0.0, None, int(counts.sum()), [*parts, "no interval: no posts during the crisis", *w.notes])
    weekday = rows["date"].dt.day_of_week.to_numpy()
    # A weekday without any post says nothing of the ratio, and its logarithm has no end.
    alive = [day for day in range(7) if counts[weekday == day].sum() > 0]
    used = np.isin(weekday, alive)
    design = np.column_stack([during, *(weekday == day for day in alive)])[used].astype(float)
    n = int(counts.sum())
    fit = _fitted(counts[used], design)
    if fit is None:
        plain = float(counts[during].mean() / counts[~during].mean())
        return _estimate(plain, None, n, [*parts, "weekdays not compared, and no interval: too few days", *w.notes])
    value, lo, hi = fit.rate_ratio(0)
    if during.sum() < MIN_DAYS:
        return _estimate(value, None, n, [*parts, f"no interval: fewer than {MIN_DAYS} days during", *w.notes])
    if hang_together(pd.Series(fit.residuals, index=rows.loc[used, "date"])):
        parts.append(NARROW_DAYS)
    return _estimate(value, (lo, hi), n, [*parts, *w.notes])


def _fitted(counts: Array, design: Array) -> Fit | None:
    """The model, or None where the days can't tell the step from the weekdays."""
    if len(counts) <= design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    fit = quasi_poisson(counts, design)
    return fit if abs(fit.coefficients[0]) < _ENDLESS else None


def _estimate(value: float, interval: Interval | None, n: int, parts: list[str]) -> Estimate:
    lo, hi = interval or (None, None)
    return Estimate(value=value, lo=lo, hi=hi, unit=_METRIC.unit, n=n, basis="; ".join(parts), better=_METRIC.better)

"""Which answers go together with recommending the company: shares of explained variance, and how sure they are.

Association, not cause: nobody was assigned an answer.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.anonymity import CORRELATED_FROM
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import SEED, percentile_interval
from metrics.words import percent, plural

METRICS: tuple[Metric, ...] = (
    Metric(id="driver_importance", label="Associated with recommending us", unit="share", better=Better.NONE, definition="How much of the variance of one answer, recommending the company, goes together with each other question: its part of R², averaged over every order in which questions can enter. Association, not cause.", formula="LMG, the Shapley value of R², from the correlations of those who answered every question, rounded to 0.01; 95 % of 1,000 parametric (Wishart) bootstrap draws from them, as if answers were normal: single answers never leave the data layer.", source="Lindeman, Merenda & Gold 1980; Grömping, Journal of Statistical Software 2006;17(1)", edge_cases="Fewer than 100 complete answers, or than 10 a question: too few. More than 10 questions, or no question of recommending: does not apply."),
)  # fmt: skip

Matrix = NDArray[np.float64]

PER_PREDICTOR = 10
MOST_PREDICTORS = 10
DRAWS = 1_000


def drivers(correlations: pd.DataFrame, n: int, outcome: str, questions: Collection[str]) -> dict[str, Estimate]:
    """The part of R² of each question that goes with it, by question.

    Parameters
    ----------
    correlations : DataFrame
        Questions by questions, of those who answered all of them.
    n : int
        How many those are.
    outcome : str
        The question that is explained.
    questions : collection of str
        Those asked beside it; one without correlations has no part.

    Returns
    -------
    dict
        Question → Estimate, in order of the questions' text; the values add up to R².
    """
    asked = sorted({str(name) for name in questions} - {outcome})
    predictors = [name for name in asked if name in correlations.columns]
    lacking = _lacking(correlations, predictors, n, outcome)
    if lacking is not None:
        return dict.fromkeys(asked, lacking)
    order = [*predictors, outcome]
    known = _positive(correlations.loc[order, order].to_numpy(dtype=np.float64))
    parts = lmg(known[np.newaxis])[0]
    draws = lmg(_resampled(known, n))
    total = percent(float(parts.sum()))
    basis = (
        f"associated with “{outcome}”: {plural(len(predictors), 'question')} go with {total} of its variance; "
        f"{plural(n, 'person', 'people')} who answered all; parametric bootstrap; association, not cause"
    )
    found = dict.fromkeys(asked, absent(Status.SUPPRESSED, "its answers are not shown exactly", unit="share"))
    for place, name in enumerate(predictors):
        value, (lo, hi) = float(parts[place]), percentile_interval(draws[:, place])
        lo, hi = min(lo, value), max(hi, value)
        found[name] = Estimate(value=value, lo=lo, hi=hi, unit="share", n=n, basis=basis)
    return found


def lmg(correlations: Matrix) -> Matrix:
    """Shapley values of R² for a stack of correlation matrices whose last variable is explained by the others.

    Parameters
    ----------
    correlations : array of shape (draws, p + 1, p + 1)

    Returns
    -------
    array of shape (draws, p)
    """
    p = correlations.shape[1] - 1
    explained: dict[tuple[int, ...], Matrix] = {(): np.zeros(len(correlations))}
    for size in range(1, p + 1):
        for chosen in combinations(range(p), size):
            explained[chosen] = _r_squared(correlations, chosen)
    parts: Matrix = np.zeros((len(correlations), p))
    for chosen, before in explained.items():
        weight = factorial(len(chosen)) * factorial(p - len(chosen) - 1) / factorial(p) if len(chosen) < p else 0.0
        for one in set(range(p)) - set(chosen):
            parts[:, one] += weight * (explained[tuple(sorted((*chosen, one)))] - before)
    return parts


def _r_squared(correlations: Matrix, chosen: tuple[int, ...]) -> Matrix:
    among = correlations[:, chosen][:, :, chosen]
    with_outcome = correlations[:, chosen, -1]
    weights = np.linalg.solve(among, with_outcome[..., np.newaxis])[..., 0]
    explained: Matrix = (weights * with_outcome).sum(axis=1)
    return explained


def _lacking(correlations: pd.DataFrame, predictors: list[str], n: int, outcome: str) -> Estimate | None:
    """Why nothing is explained, if nothing is."""
    needed, count = max(CORRELATED_FROM, PER_PREDICTOR * len(predictors)), len(predictors)
    alike = not np.isfinite(correlations.to_numpy(dtype=np.float64)).all()
    reasons = (
        (
            correlations.empty or n < needed,
            Status.INSUFFICIENT_N,
            f"fewer than {needed} people answered every question",
        ),
        (outcome not in correlations.columns, Status.SUPPRESSED, f"answers to “{outcome}” are not shown exactly"),
        (count == 0, Status.SUPPRESSED, "no other answers are shown exactly"),
        (
            count > MOST_PREDICTORS,
            Status.NOT_APPLICABLE,
            f"{count} questions, at most {MOST_PREDICTORS} can be told apart",
        ),
        (alike, Status.UNDEFINED, "a question was answered alike by everybody"),
    )
    return next((absent(status, reason, unit="share", n=n) for applies, status, reason in reasons if applies), None)


def _positive(correlations: Matrix) -> Matrix:
    """The nearest matrix that rounding has not made impossible: no direction without any variance."""
    values, vectors = np.linalg.eigh((correlations + correlations.T) / 2)
    mended = (vectors * np.maximum(values, 1e-6)) @ vectors.T
    scale = np.sqrt(np.diag(mended))
    found: Matrix = mended / np.outer(scale, scale)
    return found


def _resampled(correlations: Matrix, n: int) -> Matrix:
    """Correlation matrices of samples of n drawn from a normal distribution with these correlations (Bartlett 1933)."""
    size = len(correlations)
    random = np.random.default_rng([SEED, size])
    lower = np.tril(random.standard_normal((DRAWS, size, size)), -1)
    places = np.arange(size)
    lower[:, places, places] = np.sqrt(random.chisquare(n - 1 - places, size=(DRAWS, size)))
    factor = np.linalg.cholesky(correlations) @ lower
    scatter = factor @ factor.transpose(0, 2, 1)
    scale = np.sqrt(scatter[:, places, places])
    found: Matrix = scatter / (scale[:, :, np.newaxis] * scale[:, np.newaxis, :])
    return found

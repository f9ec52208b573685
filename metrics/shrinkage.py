"""Shares of small groups drawn towards what all groups have in common: a second column, never instead of the first."""

from __future__ import annotations

import math
from collections.abc import Sequence

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.words import percent, plural

METRICS: tuple[Metric, ...] = (
    Metric(id="favourable_shrunken", label="Favourable answers drawn towards all groups", unit="share", better=Better.HIGHER, definition="What is likely of a group's favourable share once it is known how much groups differ: the fewer answers, the nearer to all groups together. Stands beside the group's own share, never instead of it.", formula="Beta-binomial: (x + μM)/(n + M), with μ the share of all groups shown and M = 1/φ − 1 from the moment estimate of the correlation φ within groups, at most as many as all their answers; 95 % of the Beta posterior.", source="Kleinman, J. Am. Stat. Assoc. 1973;68:46–54", edge_cases="Fewer than 3 groups shown exactly: too few. Groups that are hidden or coded neither get one nor count."),
)  # fmt: skip

#: Groups from which on the spread between them is estimated (house).
MIN_GROUPS = 3


def shrunken(groups: Sequence[tuple[float, float]]) -> list[Estimate]:
    """The shrunken share of each group of one question and wave.

    Parameters
    ----------
    groups : sequence of (favourable, n)
        Only groups that are shown exactly; 0 ≤ favourable ≤ n, n > 0.

    Returns
    -------
    list of Estimate
        In the order given.
    """
    if len(groups) < MIN_GROUPS:
        reason = f"only {plural(len(groups), 'group')} shown exactly, {MIN_GROUPS} are needed"
        return [_absent(reason, n) for _, n in groups]
    favourable, total = math.fsum(x for x, _ in groups), math.fsum(n for _, n in groups)
    mean = favourable / total
    if mean in (0.0, 1.0):
        return [_absent("all groups answered alike", n) for _, n in groups]
    weight = prior_weight(groups)
    basis = f"drawn towards {percent(mean)} of {plural(len(groups), 'group')}, which weighs as {plural(round(weight), 'answer')}"
    return [_posterior(x, n, mean, weight, basis) for x, n in groups]


def prior_weight(groups: Sequence[tuple[float, float]]) -> float:
    """How many answers the common share weighs, M = 1/φ − 1; between 0 and the number of all answers.

    φ is the correlation within groups that makes the weighted spread of the shares what it is on average:
    E Σ n(p − μ)² = μ(1 − μ)·((g − 1) + φ·(N − Σn²/N − (g − 1))).
    """
    total = math.fsum(n for _, n in groups)
    mean, more = math.fsum(x for x, _ in groups) / total, len(groups) - 1
    spread = math.fsum(n * (x / n - mean) ** 2 for x, n in groups) / (mean * (1 - mean))
    room = total - math.fsum(n * n for _, n in groups) / total - more
    least = 1 / (total + 1)
    phi = least if room <= 0 else min(1.0, max(least, (spread - more) / room))
    return 1 / phi - 1


def _posterior(x: float, n: float, mean: float, weight: float, basis: str) -> Estimate:
    a, b = x + mean * weight, n - x + (1 - mean) * weight
    value = a / (a + b)
    lo, hi = _quantiles(a, b)
    return Estimate(
        value=value,
        lo=min(lo, value),
        hi=max(hi, value),
        unit="share",
        n=int(n),
        basis=basis,
        better=Better.HIGHER,
    )


def _quantiles(a: float, b: float) -> tuple[float, float]:
    """The 2.5 and 97.5 % points of a Beta distribution; with nothing on one side all of it lies at that end."""
    from scipy.special import betaincinv

    if a <= 0 or b <= 0:
        return (0.0, 0.0) if a <= 0 else (1.0, 1.0)
    return float(betaincinv(a, b, 0.025)), float(betaincinv(a, b, 0.975))


def _absent(reason: str, n: float) -> Estimate:
    return absent(Status.INSUFFICIENT_N, reason, unit="share", better=Better.HIGHER, n=int(n))

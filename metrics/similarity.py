"""Which earlier cases a crisis is like, and in what: category, platform, severity, who detected it, shape of the curve.

A house selection of five features, put together as Gower (1971) does for features of different kinds: the mean of
those that are known of both cases.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status

#: What two cases are compared in, in the order in which reasons are told.
FEATURES = ("category", "platform", "severity", "detected_by", "curve")
#: Features that must be known of both cases.
LEAST = 2
#: Days from day 0 that a curve holds, and that two must have in common.
CURVE_DAYS, LEAST_DAYS = 28, 7
_SEVERITIES = 3  # steps from the least to the worst

METRICS: tuple[Metric, ...] = (
    Metric(
        id="case_similarity",
        label="Similarity to another case",
        unit="share",
        better=Better.NONE,
        definition=(
            "How alike two crises are in category, platform, severity, who detected them, and the shape of the daily "
            "volume over the first 28 days; 1 is alike in all that is known of both."
        ),
        formula=(
            "Mean of the features known of both, each from 0 to 1. Category, platform, detection: 1 if the same, else 0. "
            "Severity: 1 − difference ÷ 3. Curve: Σ over common days of min(p, q), where p and q are the days' shares of "
            "each crisis's posts (overlapping coefficient, Weitzman 1970)."
        ),
        edge_cases=(
            "Fewer than two features known of both: no value. A curve needs 7 days covered in both, and a post in each; "
            "without them it does not count. The choice and equal weight of the five features are ours."
        ),
        source="Gower 1971, A general coefficient of similarity and some of its properties, Biometrics 27",
    ),
)


@dataclass(frozen=True, slots=True)
class Match:
    """Another case: how alike in all, and in each feature that is known of both (0–1)."""

    code: str
    estimate: Estimate
    features: Mapping[str, float]


def matches(cases: pd.DataFrame, code: str) -> list[Match]:
    """Every other case, the most alike first; equals in order of their codes, those that can't be compared last.

    Parameters
    ----------
    cases : DataFrame
        code, category, platform, severity (1–4 or NaN), detected_by, curve (None, or posts a day from day 0 on, NaN
        where nothing covers the day); one row a case, the first where a code comes twice.
    code : str
        The case that the others are compared with. Without a row for it there is no match.
    """
    rows = {str(row["code"]): row for row in reversed(cases.to_dict("records"))}
    mine = rows.pop(code, None)
    if mine is None:
        return []
    found = [_match(other, mine, row) for other, row in rows.items()]
    return sorted(found, key=lambda m: (m.estimate.number is None, -(m.estimate.number or 0), m.code))


def _match(code: str, mine: Mapping[Hashable, Any], other: Mapping[Hashable, Any]) -> Match:
    known = {name: likeness for name in FEATURES if (likeness := _likeness(name, mine[name], other[name])) is not None}
    n = len(known)
    basis = f"{n} of {len(FEATURES)} features known of both"
    if n < LEAST:
        reason = f"{'only one feature is' if n else 'no feature is'} known of both; {LEAST} are needed"
        return Match(code, Estimate(unit="share", n=n, status=Status.INSUFFICIENT_N, reason=reason, basis=basis), known)
    return Match(code, Estimate(value=sum(known.values()) / n, unit="share", n=n, basis=basis), known)


def _likeness(feature: str, one: Any, other: Any) -> float | None:
    """From 0 to 1; None where it is not known of both."""
    if feature == "curve":
        return overlap(one, other)
    if pd.isna(one) or pd.isna(other) or not str(one).strip() or not str(other).strip():
        return None
    if feature == "severity":
        return max(1 - abs(float(one) - float(other)) / _SEVERITIES, 0.0)
    return float(_folded(one) == _folded(other))


def _folded(word: Any) -> str:
    return " ".join(str(word).casefold().split())


def overlap(one: Any, other: Any) -> float | None:
    """The overlapping coefficient of two curves over the days known of both; None where they can't be compared.

    Source: Weitzman 1970, Measures of overlap of income distributions.
    """
    if one is None or other is None or np.ndim(one) != 1 or np.ndim(other) != 1:
        return None
    days = min(len(one), len(other), CURVE_DAYS)
    p, q = np.asarray(one[:days], dtype=float), np.asarray(other[:days], dtype=float)
    both = np.isfinite(p) & np.isfinite(q) & (p >= 0) & (q >= 0)
    p, q = p[both], q[both]
    if len(p) < LEAST_DAYS or not p.sum() or not q.sum():
        return None
    return float(min(np.minimum(p / p.sum(), q / q.sum()).sum(), 1.0))

"""Every metric by id: the one list behind the Methods page, labels, units and targets."""

from __future__ import annotations

from metrics import (
    across,
    conformance,
    culture,
    detectors,
    drivers,
    effectiveness,
    engagement,
    gaps,
    lags,
    lessons,
    morale,
    parties,
    reputation,
    response,
    shrinkage,
    survey_changes,
    survey_groups,
    surveys,
)
from metrics.definition import Metric

__all__ = ["ALL", "GROUPS", "Metric"]

#: Title → metrics, in the order in which Methods shows them.
GROUPS: dict[str, tuple[Metric, ...]] = {
    "Response": response.METRICS,
    "Response in business hours": response.BUSINESS_METRICS,
    "Response across crises": (*detectors.METRICS, *across.METRICS),
    "Engagement and sentiment": engagement.METRICS,
    "Lags": lags.METRICS,
    "Reputation": reputation.METRICS,
    "Surveys": (
        *surveys.METRICS,
        *survey_changes.METRICS,
        *survey_groups.METRICS,
        *morale.METRICS,
        *shrinkage.METRICS,
        *drivers.METRICS,
        *parties.METRICS,
    ),
    "Plan": conformance.METRICS,
    "Gaps and lessons": (*gaps.METRICS, *effectiveness.METRICS, *lessons.METRICS),
    "Culture": culture.METRICS,
}

ALL: dict[str, Metric] = {metric.id: metric for group in GROUPS.values() for metric in group}

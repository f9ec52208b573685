"""Every metric by id: the one list behind the Methods page, labels, units and targets."""

from __future__ import annotations

from metrics import across, detectors, engagement, reputation, response, surveys
from metrics.definition import Metric

__all__ = ["ALL", "GROUPS", "Metric"]

#: Title → metrics, in the order in which Methods shows them.
GROUPS: dict[str, tuple[Metric, ...]] = {
    "Response": response.METRICS,
    "Response in business hours": response.BUSINESS_METRICS,
    "Response across crises": (*detectors.METRICS, *across.METRICS),
    "Engagement and sentiment": engagement.METRICS,
    "Reputation": reputation.METRICS,
    "Surveys": surveys.METRICS,
}

ALL: dict[str, Metric] = {metric.id: metric for group in GROUPS.values() for metric in group}

"""Every metric by id: the one list behind the Methods page, labels, units and targets."""

from __future__ import annotations

from metrics import engagement, reputation, response, similarity, surveys
from metrics.definition import Metric

__all__ = ["ALL", "GROUPS", "Metric"]

#: Title → metrics, in the order in which Methods shows them.
GROUPS: dict[str, tuple[Metric, ...]] = {
    "Response": response.METRICS,
    "Engagement and sentiment": engagement.METRICS,
    "Reputation": reputation.METRICS,
    "Surveys": surveys.METRICS,
    "Similar cases": similarity.METRICS,
}

ALL: dict[str, Metric] = {metric.id: metric for group in GROUPS.values() for metric in group}

"""Every metric by id: the one list behind the Methods page, labels, units and targets."""

from __future__ import annotations

from metrics import engagement, reputation, response, surveys
from metrics.definition import Metric

__all__ = ["ALL", "Metric"]

ALL: dict[str, Metric] = {
    metric.id: metric
    for topic in (response.METRICS, engagement.METRICS, reputation.METRICS, surveys.METRICS)
    for metric in topic
}

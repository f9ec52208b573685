from __future__ import annotations

import re

from metrics import engagement, reputation, response, surveys
from metrics.catalogue import ALL


def test_every_metric_is_declared_once_under_its_own_id() -> None:
    declared = [*response.METRICS, *engagement.METRICS, *reputation.METRICS, *surveys.METRICS]
    assert len(ALL) == len(declared)
    assert all(key == metric.id for key, metric in ALL.items())


def test_labels_are_words_and_definitions_sentences() -> None:
    for metric in ALL.values():
        assert re.fullmatch(r"[A-Z][a-z -]+", metric.label), metric.label
        assert metric.definition.endswith("."), metric.id
        assert metric.definition[0].isupper(), metric.id
    labels = [metric.label for metric in ALL.values()]
    assert len(set(labels)) == len(labels)

from __future__ import annotations

import re

from metrics.catalogue import ALL, GROUPS


def test_every_metric_is_declared_once_under_its_own_id() -> None:
    assert len(ALL) == sum(map(len, GROUPS.values()))
    assert all(key == metric.id for key, metric in ALL.items())


def test_labels_are_words_and_definitions_sentences() -> None:
    for metric in ALL.values():
        assert re.fullmatch(r"[A-Z][a-z -]+", metric.label), metric.label
        assert metric.definition.endswith("."), metric.id
        assert metric.definition[0].isupper(), metric.id
        for part in (metric.formula, metric.edge_cases):
            assert not part or part.endswith("."), metric.id
    labels = [metric.label for metric in ALL.values()]
    assert len(set(labels)) == len(labels)

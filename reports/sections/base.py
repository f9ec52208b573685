"""One part of a review: its numbers with their sources, its sentences, and the frames its figures draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.queries.provenance import Sources
from metrics.catalogue import ALL
from metrics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric as pages and documents show it. `group` holds what the value is broken down by."""

    id: str
    estimate: Estimate
    group: Mapping[str, str] = field(default_factory=dict)
    target: float | None = None
    sources: Sources = field(default_factory=Sources)

    @property
    def label(self) -> str:
        return ALL[self.id].label

    def as_dict(self) -> dict[str, Any]:
        """The element of ``metrics`` that INTERFACES describes."""
        e = self.estimate
        return {
            "id": self.id, "group": dict(self.group), "label": self.label, "value": e.value, "lo": e.lo, "hi": e.hi,
            "unit": e.unit, "n": e.n, "status": e.status.value, "reason": e.reason, "basis": e.basis,
            "target": self.target, "better": e.better.value, "sources": self.sources.as_dict(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """What one section says: the finding first. `facts` are the few plain values its figure needs beside the frames."""

    name: str
    findings: tuple[str, ...]
    measures: tuple[Measure, ...] = ()
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    sources: Sources = field(default_factory=Sources)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def measure(self, metric: str, **group: str) -> Measure | None:
        """The measure of this id whose group holds these values, if there is one."""
        wanted = group.items()
        return next((m for m in self.measures if m.id == metric and wanted <= m.group.items()), None)

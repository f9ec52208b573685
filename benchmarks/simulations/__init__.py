"""Simulations in which the truth is known, to see how often the intervals that users see hold it.

To add one: a function in a file of its own here that takes the number of runs and gives a `Coverage`, and a line in
`benchmarks.coverage`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.estimate import Estimate
from metrics.intervals import NARROW


@dataclass(slots=True)
class Coverage:
    """How many intervals held the truth, and how many carried the label "likely too narrow"."""

    held: int = 0
    intervals: int = 0
    labelled: int = 0

    def add(self, found: Estimate, truth: float) -> None:
        """Count one estimate; one without an interval does not count."""
        if found.lo is None or found.hi is None:
            return
        self.intervals += 1
        self.held += found.lo <= truth <= found.hi
        self.labelled += NARROW in (found.basis or "")

    @property
    def share(self) -> float:
        return self.held / self.intervals


def remembering(rng: np.random.Generator, days: int, rho: float) -> np.ndarray:
    """An AR(1) process of variance 1."""
    values = rng.normal(size=days)
    for day in range(1, days):
        values[day] = rho * values[day - 1] + np.sqrt(1 - rho**2) * values[day]
    return values

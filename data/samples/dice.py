"""Seeded draws built on one stream of uniform numbers, so that every run and every platform draws the same."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np

SEED = 20261120

T = TypeVar("T")


class Dice:
    """Draws for one file. Each file has its own stream, so a change in one leaves the others as they were.

    Only `Generator.random` is used: NumPy keeps that stream stable, but not those of its distributions.
    """

    def __init__(self, name: str) -> None:
        self._generator = np.random.Generator(np.random.PCG64([SEED, zlib.crc32(name.encode())]))

    def uniform(self, lo: float = 0.0, hi: float = 1.0) -> float:
        """Draw a number in [lo, hi)."""
        return lo + (hi - lo) * float(self._generator.random())

    def chance(self, p: float) -> bool:
        """Draw True with probability `p`."""
        return self.uniform() < p

    def integer(self, lo: int, hi: int) -> int:
        """Draw a whole number from `lo` to `hi`, both included."""
        return lo + int(self.uniform() * (hi - lo + 1))

    def normal(self, mean: float = 0.0, sd: float = 1.0) -> float:
        """Draw from a normal distribution."""
        u = min(max(self.uniform(), 1e-12), 1 - 1e-12)
        return mean + sd * NormalDist().inv_cdf(u)

    def lognormal(self, median: float, sigma: float) -> float:
        """Draw a positive number whose logarithm is normal."""
        return median * math.exp(self.normal(0.0, sigma))

    def poisson(self, mean: float) -> int:
        """Draw a count; large means go through the normal approximation."""
        if mean <= 0:
            return 0
        if mean > 200:
            return max(0, round(self.normal(mean, math.sqrt(mean))))
        u, k = self.uniform(), 0
        term = total = math.exp(-mean)
        while u > total and k < 1000:
            k += 1
            term *= mean / k
            total += term
        return k

    def pick(self, items: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """Draw one item, with equal or the given weights."""
        if weights is None:
            return items[int(self.uniform() * len(items))]
        mark = self.uniform() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]

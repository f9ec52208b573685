"""How often the adjusted eNPS interval holds the true score, and the interval of a change between two waves its truth.

Waves are drawn from companies whose shares of promoters and detractors are known: every pair in steps of a twentieth
that leaves at least three tenths to both together. Those with nobody of one kind stand apart: there the score has so
few possible values that no interval covers evenly.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from metrics.intervals import Interval, net_promoter_interval, of_difference

SIZES = (20, 30, 50, 100)
SEED = 2016
#: Coverage that the interval is held to from n = 20 on.
WANTED = (0.93, 0.98)

Shares = tuple[float, float]
Counts = NDArray[np.int64]


def measure(runs: int) -> str:
    """Coverage of both intervals by n, in words: the lowest, the highest and the mean of all companies."""
    random = np.random.default_rng(SEED)
    mixed, edge = companies(empty=False), companies(empty=True)
    lines = [f"adjusted eNPS interval, promoters + detractors at least 30 %, {runs:,} waves a company:"]
    held: list[float] = []
    for n in SIZES:
        found = [coverage(random, n, company, runs) for company in mixed]
        apart = [coverage(random, n, company, runs) for company in edge]
        held += found
        lines.append(
            f"  n = {n}: {_range(found)} of {len(mixed)} companies; {_range(apart)} of {len(edge)} with nobody of a kind"
        )
    inside = sum(WANTED[0] <= one <= WANTED[1] for one in held)
    lines.append(f"  {inside} of {len(held)} lie within {WANTED[0]:.0%} to {WANTED[1]:.0%} (nobody of a kind left out)")
    pairs = list(pairwise(mixed))
    lines.append(f"change between two waves of one n, {len(pairs)} pairs of companies, {runs:,} pairs of waves each:")
    lines += [f"  n = {n}: {_range([change_coverage(random, n, *pair, runs) for pair in pairs])}" for n in SIZES]
    return "\n".join(lines)


def companies(*, empty: bool) -> list[Shares]:
    """Shares of promoters and detractors in twentieths; `empty`: those with nobody of one of the three kinds."""
    parts = range(21)
    found = [(p, d) for p, d in product(parts, parts) if 6 <= p + d <= 20]
    return [(p / 20, d / 20) for p, d in found if (min(p, d, 20 - p - d) == 0) is empty]


def coverage(random: np.random.Generator, n: int, company: Shares, runs: int) -> float:
    """The share of `runs` waves of n answers whose interval holds the company's score."""
    truth = company[0] - company[1]
    waves, times = _waves(random, n, company, runs)
    return _share([_interval(wave, n) for wave in waves], times, truth)


def change_coverage(random: np.random.Generator, n: int, new: Shares, old: Shares, runs: int) -> float:
    """The same of the change between two companies, from one wave of n answers each."""
    truth = (new[0] - new[1]) - (old[0] - old[1])
    first = random.multinomial(n, _three(new), size=runs)
    second = random.multinomial(n, _three(old), size=runs)
    pairs, times = np.unique(np.hstack([first, second]), axis=0, return_counts=True)
    intervals = [
        of_difference(_score(pair[:3], n), _interval(pair[:3], n), _score(pair[3:], n), _interval(pair[3:], n))
        for pair in pairs
    ]
    return _share(intervals, times, truth)


def _waves(random: np.random.Generator, n: int, company: Shares, runs: int) -> tuple[Counts, Counts]:
    """The different waves among `runs`, and how often each came."""
    return np.unique(random.multinomial(n, _three(company), size=runs), axis=0, return_counts=True)


def _three(company: Shares) -> list[float]:
    promoters, detractors = company
    return [promoters, detractors, max(0.0, 1 - promoters - detractors)]


def _score(wave: Counts, n: int) -> float:
    return float(wave[0] - wave[1]) / n


def _interval(wave: Counts, n: int) -> Interval:
    return _known(int(wave[0]), int(wave[1]), n)


@cache
def _known(promoters: int, detractors: int, n: int) -> Interval:
    return net_promoter_interval(promoters, detractors, n)


def _share(intervals: list[Interval], times: Counts, truth: float) -> float:
    slack = 1e-12  # shares in twentieths are not exact in binary
    hit = np.array([lo - slack <= truth <= hi + slack for lo, hi in intervals])
    return float(times[hit].sum() / times.sum())


def _range(found: list[float]) -> str:
    return f"{min(found):.1%} to {max(found):.1%}, mean {sum(found) / len(found):.1%}"

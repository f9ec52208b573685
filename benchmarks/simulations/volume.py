"""The rate ratio of posts a day, whose spread is wider than Poisson's and whose weekends are quieter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.simulations import Coverage
from metrics.rate_ratio import volume_rate_ratio
from metrics.windows import COUNTS, windows

_DAY0 = pd.Timestamp("2026-03-02")
_DAYS, _RATIO = 28, 2.0


def rate_ratio(runs: int) -> Coverage:
    """Four weeks before and four during, twice as many posts, and a variance of several times the mean."""
    rng, found = np.random.default_rng(4), Coverage()
    dates = pd.date_range(_DAY0 - pd.Timedelta(days=_DAYS), periods=2 * _DAYS)
    usual = np.where(dates.day_of_week >= 5, 12.0, 20.0) * np.where(dates >= _DAY0, _RATIO, 1.0)
    w = windows(_DAY0, _DAY0 + pd.Timedelta(days=_DAYS))
    frame = pd.DataFrame({"date": dates, **dict.fromkeys(COUNTS, 0)})
    for _ in range(runs):
        posts = rng.poisson(usual * rng.gamma(4, 1 / 4, size=len(dates)))
        found.add(volume_rate_ratio(frame.assign(posts=posts), w), _RATIO)
    return found

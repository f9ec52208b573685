"""Net sentiment of 28 days, whose posts hang together: independent days, and days that resemble the one before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.simulations import Coverage, remembering
from metrics.sentiment import net_sentiment
from metrics.windows import hang_together, windows

_DAYS = 28
_FIRST = pd.Timestamp("2026-02-02")
_W = windows(_FIRST + pd.Timedelta(days=_DAYS), _FIRST + pd.Timedelta(days=_DAYS))
#: Each day's mood moves the shares of positive and negative posts by this; the mean net sentiment is 0.1.
_MOOD, _MEAN = 0.12, 0.1


def independent(runs: int) -> Coverage:
    """Days with moods of their own and volumes that vary fourfold."""
    rng, found = np.random.default_rng(2), Coverage()
    for _ in range(runs):
        found.add(net_sentiment(_series(rng, rng.normal(size=_DAYS)), _W, "before"), _MEAN)
    return found


def alike(runs: int) -> Coverage:
    """Moods that remember the day before (ρ = .6); only series whose own lag-1 autocorrelation shows it."""
    rng, found = np.random.default_rng(3), Coverage()
    while found.intervals < runs:
        series = _series(rng, remembering(rng, _DAYS, 0.6))
        if hang_together(series.set_index("date")["net_sentiment"]):
            found.add(net_sentiment(series, _W, "before"), _MEAN)
    return found


def _series(rng: np.random.Generator, mood: np.ndarray) -> pd.DataFrame:
    posts = rng.poisson(rng.gamma(4, 10, size=_DAYS)) + 1
    net = np.clip(_MEAN + _MOOD * mood, -0.6, 0.6)
    shares = np.stack([0.3 + net / 2, np.full(_DAYS, 0.4), 0.3 - net / 2], axis=1)
    positive, neutral, negative = rng.multinomial(posts, shares).T
    return pd.DataFrame(
        {
            "date": pd.date_range(_FIRST, periods=_DAYS), "posts": posts, "positive": positive, "neutral": neutral,
            "negative": negative, "unscored": 0, "unscorable": 0, "net_sentiment": (positive - negative) / posts,
        }
    )  # fmt: skip

"""The level change of an interrupted time series of 60 days whose errors remember the day before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.simulations import Coverage, remembering
from metrics.interrupted import interrupted
from metrics.windows import COUNTS, windows

_DAY0 = pd.Timestamp("2026-03-02")
_SIDE, _RHO, _JUMP, _SD = 30, 0.6, -0.3, 0.1


def level_change(runs: int) -> Coverage:
    """Sixty days, ρ = .6, a jump of −30 points."""
    rng, found = np.random.default_rng(1), Coverage()
    days = np.arange(-_SIDE, _SIDE)
    w = windows(_DAY0, _DAY0 + pd.Timedelta(days=_SIDE))
    frame = pd.DataFrame({"date": _DAY0 + pd.to_timedelta(days, unit="D"), **dict.fromkeys(COUNTS, 0)})
    for _ in range(runs):
        sentiment = 0.2 + 0.001 * days + _JUMP * (days >= 0) + _SD * remembering(rng, len(days), _RHO)
        found.add(interrupted(frame.assign(net_sentiment=sentiment), w)["sentiment_level_change"], _JUMP)
    return found

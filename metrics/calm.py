"""Days as arrays: what a normal one is, and the first run of days on which something holds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Calm days in a row after which a crisis is over.
CALM_DAYS = 7


class Days(NamedTuple):
    """Covered local days in order: days since 1970, posts, and net sentiment (NaN where no post has one)."""

    day: NDArray[np.int64]
    posts: NDArray[np.float64]
    sentiment: NDArray[np.float64]

    def between(self, first: int, last: int) -> Days:
        """The days from `first` to `last`, both included."""
        start, stop = np.searchsorted(self.day, first, "left"), np.searchsorted(self.day, last, "right")
        return Days(self.day[start:stop], self.posts[start:stop], self.sentiment[start:stop])

    def since(self, first: int) -> Days:
        """The days from `first` on."""
        start = np.searchsorted(self.day, first, "left")
        return Days(self.day[start:], self.posts[start:], self.sentiment[start:])


@dataclass(frozen=True, slots=True)
class Baseline:
    """Normal days: median posts and their spread; the lowest daily net sentiment that is still normal (None: unknown)."""

    volume: float
    spread: float
    sentiment_floor: float | None
    days: int


def days_of(series: pd.DataFrame) -> Days:
    """The days of a daily series (`metrics.windows.daily_series`)."""
    day = series["date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    return Days(day, series["posts"].to_numpy(dtype=np.float64), series["net_sentiment"].to_numpy(dtype=np.float64))


def day_number(day: pd.Timestamp) -> int:
    """Days since 1970."""
    return int(np.datetime64(day, "D").astype(np.int64))


def day_of(number: int) -> pd.Timestamp:
    """The day so many days after 1970 began."""
    return pd.Timestamp(np.datetime64(int(number), "D").astype("datetime64[us]"))


def normal(before: Days) -> Baseline:
    """What is normal by some days, of which there is at least one."""
    volume = median(before.posts)
    spread = max(_mad(before.posts), math.sqrt(volume))
    sentiment = before.sentiment[~np.isnan(before.sentiment)]
    floor = median(sentiment) - 2 * max(_mad(sentiment), 0.05) if sentiment.size else None
    return Baseline(volume, spread, floor, len(before.day))


def below_band(days: Days, base: Baseline) -> NDArray[np.bool_]:
    """On which days sentiment is below what is normal."""
    if base.sentiment_floor is None:
        return np.zeros(len(days.day), dtype=bool)
    # A median ± MAD computed in floating point may miss an equal value by its last bit.
    return days.sentiment < base.sentiment_floor - 1e-12


def calm_again(since: Days, base: Baseline) -> tuple[int | None, int]:
    """The first of `CALM_DAYS` calm days in a row from the first day on that is not calm, and how many days were looked
    at; where all are calm, from the beginning.
    """
    calm = (since.posts <= base.volume + 2 * base.spread) & ~below_band(since, base)
    start = 0 if calm.all() else int(calm.argmin())
    return first_run(since.day[start:], calm[start:], CALM_DAYS), len(calm) - start


def first_run(day: NDArray[np.int64], holds: NDArray[np.bool_], length: int) -> int | None:
    """The first of `length` successive days, none of them missing, on which the condition holds."""
    place = np.arange(len(day))
    begins = np.r_[True, (np.diff(day) != 1) | ~holds[:-1]][: len(day)]
    run = place - np.maximum.accumulate(np.where(begins, place, 0)) + 1 if len(day) else place
    reached = np.flatnonzero(holds & (run >= length))
    return int(day[reached[0]]) - (length - 1) if reached.size else None


def median(values: NDArray[np.float64]) -> float:
    """The median of at least one number; for few of them much faster than numpy's own."""
    ordered = np.sort(values)
    n = len(ordered)
    return float(ordered[(n - 1) // 2] + ordered[n // 2]) / 2


def _mad(values: NDArray[np.float64]) -> float:
    """1.4826 times the median absolute deviation: the standard deviation of a normal sample."""
    return 1.4826 * median(np.abs(values - median(values)))

"""The counts of many days, added up once, from which the days of single crises are cut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.calm import Days, day_number
from metrics.windows import finer_grain

#: In the order in which they are looked for: owned posts count only where there is no mention at all.
_KINDS = ("mention", "owned")
_SUMMED = ("posts", "positive", "neutral", "negative")


class Span(NamedTuple):
    """The local days, both included, for which a platform has posts of a kind."""

    kind: str
    first: pd.Timestamp
    last: pd.Timestamp


class Counted:
    """Counts by kind and day of DAILY (`metrics.windows`).

    `cut` gives what `daily_series` makes of the same days of DAILY and of the spans that cover them.
    """

    def __init__(self, daily: pd.DataFrame) -> None:
        rows = finer_grain(daily)
        day = rows["date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
        kind = (rows["kind"] != _KINDS[0]).to_numpy(dtype=np.int64)
        self._first = int(day.min()) if len(day) else 0
        n = int(day.max()) - self._first + 1 if len(day) else 0
        place, size = kind * n + day - self._first, len(_KINDS) * n
        self._there = np.bincount(place, minlength=size).reshape(len(_KINDS), n) > 0
        counted = rows["posts"].notna().to_numpy()
        self._sums = np.stack(
            [
                np.bincount(place[counted], rows[name].to_numpy(dtype=np.float64)[counted], minlength=size)
                for name in _SUMMED
            ]
        ).reshape(len(_SUMMED), len(_KINDS), n)

    def cut(self, first: pd.Timestamp, last: pd.Timestamp, covered: Iterable[Span]) -> Days | None:
        """The covered days from `first` to `last`; None where nothing is known of any of them."""
        begin, end = day_number(first), day_number(last)
        inside = slice(max(begin - self._first, 0), max(end - self._first + 1, 0))
        there = self._there[:, inside]
        if not there.any():
            return None
        kind = 0 if there[0].any() else 1
        shown = np.zeros(end - begin + 1, dtype=bool)
        for span in covered:
            if span.kind == _KINDS[kind]:
                shown[max(day_number(span.first) - begin, 0) : max(day_number(span.last) - begin + 1, 0)] = True
        sums = np.zeros((len(_SUMMED), len(shown)))
        at = max(self._first - begin, 0)
        sums[:, at : at + there.shape[1]] = self._sums[:, kind, inside]
        posts, positive, neutral, negative = sums[:, shown]
        scored = positive + neutral + negative
        sentiment = np.divide(positive - negative, scored, out=np.full(len(posts), np.nan), where=scored > 0)
        return Days(np.flatnonzero(shown) + begin, posts, sentiment)

"""The scores of one company in one source as arrays, in order of their days, so that a path costs little to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.calm import day_number

_NEAR = 1e-9
Floats = NDArray[np.float64]


class Rows(NamedTuple):
    """Scores with their days (since 1970) and the ends of their scales, by day, scale and score."""

    day: NDArray[np.int64]
    score: Floats
    low: Floats
    high: Floats

    def where(self, some: NDArray[np.bool_]) -> Rows:
        return Rows(self.day[some], self.score[some], self.low[some], self.high[some])

    def until(self, last: pd.Timestamp) -> Rows:
        """The scores up to a local day."""
        stop = int(np.searchsorted(self.day, day_number(last), "right"))
        return Rows(self.day[:stop], self.score[:stop], self.low[:stop], self.high[:stop])

    @property
    def outside(self) -> NDArray[np.bool_]:
        """Whether a score lies outside its own scale."""
        beyond = (self.score < self.low - _NEAR) | (self.score > self.high + _NEAR)
        return (self.high > self.low) & beyond

    @property
    def points(self) -> Floats:
        """0–100 of the score's own scale; NaN where no scale is known or the score is outside."""
        width = self.high - self.low
        usable = (width > 0) & ~self.outside
        return np.divide(100 * (self.score - self.low), width, out=np.full(len(width), np.nan), where=usable)

    def by_day(self) -> tuple[NDArray[np.int64], Floats]:
        """Each day once, with the mean of its points."""
        days, starts, counts = np.unique(self.day, return_index=True, return_counts=True)
        return days, np.add.reduceat(self.points, starts) / counts if len(days) else self.points


@dataclass(frozen=True, slots=True)
class Source:
    """One source: the scores of our company, those of the others by name in its order, and whether it scores us at all."""

    ours: Rows
    others: Mapping[str, Rows]
    scored: bool


@dataclass(frozen=True, slots=True)
class Book:
    """SCORES by source; read once however many crises ask."""

    sources: Mapping[str, Source]

    def rows(self, source: str) -> Source:
        """What a source says; nothing where it is not known."""
        return self.sources.get(source, _SILENT)


def rows_of(frame: pd.DataFrame) -> Rows:
    """The rows of SCORES that have a day and a score."""
    known = frame[frame["score"].notna() & frame["date"].notna()]
    day = known["date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    score, low, high = (known[name].to_numpy(dtype=np.float64) for name in ("score", "scale_min", "scale_max"))
    order = np.lexsort((score, high, low, day))
    return Rows(day[order], score[order], low[order], high[order])


def book(scores: pd.DataFrame | Book) -> Book:
    """SCORES of any sources and companies as a book; one that is a book already stays as it is."""
    if isinstance(scores, Book):
        return scores
    found = {}
    for source, rows in scores.groupby("source", sort=True):
        ours = rows["ours"].astype(bool)
        others = {str(company): rows_of(their) for company, their in rows[~ours].groupby("company", sort=True)}
        found[str(source)] = Source(rows_of(rows[ours]), others, bool(ours.any()))
    return Book(found)


_SILENT = Source(
    Rows(np.array([], dtype=np.int64), *(np.array([], dtype=np.float64) for _ in range(3))), {}, scored=False
)

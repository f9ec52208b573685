"""One company's scores in one source as a path from its level before the crisis, and where the path breaks off.

A score counts in hundredths of its own scale. Where the source changes its scale, or a score lies outside it, what
follows can't be compared with what was before: the path ends there and says why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.calm import day_number, day_of
from metrics.score_rows import Book, Rows, book, rows_of
from metrics.words import date as spoken
from metrics.words import number, plural

BASELINE_DAYS = 180
#: Scores in the baseline days that make a median; with fewer the last score before stands for the level.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Path:
    """Days relative to day 0 and points, both in order of the days; a day with several scores holds their mean.

    Attributes
    ----------
    level, basis, before : float, str, int
        The level before, how it was found, and from how many scores.
    days, points : arrays
        From day 0 on, up to `broken`.
    recent_days, recent : arrays
        Days relative to day 0 and points of the median's scores; empty where the last score stands for the level.
    last_before : (Timestamp, float)
        The last day with a score before day 0, and its points.
    broken : str or None
        Why the path ends before the scores do.
    """

    level: float
    basis: str
    before: int
    days: NDArray[np.float64]
    points: NDArray[np.float64]
    recent_days: NDArray[np.float64]
    recent: NDArray[np.float64]
    last_before: tuple[pd.Timestamp, float]
    broken: str | None


def normalise(scores: pd.DataFrame) -> pd.DataFrame:
    """SCORES with a column `points`: 100·(s − min)/(max − min), NaN where no scale is known or the score is outside."""
    day = np.zeros(len(scores), dtype=np.int64)
    columns = (scores[name].to_numpy(dtype=np.float64) for name in ("score", "scale_min", "scale_max"))
    return scores.assign(points=Rows(day, *columns).points)


def path(rows: pd.DataFrame | Rows, day0: pd.Timestamp) -> Path | str:
    """One company's scores in one source as a path, or why there is none.

    Parameters
    ----------
    rows : DataFrame or Rows
        SCORES, normalised or not.
    """
    known = rows if isinstance(rows, Rows) else rows_of(rows)
    if not known.day.size:
        return "no score recorded"
    known = known.where(~np.isnan(known.points) | known.outside)
    if not known.day.size:
        return "the scale of the source is not known"
    start = day_number(day0)
    past, since = known.where(known.day < start), known.where(known.day >= start)
    if not past.day.size:
        return "no score before the crisis"
    used = _baseline_rows(past, start)
    last = past.where(past.day == past.day[-1])
    scale = float(last.low.min()), float(last.high.max())
    wrong = _break(used, scale)
    if wrong:
        return wrong[1]
    days, points = used.by_day()
    level, basis = _level(days, points)
    found = _break(since, scale)
    if found:
        since = since.where(since.day < found[0])
    later, reached = since.by_day()
    recent = slice(None) if len(days) >= _LEAST else slice(0)
    return Path(
        level,
        basis,
        len(days),
        (later - start).astype(np.float64),
        reached,
        (days[recent] - start).astype(np.float64),
        points[recent],
        (day_of(days[-1]), float(points[-1])),
        found[1] if found else None,
    )


def sources(scores: pd.DataFrame | Book) -> list[str]:
    """The sources that score our company, by name."""
    if isinstance(scores, Book):
        return sorted(name for name, source in scores.sources.items() if source.scored)
    return sorted(scores.loc[scores["ours"].astype(bool), "source"].dropna().unique())


def own_path(scores: pd.DataFrame | Book, source: str, day0: pd.Timestamp, as_of_date: pd.Timestamp) -> Path | str:
    """Our company's path in one source as of a local day, or why there is none."""
    return path(book(scores).rows(source).ours.until(as_of_date), day0)


def _baseline_rows(past: Rows, start: int) -> Rows:
    """The rows that the level is read from: the baseline days', or the last day's where these have too few."""
    recent = past.where(past.day >= start - BASELINE_DAYS)
    return recent if np.unique(recent.day).size >= _LEAST else past.where(past.day == past.day[-1])


def _level(days: NDArray[np.int64], points: NDArray[np.float64]) -> tuple[float, str]:
    n = len(days)
    if n >= _LEAST:
        return float(
            np.median(points)
        ), f"before: median of {plural(n, 'score')} in the {BASELINE_DAYS} days before day 0"
    why = f"as fewer than three lie in the {BASELINE_DAYS} days"
    return float(points[-1]), f"before: the last score before day 0, of {spoken(day_of(days[-1]))}, {why}"


def _break(rows: Rows, scale: tuple[float, float]) -> tuple[int, str] | None:
    """The first day on which a score lies outside its scale or has another one than `scale`, and what is wrong."""
    outside = rows.outside
    wrong = np.flatnonzero(outside | (rows.low != scale[0]) | (rows.high != scale[1]))
    if not wrong.size:
        return None
    at = wrong[0]  # rows lie in order of day, scale and score
    own, day = f"{number(rows.low[at])} to {number(rows.high[at])}", spoken(day_of(rows.day[at]))
    if outside[at]:
        return int(rows.day[at]), f"the score {number(rows.score[at])} of {day} lies outside its scale of {own}"
    usual = f"{number(scale[0])} to {number(scale[1])}"
    return int(rows.day[at]), f"the source changed its scale: on {day} it was {own}, not {usual}"

"""One company's scores in one source as a path from its level before the crisis, and where the path breaks off.

A score counts in hundredths of its own scale. Where the source changes its scale, or a score lies outside it, what
follows can't be compared with what was before: the path ends there and says why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.words import date as spoken
from metrics.words import number, plural

BASELINE_DAYS = 180
#: Scores in the baseline days that make a median; with fewer the last score before stands for the level.
_LEAST = 3
_NEAR = 1e-9


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
    low, high = scores["scale_min"].astype(float), scores["scale_max"].astype(float)
    width = high - low
    points = 100 * (scores["score"].astype(float) - low) / width.where(width > 0)
    return scores.assign(points=points.where(~_outside(scores)))


def path(rows: pd.DataFrame, day0: pd.Timestamp) -> Path | str:
    """One company's scores in one source as a path, or why there is none.

    Parameters
    ----------
    rows : DataFrame
        SCORES, normalised or not.
    """
    known = normalise(rows[rows["score"].notna() & rows["date"].notna()])
    if known.empty:
        return "no score recorded"
    known = known[known["points"].notna() | _outside(known)]
    if known.empty:
        return "the scale of the source is not known"
    past, since = known[known["date"] < day0], known[known["date"] >= day0]
    if past.empty:
        return "no score before the crisis"
    used = _baseline_rows(past, day0)
    scale = _scale(past[past["date"] == past["date"].max()])
    wrong = _break(used, scale)
    if wrong:
        return wrong[1]
    daily = used.groupby("date")["points"].mean().sort_index()
    level, basis = _level(daily)
    found = _break(since, scale)
    if found:
        since = since[since["date"] < found[0]]
    later = since.groupby("date")["points"].mean().sort_index()
    return Path(
        level,
        basis,
        len(daily),
        *_arrays(later, day0),
        *_arrays(daily if len(daily) >= _LEAST else daily.iloc[:0], day0),
        (daily.index[-1], float(daily.iloc[-1])),
        found[1] if found else None,
    )


def sources(scores: pd.DataFrame) -> list[str]:
    """The sources that score our company, by name."""
    return sorted(scores.loc[scores["ours"].astype(bool), "source"].dropna().unique())


def own_path(scores: pd.DataFrame, source: str, day0: pd.Timestamp, as_of_date: pd.Timestamp) -> Path | str:
    """Our company's path in one source as of a local day, or why there is none."""
    ours = scores["ours"].astype(bool) & (scores["source"] == source) & (scores["date"] <= as_of_date)
    return path(scores[ours], day0)


def _arrays(daily: pd.Series, day0: pd.Timestamp) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Days relative to day 0, and points."""
    days = (pd.DatetimeIndex(daily.index) - day0).to_numpy() / np.timedelta64(1, "D")
    return days, daily.to_numpy(dtype=float)


def _baseline_rows(past: pd.DataFrame, day0: pd.Timestamp) -> pd.DataFrame:
    """The rows that the level is read from: the baseline days', or the last day's where these have too few."""
    recent = past[past["date"] >= day0 - pd.Timedelta(days=BASELINE_DAYS)]
    return recent if recent["date"].nunique() >= _LEAST else past[past["date"] == past["date"].max()]


def _level(daily: pd.Series) -> tuple[float, str]:
    n = len(daily)
    if n >= _LEAST:
        return float(daily.median()), f"before: median of {plural(n, 'score')} in the {BASELINE_DAYS} days before day 0"
    why = f"as fewer than three lie in the {BASELINE_DAYS} days"
    return float(daily.iloc[-1]), f"before: the last score before day 0, of {spoken(daily.index[-1])}, {why}"


def _outside(rows: pd.DataFrame) -> pd.Series:
    score, low, high = (rows[name].astype(float) for name in ("score", "scale_min", "scale_max"))
    return (high > low) & ((score < low - _NEAR) | (score > high + _NEAR))


def _scale(rows: pd.DataFrame) -> tuple[float, float]:
    return float(rows["scale_min"].min()), float(rows["scale_max"].max())


def _break(rows: pd.DataFrame, scale: tuple[float, float]) -> tuple[pd.Timestamp, str] | None:
    """The first day on which a score lies outside its scale or has another one than `scale`, and what is wrong."""
    outside = _outside(rows)
    other = (rows["scale_min"] != scale[0]) | (rows["scale_max"] != scale[1])
    wrong = rows[outside | other].sort_values(["date", "scale_min", "scale_max", "score"])
    if wrong.empty:
        return None
    first = wrong.iloc[0]
    own, day = f"{number(first['scale_min'])} to {number(first['scale_max'])}", spoken(first["date"])
    if _outside(wrong.iloc[:1]).all():
        return first["date"], f"the score {number(first['score'])} of {day} lies outside its scale of {own}"
    usual = f"{number(scale[0])} to {number(scale[1])}"
    return first["date"], f"the source changed its scale: on {day} it was {own}, not {usual}"

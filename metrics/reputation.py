"""Reputation before and after a crisis, per source: the fall, the way back, and the area lost between them.

Scores of different sources are never averaged; each is put on 0–100 of its own scale first. A source's day with several
scores counts once, with their mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.words import date as spoken
from metrics.words import number, plural

METRICS: tuple[Metric, ...] = (
    Metric(id="reputation_baseline", label="Reputation before", unit="points", better=Better.HIGHER, definition="Median of the scores in the 180 days before day 0, on 0–100; with fewer than three, the last one before."),
    Metric(id="reputation_drop", label="Reputation drop", unit="points", better=Better.LOWER, definition="Level before minus the lowest score from day 0 until recovery; at least 0."),
    Metric(id="reputation_drop_pct", label="Reputation drop in percent", unit="percent", better=Better.LOWER, definition="The drop as a percentage of the level before."),
    Metric(id="reputation_recovery", label="Time until reputation recovered", unit="days", better=Better.LOWER, definition="Days from day 0 to the first of two scores in a row within 2 points of the level before; lo is the day of the last score below."),
    Metric(id="reputation_loss", label="Reputation lost", unit="point·days", better=Better.LOWER, definition="Area between the level before and the scores, joined by straight lines, from day 0 until recovery.", source="Bruneau et al., Earthquake Spectra 2003;19:733–752"),
    Metric(id="reputation_drop_adjusted", label="Reputation drop against other companies", unit="points", better=Better.LOWER, definition="The drop less the mean drop of the comparison companies, in the same source and at the same date."),
    Metric(id="reputation_vs_before", label="Reputation against before the crisis", unit="points", better=Better.HIGHER, definition="The latest score against the level before the crisis; negative is a loss."),
)  # fmt: skip
#: The ids of one source and crisis, as `reputation` gives them.
IDS = tuple(metric.id for metric in METRICS if metric.id != "reputation_vs_before")
_UNITS = {metric.id: metric.unit for metric in METRICS}
_BETTER = {metric.id: metric.better for metric in METRICS}

BASELINE_DAYS = 180
#: How near to the level before counts as recovered, in points (house).
EPSILON = 2.0


def normalise(scores: pd.DataFrame) -> pd.DataFrame:
    """SCORES with a column `points`: 100·(s − min)/(max − min), NaN where the scale is not known or empty."""
    width = (scores["scale_max"] - scores["scale_min"]).astype(float)
    points = 100 * (scores["score"] - scores["scale_min"]).astype(float) / width.where(width > 0)
    return scores.assign(points=points)


@dataclass(frozen=True, slots=True)
class _Path:
    """One company's scores in one source, cut at day 0: days since day 0 and points, both in order."""

    level: float
    basis: str
    before: int
    days: np.ndarray
    points: np.ndarray


def reputation(
    scores: pd.DataFrame, source: str, day0: pd.Timestamp, *, as_of_date: pd.Timestamp
) -> dict[str, Estimate]:
    """The six numbers of one source by metric id, as of a local day.

    Parameters
    ----------
    scores : DataFrame
        SCORES of any sources and companies, with or without `points`.
    """
    rows = normalise(scores)
    rows = rows[(rows["source"] == source) & (rows["date"] <= as_of_date) & rows["score"].notna()]
    ours = rows[rows["ours"].astype(bool)]
    path = _path(ours, day0)
    if isinstance(path, str):
        return {key: _absent(key, path) for key in IDS}
    base = _estimate("reputation_baseline", path.level, n=path.before, basis=path.basis)
    if path.days.size == 0:
        return {key: _absent(key, "no score since the crisis began") for key in IDS} | {"reputation_baseline": base}
    recovery = _recovery(path)
    stop = recovery.number if recovery.status is Status.OK and recovery.number else path.days[-1]
    inside = path.days <= stop
    at = int(np.argmin(np.where(inside, path.points, np.inf)))
    drop = max(0.0, path.level - float(path.points[at]))
    trough_on = day0 + pd.Timedelta(days=int(path.days[at]))
    told = f"{path.basis}; lowest score {number(float(path.points[at]))} on {spoken(trough_on)}"
    n = int(inside.sum())
    percent = (
        _absent("reputation_drop_pct", "the level before is 0")
        if path.level <= 0
        else _estimate("reputation_drop_pct", 100 * drop / path.level, n=n, basis=told)
    )
    return {
        "reputation_baseline": base,
        "reputation_drop": _estimate("reputation_drop", drop, n=n, basis=told),
        "reputation_drop_pct": percent,
        "reputation_recovery": recovery,
        "reputation_loss": _loss(path, recovery),
        "reputation_drop_adjusted": _adjusted(drop, rows[~rows["ours"].astype(bool)], day0, trough_on),
    }


def reputations(
    scores: pd.DataFrame, day0: pd.Timestamp, *, as_of_date: pd.Timestamp
) -> dict[str, dict[str, Estimate]]:
    """`reputation` of every source that scores our company, by source in order of name."""
    sources = sorted(scores.loc[scores["ours"].astype(bool), "source"].dropna().unique())
    return {source: reputation(scores, source, day0, as_of_date=as_of_date) for source in sources}


def primary_source(scores: pd.DataFrame) -> str | None:
    """The source with most scores of our company; of equals the first by name."""
    counts = scores.loc[scores["ours"].astype(bool), "source"].value_counts()
    return None if counts.empty else str(min(counts.index[counts == counts.max()]))


def vs_before(scores: pd.DataFrame, source: str, day0: pd.Timestamp, *, as_of_date: pd.Timestamp) -> Estimate:
    """The latest score of one source against its level before the crisis, in points; negative is a loss."""
    before = reputation(scores, source, day0, as_of_date=as_of_date)["reputation_baseline"]
    if before.number is None:
        return _absent("reputation_vs_before", before.reason or "")
    rows = normalise(scores)
    rows = rows[(rows["source"] == source) & rows["ours"].astype(bool) & (rows["date"] <= as_of_date)]
    last = rows.dropna(subset="points").sort_values("date").iloc[-1]
    basis = f"score of {spoken(last['date'])} against {before.basis}"
    return _estimate("reputation_vs_before", float(last["points"]) - before.number, n=before.n, basis=basis)


def _path(rows: pd.DataFrame, day0: pd.Timestamp) -> _Path | str:
    """One company's scores as a path, or why there is none."""
    if rows.empty:
        return "no score recorded"
    daily = rows.dropna(subset="points").groupby("date")["points"].mean().sort_index()
    if daily.empty:
        return "the scale of the source is not known"
    days = (pd.DatetimeIndex(daily.index) - day0).to_numpy() / np.timedelta64(1, "D")
    points = daily.to_numpy(dtype=float)
    before = points[days < 0]
    if before.size == 0:
        return "no score before the crisis"
    recent = points[(days < 0) & (days >= -BASELINE_DAYS)]
    if recent.size >= 3:
        level, n = float(np.median(recent)), recent.size
        basis = f"before: median of {plural(n, 'score')} in the {BASELINE_DAYS} days before day 0"
    else:
        level, n = float(before[-1]), 1
        last = daily.index[days < 0][-1]
        basis = f"before: the last score before day 0, of {spoken(last)}, as fewer than three lie in the {BASELINE_DAYS} days"
    return _Path(level, basis, n, days[days >= 0], points[days >= 0])


def _recovery(path: _Path) -> Estimate:
    """Days until the first of two scores in a row at or above level − ε; a score that is the last counts alone."""
    # A level computed in floating point must not turn an equal score into one below.
    below = path.points < path.level - EPSILON - 1e-9
    n = int(below.size)
    if not below.any():
        return _estimate("reputation_recovery", 0.0, n=n, basis=f"{path.basis}; never more than 2 points below it")
    first = int(np.argmax(below))
    for i in range(first + 1, n):
        if not below[i] and (i == n - 1 or not below[i + 1]):
            lo, hi = float(path.days[i - 1]), float(path.days[i])
            basis = f"{path.basis}; between the last score below (lo) and the first one back (hi)"
            return _estimate("reputation_recovery", hi, lo=lo, hi=hi, n=n, basis=basis)
    return Estimate(
        value=float(path.days[-1]),
        unit="days",
        n=n,
        status=Status.LOWER_BOUND,
        reason="not back within 2 points of the level before in the scores so far",
        basis=path.basis,
        better=Better.LOWER,
    )


def _loss(path: _Path, recovery: Estimate) -> Estimate:
    """∫ max(0, level − Q) dt with Q linear from (day 0, level) over the scores; crossings are integrated exactly."""
    stop = recovery.number or 0.0
    inside = path.days <= stop
    t = np.concatenate(([0.0], path.days[inside]))
    lack = np.concatenate(([0.0], path.level - path.points[inside]))
    a, b, dt = lack[:-1], lack[1:], np.diff(t)
    crossing = a * b < 0
    fall = np.where(crossing, np.abs(a) + np.abs(b), 1.0)
    # Of a segment that crosses the level only the triangle below it counts.
    area = np.where(crossing, np.maximum(a, b) ** 2 / fall, np.maximum(a, 0) + np.maximum(b, 0)) * dt / 2
    return Estimate(
        value=float(area.sum()),
        unit="point·days",
        n=int(inside.sum()),
        status=recovery.status,
        reason=recovery.reason,
        basis=f"{path.basis}; from day 0 to day {number(stop)}",
        better=Better.LOWER,
    )


def _adjusted(drop: float, others: pd.DataFrame, day0: pd.Timestamp, trough_on: pd.Timestamp) -> Estimate:
    """The drop less the mean change of the companies that have a level before and a score up to the trough's date."""
    falls, names = [], []
    at = (trough_on - day0) / pd.Timedelta(days=1)
    for company, rows in others.groupby("company", sort=True):
        path = _path(rows, day0)
        if isinstance(path, str) or path.days.size == 0 or path.days[0] > at:
            continue
        falls.append(path.level - float(np.interp(at, path.days, path.points)))
        names.append(str(company))
    if not falls:
        key = "reputation_drop_adjusted"
        return _absent(key, "no comparison company with scores before and since", Status.NOT_APPLICABLE)
    basis = f"against {', '.join(names)}, which fell {number(float(np.mean(falls)))} points by {spoken(trough_on)}"
    return _estimate("reputation_drop_adjusted", drop - float(np.mean(falls)), n=len(falls), basis=basis)


def _estimate(
    key: str, value: float, *, n: int, basis: str, lo: float | None = None, hi: float | None = None
) -> Estimate:
    return Estimate(value=value, lo=lo, hi=hi, unit=_UNITS[key], n=n, basis=basis, better=_BETTER[key])


def _absent(key: str, reason: str, status: Status = Status.UNDEFINED) -> Estimate:
    return absent(status, reason, unit=_UNITS[key], better=_BETTER[key])

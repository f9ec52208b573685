"""Reputation before and after a crisis, per source: the fall, the way back, and the area lost between them.

Scores of different sources are never averaged; each is put on 0–100 of its own scale first. A source's day with several
scores counts once, with their mean.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics import reputation_z
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.score_fall import fall
from metrics.score_path import Path, own_path, path, sources
from metrics.score_rows import Book, Rows, book
from metrics.words import date as spoken
from metrics.words import number

_BROKEN = "Where the source changes its scale, or a score lies outside it, there is no number that would compare the two sides; a fall that was made up before that stands."

METRICS: tuple[Metric, ...] = (
    Metric(id="reputation_baseline", label="Reputation before", unit="points", better=Better.HIGHER, definition="Median of the scores in the 180 days before day 0, on 0–100; with fewer than three, the last one before.", formula="Points = 100 · (score − least of the scale) ÷ (most − least); a day with several scores counts once, with their mean.", edge_cases="Not recorded, where the scale is not known, the source changes it within these days, or a score lies outside it."),
    Metric(id="reputation_drop", label="Reputation drop", unit="points", better=Better.LOWER, definition="Level before minus the lowest score from day 0 until recovery; at least 0.", edge_cases=_BROKEN),
    Metric(id="reputation_drop_pct", label="Reputation drop in percent", unit="percent", better=Better.LOWER, definition="The drop as a percentage of the level before.", formula="100 · drop ÷ level before.", edge_cases="Not recorded, where the level before is 0."),
    Metric(id="reputation_recovery", label="Time until reputation recovered", unit="days", better=Better.LOWER, definition="Days from day 0 to the first of two scores in a row within 2 points of the level before; lo is the day of the last score below.", formula="A single score that is the last counts alone. A fall of no more than 2 points is 0 days.", edge_cases="At least, up to the last score, where the level has not been reached again."),
    Metric(id="reputation_loss", label="Reputation lost", unit="point·days", better=Better.LOWER, definition="Area between the level before and the scores, joined by straight lines, from day 0 until recovery.", source="Bruneau et al., Earthquake Spectra 2003;19:733–752", formula="∫ max(0, level before − score) dt from day 0, at the level before, over straight lines between scores; crossings are integrated exactly.", edge_cases="At least, up to the last score, where the level has not been reached again."),
    Metric(id="reputation_drop_adjusted", label="Reputation drop against other companies", unit="points", better=Better.LOWER, definition="The drop less the mean drop of the comparison companies, in the same source and at the same date.", formula="Drop − mean over the companies of (their level before − their score at the date of our lowest one, on the line between scores).", edge_cases="Does not apply without a comparison company that has scores before and since."),
    Metric(id="reputation_vs_before", label="Reputation against before the crisis", unit="points", better=Better.HIGHER, definition="The latest score against the level before the crisis; negative is a loss.", edge_cases=_BROKEN),
    *reputation_z.METRICS,
)  # fmt: skip
#: The ids of one source and crisis, as `reputation` gives them.
IDS = tuple(metric.id for metric in METRICS if metric.id not in {"reputation_vs_before", "reputation_z"})
_UNITS = {metric.id: metric.unit for metric in METRICS}
_BETTER = {metric.id: metric.better for metric in METRICS}


def reputation(
    scores: pd.DataFrame | Book, source: str, day0: pd.Timestamp, *, as_of_date: pd.Timestamp
) -> dict[str, Estimate]:
    """The six numbers of one source by metric id, as of a local day.

    Parameters
    ----------
    scores : DataFrame or Book
        SCORES of any sources and companies.
    """
    rows = book(scores).rows(source)
    own = path(rows.ours.until(as_of_date), day0)
    if isinstance(own, str):
        return {key: _absent(key, own) for key in IDS}
    base = _estimate("reputation_baseline", own.level, n=own.before, basis=own.basis)
    fell = fall(own, day0)
    if isinstance(fell, str):
        return {key: _absent(key, fell) for key in IDS} | {"reputation_baseline": base}
    n, told = int(fell.inside.sum()), fell.told()
    percent = (
        _absent("reputation_drop_pct", "the level before is 0")
        if own.level <= 0
        else _estimate("reputation_drop_pct", 100 * fell.drop / own.level, n=n, basis=told)
    )
    return {
        "reputation_baseline": base,
        "reputation_drop": _estimate("reputation_drop", fell.drop, n=n, basis=told),
        "reputation_drop_pct": percent,
        "reputation_recovery": fell.recovery,
        "reputation_loss": _loss(own, fell.recovery),
        "reputation_drop_adjusted": _adjusted(
            fell.drop, {name: their.until(as_of_date) for name, their in rows.others.items()}, day0, fell.trough_on
        ),
    }


def reputations(
    scores: pd.DataFrame | Book, day0: pd.Timestamp, *, as_of_date: pd.Timestamp
) -> dict[str, dict[str, Estimate]]:
    """`reputation` of every source that scores our company, by source in order of name."""
    known = book(scores)
    return {source: reputation(known, source, day0, as_of_date=as_of_date) for source in sources(known)}


def primary_source(scores: pd.DataFrame) -> str | None:
    """The source with most scores of our company; of equals the first by name."""
    counts = scores.loc[scores["ours"].astype(bool), "source"].value_counts()
    return None if counts.empty else str(min(counts.index[counts == counts.max()]))


def vs_before(scores: pd.DataFrame | Book, source: str, day0: pd.Timestamp, *, as_of_date: pd.Timestamp) -> Estimate:
    """The latest score of one source against its level before the crisis, in points; negative is a loss."""
    own = own_path(scores, source, day0, as_of_date)
    if isinstance(own, str) or own.broken:
        return _absent("reputation_vs_before", own if isinstance(own, str) else own.broken or "")
    day, points = own.last_before
    if own.days.size:
        day, points = day0 + pd.Timedelta(days=int(own.days[-1])), float(own.points[-1])
    basis = f"score of {spoken(day)} against {own.basis}"
    return _estimate("reputation_vs_before", points - own.level, n=own.before, basis=basis)


def trough(
    scores: pd.DataFrame | Book, source: str, day0: pd.Timestamp, *, as_of_date: pd.Timestamp
) -> pd.Timestamp | Estimate:
    """The day of one source's lowest score from day 0 until recovery; an estimate that says why where it has none."""
    own = own_path(scores, source, day0, as_of_date)
    fell = own if isinstance(own, str) else fall(own, day0)
    if isinstance(fell, str):
        return absent(Status.UNDEFINED, fell, unit="date")
    if fell.drop == 0:
        return absent(Status.NOT_APPLICABLE, f"{source} did not fall", unit="date")
    return fell.trough_on


def _loss(own: Path, recovery: Estimate) -> Estimate:
    """∫ max(0, level − Q) dt with Q linear from (day 0, level) over the scores; crossings are integrated exactly."""
    stop = recovery.number or 0.0
    inside = own.days <= stop
    t = np.concatenate(([0.0], own.days[inside]))
    lack = np.concatenate(([0.0], own.level - own.points[inside]))
    a, b, dt = lack[:-1], lack[1:], np.diff(t)
    crossing = a * b < 0
    height = np.where(crossing, np.abs(a) + np.abs(b), 1.0)
    # Of a segment that crosses the level only the triangle below it counts.
    area = np.where(crossing, np.maximum(a, b) ** 2 / height, np.maximum(a, 0) + np.maximum(b, 0)) * dt / 2
    return Estimate(
        value=float(area.sum()),
        unit="point·days",
        n=int(inside.sum()),
        status=recovery.status,
        reason=recovery.reason,
        basis=f"{own.basis}; from day 0 to day {number(stop)}",
        better=Better.LOWER,
    )


def _adjusted(drop: float, others: Mapping[str, Rows], day0: pd.Timestamp, trough_on: pd.Timestamp) -> Estimate:
    """The drop less the mean change of the companies that have a level before and a score up to the trough's date."""
    falls, names = [], []
    at = (trough_on - day0) / pd.Timedelta(days=1)
    for company, rows in others.items():
        other = path(rows, day0)
        if isinstance(other, str) or other.days.size == 0 or other.days[0] > at:
            continue
        if other.broken and other.days[-1] < at:
            continue
        falls.append(other.level - float(np.interp(at, other.days, other.points)))
        names.append(company)
    if not falls:
        key = "reputation_drop_adjusted"
        return _absent(key, "no comparison company with scores before and since", Status.NOT_APPLICABLE)
    basis = f"against {', '.join(names)}, which fell {number(float(np.mean(falls)))} points by {spoken(trough_on)}"
    return _estimate("reputation_drop_adjusted", drop - float(np.mean(falls)), n=len(falls), basis=basis)


def _estimate(key: str, value: float, *, n: int, basis: str) -> Estimate:
    return Estimate(value=value, unit=_UNITS[key], n=n, basis=basis, better=_BETTER[key])


def _absent(key: str, reason: str, status: Status = Status.UNDEFINED) -> Estimate:
    return absent(status, reason, unit=_UNITS[key], better=_BETTER[key])

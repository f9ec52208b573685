"""Sources on one axis: each score in standard deviations of its own source's scores before the crisis."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.score_fall import fall
from metrics.score_path import Path, own_path, sources
from metrics.score_rows import Book, book
from metrics.words import number

METRICS: tuple[Metric, ...] = (
    Metric(id="reputation_z", label="Reputation in standard deviations", unit="standard deviations", better=Better.HIGHER, definition="The lowest score from day 0 until recovery against the level before, in standard deviations of the scores before; over all sources, the mean of theirs. Raw scales are never averaged.", formula="(lowest score − level before) ÷ max(standard deviation of the scores in the 180 days before day 0, 1 point).", edge_cases="Needs 5 scores in the 180 days; over all sources, two sources that have them."),
)  # fmt: skip
_METRIC = METRICS[0]
#: Scores in the baseline days that a standard deviation takes, and its least size in points (house).
_LEAST, _LEAST_SPREAD = 5, 1.0


def standardised(
    scores: pd.DataFrame | Book, day0: pd.Timestamp, *, as_of_date: pd.Timestamp
) -> dict[str | None, Estimate]:
    """`reputation_z` by source, and under None over all of them."""
    read = book(scores)
    found = {source: _z(read, source, day0, as_of_date) for source in sources(read)}
    known = {source: one.number for source, one in found.items() if one.number is not None}
    if len(known) < 2:
        reason = "fewer than two sources have enough scores before and since"
        return found | {None: _absent(Status.NOT_APPLICABLE, reason)}
    basis = f"mean of {', '.join(f'{source} {number(value)}' for source, value in known.items())}"
    return found | {None: _estimate(float(np.mean(list(known.values()))), n=len(known), basis=basis)}


def standardised_scores(scores: pd.DataFrame | Book, day0: pd.Timestamp, *, as_of_date: pd.Timestamp) -> pd.DataFrame:
    """Our scores of all sources on one axis.

    Returns
    -------
    DataFrame
        date, source, z (standard deviations of the source's scores before day 0 above its level), by source and date.
    """
    frames, known = [], book(scores)
    for source in sources(known):
        own = own_path(known, source, day0, as_of_date)
        if isinstance(own, str) or own.recent.size < _LEAST:
            continue
        dates = [day0 + pd.Timedelta(days=int(day)) for day in (*own.recent_days, *own.days)]
        z = (np.concatenate([own.recent, own.points]) - own.level) / _spread(own)
        frames.append(pd.DataFrame({"date": dates, "source": source, "z": z}))
    columns = {"date": "datetime64[us]", "source": "object", "z": "float64"}
    return (pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(columns))).astype(columns)


def _spread(own: Path) -> float:
    return max(float(np.std(own.recent, ddof=1)), _LEAST_SPREAD)


def _z(scores: Book, source: str, day0: pd.Timestamp, as_of_date: pd.Timestamp) -> Estimate:
    own = own_path(scores, source, day0, as_of_date)
    found = own if isinstance(own, str) else fall(own, day0)
    if isinstance(own, str) or isinstance(found, str):
        return _absent(Status.UNDEFINED, str(found))
    if own.recent.size < _LEAST:
        reason = f"fewer than {_LEAST} scores in the 180 days before day 0"
        return _absent(Status.INSUFFICIENT_N, reason)
    basis = f"{found.told()}; standard deviation before {number(_spread(own))}"
    return _estimate((found.lowest - own.level) / _spread(own), n=own.before, basis=basis)


def _estimate(value: float, *, n: int, basis: str) -> Estimate:
    return Estimate(value=value, unit=_METRIC.unit, n=n, basis=basis, better=_METRIC.better)


def _absent(status: Status, reason: str) -> Estimate:
    return absent(status, reason, unit=_METRIC.unit, better=_METRIC.better)

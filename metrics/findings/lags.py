"""In what order things happened across the streams, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from metrics.estimate import Estimate
from metrics.lags import POINTS, Point
from metrics.words import days, listed, number, opened

_DAY = pd.Timedelta(days=1)


def statement(lag: Estimate) -> str:
    """The first statement against the peak of volume; `lag` is ``lag_statement_to_volume_peak``."""
    if lag.number is None:
        return f"How the first statement stood to the peak of volume can't be told: {lag.reason}."
    if lag.number == 0:
        return "The first statement came on the day on which volume peaked."
    way = "before" if lag.number > 0 else "after"
    return f"The first statement came {days(abs(lag.number))} {way} volume peaked."


def order(points: Mapping[str, Point], day0: pd.Timestamp) -> str | None:
    """Every point that has a place, in order, in days from day 0; None with fewer than two."""
    placed = {name: point for name, point in points.items() if not isinstance(point, Estimate)}
    if len(placed) < 2:
        return None
    moments = sorted(set(placed.values()))
    at = [
        f"{listed([POINTS[name] for name in POINTS if placed.get(name) == moment])} on day {number((moment - day0) / _DAY)}"
        for moment in moments
    ]
    return f"{opened(listed(at))}."


def missing(points: Mapping[str, Point]) -> str | None:
    """The points without a place, and why; None where all have one."""
    lost = [f"{POINTS[name]} ({point.reason})" for name, point in points.items() if isinstance(point, Estimate)]
    return f"Without a day: {listed(lost)}." if lost else None

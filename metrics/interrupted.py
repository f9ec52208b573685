"""Daily sentiment as two straight lines that break on day 0: an interrupted time series.

Each day counts once, whatever the number of its posts: the question is how the days went on, not how the posts are
distributed. That each day resembles the one before is part of the model.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.autoregression import Array, Regression, regression
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import MIN_DAYS, NARROW
from metrics.windows import Window, Windows
from metrics.words import number, plural

#: Days on either side of day 0 that the lines are fitted to.
SIDE_DAYS = 56
#: Days with data in all, below which the interval is called too narrow.
FEW_POINTS = 24

_SOURCE = "Penfold & Zhang, Acad. Pediatr. 2013;13(6 Suppl):S38–S44; Turner et al., BMC Med. Res. Methodol. 2021;21:181"
_FORMULA = (
    "Net sentiment of a day = level + slope · t + level change · D + slope change · D · t + error, t in days since day 0, "
    "D = 1 from day 0 on; AR(1) errors by restricted maximum likelihood, ρ^d between days d apart; Student's t interval "
    "with Satterthwaite's degrees of freedom."
)
_EDGES = (
    f"Up to {SIDE_DAYS} days on each side of day 0, at least {MIN_DAYS} with scored posts on each; with fewer than "
    f"{FEW_POINTS} days in all the interval is labelled as likely too narrow. Not computed while posts wait for the scorer."
)


def _metric(name: str, label: str, unit: str, better: Better, definition: str) -> Metric:
    return Metric(
        id=name, label=label, unit=unit, better=better, definition=definition,
        source=_SOURCE, formula=_FORMULA, edge_cases=_EDGES,
    )  # fmt: skip


#: In the order of the model's coefficients.
METRICS: tuple[Metric, ...] = (
    _metric("sentiment_level", "Level of net sentiment at the start", "share", Better.NONE, "Where the line through the days before ends on day 0."),
    _metric("sentiment_slope", "Slope of net sentiment before", "share a day", Better.NONE, "By how much net sentiment moved from day to day before day 0."),
    _metric("sentiment_level_change", "Level change of net sentiment", "share", Better.HIGHER, "By how much net sentiment jumped on day 0, against where the line through the days before would have gone."),
    _metric("sentiment_slope_change", "Slope change of net sentiment", "share a day", Better.HIGHER, "By how much the slope of net sentiment from day 0 on differs from the slope before."),
)  # fmt: skip


def sides(w: Windows) -> tuple[Window, Window]:
    """The days before and from day 0 on that the lines are fitted to."""
    one, span = pd.Timedelta(days=1), pd.Timedelta(days=SIDE_DAYS)
    return (
        Window("before", w.day0 - span, w.day0 - one, MIN_DAYS),
        Window("from day 0 on", w.day0, w.day0 + span - one, MIN_DAYS),
    )


def interrupted(series: pd.DataFrame, w: Windows) -> dict[str, Estimate]:
    """The four coefficients of the interrupted time series, by metric id.

    Parameters
    ----------
    series : DataFrame
        As `metrics.windows.daily_series` returns it.
    """
    both = [side.rows(series) for side in sides(w)]
    lack = _lacking(both)
    if lack:
        return {m.id: absent(lack[0], lack[1], unit=m.unit, better=m.better) for m in METRICS}
    rows = pd.concat(both)
    rows = rows[rows["net_sentiment"].notna()].sort_values("date")
    days = np.asarray((rows["date"] - w.day0) / pd.Timedelta(days=1), dtype=np.float64)
    values = np.asarray(rows["net_sentiment"], dtype=np.float64)
    design = _design(days)
    parts = [f"{plural(int((days < 0).sum()), 'day')} before against {int((days >= 0).sum())} from day 0 on"]
    fitted = regression(values, design, days)
    if fitted is None:
        exact = np.linalg.lstsq(design, values)[0]
        basis = "; ".join([*parts, "no interval: the days lie exactly on the lines", *w.notes])
        return {
            m.id: Estimate(value=float(value), unit=m.unit, n=len(rows), basis=basis, better=m.better)
            for m, value in zip(METRICS, exact, strict=True)
        }
    parts.append(f"ρ = {number(round(fitted.rho, 2), 2)} from one day to the next")
    if len(rows) < FEW_POINTS:
        parts.append(f"{NARROW}, as there are fewer than {FEW_POINTS} days")
    return _estimates(fitted, len(rows), "; ".join([*parts, *w.notes]))


def _design(days: Array) -> Array:
    after = (days >= 0).astype(float)
    return np.column_stack([np.ones_like(days), days, after, after * days])


def _estimates(fitted: Regression, n: int, basis: str) -> dict[str, Estimate]:
    found = {}
    for at, metric in enumerate(METRICS):
        lo, hi = fitted.interval(at)
        value = float(fitted.coefficients[at])
        found[metric.id] = Estimate(value=value, lo=lo, hi=hi, unit=metric.unit, n=n, basis=basis, better=metric.better)
    return found


def _lacking(both: list[pd.DataFrame]) -> tuple[Status, str] | None:
    """Why the lines can't be fitted, or None."""
    waiting = sum(int(rows["unscored"].sum()) for rows in both)
    if waiting:
        return Status.UNDEFINED, f"{plural(waiting, 'post')} not scored"
    for rows, where in zip(both, ("before", "from"), strict=True):
        told = int(rows["net_sentiment"].notna().sum())
        if told < MIN_DAYS:
            side = f"{plural(SIDE_DAYS, 'day')} {where} day 0{'' if where == 'before' else ' on'}"
            verb = "has" if told == 1 else "have"
            return Status.INSUFFICIENT_N, f"{told} of the {side} {verb} scored posts; {MIN_DAYS} are needed"
    return None

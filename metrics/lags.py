"""How long one thing followed another across the streams: from the statement to the peak, from there to the troughs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.windows import Windows
from metrics.words import date as spoken
from metrics.words import plural

#: Where a point lies (a local day, or a moment between two for the half-life), or an estimate that says why it does not.
Point = pd.Timestamp | Estimate

#: The points in the order in which a lag names them, in words.
POINTS: Mapping[str, str] = {
    "statement": "first statement",
    "volume_peak": "volume peak",
    "half_life": "half-life",
    "sentiment_trough": "lowest sentiment",
    "reputation_trough": "lowest reputation",
    "morale_trough": "lowest morale",
}
#: Scored posts that a day and its neighbours need to count as the lowest sentiment (house).
LEAST_POSTS = 5

_PLACED = (
    "First statement: first to the public or press. Volume peak: the day with most posts. Half-life: when volume had "
    f"fallen half the way back. Lowest sentiment: of the days during the crisis, each pooled with the day before and after "
    f"it, with {LEAST_POSTS} scored posts. Lowest "
    "reputation: of the primary source, until recovery. Lowest morale: the wave with the largest fall against the last "
    "one before."
)
_DAY = pd.Timedelta(days=1)


def _id(first: str, then: str) -> str:
    return f"lag_{first}_to_{then}"


METRICS: tuple[Metric, ...] = tuple(
    Metric(
        id=_id(a, b),
        label=f"From {POINTS[a]} to {POINTS[b]}",
        unit="days",
        better=Better.NONE,
        definition=f"Days from the {POINTS[a]} to the {POINTS[b]}; negative when it came before.",
        formula=_PLACED if (a, b) == ("statement", "volume_peak") else "",
        edge_cases="Where one of the two can't be placed, its reason stands here.",
    )
    for a, b in combinations(POINTS, 2)
)


def lags(points: Mapping[str, Point]) -> dict[str, Estimate]:
    """Every lag by metric id.

    Parameters
    ----------
    points : mapping
        A point for each key of `POINTS`.
    """
    return {_id(a, b): _lag(a, points[a], b, points[b]) for a, b in combinations(POINTS, 2)}


def _lag(a: str, first: Point, b: str, then: Point) -> Estimate:
    missing = [(name, point) for name, point in ((a, first), (b, then)) if isinstance(point, Estimate)]
    if isinstance(first, Estimate) or isinstance(then, Estimate):
        why = "; ".join(f"no {POINTS[name]}: {point.reason}" for name, point in missing)
        return absent(missing[0][1].status, why, unit="days")
    told = f"{POINTS[a]} on {spoken(first)}, {POINTS[b]} on {spoken(then)}"
    return Estimate(value=(then - first) / _DAY, unit="days", n=2, basis=told)


def half_life_at(peak: tuple[pd.Timestamp, int] | None, half_life: Estimate) -> Point:
    """The moment at which volume had fallen by half: the peak's day and the half-life after it."""
    if peak is None or half_life.number is None:
        return absent(half_life.status, half_life.reason or "no peak", unit="date")
    return peak[0] + half_life.number * _DAY


def sentiment_trough(series: pd.DataFrame, w: Windows) -> Point:
    """The day during the crisis with the lowest net sentiment, pooled with its neighbours; the first of equals.

    Without the neighbours a single angry post of a quiet day would be the trough of the crisis.
    """
    short = w.during.shortfall(series)
    if short:
        return absent(Status.INSUFFICIENT_N, short, unit="date")
    rows = w.during.rows(series)
    waiting = int(rows["unscored"].sum())
    if waiting:
        return absent(Status.UNDEFINED, f"{plural(waiting, 'post')} not scored", unit="date")
    counts = rows.set_index("date")[["positive", "neutral", "negative"]].sort_index().asfreq("D", fill_value=0)
    pooled = counts.rolling(3, center=True, min_periods=1).sum()
    scored = pooled.sum(axis=1)
    known = (scored >= LEAST_POSTS) & pooled.index.isin(rows["date"])
    if not known.any():
        return absent(Status.INSUFFICIENT_N, f"no day during had {LEAST_POSTS} scored posts about it", unit="date")
    net = (pooled["positive"] - pooled["negative"])[known] / scored[known]
    return pd.Timestamp(net.index[int(net.to_numpy().argmin())])


def morale_trough(changes: Iterable[tuple[pd.Timestamp, Estimate]]) -> Point:
    """The closing day of the wave since day 0 with the largest fall of morale against the last wave before.

    Parameters
    ----------
    changes : iterable of (Timestamp, Estimate)
        Closing day of each wave during and after the crisis, and its `morale_vs_before`.
    """
    known = [(day, change) for day, change in changes if not pd.isna(day)]
    if not known:
        return absent(Status.UNDEFINED, "no employee survey since the crisis began", unit="date")
    told = [(change.number, day) for day, change in known if change.number is not None]
    if not told:
        first = min(known, key=lambda pair: pair[0])[1]
        return absent(first.status, first.reason or "no change of morale known", unit="date")
    fall, day = min(told)
    if fall >= 0:
        return absent(Status.NOT_APPLICABLE, "morale did not fall", unit="date")
    return day

"""An estimate as a person reads it in a table or on a card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from metrics.across import chance
from metrics.estimate import Estimate, Status
from metrics.targets import is_missed
from metrics.words import date, days, duration, number, percent, points, signed, signed_points, times

#: A status that leaves no value → the words that stand in its place.
_ABSENT = {
    Status.NOT_REACHED: "not yet",
    Status.INSUFFICIENT_N: "too few",
    Status.SUPPRESSED: "hidden",
    Status.UNDEFINED: "not recorded",
    Status.INVALID_ORDER: "times contradict",
    Status.NOT_APPLICABLE: "does not apply",
}
_CHANGES = ("_change", "_vs_rest", "morale_vs_before")
#: Metrics whose shares are differences of shares, and may be negative.
_NET = ("net_sentiment", "sentiment_level")
_BARE = {"score", "enps", "count"}
#: Unit → what one of it is called.
_ONE = {
    "points": "point", "posts": "post", "posts a day": "post a day", "impressions": "impression",
    "point·days": "point·day", "standard deviations": "standard deviation",
}  # fmt: skip


def value(estimate: Estimate, metric: str = "") -> str:
    """The value with its unit, or the word for why there is none."""
    if estimate.status is Status.CODED:
        low = estimate.lo == 0
        return f"at most {percent(estimate.hi or 0)}" if low else f"at least {percent(estimate.lo or 0)}"
    if estimate.value is None:
        return "missed" if is_missed(estimate) else _ABSENT.get(estimate.status, "not known")
    if isinstance(estimate.value, str):
        return date(estimate.value) if estimate.unit == "date" else estimate.value.replace("_", " ")
    told = with_unit(estimate.value, estimate.unit, metric)
    return f"at least {told}" if estimate.status is Status.LOWER_BOUND else told


def interval(estimate: Estimate, metric: str = "") -> str | None:
    """The two ends of the interval, or the one that the data reach; None without any."""
    lo, hi = (None if end is None else with_unit(end, estimate.unit, metric) for end in (estimate.lo, estimate.hi))
    if lo is None:
        return None if hi is None else f"up to {hi}"
    return f"{lo} or more" if hi is None else f"{lo} to {hi}"


def with_unit(amount: float, unit: str, metric: str = "") -> str:
    """A number in the words of its unit; the metric tells a share from a change of shares."""
    if unit == "share":
        change = any(mark in metric for mark in _CHANGES) or metric.startswith(_NET)
        return f"{signed_points(amount)} {points(amount).split()[-1]}" if change else percent(amount)
    return _SAID[unit](amount) if unit in _SAID else _counted(amount, unit)


def _hours(amount: float) -> str:
    return f"−{duration(-amount)}" if amount < 0 else duration(amount)


def _a_day(amount: float) -> str:
    shown = signed(amount * 100, 2)
    return f"{shown} {'point' if shown in ('+1', '−1') else 'points'} a day"


#: Unit → how a number of it is said, where that is more than the number and the unit.
_SAID: Mapping[str, Callable[[float], str]] = {
    "hours": _hours,
    "days": days,
    "p": chance,
    "share a day": _a_day,
    "Cliff's δ": partial(number, decimals=2),
    "times": times,
}


def _counted(amount: float, unit: str) -> str:
    shown = number(amount)
    if unit in _BARE:
        return shown
    if unit == "percent":
        return f"{shown} %"
    return f"{shown} {_ONE.get(unit, unit) if shown in ('1', '−1') else unit}"

"""An estimate as a person reads it in a table or on a card."""

from __future__ import annotations

from metrics.across import chance
from metrics.estimate import Estimate, Status
from metrics.targets import is_missed
from metrics.words import date, days, duration, number, percent, points, signed_points, times, working

#: A status that leaves no value → the words that stand in its place.
_ABSENT = {
    Status.NOT_REACHED: "not yet",
    Status.INSUFFICIENT_N: "too few",
    Status.SUPPRESSED: "hidden",
    Status.UNDEFINED: "not recorded",
    Status.INVALID_ORDER: "times contradict",
    Status.NOT_APPLICABLE: "does not apply",
}
_CHANGES = ("_change", "morale_vs_before")
_BARE = {"score", "enps", "count"}
#: Unit → what one of it is called.
_ONE = {
    "points": "point", "posts": "post", "posts a day": "post a day", "impressions": "impression",
    "point·days": "point·day",
}  # fmt: skip


def value(estimate: Estimate, metric: str = "") -> str:
    """The value with its unit, or the word for why there is none."""
    if estimate.status is Status.CODED:
        low = estimate.lo == 0
        return f"at most {percent(estimate.hi or 0)}" if low else f"at least {percent(estimate.lo or 0)}"
    if estimate.value is None:
        return "missed" if is_missed(estimate) else _ABSENT.get(estimate.status, "not known")
    if isinstance(estimate.value, str):
        return date(estimate.value)
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
    if unit == "hours":
        told = working(amount) if metric.endswith("_business") else duration(amount)
        return f"−{told}" if amount < 0 else told
    if unit == "days":
        return days(amount)
    if unit == "p":
        return chance(amount)
    if unit == "share":
        change = any(mark in metric for mark in _CHANGES) or metric.startswith("net_sentiment")
        return f"{signed_points(amount)} {points(amount).split()[-1]}" if change else percent(amount)
    return times(amount) if unit == "times" else _counted(amount, unit)


def _counted(amount: float, unit: str) -> str:
    shown = number(amount)
    if unit in _BARE:
        return shown
    if unit == "percent":
        return f"{shown} %"
    return f"{shown} {_ONE.get(unit, unit) if shown in ('1', '−1') else unit}"

"""An estimate as a person reads it in a table or on a card."""

from __future__ import annotations

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
_CHANGES = ("_change", "morale_vs_before")
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
        return date(estimate.value)
    told = with_unit(estimate.value, estimate.unit, metric)
    return f"at least {told}" if estimate.status is Status.LOWER_BOUND else told


def interval(estimate: Estimate, metric: str = "") -> str | None:
    """The two ends of the interval, or None."""
    if estimate.lo is None or estimate.hi is None:
        return None
    return f"{with_unit(estimate.lo, estimate.unit, metric)} to {with_unit(estimate.hi, estimate.unit, metric)}"


def with_unit(amount: float, unit: str, metric: str = "") -> str:
    """A number in the words of its unit; the metric tells a share from a change of shares."""
    if unit == "hours":
        return f"−{duration(-amount)}" if amount < 0 else duration(amount)
    if unit == "days":
        return days(amount)
    if unit == "share":
        change = any(mark in metric for mark in _CHANGES) or metric.startswith(_NET)
        return f"{signed_points(amount)} {points(amount).split()[-1]}" if change else percent(amount)
    if unit == "share a day":
        shown = signed(amount * 100, 2)
        return f"{shown} {'point' if shown in ('+1', '−1') else 'points'} a day"
    if unit == "Cliff's δ":
        return number(amount, 2)
    return times(amount) if unit == "times" else _counted(amount, unit)


def _counted(amount: float, unit: str) -> str:
    shown = number(amount)
    if unit in _BARE:
        return shown
    if unit == "percent":
        return f"{shown} %"
    return f"{shown} {_ONE.get(unit, unit) if shown in ('1', '−1') else unit}"

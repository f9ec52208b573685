"""Whether a value meets its target, judged on the digits that are shown."""

from __future__ import annotations

from enum import StrEnum

from metrics.estimate import Better, Estimate, Status
from metrics.words import minutes

#: The reason of an estimate whose step never came before the crisis was resolved.
MISSED = "missed"


class Verdict(StrEnum):
    """How a value stands against its target."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_YET = "not_yet"  # still running and still within the target
    UNCLEAR = "unclear"  # known only to the day, and the target lies between the bounds
    NONE = "none"  # no target, or nothing to compare


def is_missed(estimate: Estimate) -> bool:
    """Whether the crisis was closed without the step; different from a step that nobody recorded."""
    return estimate.status is Status.UNDEFINED and estimate.reason == MISSED


def verdict(estimate: Estimate, target: float | None) -> Verdict:
    """Judge an estimate against a target in its own unit.

    Hours are compared to the minute, as they are shown, so that 3 h is never late for 3 h. A missed step has not met
    any target. A metric that is neither better high nor low has no verdict.
    """
    if target is None or estimate.better is Better.NONE:
        return Verdict.NONE
    if is_missed(estimate):
        return Verdict.NOT_MET
    value = estimate.number
    if value is None or estimate.status not in (Status.OK, Status.LOWER_BOUND):
        return Verdict.NONE
    if estimate.status is Status.LOWER_BOUND:
        value = value if estimate.lo is None else estimate.lo
        settled = _meets(value, target, estimate) is (estimate.better is Better.HIGHER)
        return Verdict.NOT_YET if not settled else Verdict.MET if estimate.better is Better.HIGHER else Verdict.NOT_MET
    if estimate.unit in ("hours", "days") and estimate.lo is not None and estimate.hi is not None:
        ends = {_meets(estimate.lo, target, estimate), _meets(estimate.hi, target, estimate)}
        if len(ends) == 2:
            return Verdict.UNCLEAR
    return Verdict.MET if _meets(value, target, estimate) else Verdict.NOT_MET


def _meets(value: float, target: float, estimate: Estimate) -> bool:
    a, b = (minutes(value), minutes(target)) if estimate.unit == "hours" else (value, target)
    return a <= b if estimate.better is Better.LOWER else a >= b

"""Parts that sentences of several topics share: against a target, against earlier crises, against chance."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.estimate import Estimate, Status
from metrics.targets import Verdict, is_missed, verdict
from metrics.words import days, duration, durations, minutes, number, part_of, points_range, times

CHANCE = "not distinguishable from normal variation"


def cannot_tell(subject: str, estimate: Estimate) -> str:
    """``The time to … can't be told: no detected event recorded.``; withheld values say that they are hidden."""
    verb = "is hidden" if estimate.status is Status.SUPPRESSED else "can't be told"
    return f"{subject} {verb}: {estimate.reason}."


def span(estimate: Estimate, value: float, *, full: bool = False) -> str:
    """A time in the estimate's unit, in words."""
    return duration(value, full=full) if estimate.unit == "hours" else days(value)


def interval_of_days(median: Estimate) -> str:
    """The interval of a median in days, which may have no end yet: `` (interval 3 to 9 days)``, `` (at least 3 days)``."""
    if median.lo is None:
        return ""
    if median.hi is None:
        return f" (at least {days(median.lo)})"
    return f" (interval {number(median.lo)} to {days(median.hi)})"


def bounded(estimate: Estimate) -> bool:
    """Whether lo and hi are the bounds of a time known only to the day."""
    return estimate.unit in ("hours", "days") and estimate.lo is not None and estimate.hi is not None


def against_target(estimate: Estimate, target: float | None, target_of: str | None = None) -> str:
    """How a time stands against its target, as a clause that follows the sentence's main part; empty without one."""
    judged = verdict(estimate, target)
    if target is None or judged is Verdict.NONE:
        return ""
    named = f"{target_of}'s {span(estimate, target)} target" if target_of else f"the {span(estimate, target)} target"
    if is_missed(estimate):
        return f"; {named} was missed"
    if judged is Verdict.UNCLEAR:
        return f"; whether that was within {named} can't be told"
    sure = "in any case " if bounded(estimate) and estimate.status is Status.OK else ""
    if judged is Verdict.NOT_YET:
        return f", still within {named}"
    if judged is Verdict.MET:
        return f", {sure}within {named}"
    already = "already " if estimate.status is Status.LOWER_BOUND else sure
    return f", {already}{_excess(estimate, target)} {named}" if not sure else f", {sure}over {named}"


def _excess(estimate: Estimate, target: float) -> str:
    value = estimate.number or 0.0
    if target > 0 and value / target >= 1.5:
        return times(value / target)
    return f"{span(estimate, value - target)} over"


def shown(estimate: Estimate, target: float | None) -> str:
    """The value of a time, with the digits it takes not to look like a target that it doesn't meet or only just meets."""
    value = estimate.number or 0.0
    if target is None or estimate.unit != "hours":
        return span(estimate, value)
    return durations(value, target)[0]


def against_past(estimate: Estimate, past: Sequence[Estimate]) -> str:
    """How many of the earlier crises were faster, as a clause; only those that can be compared are counted."""
    answers = [answer for answer in (_faster(other, estimate) for other in past) if answer is not None]
    if not answers:
        return ""
    faster, n = sum(answers), len(answers)
    if n == 1:
        return f"; the one earlier crisis that can be compared was {'' if faster else 'not '}faster"
    return f"; {part_of(faster, n)} earlier crises {'was' if faster <= 1 else 'were'} faster"


def _faster(other: Estimate, mine: Estimate) -> bool | None:
    """Whether another crisis was faster for sure, or was not for sure; None where that can't be told."""
    if mine.number is None:
        return None
    if is_missed(other):
        return False
    if other.number is None or other.status not in (Status.OK, Status.LOWER_BOUND):
        return None
    still, running = mine.status is Status.LOWER_BOUND, other.status is Status.LOWER_BOUND
    if not running and minutes(_hi(other)) < minutes(_lo(mine)):
        return True
    return False if not still and minutes(_lo(other)) >= minutes(_hi(mine)) else None


def _lo(estimate: Estimate) -> float:
    return (estimate.number or 0.0) if estimate.lo is None else estimate.lo


def _hi(estimate: Estimate) -> float:
    return (estimate.number or 0.0) if estimate.hi is None else estimate.hi


def distinguishable(change: Estimate) -> bool | None:
    """Whether a change's interval leaves out zero; None without an interval."""
    if change.lo is None or change.hi is None:
        return None
    return change.lo > 0 or change.hi < 0


def with_chance(change: Estimate) -> str:
    """The interval of a change of shares and what it says: `` (−13 to +1): not distinguishable from normal variation``."""
    clear = distinguishable(change)
    if clear is None or change.lo is None or change.hi is None:
        return "; too little to say whether that is more than normal variation"
    interval = f" ({points_range(change.lo, change.hi)})"
    return interval if clear else f"{interval}: {CHANCE}"

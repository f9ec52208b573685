"""What a crisis did to the reputation, one sentence a source."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.estimate import Estimate, Status
from metrics.findings.clauses import cannot_tell
from metrics.words import days, number, point_count


def drop(source: str, estimates: Mapping[str, Estimate]) -> str:
    """The fall of one source and the way back; `estimates` as `metrics.reputation.reputation` returns them."""
    fall, before, recovery = (estimates[f"reputation_{key}"] for key in ("drop", "baseline", "recovery"))
    if fall.number is None or before.number is None:
        return cannot_tell(f"{source}: whether the reputation fell", fall)
    if fall.number == 0:
        return f"{source} did not fall below its level before the crisis, {number(before.number)} of 100."
    told = f"{source} fell {point_count(fall.number)}, from {number(before.number)} to {number(before.number - fall.number)}"
    return f"{told}{_way_back(recovery)}{_others(fall, estimates['reputation_drop_adjusted'])}."


def _way_back(recovery: Estimate) -> str:
    if recovery.number is None:
        return ""
    if recovery.status is Status.LOWER_BOUND:
        return f", and was not back by its last score, {days(recovery.number)} after the start"
    if recovery.number == 0:
        return ", too little to count as a fall"
    return f", and was back after {days(recovery.number)}"


def _others(fall: Estimate, adjusted: Estimate) -> str:
    """How much of the fall others shared; empty without comparison companies."""
    if adjusted.number is None or fall.number is None:
        return ""
    shared = fall.number - adjusted.number
    if shared == 0:
        return "; other companies in it did not move"
    return f"; other companies in it {'fell' if shared > 0 else 'rose'} {point_count(shared)} by then"

"""What a crisis did to the reputation, one sentence a source."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.estimate import Estimate, Status
from metrics.findings.clauses import CHANCE, cannot_tell
from metrics.words import days, number, point_count, spelled

#: Standard deviations of the scores before by which a fall may miss the level and still be normal variation (house).
NORMAL = 2.0


def drop(source: str, estimates: Mapping[str, Estimate], z: Estimate | None = None) -> str:
    """The fall of one source and the way back.

    Parameters
    ----------
    estimates : mapping
        As `metrics.reputation.reputation` returns them.
    z : Estimate, optional
        The source's `reputation_z`, which tells a fall from normal variation.
    """
    fall, before, recovery = (estimates[f"reputation_{key}"] for key in ("drop", "baseline", "recovery"))
    if fall.number is None or before.number is None:
        return cannot_tell(f"{source}: whether the reputation fell", fall)
    if fall.number == 0:
        return f"{source} did not fall below its level before the crisis, {number(before.number)} of 100."
    told = f"{source} fell {point_count(fall.number)}, from {number(before.number)} to {number(before.number - fall.number)}"
    chance = f" ({CHANCE})" if _within_chance(z) else ""
    return f"{told}{chance}{_way_back(recovery)}{_others(fall, estimates['reputation_drop_adjusted'])}."


def _way_back(recovery: Estimate) -> str:
    if recovery.number is None:
        return ""
    if recovery.status is Status.LOWER_BOUND:
        return f", and was not back by its last score, {days(recovery.number)} after the start"
    if recovery.number == 0:
        return ", too little to count as a fall"
    if recovery.lo is None:
        return f", and was back after {days(recovery.number)}"
    return f", and was back {days(recovery.number)} after the start (last seen below after {days(recovery.lo)})"


def _others(fall: Estimate, adjusted: Estimate) -> str:
    """How much of the fall others shared; empty without comparison companies."""
    if adjusted.number is None or fall.number is None:
        return ""
    shared = fall.number - adjusted.number
    if shared == 0:
        return "; other companies in it did not move"
    return f"; other companies in it {'fell' if shared > 0 else 'rose'} {point_count(shared)} by then"


def combined(z: Estimate) -> str | None:
    """How far all sources fell together, on the scale of their own variation; None with fewer than two."""
    if z.number is None:
        return None
    way = "below" if z.number < 0 else "above"
    far = number(abs(z.number))
    unit = "standard deviation" if far == "1" else "standard deviations"
    told = f"Over {spelled(z.n)} sources the lowest scores lay on average {far} {unit} {way} the level before"
    return f"{told}{f': {CHANCE}' if _within_chance(z) else ''}."


def _within_chance(z: Estimate | None) -> bool:
    return z is not None and z.number is not None and z.number > -NORMAL

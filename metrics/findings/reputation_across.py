"""What several crises did to one source of reputation scores, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.estimate import Estimate, Status
from metrics.words import days, listed, number, part_of, point_count, spelled


def falls(source: str, told: Sequence[tuple[str, Estimate, Estimate]]) -> str | None:
    """How often and how far one source fell, and how long it took to come back; None where no crisis can be judged.

    `told` holds the name of each crisis, its `reputation_drop` and its `reputation_recovery`.
    """
    known = [(name, drop.number, back) for name, drop, back in told if drop.number is not None]
    if not known:
        return None
    fell = sorted(((name, fall, back) for name, fall, back in known if fall > 0), key=lambda one: (-one[1], one[0]))
    if not fell:
        crises = "the one crisis" if len(known) == 1 else f"any of {spelled(len(known))} crises"
        return f"{source} did not fall below its level before in {crises}."
    worst, fall, _ = fell[0]
    if len(known) == 1:
        return f"{source} fell {point_count(fall)} in {worst}, the one crisis with scores around it{_back(fell)}."
    return f"{source} fell in {part_of(len(fell), len(known))} crises, furthest in {worst}, by {point_count(fall)}{_back(fell)}."


def _back(fell: Sequence[tuple[str, float, Estimate]]) -> str:
    done = sorted(back.number for _, _, back in fell if back.status is Status.OK and back.number is not None)
    still = sorted(name for name, _, back in fell if back.status is Status.LOWER_BOUND)
    told = ""
    if done:
        some = "" if len(done) == len(fell) else f" in {spelled(len(done))} of them"
        spread = days(done[0]) if done[0] == done[-1] else f"{number(done[0])} to {days(done[-1])}"
        told = f"; it was back after {spread}{some}"
    if not still:
        return told
    alone = "it was not back by the last score" if len(fell) == 1 else f"not back by the last score: {listed(still)}"
    return f"{told}; {alone}"

"""What each crisis since said of a gap's fix: the same judgement as `metrics.effectiveness`, crisis by crisis.

A gap that was opened again and fixed once more has several fixes; a crisis speaks of the one in place when it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from metrics.definition import Metric
from metrics.effectiveness import Effect, Seen, effectiveness
from metrics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Tried:
    """One crisis that put a fix to the test.

    Attributes
    ----------
    fixed_on : Timestamp
        The day since which the fix of that time was in place.
    effect : Effect or None
        What the fix was found to be then; None where the crisis could not be judged.
    reason : str or None
        Why it could not.
    """

    crisis: str
    day0: pd.Timestamp
    fixed_on: pd.Timestamp
    value: Estimate
    effect: Effect | None
    reason: str | None = None


def course(
    gap: Mapping[str, Any], fixes: Sequence[pd.Timestamp], seen: Iterable[Seen], about: Metric | None
) -> tuple[Tried, ...]:
    """The crises since the first fix that put the gap's step to the test, oldest first.

    Parameters
    ----------
    gap, seen, about
        As `metrics.effectiveness.effectiveness` takes them; the gap's day of completion is not looked at.
    fixes : sequence of Timestamp
        The days on which its fixes were in place, in any order.
    """
    ordered = sorted(seen, key=lambda one: (one.day0, one.crisis))
    found = []
    for place, one in enumerate(ordered):
        in_place = [day for day in fixes if day < one.day0]
        if one.tested and in_place:
            judged = effectiveness({**gap, "completed_on": max(in_place)}, ordered[: place + 1], about)
            told = judged.last is not None and judged.last.crisis == one.crisis
            why = None if told else judged.reason or one.value.reason or "known only to the day"
            effect = judged.effect if told else None
            found.append(Tried(one.crisis, one.day0, max(in_place), one.value, effect, why))
    return tuple(found)

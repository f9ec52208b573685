"""Is what worked still working? A strength names a metric and a target, and each later crisis says kept or lost.

The same judgement as that of a gap's fix (`metrics.effectiveness`): what was seen to work counts as in place from the
day of the crisis that showed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from metrics.definition import Metric
from metrics.effectiveness import Effect, Effectiveness, Seen, effectiveness
from metrics.fix_course import Tried, course


class Kept(StrEnum):
    """What became of a strength."""

    KEPT = "kept"
    LOST = "lost"
    NOT_EXERCISED = "not_exercised"


_WORDS = {
    Effect.VERIFIED: Kept.KEPT, Effect.INEFFECTIVE: Kept.LOST, Effect.REGRESSED: Kept.LOST,
    Effect.NOT_EXERCISED: Kept.NOT_EXERCISED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Followed:
    """A strength as the latest crisis that could judge it says, and what every crisis since said."""

    state: Kept
    judged: Effectiveness
    tries: tuple[Tried, ...]

    @property
    def reason(self) -> str | None:
        """Why it was not exercised."""
        if self.judged.reason is None:
            return None
        return self.judged.reason.replace("the gap", "the strength")


def kept(effect: Effect | None) -> Kept | None:
    """What a judgement of a fix says of a strength."""
    return None if effect is None else _WORDS[effect]


def follow(strength: Mapping[str, Any], seen: Iterable[Seen], about: Metric | None) -> Followed:
    """What became of one strength.

    Parameters
    ----------
    strength : mapping
        since (the day from which it counts, or NaT), crisis (the code of the one that showed it, or None), metric (id
        or None) and target (in the metric's unit, or NaN).
    seen, about
        As `metrics.effectiveness.effectiveness` takes them.
    """
    since = strength["since"]
    if pd.isna(since):
        nothing = effectiveness({**strength, "completed_on": pd.NaT, "metric": None}, (), None)
        return Followed(Kept.NOT_EXERCISED, _because(nothing, "nobody said when it was observed"), ())
    crises = list(seen)
    judged = effectiveness({**strength, "completed_on": since}, crises, about)
    return Followed(_WORDS[judged.effect], judged, course(strength, [since], crises, about))


def _because(judged: Effectiveness, reason: str) -> Effectiveness:
    return Effectiveness(judged.effect, judged.test, reason)

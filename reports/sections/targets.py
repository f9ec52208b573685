"""The target of a metric for one crisis: that of the plan step its milestone fulfils; settings only fill holes."""

from __future__ import annotations

from metrics.response import INTERVALS, Interval
from reports.sections.scope import Scope

_BY_ID = {interval.id: interval for interval in INTERVALS}
_PER_UNIT = {"hours": 60.0, "days": 1440.0}


def target(scope: Scope, metric: str) -> tuple[float | None, str | None]:
    """The target in the metric's unit and what sets it, such as "plan v3"; both None without one."""
    interval = _BY_ID.get(metric)
    minutes = None if interval is None else _plan_minutes(scope, interval)
    if interval is not None and minutes is not None:
        return minutes / _PER_UNIT[interval.unit], f"plan {scope.plan}"
    chosen = scope.settings.target(metric)
    return chosen, None if chosen is None else "the company"


def _plan_minutes(scope: Scope, interval: Interval) -> float | None:
    """The target of the first step that the interval's end fulfils and whose clock starts where the interval does."""
    starts = {pick.milestone for pick in interval.start.picks}
    steps = scope.steps
    if steps.empty:
        return None
    timed = steps[steps["target_minutes"].notna() & steps["clock_starts"].isin(starts)]
    for pick in interval.end.picks:
        fulfilling = timed[timed["fulfilled_by"] == pick.milestone]
        if pick.audiences:
            fulfilling = fulfilling[fulfilling["audience"].isin(pick.audiences) | fulfilling["audience"].isna()]
        if len(fulfilling):
            return float(fulfilling["target_minutes"].iloc[0])
    return None

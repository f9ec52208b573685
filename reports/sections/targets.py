"""The target of a metric for one crisis: that of the plan step its milestone fulfils; settings only fill holes."""

from __future__ import annotations

import pandas as pd

from metrics.response import INTERVALS
from reports.sections.scope import Scope

_BY_ID = {interval.id: interval for interval in INTERVALS}
_PER_UNIT = {"hours": 60.0, "days": 1440.0}


def target(scope: Scope, metric: str) -> tuple[float | None, str | None]:
    """The target in the metric's unit and what sets it, such as "plan v3"; both None without one."""
    step = deciding_step(scope, metric)
    if step is not None:
        return float(step["target_minutes"]) / _PER_UNIT[_BY_ID[metric].unit], f"plan {scope.plan}"
    chosen = scope.settings.target(metric)
    return chosen, None if chosen is None else "the company"


def deciding_step(scope: Scope, metric: str) -> pd.Series | None:
    """The first plan step that the interval's end fulfils and whose clock starts where the interval does."""
    interval, steps = _BY_ID.get(metric), scope.steps
    if interval is None or interval.signed or steps.empty:  # a step's time is a limit, not a lead to be had
        return None
    starts = {pick.milestone for pick in interval.start.picks}
    timed = steps[steps["target_minutes"].notna() & steps["clock_starts"].isin(starts)]
    for pick in interval.end.picks:
        fulfilling = timed[timed["fulfilled_by"] == pick.milestone]
        if pick.audiences:
            fulfilling = fulfilling[fulfilling["audience"].isin(pick.audiences) | fulfilling["audience"].isna()]
        if len(fulfilling):
            return fulfilling.iloc[0]
    return None

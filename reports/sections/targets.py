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
    """The first plan step that the interval's end fulfils and whose clock starts where the interval does; looked for
    once for all crises that the same version of the plan judges.
    """
    known, key = scope.portfolio.deciding, (scope.plan, metric)
    if key not in known:
        known[key] = _deciding_step(scope.steps, metric)
    return known[key]


def _deciding_step(steps: pd.DataFrame, metric: str) -> pd.Series | None:
    interval = _BY_ID.get(metric)
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

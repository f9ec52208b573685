"""How long gaps take to close, and whether they close in the time that their severity allows.

GAPS as in `metrics.gaps`, cut to a day. A gap runs from the day it was opened to the day its fix was implemented; one
that is still open, or was accepted, is censored.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.spells import Spells, median_days, none_counted, spells
from metrics.survival import share_by
from metrics.words import part_of, plural

#: Statuses of a gap whose fix is in place.
FIXED = ("implemented", "validated")

METRICS: tuple[Metric, ...] = (
    Metric(id="gap_age_median", label="Time to close a gap", unit="days", better=Better.LOWER, definition="Median time from opening a gap to the implementation of its fix; open gaps count as at least that old.", formula="Kaplan–Meier; below six gaps without an interval.", edge_cases="Not reached while more than half are open. A gap accepted on a known day is open until then and no longer followed; gaps without the dates it takes, or completed before they were opened, are said and left out.", source="Kaplan and Meier 1958; Brookmeyer and Crowley 1982"),
    Metric(id="gap_closure_within_sla", label="Gaps closed in time", unit="share", better=Better.HIGHER, definition="Share of gaps implemented within the days that the settings allow for their severity, counted from opening.", formula="Kaplan–Meier on the time taken ÷ the time allowed, read at 1; also for each severity alone. Wilson interval where none is open and within its time.", edge_cases="Too few while no gap has reached the end of its time; gaps without a severity are said and left out.", source="Kaplan and Meier 1958; Wilson 1927"),
)  # fmt: skip
_AGE, _CLOSURE = METRICS


def _spells(gaps: pd.DataFrame, today: pd.Timestamp, wrong: Mapping[str, pd.Series] | None = None) -> Spells:
    """From opening to closing, but for the gaps that are `wrong` for another reason."""
    opened, completed = gaps["opened_on"], gaps["completed_on"]
    fixed = gaps["status"].isin(FIXED)
    closed = fixed | (gaps["status"] == "accepted")
    wrong = dict(wrong or {}) | {
        "without an opening date": opened.isna(),
        "opened later": opened > today,
        "closed without a date": closed & completed.isna(),
    }
    return spells(gaps, opened, completed.where(closed, today), fixed, wrong, "completed before being opened")


def age_median(gaps: pd.DataFrame, today: pd.Timestamp) -> Estimate:
    """Median days from opening to implementation, by Kaplan–Meier."""
    return median_days(_AGE, _spells(gaps, today), noun="gap", done="implemented")


def closure_within_sla(gaps: pd.DataFrame, today: pd.Timestamp, allowed: Mapping[int, float]) -> Estimate:
    """Share implemented within the days allowed for their severity; times are in units of what is allowed."""
    found = _spells(gaps, today, {"without a severity": ~gaps["severity"].isin(list(allowed))})
    n = len(found.times)
    if not n:
        return none_counted(_CLOSURE, found, noun="gap")
    limits = np.array([float(allowed[int(severity)]) for severity in found.rows["severity"]])
    share = share_by(found.times / limits, found.ended, 1.0)
    if share.value is None:
        why = "the one gap has not used up its time yet" if n == 1 else f"{part_of(0, n)} gaps has used up its time yet"
        return absent(Status.INSUFFICIENT_N, why, unit=_CLOSURE.unit, better=_CLOSURE.better, n=n)
    basis = f"of {plural(n, 'gap')}{found.aside}"
    return Estimate(
        value=share.value, lo=share.lo, hi=share.hi, unit=_CLOSURE.unit, n=n, basis=basis, better=_CLOSURE.better
    )


def closure_by_severity(gaps: pd.DataFrame, today: pd.Timestamp, allowed: Mapping[int, float]) -> dict[int, Estimate]:
    """The same for each severity that has a gap, the worst first."""
    found = sorted({int(severity) for severity in gaps["severity"].dropna()} & set(allowed), reverse=True)
    return {s: closure_within_sla(gaps[gaps["severity"] == s], today, {s: allowed[s]}) for s in found}

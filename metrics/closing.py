"""How long gaps take to close, and whether they close in the time that their severity allows.

GAPS as in `metrics.gaps`, cut to a day. A gap runs from the day it was opened to the day its fix was implemented; one
that is still open, or was accepted, is censored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.survival import Flags, Known, Times, median, share_by
from metrics.words import listed, plural

#: Statuses of a gap whose fix is in place.
FIXED = ("implemented", "validated")
_BACKWARDS = "completed before being opened"

METRICS: tuple[Metric, ...] = (
    Metric(id="gap_age_median", label="Time to close a gap", unit="days", better=Better.LOWER, definition="Median time from opening a gap to the implementation of its fix; open gaps count as at least that old.", formula="Kaplan–Meier; below six gaps without an interval.", edge_cases="Not reached while more than half are open. A gap accepted on a known day is open until then and no longer followed; gaps without the dates it takes, or completed before they were opened, are said and left out.", source="Kaplan and Meier 1958; Brookmeyer and Crowley 1982"),
    Metric(id="gap_closure_within_sla", label="Gaps closed in time", unit="share", better=Better.HIGHER, definition="Share of gaps implemented within the days that the settings allow for their severity, counted from opening.", formula="Kaplan–Meier on the time taken ÷ the time allowed, read at 1; also for each severity alone. Wilson interval where none is open and within its time.", edge_cases="Too few while no gap has reached the end of its time; gaps without a severity are said and left out.", source="Kaplan and Meier 1958; Wilson 1927"),
)  # fmt: skip
_AGE, _CLOSURE = METRICS


@dataclass(frozen=True, slots=True)
class _Spans:
    """Days from opening to closing of the gaps that have them, whether these are fixed, which gaps they are, and why
    others are left out.
    """

    times: Times
    fixed: Flags
    gaps: pd.DataFrame
    lacking: Mapping[str, int]

    @property
    def aside(self) -> str:
        told = [f"{count} {why}" for why, count in self.lacking.items()]
        return f"; left out: {listed(told)}" if told else ""


def _spans(gaps: pd.DataFrame, today: pd.Timestamp, wrong: Mapping[str, pd.Series] | None = None) -> _Spans:
    """The spans of all gaps but those that are `wrong` for a reason; a gap has one reason, the first that holds."""
    opened, completed = gaps["opened_on"], gaps["completed_on"]
    fixed = gaps["status"].isin(FIXED)
    closed = fixed | (gaps["status"] == "accepted")
    wrong = dict(wrong or {}) | {
        "without an opening date": opened.isna(),
        "opened later": opened > today,
        "closed without a date": closed & completed.isna(),
        _BACKWARDS: closed & (completed < opened),
    }
    usable = pd.Series(data=True, index=gaps.index)
    lacking = {}
    for why, mask in wrong.items():
        if count := int((mask & usable).sum()):
            lacking[why] = count
        usable &= ~mask
    times = (completed.where(closed, today) - opened) / pd.Timedelta(days=1)
    return _Spans(times[usable].to_numpy(dtype=float), fixed[usable].to_numpy(dtype=bool), gaps[usable], lacking)


def age_median(gaps: pd.DataFrame, today: pd.Timestamp) -> Estimate:
    """Median days from opening to implementation, by Kaplan–Meier."""
    spans = _spans(gaps, today)
    n = len(spans.times)
    if not n:
        return _nothing(_AGE, gaps, spans)
    basis = f"{int(spans.fixed.sum())} of {plural(n, 'gap')} implemented{spans.aside}"
    found = median(spans.times, spans.fixed)
    if found.value is not None:
        return _estimate(_AGE, found, n, basis)
    why = "the one gap is not implemented" if n == 1 else f"at least half of {n} gaps are not implemented"
    return Estimate(
        lo=found.lo, unit=_AGE.unit, n=n, status=Status.NOT_REACHED, reason=why, basis=basis, better=_AGE.better
    )


def closure_within_sla(gaps: pd.DataFrame, today: pd.Timestamp, allowed: Mapping[int, float]) -> Estimate:
    """Share implemented within the days allowed for their severity; times are in units of what is allowed."""
    spans = _spans(gaps, today, {"without a severity": ~gaps["severity"].isin(list(allowed))})
    n = len(spans.times)
    if not n:
        return _nothing(_CLOSURE, gaps, spans)
    limits = np.array([float(allowed[int(severity)]) for severity in spans.gaps["severity"]])
    found = share_by(spans.times / limits, spans.fixed, 1.0)
    if found.value is not None:
        return _estimate(_CLOSURE, found, n, f"of {plural(n, 'gap')}{spans.aside}")
    why = "the one gap has not used up its time yet" if n == 1 else f"none of {n} gaps has used up its time yet"
    return absent(Status.INSUFFICIENT_N, why, unit=_CLOSURE.unit, better=_CLOSURE.better, n=n)


def closure_by_severity(gaps: pd.DataFrame, today: pd.Timestamp, allowed: Mapping[int, float]) -> dict[int, Estimate]:
    """The same for each severity that has a gap, the worst first."""
    found = sorted({int(severity) for severity in gaps["severity"].dropna()} & set(allowed), reverse=True)
    return {s: closure_within_sla(gaps[gaps["severity"] == s], today, {s: allowed[s]}) for s in found}


def _nothing(about: Metric, gaps: pd.DataFrame, spans: _Spans) -> Estimate:
    """No gap is recorded, or every one is left out."""
    if gaps.empty:
        return absent(Status.UNDEFINED, "no gap is recorded", unit=about.unit, better=about.better)
    status = Status.INVALID_ORDER if set(spans.lacking) == {_BACKWARDS} else Status.UNDEFINED
    return absent(status, f"no gap can be counted{spans.aside}", unit=about.unit, better=about.better)


def _estimate(about: Metric, found: Known, n: int, basis: str) -> Estimate:
    return Estimate(value=found.value, lo=found.lo, hi=found.hi, unit=about.unit, n=n, basis=basis, better=about.better)

"""How fast one crisis was answered: every interval of its timeline, in calendar hours.

An interval runs from the earliest event of its start to the earliest event of its end. As of T only the events up to
T exist. Public functions take EVENTS of one crisis (all of them: what lies after T is left out here), its clock and T.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from metrics import statements
from metrics.clock import CrisisClock, Moment, existing, hours_between, is_resolved, local_text, utc
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.marks import (
    ACKNOWLEDGED,
    ASSEMBLED,
    ASSESSED,
    CONTACTED,
    CONTAINED,
    DECISION,
    DETECTED,
    INTERNAL,
    POSTED,
    RESOLVED,
    REVIEWED,
    STATEMENT,
    Mark,
    marked,
    moment_of,
    without_audience,
)
from metrics.statements import PATH_SEGMENTS, path_estimates, statement_path, statement_platform_coverage
from metrics.targets import MISSED
from metrics.words import plural

__all__ = [
    "INTERVALS",
    "METRICS",
    "PATH_SEGMENTS",
    "interval",
    "intervals",
    "path_estimates",
    "statement_path",
    "statement_platform_coverage",
    "used_events",
]

#: Detected before it was posted by one of these is foresight, not a wrong order.
FORESEEING = ("own_monitoring", "employee")


@dataclass(frozen=True, slots=True)
class Interval:
    """One row of the table: from the earliest event of `start` to the earliest event of `end`."""

    id: str
    label: str
    start: Mark
    end: Mark
    definition: str
    unit: str = "hours"
    better: Better = Better.LOWER
    signed: bool = False  # the end may lie before the start, and says something when it does


INTERVALS = (
    Interval("time_to_detect", "Time to detect", POSTED, DETECTED, "From the post to its detection; detected before the post by own monitoring or an employee is 0."),
    Interval("time_to_acknowledge", "Time to acknowledge", DETECTED, ACKNOWLEDGED, "From detection to the first acknowledgement."),
    Interval("time_to_assess", "Time to assess", DETECTED, ASSESSED, "From detection to the first assessment of the damage."),
    Interval("time_to_assemble", "Time to assemble the team", DETECTED, ASSEMBLED, "From detection until the response team had come together."),
    Interval("time_to_decision", "Time to decide", DETECTED, DECISION, "From detection to the first decision."),
    Interval("time_to_first_statement", "Time to first statement", DETECTED, STATEMENT, "From detection to the first statement to the public or the press."),
    Interval("exposure_to_first_statement", "Exposure before the first statement", POSTED, STATEMENT, "From the post to the first statement to the public or the press."),
    Interval("time_to_first_internal_message", "Time to first internal message", DETECTED, INTERNAL, "From detection to the first internal message, or statement or update to employees."),
    Interval("internal_first_margin", "Employees heard before the public", INTERNAL, STATEMENT, "From the first internal message to the first public statement; negative when employees learned it from outside.", better=Better.HIGHER, signed=True),
    Interval("time_to_employee_contact", "Time to contact the employee", DETECTED, CONTACTED, "From detection until the employee concerned was contacted."),
    Interval("time_to_contain", "Time to contain", DETECTED, CONTAINED, "From detection until the crisis was contained."),
    Interval("time_to_resolve", "Time to resolve", DETECTED, RESOLVED, "From detection until the crisis was resolved."),
    Interval("time_to_review", "Time to review", RESOLVED, REVIEWED, "From resolution to the review, in days.", unit="days"),
)  # fmt: skip
_BY_ID = {row.id: row for row in INTERVALS}

#: Marks that close a crisis: not done yet is still running, and done without an event is not recorded, never missed.
_CLOSING = {RESOLVED: ("resolved", "reviewed"), REVIEWED: ("reviewed",)}

METRICS: tuple[Metric, ...] = (
    *(Metric(id=r.id, label=r.label, unit=r.unit, better=r.better, definition=r.definition) for r in INTERVALS),
    *statements.METRICS,
)

#: How the time between two moments is measured, in hours.
Measure = Callable[[pd.Timestamp, pd.Timestamp], float]


def interval(metric_id: str, events: pd.DataFrame, clock: CrisisClock, as_of: datetime) -> Estimate:
    """One number of the response, as of a moment.

    Parameters
    ----------
    metric_id : str
        An id of `INTERVALS`, or one of longest_silence, update_cadence, public_updates, functions_involved.

    Returns
    -------
    Estimate
        ``lower_bound`` while the step is outstanding; ``undefined`` with reason ``missed`` when the crisis was
        resolved without it, or with the name of the mark that nobody recorded; ``invalid_order`` with both times.
        Where a timestamp is known only to the day, lo and hi are the bounds and the value lies midway.

    Raises
    ------
    KeyError
        If the id is not one of these.
    """
    if metric_id in statements.COMPUTED:
        return statements.COMPUTED[metric_id](events, clock, as_of).estimate
    return _Reading(_BY_ID[metric_id], events, clock, as_of).estimate()


def intervals(events: pd.DataFrame, clock: CrisisClock, as_of: datetime) -> dict[str, Estimate]:
    """Every single-valued number of the response by id, in the order of the table."""
    return {key: interval(key, events, clock, as_of) for key in (*_BY_ID, *statements.COMPUTED)}


def used_events(metric_id: str, events: pd.DataFrame, clock: CrisisClock, as_of: datetime) -> list[int]:
    """Ids of the events behind the number, in order; also for statement_path and statement_platform_coverage."""
    if metric_id in statements.COMPUTED:
        return sorted(statements.COMPUTED[metric_id](events, clock, as_of).events)
    if metric_id == "statement_path":
        path = statement_path(events, clock, as_of)
        return sorted({int(i) for i in pd.concat([path["start_event"], path["end_event"]]).dropna()})
    if metric_id == "statement_platform_coverage":
        return statements.platform_events(events, as_of)
    reading = _Reading(_BY_ID[metric_id], events, clock, as_of)
    return sorted({i for moment in (reading.start, reading.end) if moment is not None for i in moment.events})


class _Reading:
    """One interval read off one timeline."""

    def __init__(
        self,
        row: Interval,
        events: pd.DataFrame,
        clock: CrisisClock,
        as_of: datetime,
        measure: Measure = hours_between,
    ) -> None:
        self.row, self.clock, self.now, self.measure = row, clock, utc(as_of), measure
        self.known = existing(events, as_of)
        self.start, self.end = moment_of(self.known, row.start), moment_of(self.known, row.end)
        words = _CLOSING.get(row.end)
        self.over = is_resolved(events, clock, as_of) if words is None or "resolved" in words else self._reviewed()

    def estimate(self) -> Estimate:
        if self.start is None:
            return self._absent(Status.UNDEFINED, self._not_recorded(self.row.start))
        if self.end is None:
            return self._outstanding(self.start)
        lo, hi = self._span(self.start.hi, self.end.lo), self._span(self.start.lo, self.end.hi)
        if hi < 0 and not self.row.signed:
            return self._backwards(self.start, self.end)
        basis = (
            f"{self._said(self.row.start, self.start)} to {self._said(self.row.end, self.end)}, {self.clock.timezone}"
        )
        if lo == hi:
            return Estimate(value=lo, unit=self.row.unit, n=1, basis=basis, better=self.row.better)
        lo = lo if self.row.signed else max(0.0, lo)
        basis += "; known only to the day, so lo and hi are the bounds and the value lies midway"
        return Estimate(value=(lo + hi) / 2, lo=lo, hi=hi, unit=self.row.unit, n=1, basis=basis, better=self.row.better)

    def _outstanding(self, start: Moment) -> Estimate:
        """The end has not been seen: still running, missed, or not recorded."""
        unnamed = without_audience(self.known, self.row.end)
        if self.over:
            missed = self.row.end not in _CLOSING and not unnamed
            return self._absent(Status.UNDEFINED, MISSED if missed else self._not_recorded(self.row.end))
        lo, hi = self._span(start.hi, self.now), self._span(start.lo, self.now)
        return Estimate(
            value=lo,
            lo=None if lo == hi else lo,
            hi=None if lo == hi else hi,
            unit=self.row.unit,
            n=1,
            status=Status.LOWER_BOUND,
            reason=f"{self._not_recorded(self.row.end)} up to {local_text(self.now, self.clock.timezone)}",
            basis=f"{self._said(self.row.start, start)} to now, {self.clock.timezone}"
            + ("" if lo == hi else "; known only to the day, so at least the shorter reading"),
            better=self.row.better,
        )

    def _backwards(self, start: Moment, end: Moment) -> Estimate:
        if self.row.id == "time_to_detect" and self._foreseen(end):
            return Estimate(value=0.0, unit=self.row.unit, n=1, basis="proactive", better=self.row.better)
        told = f"{self._said(self.row.end, end)} lies before {self._said(self.row.start, start)}, {self.clock.timezone}"
        return self._absent(Status.INVALID_ORDER, told)

    def _foreseen(self, detection: Moment) -> bool:
        first = self.known[self.known["event_id"].isin(detection.events)]
        return bool(first["detected_by"].isin(FORESEEING).all())

    def _reviewed(self) -> bool:
        return self.clock.status == "reviewed" or not marked(self.known, REVIEWED).empty

    def _span(self, start: pd.Timestamp, end: pd.Timestamp) -> float:
        hours = self.measure(start, end)
        return hours / 24 if self.row.unit == "days" else hours

    def _said(self, mark: Mark, moment: Moment) -> str:
        zone = self.clock.timezone
        when = local_text(moment.lo, zone)
        return f"{mark.name.removesuffix(' event')} ({when if moment.exact else f'{when} to {local_text(moment.hi, zone)}'})"

    def _not_recorded(self, mark: Mark) -> str:
        unnamed = without_audience(self.known, mark)
        aside = f" ({plural(unnamed, 'message')} without an audience not counted)" if unnamed else ""
        return f"no {mark.name} recorded{aside}"

    def _absent(self, status: Status, reason: str) -> Estimate:
        return absent(status, reason, unit=self.row.unit, better=self.row.better)

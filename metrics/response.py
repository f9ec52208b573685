"""How fast one crisis was answered: every interval of its timeline, in calendar hours and in business hours.

An interval runs from the earliest event of its start to the earliest event of its end. As of T only the events up to
T exist. Public functions take EVENTS of one crisis (all of them: what lies after T is left out here), its clock and T.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from metrics import statements
from metrics.clock import CrisisClock, Measure, hours_between, local_text
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.opening import OpeningHours
from metrics.statements import PATH_SEGMENTS, path_estimates, statement_path, statement_platform_coverage
from metrics.targets import MISSED
from metrics.timeline import (
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
    Moment,
    Timeline,
    timeline,
)
from metrics.words import plural

__all__ = [
    "BUSINESS",
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
PROACTIVE = "proactive"


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
_CLOSING = (RESOLVED, REVIEWED)

_EDGES = (
    "Step outstanding: at least the time so far. Resolved without it: missed. Known only to the day: bounds and their "
    "middle. End before start: times contradict."
)
METRICS: tuple[Metric, ...] = (
    *(
        Metric(
            id=r.id,
            label=r.label,
            unit=r.unit,
            better=r.better,
            definition=r.definition,
            formula="Earliest end − earliest start.",
            edge_cases=_EDGES,
        )
        for r in INTERVALS
    ),
    *statements.METRICS,
)

#: The ids that have one value per crisis, in the order of the table.
SINGLE = (*_BY_ID, *statements.COMPUTED)

#: Id in business hours → the same in calendar time.
BUSINESS = {f"{key}_business": key for key in (*_BY_ID, *statements.TIMED, "statement_path")}
#: Those of them that have one value per crisis.
SINGLE_BUSINESS = tuple(key for key, plain in BUSINESS.items() if plain in SINGLE)

BUSINESS_METRICS: tuple[Metric, ...] = tuple(
    Metric(
        id=key,
        label=f"{metric.label} in business hours",
        unit="hours",
        better=metric.better,
        definition=f"As “{metric.label}”, counted in business hours.",
    )
    for key, plain in BUSINESS.items()
    for metric in METRICS
    if metric.id == plain
)


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
    return number(metric_id, timeline(events, clock, as_of))


def intervals(events: pd.DataFrame, clock: CrisisClock, as_of: datetime) -> dict[str, Estimate]:
    """Every single-valued number of the response by id, in the order of the table."""
    line = timeline(events, clock, as_of)
    return {key: number(key, line) for key in SINGLE}


def used_events(
    metric_id: str, events: pd.DataFrame, clock: CrisisClock, as_of: datetime, office: OpeningHours | None = None
) -> list[int]:
    """Ids of the events behind the number, in order; also for statement_path and statement_platform_coverage."""
    if BUSINESS.get(metric_id, metric_id) == "statement_path":
        path = statement_path(events, clock, as_of)
        return sorted({int(i) for i in pd.concat([path["start_event"], path["end_event"]]).dropna()})
    return used(metric_id, timeline(events, clock, as_of), office)


def used(metric_id: str, line: Timeline, office: OpeningHours | None = None) -> list[int]:
    """`used_events` of a timeline that was read already; not for statement_path."""
    plain, measure = _measured(metric_id, office)
    if plain == "statement_platform_coverage":
        return statements.platform_events(line)
    if plain in statements.TIMED:
        return sorted(statements.TIMED[plain](line, measure).events)
    if plain in statements.COMPUTED:
        return sorted(statements.COMPUTED[plain](line).events)
    ends = (line.first(mark) for mark in (_BY_ID[plain].start, _BY_ID[plain].end))
    return sorted({key for moment in ends if moment is not None for key in moment.events})


def number(metric_id: str, line: Timeline, office: OpeningHours | None = None) -> Estimate:
    """`interval` of a timeline that was read already; an id of `BUSINESS` needs the office's hours.

    Raises
    ------
    KeyError
        If the id is not one of these.
    ValueError
        If business hours are asked for without saying which they are.
    """
    plain, measure = _measured(metric_id, office)
    if plain in statements.TIMED:
        found = statements.TIMED[plain](line, measure).estimate
    elif plain in statements.COMPUTED:
        found = statements.COMPUTED[plain](line).estimate
    else:
        row = _BY_ID[plain] if plain == metric_id else replace(_BY_ID[plain], unit="hours")
        found = _Reading(row, line, measure).estimate()
    if plain == metric_id or office is None or found.basis in (None, PROACTIVE):
        return found
    return replace(found, basis=f"{found.basis}; business hours: {office.said()}")


def _measured(metric_id: str, office: OpeningHours | None) -> tuple[str, Measure]:
    """The id in calendar time, and how the time between two moments is measured."""
    if metric_id not in BUSINESS:
        return metric_id, hours_between
    if office is None:
        raise ValueError(f"{metric_id} needs the business hours")
    return BUSINESS[metric_id], office.between


class _Reading:
    """One interval read off one timeline; `measure` says how many hours lie between two moments."""

    def __init__(self, row: Interval, line: Timeline, measure: Measure) -> None:
        self.row, self.line, self.measure = row, line, measure
        self.zone = line.clock.timezone

    def estimate(self) -> Estimate:
        start, end = self.line.first(self.row.start), self.line.first(self.row.end)
        if start is None:
            return self._absent(Status.UNDEFINED, self._not_recorded(self.row.start))
        if end is None:
            return self._outstanding(start)
        if end.hi < start.lo and not self.row.signed:
            return self._backwards(start, end)
        lo, hi = self._span(start.hi, end.lo), self._span(start.lo, end.hi)
        lo = lo if self.row.signed else max(0.0, lo)
        basis = f"{self._said(self.row.start, start)} to {self._said(self.row.end, end)}, {self.zone}"
        if lo == hi:
            return Estimate(value=lo, unit=self.row.unit, n=1, basis=basis, better=self.row.better)
        basis += "; known only to the day, so lo and hi are the bounds and the value lies midway"
        return Estimate(value=(lo + hi) / 2, lo=lo, hi=hi, unit=self.row.unit, n=1, basis=basis, better=self.row.better)

    def _outstanding(self, start: Moment) -> Estimate:
        """The end has not been seen: still running, missed, or not recorded."""
        closing = self.row.end in _CLOSING
        if self.line.reviewed if self.row.end is REVIEWED else self.line.over:
            missed = not closing and not self.line.without_audience(self.row.end)
            return self._absent(Status.UNDEFINED, MISSED if missed else self._not_recorded(self.row.end))
        lo, hi = self._span(start.hi, self.line.now), self._span(start.lo, self.line.now)
        basis = f"{self._said(self.row.start, start)} to now, {self.zone}"
        return Estimate(
            value=lo,
            lo=None if lo == hi else lo,
            hi=None if lo == hi else hi,
            unit=self.row.unit,
            n=1,
            status=Status.LOWER_BOUND,
            reason=f"{self._not_recorded(self.row.end)} up to {local_text(self.line.now, self.zone)}",
            basis=basis if lo == hi else f"{basis}; known only to the day, so at least the shorter reading",
            better=self.row.better,
        )

    def _backwards(self, start: Moment, end: Moment) -> Estimate:
        if self.row.id == "time_to_detect" and self._foreseen(end):
            return Estimate(value=0.0, unit=self.row.unit, n=1, basis=PROACTIVE, better=self.row.better)
        told = f"{self._said(self.row.end, end)} lies before {self._said(self.row.start, start)}, {self.zone}"
        return self._absent(Status.INVALID_ORDER, told)

    def _foreseen(self, detection: Moment) -> bool:
        return all(e.detected_by in FORESEEING for e in self.line.events if e.id in detection.events)

    def _span(self, start: pd.Timestamp, end: pd.Timestamp) -> float:
        hours = self.measure(start, end)
        return hours / 24 if self.row.unit == "days" else hours

    def _said(self, mark: Mark, moment: Moment) -> str:
        return f"{mark.name.removesuffix(' event')} ({moment.said(self.zone)})"

    def _not_recorded(self, mark: Mark) -> str:
        unnamed = self.line.without_audience(mark)
        aside = f" ({plural(unnamed, 'message')} without an audience not counted)" if unnamed else ""
        return f"no {mark.name} recorded{aside}"

    def _absent(self, status: Status, reason: str) -> Estimate:
        return absent(status, reason, unit=self.row.unit, better=self.row.better)

"""What was said, where, and how long nothing was said: silence, cadence, coverage, and the way to a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise

import numpy as np
import pandas as pd

from metrics.clock import CrisisClock, Measure, hours_between
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.names import plain
from metrics.targets import MISSED
from metrics.timeline import (
    ANY_MESSAGES,
    APPROVED,
    ASSEMBLED,
    DECISION,
    DETECTED,
    DRAFTED,
    PUBLIC_MESSAGES,
    RESOLUTION,
    STATEMENT,
    Event,
    Mark,
    Moment,
    Timeline,
    timeline,
)
from metrics.words import plural

METRICS: tuple[Metric, ...] = (
    Metric(id="longest_silence", label="Longest silence", unit="hours", better=Better.LOWER, definition="The longest gap from detection over each statement or update to the public or the press to resolution, or to now while the crisis runs.", edge_cases="Where the gap that still runs is the longest: at least so long."),
    Metric(id="statement_path", label="Where the time to the first statement went", unit="hours", better=Better.LOWER, definition="Detection to first public statement, cut at the recorded steps between them: team assembled, decision, drafted, approved, published.", edge_cases="Steps that nobody recorded are left out, and their time goes to the next one."),
    Metric(id="update_cadence", label="Time between updates", unit="hours", better=Better.LOWER, definition="Median gap between successive statements or updates to the public or the press; messages of the same moment count as one.", edge_cases="Needs two messages."),
    Metric(id="public_updates", label="Public statements and updates", unit="count", better=Better.NONE, definition="Number of statements and updates to the public or the press."),
    Metric(id="statement_platform_coverage", label="Platforms that carried a statement", unit="share", better=Better.HIGHER, definition="Of the platforms with mentions in the crisis, the share on which a statement or update appeared.", edge_cases="No interval: platforms are counted, not sampled. Undefined without mentions."),
    Metric(id="functions_involved", label="Functions involved", unit="count", better=Better.HIGHER, definition="Number of distinct functions named in the timeline.", edge_cases="Case and outer blanks make no other function."),
)  # fmt: skip

#: Segment of the path → the mark that ends it and the words for the time it took.
PATH_SEGMENTS: dict[str, tuple[Mark, str]] = {
    "team_assembled": (ASSEMBLED, "to assemble"),
    "decision": (DECISION, "to decide"),
    "drafted": (DRAFTED, "to draft"),
    "approved": (APPROVED, "to approve"),
    "published": (STATEMENT, "to publish"),
}
_PATH_COLUMNS = ["segment", "label", "start_event", "end_event", "hours", "status", "lo", "hi", "reason"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An estimate and the ids of the events behind it."""

    estimate: Estimate
    events: tuple[int, ...] = ()


def longest_silence(line: Timeline, measure: Measure = hours_between) -> Reading:
    """The longest gap over detection, each public message and resolution (or now)."""
    detected, end = line.first(DETECTED), line.first(RESOLUTION)
    if detected is None:
        return Reading(_absent(f"no {DETECTED.name} recorded"))
    zone = line.clock.timezone
    if end is not None and end.hi < detected.lo:
        times = f"resolved ({end.said(zone)}) lies before detected ({detected.said(zone)}), {zone}"
        return Reading(_absent(times, Status.INVALID_ORDER), (*end.events, *detected.events))
    last = end if line.over else Moment(line.now, line.now)
    points = [detected, *_between(line.of(PUBLIC_MESSAGES), detected, last), *([last] if last else [])]
    if len(points) == 1:
        return Reading(_absent("no moment of resolution recorded"), detected.events)
    return _longest(points, measure, running=not line.over, open_end=last is None)


def _longest(points: list[Moment], measure: Measure, *, running: bool, open_end: bool) -> Reading:
    """The longest of the gaps between successive points, bounded where points are known only to the day."""
    latest_so_far = list(accumulate((p.hi for p in points), max))
    sure = [max(0.0, measure(latest_so_far[i], points[i + 1].lo)) for i in range(len(points) - 1)]
    possible = [max(0.0, measure(points[i].lo, points[i + 1].hi)) for i in range(len(points) - 1)]
    middles = [(a + b) / 2 for a, b in zip(sure, possible, strict=True)]
    lo, hi, exact = max(sure), max(possible), all(p.exact for p in points)
    basis = f"the longest of {plural(len(middles), 'gap')}"
    if not exact:
        basis += "; known only to the day, so lo and hi are the bounds"
    if open_end:
        basis += "; when the crisis was resolved is not recorded, so what came after the last message is left out"
    still = running and middles[-1] >= max(middles)
    at = len(middles) - 1 if still else middles.index(max(middles))
    estimate = Estimate(
        value=lo if exact or still else (lo + hi) / 2,
        lo=None if exact else lo,
        hi=None if exact else hi,
        unit="hours",
        n=len(middles),
        status=Status.LOWER_BOUND if still else Status.OK,
        reason="still silent: no public statement or update since" if still else None,
        basis=basis,
        better=Better.LOWER,
    )
    return Reading(estimate, tuple(dict.fromkeys((*points[at].events, *points[at + 1].events))))


def update_cadence(line: Timeline, measure: Measure = hours_between) -> Reading:
    """Median gap between successive public messages; what goes out at one moment on several platforms is one."""
    messages = line.of(PUBLIC_MESSAGES)
    ids = tuple(event.id for event in messages)
    moments = sorted({(event.lo, event.hi) for event in messages})
    if len(moments) < 2:
        return Reading(_absent("fewer than two public statements or updates recorded"), ids)
    pairs = list(pairwise(moments))
    lo = float(np.median([max(0.0, measure(a[1], b[0])) for a, b in pairs]))
    hi = float(np.median([measure(a[0], b[1]) for a, b in pairs]))
    exact = all(start == end for start, end in moments)
    basis = f"median of {plural(len(pairs), 'gap')} between public statements and updates"
    if not exact:
        basis += "; known only to the day, so lo and hi are the bounds and the value lies midway"
    estimate = Estimate(
        value=lo if exact else (lo + hi) / 2,
        lo=None if exact else lo,
        hi=None if exact else hi,
        unit="hours",
        n=len(pairs),
        basis=basis,
        better=Better.LOWER,
    )
    return Reading(estimate, ids)


def public_updates(line: Timeline) -> Reading:
    """Number of statements and updates to the public or the press."""
    ids = tuple(event.id for event in line.of(PUBLIC_MESSAGES))
    basis = "statements and updates to the public or the press"
    return Reading(Estimate(value=len(ids), unit="count", n=len(ids), basis=basis), ids)


def functions_involved(line: Timeline) -> Reading:
    """Number of distinct functions named in the timeline; case and outer blanks don't make a new one."""
    named = {event.id: plain(event.function) for event in line.events if plain(event.function)}
    basis = f"{len(named)} of {plural(len(line.events), 'event')} name a function"
    count = len(set(named.values()))
    return Reading(Estimate(value=count, unit="count", n=len(named), basis=basis, better=Better.HIGHER), tuple(named))


#: Those of them that are times, which can be measured in business hours too.
TIMED: dict[str, Callable[[Timeline, Measure], Reading]] = {
    "longest_silence": longest_silence,
    "update_cadence": update_cadence,
}
#: The numbers that are more than a start and an end.
COMPUTED: dict[str, Callable[[Timeline], Reading]] = {
    "longest_silence": longest_silence,
    "update_cadence": update_cadence,
    "public_updates": public_updates,
    "functions_involved": functions_involved,
}


def statement_platform_coverage(
    events: pd.DataFrame, clock: CrisisClock, as_of: datetime, mention_platforms: Iterable[str]
) -> Estimate:
    """Platforms that carried a statement or update ÷ platforms with mentions in the crisis.

    No interval: the platforms are counted, not sampled.
    """
    wanted = {plain(platform) for platform in mention_platforms} - {""}
    if not wanted:
        reason = "no platform with mentions in the crisis"
        return absent(Status.UNDEFINED, reason, unit="share", better=Better.HIGHER)
    line = timeline(events, clock, as_of)
    carried = wanted & {plain(event.platform) for event in line.of(ANY_MESSAGES)}
    basis = f"{len(carried)} of {plural(len(wanted), 'platform')} with mentions carried a statement or update"
    value = len(carried) / len(wanted)
    return Estimate(value=value, unit="share", n=len(wanted), basis=basis, better=Better.HIGHER)


def left_out(line: Timeline, mention_platforms: Iterable[str]) -> list[str]:
    """The platforms with mentions on which no statement or update appeared, as they are written there; none before the
    first statement.
    """
    said = line.of(ANY_MESSAGES)
    carried = {plain(event.platform) for event in said}
    return sorted({name for name in mention_platforms if said and plain(name) and plain(name) not in carried})


def platform_events(line: Timeline) -> list[int]:
    """Ids of the statements and updates that name a platform."""
    return sorted(event.id for event in line.of(ANY_MESSAGES) if plain(event.platform))


def statement_path(
    events: pd.DataFrame, clock: CrisisClock, as_of: datetime, measure: Measure = hours_between
) -> pd.DataFrame:
    """Detection to first public statement, cut at the steps recorded between them; exact hours add up to the whole.

    Returns
    -------
    DataFrame
        One row a segment, in order of time: segment, label, start_event, end_event (ids; None while running), hours
        (NaN where there is nothing to show), status, lo, hi (bounds where known only to the day, else NaN), reason.
        Empty without a detected event.
    """
    line = timeline(events, clock, as_of)
    start, end = line.first(DETECTED), line.first(STATEMENT)
    if start is None:
        return pd.DataFrame(columns=_PATH_COLUMNS)
    if end is not None and end.hi < start.lo:
        zone = clock.timezone
        reason = f"public statement ({end.said(zone)}) lies before detected ({start.said(zone)}), {zone}"
        return pd.DataFrame([_segment("published", start, end, Status.INVALID_ORDER, reason)], columns=_PATH_COLUMNS)
    steps = [
        (moment.lo + (moment.hi - moment.lo) / 2, order, segment, moment)
        for order, (segment, (mark, _)) in enumerate(PATH_SEGMENTS.items())
        if mark is not STATEMENT
        for moment in _between(line.of(mark), start, end)[:1]
    ]
    rows, previous = [], start
    for _, _, segment, moment in sorted(steps, key=lambda step: step[:2]):
        rows.append(_segment(segment, previous, moment, measure=measure))
        previous = moment
    if end is not None:
        rows.append(_segment("published", previous, end, measure=measure))
    elif line.over:
        unnamed = line.without_audience(STATEMENT)
        reason = (
            f"no {STATEMENT.name} recorded; {plural(unnamed, 'message')} without an audience" if unnamed else MISSED
        )
        rows.append(_segment("published", previous, None, Status.UNDEFINED, reason))
    else:
        now = Moment(line.now, line.now)
        reason = f"no {STATEMENT.name} recorded yet"
        rows.append(_segment("published", previous, now, Status.LOWER_BOUND, reason, measure))
    return pd.DataFrame(rows, columns=_PATH_COLUMNS)


def path_estimates(path: pd.DataFrame) -> dict[str, Estimate]:
    """The rows of `statement_path` as estimates by segment, for ``group = {"segment": …}``."""
    rows = {}
    for row in path.to_dict("records"):
        value, lo, hi = (None if pd.isna(row[key]) else float(row[key]) for key in ("hours", "lo", "hi"))
        rows[str(row["segment"])] = Estimate(
            value=value,
            lo=lo,
            hi=hi,
            unit="hours",
            n=int(value is not None),
            status=Status(row["status"]),
            reason=row["reason"],
            basis="from the step recorded before it",
            better=Better.LOWER,
        )
    return rows


def _segment(
    segment: str,
    start: Moment,
    end: Moment | None,
    status: Status = Status.OK,
    reason: str | None = None,
    measure: Measure = hours_between,
) -> dict[str, object]:
    row: dict[str, object] = {
        "segment": segment,
        "label": PATH_SEGMENTS[segment][1],
        "start_event": start.events[0] if start.events else None,
        "end_event": end.events[0] if end is not None and end.events else None,
        "hours": np.nan,
        "status": str(status),
        "lo": np.nan,
        "hi": np.nan,
        "reason": reason,
    }
    if end is not None and status is not Status.INVALID_ORDER:
        lo, hi = max(0.0, measure(start.hi, end.lo)), max(0.0, measure(start.lo, end.hi))
        row |= {"hours": (lo + hi) / 2} if lo == hi else {"hours": (lo + hi) / 2, "lo": lo, "hi": hi}
    return row


def _between(events: Iterable[Event], start: Moment, end: Moment | None) -> list[Moment]:
    """The events that may lie between two moments, with their bounds cut to them, in order of time."""
    moments = []
    for event in events:
        lo, hi = max(event.lo, start.lo), event.hi if end is None else min(event.hi, end.hi)
        if lo <= hi:
            moments.append(Moment(lo, hi, (event.id,)))
    return sorted(moments, key=lambda m: (m.lo, m.hi, m.events))


def _absent(reason: str, status: Status = Status.UNDEFINED) -> Estimate:
    return absent(status, reason, unit="hours", better=Better.LOWER)

"""What happened: the crisis in the order of its events."""

from __future__ import annotations

import pandas as pd

from data.queries import provenance
from metrics.findings import response as say
from metrics.response import number
from metrics.words import opened, spelled
from reports.sections.base import Section
from reports.sections.scope import Scope
from reports.sections.targets import target


def timeline(scope: Scope) -> Section:
    """Frames: `events` as of the moment looked from."""
    events = scope.happened
    sources = provenance.of_events(scope.session, events["event_id"])
    if events.empty:
        return Section("timeline", ("Nothing is recorded of this crisis yet.",), frames={"events": events})
    detected = events[events["milestone"] == "detected"].sort_values("earliest")
    detector = detected["detected_by"].dropna()
    detect = number("time_to_detect", scope.line)
    found = say.detection(detect, None if detector.empty else detector.iloc[0], target(scope, "time_to_detect")[0])
    return Section("timeline", (found, _extent(events, scope.zone)), frames={"events": events}, sources=sources)


def _extent(events: pd.DataFrame, zone: str) -> str:
    first, last = (moment.tz_convert(zone) for moment in (events["earliest"].min(), events["earliest"].max()))
    functions = events["function"].nunique()
    span = f"from {_day(first)} to {_day(last)}" if _day(first) != _day(last) else f"on {_day(first)}"
    by = f", by {spelled(functions, 'function')}" if functions else ""
    return f"{opened(spelled(len(events), 'event'))} recorded {span}{by}."


def _day(moment: pd.Timestamp) -> str:
    return f"{moment.day} {moment:%B %Y}"

"""All crises at once: the response to each, what followed it, and the answers of every survey wave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.queries import provenance, surveys
from data.queries.state import data_version
from metrics.response import SINGLE, number, used
from reports.sections.base import Measure
from reports.sections.lags import order
from reports.sections.people import wave_measures
from reports.sections.reaction import people_said
from reports.sections.reputation import standing
from reports.sections.scope import Scope, portfolio
from reports.sections.targets import target


def portfolio_pack(session: Session, viewer: Viewer, as_of: datetime | None = None) -> dict[str, Any]:
    """The JSON document of all crises that the viewer may see; a crisis's numbers carry its code in their group."""
    every = portfolio(session, viewer, as_of)
    places = provenance.event_places(session)
    measures = [measure for one in every.each() for measure in _response(one, places)]
    measures += [measure for one in every.each() for measure in _outcomes(one)]
    results = surveys.company_results(session, every.today.date())
    for wave_id in results["wave_id"].unique():
        measures += wave_measures(session, every.settings, int(wave_id), results[results["wave_id"] == wave_id])
    return {
        "as_of": every.as_of.isoformat(),
        "data_version": data_version(session),
        "crisis": None,
        "metrics": [measure.as_dict() for measure in measures],
        "findings": [],
        "plan": [],
        "gaps": [],
        "lessons": [],
        "decisions": [],
    }


def _outcomes(of: Scope) -> Iterator[Measure]:
    """Reaction, reputation and lags of one crisis; what it is broken down by stands beside its code."""
    for build in (people_said, standing, order):
        for measure in build(of).measures:
            yield replace(measure, group={"crisis": of.crisis["code"], **measure.group})


def _response(of: Scope, places: Mapping[int, provenance.Place]) -> Iterator[Measure]:
    for metric in SINGLE:
        sources = provenance.at_places(places[event] for event in used(metric, of.line) if event in places)
        yield Measure(metric, number(metric, of.line), {"crisis": of.crisis["code"]}, target(of, metric)[0], sources)

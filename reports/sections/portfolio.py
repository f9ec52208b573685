"""All crises at once: the response to each, and the answers of every survey wave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.queries import provenance
from data.queries.state import data_version
from metrics.response import SINGLE, number, used
from reports.sections.base import Measure
from reports.sections.scope import Scope, portfolio
from reports.sections.survey_measures import portfolio_waves
from reports.sections.survey_waves import parties
from reports.sections.targets import target


def portfolio_pack(session: Session, viewer: Viewer, as_of: datetime | None = None) -> dict[str, Any]:
    """The JSON document of all crises that the viewer may see; a crisis's numbers carry its code in their group."""
    every = portfolio(session, viewer, as_of)
    places = provenance.event_places(session)
    measures = [measure for one in every.each() for measure in _response(one, places)]
    measures += [replace(parties(one)[0], group={"crisis": one.crisis["code"]}) for one in every.each()]
    measures += portfolio_waves(session, viewer, every.settings, every.today.date())
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


def _response(of: Scope, places: Mapping[int, provenance.Place]) -> Iterator[Measure]:
    for metric in SINGLE:
        sources = provenance.at_places(places[event] for event in used(metric, of.line) if event in places)
        yield Measure(metric, number(metric, of.line), {"crisis": of.crisis["code"]}, target(of, metric)[0], sources)

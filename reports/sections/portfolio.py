"""All crises at once: the response to each, the answers of every survey wave, the registers and the culture log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.access import Viewer, may_open
from data.queries import plans, provenance, surveys
from data.queries.state import data_version
from data.tables import Event, PlanStep
from metrics import conformance
from metrics.response import SINGLE, number, used
from reports.sections.base import Measure
from reports.sections.culture import prepared
from reports.sections.gaps import gaps_of_all
from reports.sections.lessons import learned_in_all
from reports.sections.pack import records
from reports.sections.people import wave_measures
from reports.sections.plan import course_of
from reports.sections.scope import Portfolio, Scope, portfolio
from reports.sections.targets import target


def portfolio_pack(session: Session, viewer: Viewer, as_of: datetime | None = None) -> dict[str, Any]:
    """The JSON document of all crises that the viewer may see; a crisis's numbers carry its code in their group."""
    every = portfolio(session, viewer, as_of)
    places = provenance.places(session, Event)
    steps = provenance.places(session, PlanStep)
    measures = [measure for one in every.each() for measure in (*_response(one, places), _planned(one, places, steps))]
    results = surveys.company_results(session, every.today.date())
    for wave_id in results["wave_id"].unique():
        measures += wave_measures(session, every.settings, int(wave_id), results[results["wave_id"] == wave_id])
    whole = {"gaps": gaps_of_all(every), "lessons": learned_in_all(every), "culture": prepared(every)}
    told = [section for section in whole.values() if section.measures]
    measures += [*_coverage(every), *(measure for section in told for measure in section.measures)]
    return {
        "as_of": every.as_of.isoformat(),
        "data_version": data_version(session),
        "crisis": None,
        "metrics": [measure.as_dict() for measure in measures],
        "findings": [{"section": section.name, "text": text} for section in told for text in section.findings],
        "plan": [],
        "gaps": records(whole["gaps"].frames["gaps"]),
        "lessons": records(whole["lessons"].frames["lessons"]),
        "decisions": [],
    }


def _response(of: Scope, places: Mapping[int, provenance.Place]) -> Iterator[Measure]:
    for metric in SINGLE:
        sources = provenance.at_places(places[event] for event in used(metric, of.line) if event in places)
        yield Measure(metric, number(metric, of.line), {"crisis": of.crisis["code"]}, target(of, metric)[0], sources)


def _planned(of: Scope, events: Mapping[int, provenance.Place], steps: Mapping[int, provenance.Place]) -> Measure:
    """How far one crisis was handled as the plan says."""
    found = course_of(of)
    counted = conformance.counted(found)
    rows = [steps[step.step_id] for step in counted if step.step_id in steps]
    rows += [events[event] for event in {key for step in counted for key in step.events} if event in events]
    aim = target(of, "conformance")[0]
    return Measure(
        "conformance", conformance.conformance(found), {"crisis": of.crisis["code"]}, aim, provenance.at_places(rows)
    )


def _coverage(of: Portfolio) -> Iterator[Measure]:
    """The roles of the plan in force now; nothing without a plan, or for a viewer who sees no reviews."""
    plan = of.plan_on(of.today)
    if plan is not None and may_open(of.viewer, "overview"):
        steps = plans.steps(of.session, plan["plan_id"])
        sources = provenance.of_records(of.session, PlanStep, steps["step_id"])
        aim = of.settings.target("role_coverage")
        yield Measure("role_coverage", conformance.role_coverage(steps), {"plan": plan["version"]}, aim, sources)

"""All crises at once: the response to each and what followed it, the course of each plan, registers, culture, surveys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.queries.state import data_version
from reports.sections.across import across
from reports.sections.base import Measure
from reports.sections.culture import prepared
from reports.sections.gaps import gaps_of_all
from reports.sections.lags import order
from reports.sections.lessons import learned_in_all
from reports.sections.pack import records
from reports.sections.planned import planned
from reports.sections.reaction import people_said
from reports.sections.reputation import standing
from reports.sections.scope import Scope, portfolio
from reports.sections.survey_measures import portfolio_waves
from reports.sections.survey_waves import parties


def portfolio_pack(session: Session, viewer: Viewer, as_of: datetime | None = None) -> dict[str, Any]:
    """The JSON document of all crises that the viewer may see; a crisis's numbers carry its code in their group."""
    every = portfolio(session, viewer, as_of)
    gaps, lessons = gaps_of_all(every), learned_in_all(every)
    told = [across(every), *(s for s in (planned(every), gaps, lessons, prepared(every)) if s.measures)]
    measures = [measure for section in told for measure in section.measures]
    measures += [measure for one in every.each() for measure in _outcomes(one)]
    measures += portfolio_waves(session, viewer, every.settings, every.today.date())
    return {
        "as_of": every.as_of.isoformat(),
        "data_version": data_version(session),
        "crisis": None,
        "metrics": [measure.as_dict() for measure in measures],
        "findings": [{"section": s.name, "text": text} for s in told for text in s.findings],
        "plan_version": None,
        "plan": [],
        "gaps": records(gaps.frames["gaps"]),
        "lessons": records(lessons.frames["lessons"]),
        "decisions": [],
    }


def _outcomes(of: Scope) -> Iterator[Measure]:
    """Reaction, reputation, lags and parties heard of one crisis; what it is broken down by stands beside its code."""
    found = [measure for build in (people_said, standing, order) for measure in build(of).measures]
    for measure in (*found, parties(of)[0]):
        yield replace(measure, group={"crisis": of.crisis["code"], **measure.group})

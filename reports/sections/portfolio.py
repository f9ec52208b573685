"""All crises at once: the response to each, and the answers of every survey wave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.queries import surveys
from data.queries.state import data_version
from reports.sections.across import across
from reports.sections.people import wave_measures
from reports.sections.scope import portfolio


def portfolio_pack(session: Session, viewer: Viewer, as_of: datetime | None = None) -> dict[str, Any]:
    """The JSON document of all crises that the viewer may see; a crisis's numbers carry its code in their group."""
    every = portfolio(session, viewer, as_of)
    told = [across(every)]
    measures = [measure for section in told for measure in section.measures]
    results = surveys.company_results(session, every.today.date())
    for wave_id in results["wave_id"].unique():
        measures += wave_measures(session, every.settings, int(wave_id), results[results["wave_id"] == wave_id])
    return {
        "as_of": every.as_of.isoformat(),
        "data_version": data_version(session),
        "crisis": None,
        "metrics": [measure.as_dict() for measure in measures],
        "findings": [{"section": s.name, "text": text} for s in told for text in s.findings],
        "plan": [],
        "gaps": [],
        "lessons": [],
        "decisions": [],
    }

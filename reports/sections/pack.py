"""The pack: everything a review of one crisis says, gathered once for pages and documents alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.access import Viewer
from data.queries import learning, reviews
from data.queries.state import data_version
from reports.sections.base import Section
from reports.sections.gaps import gaps_of
from reports.sections.lags import order
from reports.sections.lessons import learned
from reports.sections.people import people
from reports.sections.plan import plan
from reports.sections.reaction import people_said
from reports.sections.reputation import standing
from reports.sections.scope import Scope, portfolio
from reports.sections.speed import speed
from reports.sections.timeline import timeline

#: The sections of a review in the order in which it is told.
SECTIONS: Mapping[str, Callable[[Scope], Section]] = {
    "timeline": timeline,
    "speed": speed,
    "reaction": people_said,
    "reputation": standing,
    "people": people,
    "lags": order,
    "plan": plan,
    "gaps": gaps_of,
    "lessons": learned,
}


def sections(of: Scope) -> list[Section]:
    """Every section of one crisis."""
    return [build(of) for build in SECTIONS.values()]


def crisis_pack(session: Session, viewer: Viewer, code: str, as_of: datetime | None = None) -> dict[str, Any]:
    """The JSON document of one crisis, as INTERFACES describes it.

    Raises
    ------
    reports.sections.scope.UnknownCrisis
        If the viewer may see no crisis with this code.
    """
    return pack_of(portfolio(session, viewer, as_of).find(code))


def pack_of(found: Scope) -> dict[str, Any]:
    """The JSON document of the crisis of a scope."""
    session = found.session
    told = sections(found)
    return {
        "as_of": found.as_of.isoformat(),
        "data_version": data_version(session),
        "crisis": {
            **{name: found.crisis[name] for name in ("code", "title")},
            "privilege_banner": reviews.banner(session, found.crisis["crisis_id"]),
        },
        "metrics": [measure.as_dict() for section in told for measure in section.measures],
        "findings": [{"section": s.name, "text": text} for s in told for text in s.findings],
        "plan_version": found.plan,
        "plan": records(_named(told, "plan").frames["steps"][["step", "state", "lateness_minutes"]]),
        "gaps": records(_named(told, "gaps").frames["gaps"]),
        "lessons": records(_named(told, "lessons").frames["lessons"]),
        "decisions": records(learning.decisions(session, found.crisis["crisis_id"])),
    }


def _named(told: list[Section], name: str) -> Section:
    return next(section for section in told if section.name == name)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON holds them: days in ISO, what is missing as null."""
    return [
        {str(name): _plain(value) for name, value in row.items()} for row in frame.astype(object).to_dict("records")
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value

"""The names of groups that surveys ask about, for checks that no text names one; never for show."""

from __future__ import annotations

from sqlmodel import Session, col, select

from data.tables import Response, SurveySummary


def group_names(session: Session) -> frozenset[str]:
    """Every department and location that any response or summary names."""
    found: set[str] = set()
    for column in (Response.department, Response.location):
        found.update(name for name in session.exec(select(column).distinct()) if name)
    cuts = ("department", "location")
    found.update(session.exec(select(SurveySummary.unit).where(col(SurveySummary.cut).in_(cuts)).distinct()))
    return frozenset(found)

"""Reading gaps, lessons and decisions."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session, col, select

from data.access import Viewer, visible_register
from data.queries.frames import DAY, frame
from data.tables import Crisis, Decision, Gap, Lesson, Review

_GAPS = {
    "gap_id": "int64",
    "code": "text",
    "title": "text",
    "section": "text",
    "step": "text",
    "origin": "text",
    "element": "text",
    "severity": "float64",
    "root_cause": "text",
    "corrective_action": "text",
    "responsible_function": "text",
    "contact": "text",
    "opened_on": DAY,
    "start_on": DAY,
    "due_on": DAY,
    "completed_on": DAY,
    "status": "text",
    "metric": "text",
    "target": "float64",
    "evidence": "text",
}
_LESSONS = {
    "lesson_id": "int64",
    "code": "text",
    "title": "text",
    "observation": "text",
    "recommendation": "text",
    "kind": "text",
    "status": "text",
    "confidence": "text",
    "observed_on": DAY,
    "learned_on": DAY,
}


def gaps(session: Session, viewer: Viewer) -> pd.DataFrame:
    """The register as far as the viewer may see its crises: gap_id … evidence, and crisis (code or None)."""
    return _with_crisis(session, viewer, Gap, _GAPS)


def lessons(session: Session, viewer: Viewer) -> pd.DataFrame:
    """The lessons as far as the viewer may see their crises: lesson_id … learned_on, and crisis (code or None)."""
    return _with_crisis(session, viewer, Lesson, _LESSONS)


def _with_crisis(
    session: Session, viewer: Viewer, table: type[Gap] | type[Lesson], types: dict[str, str]
) -> pd.DataFrame:
    statement = (
        select(table.id, *(getattr(table, name) for name in list(types)[1:]), Crisis.code)
        .outerjoin(Crisis, col(table.crisis_id) == col(Crisis.id))
        .where(visible_register(viewer, col(table.crisis_id).is_(None)))
        .order_by(table.code)
    )
    return frame(session, statement, types | {"crisis": "text"})


def decisions(session: Session, crisis_id: int) -> pd.DataFrame:
    """What the reviews of a crisis decided: text, function, due_on, cost."""
    types = {"text": "text", "function": "text", "due_on": DAY, "cost": "text"}
    d = Decision
    statement = select(d.text, d.function, d.due_on, d.cost).join(Review, col(Review.id) == d.review_id)
    return frame(session, statement.where(Review.crisis_id == crisis_id).order_by(col(d.id)), types)

"""What worked: the lessons of the kind strength, and how each is followed."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from data.access import Viewer, visible_register
from data.enums import LessonKind, LessonStatus
from data.keys import folded
from data.queries import hand
from data.queries.frames import DAY, frame
from data.queries.hand import Entry, Seen
from data.tables import Crisis, Lesson

#: What is said of how a strength is followed.
FIELDS = ("owner", "check_step", "check_metric", "check_target")
_TYPES = {
    "lesson_id": "int64", "code": "text", "title": "text", "observed_on": DAY, "owner": "text", "check_step": "text",
    "check_metric": "text", "check_target": "float64", "crisis": "text",
}  # fmt: skip


def strengths(session: Session, viewer: Viewer) -> pd.DataFrame:
    """The strengths that the viewer may see and nobody rejected: lesson_id, code, title, observed_on, owner, check_step,
    check_metric, check_target (NaN: none) and crisis (code or None).
    """
    named = [getattr(Lesson, name) for name in list(_TYPES)[1:-1]]
    statement = (
        select(Lesson.id, *named, Crisis.code)
        .outerjoin(Crisis, col(Lesson.crisis_id) == col(Crisis.id))
        .where(*_a_strength(viewer))
        .order_by(Lesson.code)
    )
    return frame(session, statement, _TYPES)


def strength(session: Session, viewer: Viewer, code: str) -> Entry | None:
    """The strength with this code as it is followed now, if the viewer may see it."""
    statement = select(Lesson, Crisis).outerjoin(Crisis, col(Lesson.crisis_id) == col(Crisis.id))
    found = session.exec(statement.where(col(Lesson.key) == folded(code), *_a_strength(viewer))).first()
    if found is None:
        return None
    one, of = found
    values = {name: getattr(one, name) for name in FIELDS}
    zone = hand.zone(session, None if of is None else of.timezone)
    return Entry(int(one.id or 0), one.key, "" if of is None else of.code, zone, Seen(one.version, values), one.code)


def _a_strength(viewer: Viewer) -> tuple[Any, ...]:
    kept = (col(Lesson.kind) == LessonKind.STRENGTH, col(Lesson.status) != LessonStatus.REJECTED)
    return (*kept, visible_register(viewer, col(Lesson.crisis_id).is_(None)))

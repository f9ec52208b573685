"""Context markers: dated notes that time axes draw, so that nobody credits the wrong cause."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer
from data.enums import Role
from data.queries.frames import DAY, UTC_TIME, frame
from data.queries.hand import Entry, Seen, zone
from data.tables import ContextMarker, Edit

RECORD = "context_marker"
FIELDS = ("happened_on", "title")
_HISTORY = {
    "at": UTC_TIME, "actor": "text", "role": "text", "action": "text", "key": "text", "field": "text",
    "before": "object", "after": "object", "reason": "text",
}  # fmt: skip


def markers(session: Session, viewer: Viewer, until: date) -> pd.DataFrame:
    """The markers up to a day, oldest first; for the auditor, who sees no axis with crises, none.

    Returns
    -------
    DataFrame
        marker_id, date, title.
    """
    m = ContextMarker
    statement = select(m.id, m.happened_on, m.title).where(col(m.happened_on) <= until, _visible(viewer))
    types = {"marker_id": "int64", "date": DAY, "title": "text"}
    return frame(session, statement.order_by(col(m.happened_on), m.title), types)


def marker(session: Session, viewer: Viewer, number: int) -> Entry | None:
    """The marker with this number as it stands; its version is that of the last edit. None where there is none."""
    found = session.exec(select(ContextMarker).where(col(ContextMarker.id) == number, _visible(viewer))).first()
    if found is None:
        return None
    key = str(number)
    mine = (col(Edit.record) == RECORD, col(Edit.key) == key)
    version = session.exec(select(sa.func.max(Edit.id)).where(*mine)).one()
    values: dict[str, Any] = {name: getattr(found, name) for name in FIELDS}
    return Entry(number, key, "", zone(session, None), Seen(version or 0, values))


def history(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Who entered, corrected and removed markers, the latest first.

    Returns
    -------
    DataFrame
        at (UTC), actor, role, action, key (the marker's number), field, before (None where a marker was entered), after
        (None where one was removed), both as JSON holds them, reason.
    """
    columns = (getattr(Edit, name) for name in _HISTORY)
    statement = select(*columns).where(col(Edit.record) == RECORD, _visible(viewer))
    return frame(session, statement.order_by(col(Edit.id).desc()), _HISTORY)


def _visible(viewer: Viewer) -> sa.ColumnElement[bool]:
    return sa.false() if viewer.role is Role.AUDITOR else sa.true()

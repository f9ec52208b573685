"""What people may correct, as it stands, and who changed what of it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer, visible_crises
from data.keys import folded
from data.queries.frames import UTC_TIME, frame
from data.settings import load
from data.tables import Alias, Crisis, Edit, Event

Values = dict[str, Any]
EVENT = (
    "occurred_at", "occurred_on", "milestone", "function", "audience", "platform", "detected_by", "description",
)  # fmt: skip
CRISIS = (
    "title", "category", "severity", "platform", "started_at", "started_on", "timezone", "status", "summary", "topics",
)  # fmt: skip
HISTORY = {
    "at": UTC_TIME, "actor": "text", "role": "text", "action": "text", "record": "text", "key": "text",
    "field": "text", "before": "object", "after": "object", "reason": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as a person saw it before changing it: which version, and what it said."""

    version: int
    values: Values


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that may be corrected. `crisis` is the code of its crisis, `zone` that one's time zone; `name` is its own
    code where it has one.
    """

    id: int
    key: str
    crisis: str
    zone: str
    seen: Seen
    name: str = ""


def crisis(session: Session, viewer: Viewer, code: str) -> Entry | None:
    """The crisis with this code, or into which the one with this code was merged, if the viewer may see it."""
    key = folded(code)
    other = sa.select(Alias.key).where(col(Alias.record) == "crisis", col(Alias.alias) == key).scalar_subquery()
    where = (sa.or_(col(Crisis.key) == key, col(Crisis.key) == other), visible_crises(viewer))
    found = session.exec(select(Crisis).where(*where)).first()
    if found is None or found.id is None:
        return None
    values = {name: getattr(found, name) for name in (*CRISIS, "restricted_to")}
    return Entry(found.id, found.key, found.code, zone(session, found.timezone), Seen(found.version, values))


def event(session: Session, viewer: Viewer, event_id: int) -> Entry | None:
    """The event with this number, if the viewer may see its crisis."""
    joined = select(Event, Crisis).join(Crisis, col(Crisis.id) == col(Event.crisis_id))
    found = session.exec(joined.where(col(Event.id) == event_id, visible_crises(viewer))).first()
    if found is None:
        return None
    one, of = found
    values = {name: getattr(one, name) for name in EVENT}
    return Entry(event_id, one.key, of.code, zone(session, of.timezone), Seen(one.version, values))


def zone(session: Session, own: str | None) -> str:
    """A crisis's own time zone, else the company's."""
    return own or str(load(session)["company.timezone"])


def versions(session: Session, crisis_id: int) -> dict[int, int]:
    """Event → its version, of one crisis."""
    found = session.exec(select(Event.id, Event.version).where(col(Event.crisis_id) == crisis_id))
    return {number: version for number, version in found if number is not None}


def codes(session: Session, viewer: Viewer) -> dict[str, str]:
    """Former code (folded) of each crisis that was merged into another → the code of that one."""
    joined = select(Alias.alias, Crisis.code).join(Crisis, col(Crisis.key) == col(Alias.key))
    return dict(session.exec(joined.where(col(Alias.record) == "crisis", visible_crises(viewer))).all())


def last_edit(session: Session, record: str, key: str) -> tuple[str, datetime] | None:
    """Who changed a record last by hand, and when."""
    mine = (col(Edit.record) == record, col(Edit.key) == key)
    found = session.exec(select(Edit.actor, Edit.at).where(*mine).order_by(col(Edit.id).desc()).limit(1)).first()
    return None if found is None else (found[0], found[1])


def history(session: Session, viewer: Viewer, code: str) -> pd.DataFrame:
    """Every change by hand of a crisis and of its events, the latest first.

    Returns
    -------
    DataFrame
        at (UTC), actor, role, action, record (crisis or event), key, field (None: the record as a whole), before,
        after (as JSON holds them), reason; and event_id, milestone, occurred_at (UTC) of events. Empty where the viewer
        sees no such crisis.
    """
    entry = crisis(session, viewer, code)
    number = -1 if entry is None else entry.id
    names = select(Alias.alias).where(col(Alias.record) == "crisis", col(Alias.key) == (entry.key if entry else ""))
    of_crisis = sa.and_(
        col(Edit.record) == "crisis", sa.or_(col(Edit.key) == (entry.key if entry else ""), col(Edit.key).in_(names))
    )
    statement = (
        select(*(getattr(Edit, name) for name in HISTORY), Event.id, Event.milestone, Event.occurred_at)
        .outerjoin(Event, sa.and_(col(Edit.record) == "event", col(Edit.key) == col(Event.key)))
        .where(sa.or_(of_crisis, col(Event.crisis_id) == number))
        .order_by(col(Edit.id).desc())
    )
    return frame(session, statement, HISTORY | {"event_id": "float64", "milestone": "text", "occurred_at": UTC_TIME})

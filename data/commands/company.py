"""Marking the data as the sample company's, and emptying the database to start with one's own."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, update

from data.access import Viewer
from data.commands import audit
from data.tables import AuditEntry, Base, DataState


def mark_as_sample(session: Session) -> None:
    """Say on every page that these data are invented."""
    session.exec(update(DataState).values(sample=True))


def empty(session: Session, viewer: Viewer) -> None:
    """Delete everything that was imported, entered or set; only the audit trail stays."""
    kept = {DataState.__tablename__, AuditEntry.__tablename__}
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in kept:
            session.execute(sa.delete(table))
    session.exec(update(DataState).values(sample=False))
    audit.record(session, viewer, "database emptied")

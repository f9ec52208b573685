"""What the database holds as a whole: its versions, its counts, and the moment at which it is looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data import schema
from data.enums import BatchStatus
from data.settings import load
from data.tables import (
    Answer,
    Base,
    Batch,
    Crisis,
    DailyTotal,
    DataState,
    Event,
    Gap,
    Lesson,
    Post,
    ReputationScore,
)

_COUNTED: tuple[type[Base], ...] = (Crisis, Event, Post, DailyTotal, Answer, ReputationScore, Gap, Lesson)


def data_version(session: Session) -> int:
    """A number that every write raises."""
    return session.exec(select(DataState.version)).one()


def is_sample(session: Session) -> bool:
    """Whether the data are the invented company's."""
    return session.exec(select(DataState.sample)).one()


def as_of(session: Session) -> datetime:
    """The moment to look from: now, or the one at which the sample company stands still."""
    fixed = load(session)["sample.as_of"]
    return datetime.fromisoformat(fixed).astimezone(UTC) if fixed else datetime.now(UTC)


def is_empty(session: Session) -> bool:
    """Whether nothing was ever imported and kept, or entered."""
    tables: tuple[type[Base], ...] = (*_COUNTED, Batch)
    return not any(session.exec(select(sa.literal(1)).select_from(t).limit(1)).first() for t in tables)


def info(session: Session) -> dict[str, Any]:
    """Schema version, data version and row counts, as ``python -m data info --json`` prints them."""
    counts = {str(t.__tablename__): session.exec(select(sa.func.count()).select_from(t)).one() for t in _COUNTED}
    applied = select(sa.func.count()).select_from(Batch).where(col(Batch.status) == BatchStatus.APPLIED)
    return {
        "schema_version": schema.version(session.connection()),
        "data_version": data_version(session),
        "counts": counts | {"batch": session.exec(applied).one()},
    }

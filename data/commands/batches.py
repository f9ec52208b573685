"""Opening a batch, closing it with the fate of its rows, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer
from data.commands import audit, rollups
from data.enums import BatchStatus
from data.tables import (
    Base,
    Batch,
    BatchIssue,
    BatchSheet,
    DailyTotal,
    Imported,
    Post,
    Sighting,
)

_CHUNK = 500


class UndoRefused(ValueError):
    """The batch cannot be taken back; the message says why."""


def applied(session: Session, fingerprint: str) -> Batch | None:
    """The applied batch with this fingerprint, if there is one."""
    where = (col(Batch.fingerprint) == fingerprint, col(Batch.status) == BatchStatus.APPLIED)
    return session.exec(select(Batch).where(*where)).first()


def open_batch(session: Session, viewer: Viewer, batch: Batch) -> int:
    """Store the batch and return its number."""
    session.add(batch)
    session.flush()
    assert batch.id is not None  # the flush gave it one
    audit.record(session, viewer, "file imported", f"batch {batch.id}")
    return batch.id


def close_sheet(session: Session, sheet: BatchSheet, issues: Iterable[Mapping[str, Any]]) -> None:
    """Store the fate of one sheet's rows and its issues."""
    session.add(sheet)
    session.add_all(BatchIssue(batch_id=sheet.batch_id, **found) for found in issues)


def undo(session: Session, viewer: Viewer, batch_id: int) -> None:
    """Leave the database as if the batch had never been imported; later batches stay.

    Raises
    ------
    UndoRefused
        If there is no such applied batch, or records of other batches rest on its records.
    """
    batch = session.get(Batch, batch_id)
    if batch is None or batch.status is BatchStatus.UNDONE:
        raise UndoRefused(f"There is no applied batch {batch_id}.")
    seen: dict[str, list[str]] = {}
    for record, key in session.execute(
        select(Sighting.record, Sighting.key).where(Sighting.batch_id == batch_id).distinct().order_by(Sighting.key)
    ):
        seen.setdefault(record, []).append(key)
    session.execute(sa.delete(Sighting).where(col(Sighting.batch_id) == batch_id))
    touched = _buckets(session, seen)
    try:
        for table in reversed(Base.metadata.sorted_tables):
            _refold(session, table, seen.get(table.name, []))
    except sa.exc.IntegrityError:
        raise UndoRefused(
            f"Batch {batch_id} can't be undone: later imports rest on records that only it brought. Undo those first."
        ) from None
    for name, values in _buckets(session, seen).items():
        touched[name] |= values
    rollups.refresh_posts(session, touched["quarters"], touched["days"])
    rollups.refresh_totals(session, touched["totals"])
    batch.status = BatchStatus.UNDONE
    batch.undone_at = datetime.now(UTC)
    audit.record(session, viewer, "import undone", f"batch {batch_id}")


def _refold(session: Session, table: sa.Table, keys: list[str]) -> None:
    """Give records the values their remaining sightings carried, oldest first; delete those that have none left."""
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        of_chunk = (Sighting.record == table.name, col(Sighting.key).in_(chunk))
        remaining: dict[str, list[Sighting]] = {}
        for sighting in session.exec(select(Sighting).where(*of_chunk).order_by(col(Sighting.id))):
            remaining.setdefault(sighting.key, []).append(sighting)
        session.execute(sa.delete(table).where(table.c.key.in_(set(chunk) - remaining.keys())))
        for key, sightings in remaining.items():
            if sightings[0].carried is not None:
                session.execute(sa.update(table).where(table.c.key == key).values(**_folded(table, sightings)))


def _folded(table: sa.Table, sightings: list[Sighting]) -> dict[str, Any]:
    """The values of a record of which only these sightings speak; its place is the last one's."""
    values: dict[str, Any] = {column.name: _blank(column) for column in table.c if column.name not in _KEPT}
    values |= sightings[0].defaults or {}
    for sighting in sightings:
        values |= sighting.carried or {}
    last = sightings[-1]
    place = {"batch_id": last.batch_id, "sheet": last.sheet, "row": last.row}
    return {name: _decoded(table.c[name], value) for name, value in values.items()} | place


_KEPT = {"id", "key", "version", "batch_id", "sheet", "row"}


def _blank(column: sa.Column[Any]) -> Any:
    if column.nullable:
        return None
    default = column.default
    if default is None:
        return ""
    return default.arg(None) if default.is_callable else default.arg


def _decoded(column: sa.Column[Any], value: Any) -> Any:
    """A value as JSON kept it → as the column takes it."""
    if isinstance(value, str) and column.type.python_type is datetime:
        return datetime.fromisoformat(value)
    if isinstance(value, str) and column.type.python_type is date:
        return date.fromisoformat(value)
    return value


def _buckets(session: Session, seen: Mapping[str, list[str]]) -> dict[str, set[Any]]:
    """The roll-up buckets in which the posts and daily totals among these records lie now."""
    def of(table: type[Imported], column: Any) -> set[Any]:
        keys = seen.get(str(table.__tablename__), [])
        found: set[Any] = set()
        for start in range(0, len(keys), _CHUNK):
            found |= set(session.exec(select(column).where(col(table.key).in_(keys[start : start + _CHUNK]))).all())
        return found - {None}

    return {
        "quarters": of(Post, Post.quarter),
        "days": of(Post, Post.posted_on),
        "totals": of(DailyTotal, DailyTotal.day),
    }

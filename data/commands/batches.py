"""Opening a batch, closing it with the fate of its rows, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer, streams
from data.commands import audit, restrictions, rollups, rows, sightings
from data.commands.overlay import still_scored
from data.enums import BatchStatus
from data.tables import Base, Batch, BatchIssue, BatchSheet, Crisis, DailyTotal, Imported, Post


class UndoRefused(ValueError):
    """The batch cannot be taken back; the message says why."""


def applied(session: Session, fingerprint: str) -> Batch | None:
    """The applied batch with this fingerprint, if there is one."""
    where = (col(Batch.fingerprint) == fingerprint, col(Batch.status) == BatchStatus.APPLIED)
    return session.exec(select(Batch).where(*where)).first()


def of_set(session: Session, set_id: str) -> list[int]:
    """The applied batches of a set, the last one first."""
    where = (col(Batch.set_id) == set_id, col(Batch.status) == BatchStatus.APPLIED)
    return [number for number in session.exec(select(Batch.id).where(*where).order_by(col(Batch.id).desc())) if number]


def open_batch(session: Session, viewer: Viewer, batch: Batch) -> int:
    """Store the batch and return its number."""
    session.add(batch)
    session.flush()
    number: int = cast(int, batch.id)  # the flush gave it one
    audit.record(session, viewer, "file imported", f"batch {number}")
    return number


def close_sheet(session: Session, sheet: BatchSheet, issues: Iterable[Mapping[str, Any]]) -> None:
    """Store the fate of one sheet's rows and its issues."""
    session.add(sheet)
    session.add_all(BatchIssue(batch_id=sheet.batch_id, **found) for found in issues)


def undo(session: Session, viewer: Viewer, batch_id: int) -> None:
    """Leave the database as if the batch had never been imported; later batches stay.

    Raises
    ------
    UndoRefused
        If there is no such applied batch, the viewer's role may not import its kind of file, or records of other
        batches rest on its records.
    """
    batch = session.get(Batch, batch_id)
    if batch is None or batch.status is BatchStatus.UNDONE:
        raise UndoRefused(f"There is no applied batch {batch_id}.")
    kinds = set(session.exec(select(BatchSheet.kind).where(BatchSheet.batch_id == batch_id)))
    if not kinds <= streams(viewer):
        raise UndoRefused(f"Your role can't undo imports of {' and '.join(sorted(kinds - streams(viewer)))}.")
    try:
        with session.begin_nested():  # a refusal leaves nothing half done, also for who catches it and goes on
            _take_back(session, batch_id)
    except sa.exc.IntegrityError:
        raise UndoRefused(
            f"Batch {batch_id} can't be undone: later imports or entries rest on records that only it brought. "
            "Take those back first."
        ) from None
    batch.status = BatchStatus.UNDONE
    batch.undone_at = datetime.now(UTC)
    audit.record(session, viewer, "import undone", f"batch {batch_id}")


def _take_back(session: Session, batch_id: int) -> None:
    s = sightings.TABLE.c
    seen: dict[str, list[str]] = {}
    said = sa.select(s.record, s.key).where(s.batch_id == batch_id).distinct().order_by(s.record, s.key)
    for record, key in session.execute(said):
        seen.setdefault(record, []).append(key)
    session.execute(sa.delete(sightings.TABLE).where(s.batch_id == batch_id))
    touched = _buckets(session, seen)
    for table in reversed(Base.metadata.sorted_tables):  # what refers to a record goes before it
        for chunk in rows.chunks(seen.get(table.name, [])):
            _refold(session, table, chunk)
    for name, values in _buckets(session, seen).items():
        touched[name] |= values
    rollups.refresh_posts(session, touched["quarters"], touched["days"])
    rollups.refresh_totals(session, touched["totals"])


def _refold(session: Session, table: sa.Table, keys: list[str]) -> None:
    """Give records the values that their remaining sightings make; delete those that have none left."""
    s = sightings.TABLE.c
    statement = sa.select(sightings.TABLE).where(s.record == table.name, s.key.in_(keys)).order_by(s.id)
    remaining: dict[str, list[dict[str, Any]]] = {}
    for sighting in session.execute(statement).mappings():
        remaining.setdefault(sighting["key"], []).append(dict(sighting))
    session.execute(sa.delete(table).where(table.c.key.in_(set(keys) - remaining.keys())))
    present = rows.existing(session, table, list(remaining))
    made = {key: sightings.folded(table, present[key], found) for key, found in remaining.items()}
    rows.update(session, table, [still_scored(table.name, present[key], made[key]) for key in made])
    if table.name == Crisis.__tablename__:
        restrictions.follow(session, {key: (present[key], made[key]) for key in made})
    alone = [found[0]["id"] for found in remaining.values() if len(found) == 1]
    nothing: dict[str, Any] = {"carried": None, "defaults": None}
    session.execute(sa.update(sightings.TABLE).where(s.id.in_(alone)).values(nothing))


def _buckets(session: Session, seen: Mapping[str, list[str]]) -> dict[str, set[Any]]:
    """The roll-up buckets in which the posts and daily totals among these records lie now."""

    def of(table: type[Imported], column: Any) -> set[Any]:
        found: set[Any] = set()
        for chunk in rows.chunks(seen.get(str(table.__tablename__), [])):
            found |= set(session.exec(select(column).where(col(table.key).in_(chunk))).all())
        return found - {None}

    return {
        "quarters": of(Post, Post.quarter),
        "days": of(Post, Post.posted_on),
        "totals": of(DailyTotal, DailyTotal.day),
    }

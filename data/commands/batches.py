"""Opening a batch, closing it with the fate of its rows, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer, streams
from data.commands import audit, undoing
from data.enums import BatchStatus
from data.tables import Batch, BatchIssue, BatchSheet


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
        If there is no such applied batch, the viewer's role may not import its kind of file, a person has edited its
        rows since, or records of other batches rest on its records.
    """
    batch = session.get(Batch, batch_id)
    if batch is None or batch.status is BatchStatus.UNDONE:
        raise UndoRefused(f"There is no applied batch {batch_id}.")
    kinds = set(session.exec(select(BatchSheet.kind).where(BatchSheet.batch_id == batch_id)))
    if not kinds <= streams(viewer):
        raise UndoRefused(f"Your role can't undo imports of {' and '.join(sorted(kinds - streams(viewer)))}.")
    if edited := undoing.edited_rows(session, batch_id):
        raise UndoRefused(f"Batch {batch_id} can't be undone: a person has edited what it brought since ({edited}).")
    try:
        with session.begin_nested():  # a refusal leaves nothing half done, also for who catches it and goes on
            undoing.take_back(session, batch_id)
    except sa.exc.IntegrityError:
        raise UndoRefused(
            f"Batch {batch_id} can't be undone: later imports or entries rest on records that only it brought. "
            "Take those back first."
        ) from None
    batch.status = BatchStatus.UNDONE
    batch.undone_at = datetime.now(UTC)
    audit.record(session, viewer, "import undone", f"batch {batch_id}")

"""Reading what was imported: batches, their sheets and their issues."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.access import Viewer, streams
from data.queries.frames import UTC_TIME, frame
from data.tables import Batch, BatchIssue, BatchSheet

_SHEETS = {
    "batch": "int64",
    "file": "text",
    "sheet": "text",
    "kind": "text",
    "format": "text",
    "status": "text",
    "imported_at": UTC_TIME,
    "imported_by": "text",
    "rows": "int64",
    "new": "int64",
    "updated": "int64",
    "duplicate": "int64",
    "rejected": "int64",
    "skipped": "int64",
}
_ISSUES = {
    "code": "text",
    "severity": "text",
    "sheet": "text",
    "row": "float64",
    "column": "text",
    "value": "text",
    "message": "text",
}


def sheets(session: Session, viewer: Viewer) -> pd.DataFrame:
    """One row per recognised sheet of every batch that the viewer has to do with, newest first: batch … skipped."""
    s = BatchSheet
    statement = (
        select(
            Batch.id, Batch.file, s.sheet, s.kind, s.format, Batch.status, Batch.imported_at, Batch.imported_by,
            s.rows, s.new, s.updated, s.duplicate, s.rejected, s.skipped,
        )
        .join(s, col(s.batch_id) == col(Batch.id))
        .where(_own(viewer))
        .order_by(col(Batch.id).desc(), col(s.id))
    )  # fmt: skip
    return frame(session, statement, _SHEETS)


def issues(session: Session, viewer: Viewer, batch_id: int) -> pd.DataFrame:
    """The issues of one batch as they were told at import: code, severity, sheet, row, column, value, message."""
    i = BatchIssue
    columns = (i.code, i.severity, i.sheet, i.row, i.column, i.value, i.message)
    statement = select(*columns).join(Batch, col(Batch.id) == i.batch_id).where(i.batch_id == batch_id, _own(viewer))
    return frame(session, statement.order_by(col(i.row), col(i.id)), _ISSUES)


def _own(viewer: Viewer) -> ColumnElement[bool]:
    """A condition on `Batch`: every sheet of it is of a kind that the viewer has to do with."""
    other = aliased(BatchSheet)
    of_others = select(other.id).where(other.batch_id == Batch.id, col(other.kind).not_in(sorted(streams(viewer))))
    return ~exists(of_others)

"""Reading what was imported: batches, their sheets and their issues."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.access import Viewer, streams
from data.masking import Masker
from data.queries import protected
from data.queries.frames import UTC_TIME, frame
from data.tables import Batch, BatchIssue, BatchSheet, RejectedRow

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
    "set_id": "text",
    "sha256": "text",
    "size": "int64",
    "options": "object",
    "mapping": "object",
    "undone_at": UTC_TIME,
}
_REJECTED = {"sheet": "text", "row": "int64", "cells": "object"}
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
    """One row per recognised sheet of every batch that the viewer has to do with, newest first: batch … undone_at.

    `options` and `mapping` are what was asked for when it was read; `mapping` is None where none was used; it holds
    words of the file, in which protected terms are masked.
    """
    s = BatchSheet
    columns: tuple[Any, ...] = (
        Batch.id, Batch.file, s.sheet, s.kind, s.format, Batch.status, Batch.imported_at, Batch.imported_by,
        s.rows, s.new, s.updated, s.duplicate, s.rejected, s.skipped,
        Batch.set_id, Batch.sha256, Batch.size, Batch.options, Batch.mapping, Batch.undone_at,
    )  # fmt: skip
    joined = select(*columns).join(s, col(s.batch_id) == col(Batch.id)).where(_own(viewer))
    statement = joined.order_by(col(Batch.id).desc(), col(s.id))
    found = frame(session, statement, _SHEETS)
    masker = protected.masker(session)
    masked = [_withheld(one, masker) for one in found["mapping"]]
    found["mapping"] = pd.Series(masked, index=found.index, dtype=object)
    return found


def _withheld(value: Any, masker: Masker) -> Any:
    """A value as JSON holds it with terms masked, in keys too: a mapping's are words of the file."""
    if isinstance(value, dict):
        return {masker.text(str(name)): _withheld(one, masker) for name, one in value.items()}
    if isinstance(value, list):
        return [_withheld(one, masker) for one in value]
    return masker.text(value) if isinstance(value, str) else value


def issues(session: Session, viewer: Viewer, batch_id: int) -> pd.DataFrame:
    """The issues of one batch as they were told at import: code, severity, sheet, row, column, value, message."""
    i = BatchIssue
    columns = (i.code, i.severity, i.sheet, i.row, i.column, i.value, i.message)
    statement = select(*columns).join(Batch, col(Batch.id) == i.batch_id).where(i.batch_id == batch_id, _own(viewer))
    return frame(session, statement.order_by(col(i.row), col(i.id)), _ISSUES)


def rejected(session: Session, viewer: Viewer, batch_id: int) -> pd.DataFrame:
    """The rejected rows of one batch as they stood in the file, by sheet and row; none of a survey is kept.

    `cells` is the list of a row's raw cells, under the header that `headers` gives.
    """
    r = RejectedRow
    statement = select(r.sheet, r.row, r.cells).join(Batch, col(Batch.id) == r.batch_id)
    found = statement.where(r.batch_id == batch_id, _own(viewer)).order_by(col(r.id))
    return frame(session, found, _REJECTED)


def headers(session: Session, viewer: Viewer, batch_id: int) -> dict[tuple[str | None, str | None], list[Any]]:
    """Sheet and format → the header row as it stood in the file; a survey has none.

    Under a sheet and None stands the header of its first format: of most sheets, the only one.
    """
    s = BatchSheet
    statement = select(s.sheet, s.format, s.header).join(Batch, col(Batch.id) == s.batch_id).order_by(col(s.id))
    found = session.execute(statement.where(s.batch_id == batch_id, col(s.header).is_not(None), _own(viewer)))
    told: dict[tuple[str | None, str | None], list[Any]] = {}
    for sheet, format_, header in found:
        told[sheet, format_] = list(header)
        told.setdefault((sheet, None), list(header))
    return told


def _own(viewer: Viewer) -> ColumnElement[bool]:
    """A condition on `Batch`: every sheet of it is of a kind that the viewer has to do with."""
    other = aliased(BatchSheet)
    of_others = select(other.id).where(other.batch_id == Batch.id, col(other.kind).not_in(sorted(streams(viewer))))
    return ~exists(of_others)

"""Making files, importing them, and looking at what lies in the database afterwards."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from data.access import LOCAL, Viewer
from data.commands.batches import undo as take_back
from data.commands.settings import change
from data.engine import reading, writing
from data.tables import Base
from importers.context import Options
from importers.issues import Severity
from importers.pipeline import Upload, apply, preview
from importers.result import SheetResult

#: Where one engine shows enough.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

COUNTS = ("new", "updated", "duplicate", "rejected", "skipped")


def comma_separated(rows: Iterable[Sequence[object]]) -> str:
    """Rows as text; None is an empty cell."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """An xlsx file; text that begins with = is a text cell."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(line, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(content: str | bytes, name: str = "file.csv") -> Upload:
    return Upload(name, content.encode() if isinstance(content, str) else content)


def imported(content: str | bytes, options: Options | None = None, viewer: Viewer = LOCAL) -> SheetResult:
    """Import a file of one sheet, and check that every row is counted once."""
    (result,) = apply(upload(content), options or Options(), viewer)
    assert sum(fates(result)) == result.rows
    assert all(count >= 0 for count in fates(result))
    return result


def previewed(content: str | bytes, options: Options | None = None) -> SheetResult:
    (result,) = preview(upload(content), options or Options(), LOCAL)
    return result


def undone(batch: int | None) -> None:
    assert batch is not None
    with writing() as session:
        take_back(session, LOCAL, batch)


def setting(name: str, value: str) -> None:
    with writing() as session:
        change(session, LOCAL, name, value)


def fates(result: SheetResult) -> tuple[int, ...]:
    """New, updated, duplicate, rejected, skipped."""
    return tuple(getattr(result, name) for name in COUNTS)


def problems(results: Iterable[SheetResult]) -> list[str]:
    """The codes of what a person must act on, in order."""
    return [issue.code for result in results for issue in result.issues if issue.severity is not Severity.INFO]


def plain(value: Any) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return value.value if hasattr(value, "value") else value


def stored(table: str, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of all rows, in order of the sheet's rows."""
    target = Base.metadata.tables[table]
    order = [target.c[name] for name in ("batch_id", "row", "id") if name in target.c]
    statement = sa.select(*(target.c[name] for name in columns)).order_by(*order)
    with reading() as session:
        return [tuple(plain(value) for value in row) for row in session.execute(statement)]


def count(table: str) -> int:
    with reading() as session:
        return _count(session, Base.metadata.tables[table])


def _count(session: Session, table: sa.Table) -> int:
    return session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def dump() -> dict[str, list[str]]:
    """Everything in the database, by table; `data_state` holds the data version."""
    with reading() as session:
        return {
            table.name: sorted(repr(tuple(row)) for row in session.execute(sa.select(table)))
            for table in Base.metadata.sorted_tables
        }


def contents() -> dict[str, int]:
    """How many rows the tables of records, roll-ups and sightings hold; the history of batches is left out."""
    history = {"batch", "batch_sheet", "batch_issue", "rejected_row", "mapping", "audit_entry", "data_state", "setting"}
    with reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in history]
        return {table.name: n for table in tables if (n := _count(session, table))}

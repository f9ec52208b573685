"""Where a file says something else than a person did: which of the two stands, and what the other says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.commands.held import Held
from data.tables import Base, Imported
from importers.issues import Issue, Severity, issue


def issues(session: Session, table: type[Imported], held: Iterable[Held], sheet: str | None) -> Iterator[Issue]:
    """One issue per field of a record that a person had set to something else."""
    for one in held:
        target, column = _target(table, one.field)
        stands, said = (_word(session, target, value) for value in (one.stands, one.said))
        yield issue(
            "hand-edit-replaced" if one.replaced else "hand-edit-kept",
            severity=Severity.INFO if one.replaced else Severity.WARNING,
            sheet=sheet, row=one.row, column=column, value=said, what=str(table.__tablename__), stands=stands, said=said,
        )  # fmt: skip


def _target(table: type[Imported], field: str) -> tuple[sa.Table | None, str]:
    """The table that a field refers to, if it does, and what the templates call the field."""
    keys = list(Base.metadata.tables[str(table.__tablename__)].c[field].foreign_keys)
    return (keys[0].column.table, field.removesuffix("_id")) if keys else (None, field)


def _word(session: Session, target: sa.Table | None, value: Any) -> str:
    if value is None or value == []:
        return "empty"
    if target is not None:
        return str(session.execute(sa.select(target.c.code).where(target.c.id == value)).scalar_one())
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

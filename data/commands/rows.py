"""Writing many rows of one table at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

CHUNK = 500  # keys per look-up: below every database's limit on parameters

T = TypeVar("T")
Values = dict[str, Any]


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def insert(session: Session, table: sa.Table, rows: Sequence[Values]) -> None:
    """Insert rows of one shape at a time: a column that no row of a shape names takes its default."""
    shapes: dict[frozenset[str], list[Values]] = {}
    for row in rows:
        shapes.setdefault(frozenset(row), []).append(row)
    for shaped in shapes.values():
        session.connection().execute(sa.insert(table), shaped)


def existing(session: Session, table: sa.Table, keys: Sequence[str]) -> dict[str, Values]:
    """Natural key → the whole row, for the records that exist; at most `CHUNK` keys."""
    rows = session.execute(sa.select(table).where(table.c.key.in_(keys))).mappings()
    return {row["key"]: dict(row) for row in rows}


def update(session: Session, table: sa.Table, rows: Sequence[Values]) -> None:
    """Write whole rows over those with the same keys."""
    if not rows:
        return
    names = [column.name for column in table.c if column.name not in {"id", "key"}]
    places: dict[str, Any] = {name: sa.bindparam(f"to_{name}") for name in names}
    session.connection().execute(
        sa.update(table).where(table.c.key == sa.bindparam("of_key")).values(places),
        [{"of_key": row["key"]} | {f"to_{name}": row[name] for name in names} for row in rows],
    )

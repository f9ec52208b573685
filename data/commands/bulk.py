"""Writing and looking up very many rows at once, past the handling of each single value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from sqlmodel import Session

from data.commands.rows import chunks

_LOOKED_UP = 20_000

#: Values by column, all of one length. Days and moments are naive datetime64[D] and [us] in UTC; None and NaT are
#: empty cells.
Columns = Mapping[str, Sequence[Any] | np.ndarray]


def holding(session: Session, column: sa.ColumnElement[str], values: Sequence[str], *shown: Any) -> Iterator[sa.Row]:
    """The rows in which a text column holds one of these values: the column, then those of `shown`."""
    for condition in among(session, column, values):
        yield from session.execute(sa.select(column, *shown).where(condition))


def among(
    session: Session, column: sa.ColumnElement[Any], values: Sequence[str] | np.ndarray
) -> Iterator[sa.ColumnElement[bool]]:
    """Conditions that together say that a column holds one of these values, each with many of them.

    One parameter stands for all values: a statement with thousands takes longer to write than to run.
    """
    for chunk in chunks(_written(session, values), _LOOKED_UP):
        if session.get_bind().dialect.name == "sqlite":
            listed = sa.func.json_each(json.dumps(chunk)).table_valued("value")
            yield column.in_(sa.select(listed.c.value))
        else:
            array = sa.cast(sa.literal(chunk, sa.ARRAY(sa.Text)), sa.ARRAY(column.type))
            yield column == sa.any_(array)


def insert(session: Session, table: sa.Table, columns: Columns) -> None:
    """Insert new rows; every column that the table requires must be among them.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        If a row breaks a constraint; what it holds is in no message.
    """
    named = [column.name for column in table.c if column.name in columns]
    told = {name: columns[name] for name in named if not _is_empty(columns[name])}
    rows = zip(*(_written(session, values) for values in told.values()), strict=True)
    if session.get_bind().dialect.name == "postgresql":
        _copy(session, table, list(told), rows)
    elif listed := list(rows):
        places: dict[str, Any] = {name: sa.bindparam(name) for name in told}
        statement = sa.insert(table).values(places).compile(dialect=session.get_bind().dialect)
        session.connection().exec_driver_sql(str(statement), listed)  # its places stand in the table's order, as ours


def _is_empty(values: Sequence[Any] | np.ndarray) -> bool:
    if isinstance(values, np.ndarray):
        return bool(np.isnat(values).all())
    return set(values[:1]) <= {None} and set(values) <= {None}


def _written(session: Session, values: Sequence[Any] | np.ndarray) -> Sequence[Any]:
    """Values as the driver takes them; moments as text, since making a datetime of each takes longer than storing it."""
    if not isinstance(values, np.ndarray):
        return values
    zone = "UTC" if session.get_bind().dialect.name == "postgresql" else None
    kind = pa.date32() if values.dtype == np.dtype("M8[D]") else pa.timestamp("us", zone)
    return pa.array(values, kind).cast(pa.string()).to_pylist()


def _copy(session: Session, table: sa.Table, names: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    import psycopg  # PostgreSQL is an extra

    quote = session.get_bind().dialect.identifier_preparer.quote
    statement = f"COPY {quote(table.name)} ({', '.join(map(quote, names))}) FROM STDIN"
    session.flush()
    cursor: Any = session.connection().connection.cursor()
    with cursor:
        try:
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.IntegrityError as error:  # its detail quotes the failing row
            told = type(error)(error.diag.message_primary or "a value was refused")
            raise sa.exc.IntegrityError(statement, None, told) from None

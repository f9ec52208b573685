"""What each row of each file said of a record, and the record that those rows together make.

While a single row speaks of a record, the record itself says which and what: its sighting is written when a second row
speaks of it, and no sooner, so that most records have none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.commands import rows
from data.commands.overlay import overlaid
from data.enums import Effect
from data.tables import Sighting

PROVENANCE = ("batch_id", "sheet", "row")
#: Never carried by a row: identity, the count of edits, and the salt with which a wave's respondents are hashed already.
_KEPT = {"id", "key", "version", "salt", *PROVENANCE}

Values = dict[str, Any]
TABLE: sa.Table = Sighting.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation


def encoded(values: Values) -> Values:
    """Values as JSON keeps them."""

    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, (date, datetime)) else value

    return json.loads(json.dumps({name: plain(value) for name, value in values.items()}))


def _decoded(column: sa.Column[Any], value: Any) -> Any:
    """A value as JSON kept it → as the column takes it."""
    kind = column.type.impl_instance if isinstance(column.type, sa.types.TypeDecorator) else column.type
    if isinstance(value, str) and isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    return value


def keep_first_versions(session: Session, record: str, before: Mapping[str, Values], keys: set[str]) -> None:
    """Before another row speaks of known records, write down what their first row had said.

    That is what the record holds. What was entered by hand gets a sighting of no batch, so that taking back an import
    leaves it.
    """
    known = sorted(
        keys & before.keys(), key=lambda key: (before[key]["batch_id"] is None, key)
    )  # a person's word is last
    if not known:
        return
    said = session.execute(sa.select(TABLE.c.key).where(TABLE.c.record == record, TABLE.c.key.in_(known)))
    of_rows = set(said.scalars())
    first = [
        {name: before[key][name] for name in PROVENANCE}
        | {"record": record, "key": key, "effect": Effect.NEW, "carried": encoded(data(before[key])), "defaults": None}
        for key in known
        if key not in of_rows
    ]
    rows.insert(session, TABLE, first)


def sole(table: sa.Table, batch_id: int) -> sa.ColumnElement[bool]:
    """A condition on a table of records: a row of this batch alone speaks of it, so that no sighting is kept of it."""
    told = sa.exists().where(TABLE.c.record == table.name, TABLE.c.key == table.c.key)
    return sa.and_(table.c.batch_id == batch_id, ~told)


def data(values: Values) -> Values:
    """What a record says, without its place and what only tells it apart."""
    return {name: value for name, value in values.items() if name not in _KEPT and value is not None}


def folded(table: sa.Table, present: Values, sightings: Sequence[Values]) -> Values:
    """A record as these sightings alone make it, oldest first; its place is that of the last one that changed it."""
    values = {column.name: blank(column, present) for column in table.c if column.name not in _KEPT}
    values |= read(table, sightings[0]["defaults"])
    place = sightings[0]
    for sighting in sightings:
        after = overlaid(table.name, values, read(table, sighting["carried"]))
        place = place if after == values else sighting
        values = after
    return present | values | {name: place[name] for name in PROVENANCE}


def read(table: sa.Table, carried: Values | None) -> Values:
    """What a sighting carried, as the columns of its table take it."""
    return {name: _decoded(table.c[name], value) for name, value in (carried or {}).items() if name not in _KEPT}


def blank(column: sa.Column[Any], present: Values) -> Any:
    """What a column holds of a record whose rows left it blank; a required one without a default is never left so."""
    if column.nullable:
        return None
    default = column.default
    if not isinstance(default, sa.ColumnDefault):
        return present[column.name]
    return default.arg(None) if default.is_callable else default.arg

"""Storing imported records: one upsert for every table, which says of each row what it did.

A record is met by its natural key. What a row carries overlays what is stored; what it leaves blank stays. Each row
leaves a sighting, so that a batch can be taken back without losing what another batch also carried.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from data.enums import Effect
from data.tables import Imported, Sighting

_CHUNK = 500  # keys per look-up: below every database's limit on parameters
_PROVENANCE = {"batch_id", "sheet", "row"}

T = TypeVar("T")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """What one spreadsheet row says of one record: key, values it carries, and `defaults` that only a new one takes."""

    key: str
    row: int
    values: Values
    defaults: Values = field(default_factory=dict)


@dataclass(slots=True)
class Stored:
    """What storing did: an effect per record, in order, and each touched record before (None: new) and after."""

    effects: list[Effect] = field(default_factory=list)
    changes: dict[str, tuple[Values | None, Values]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """The batch and sheet that records come from."""

    batch_id: int
    sheet: str | None


def store(session: Session, table: type[Imported], records: Sequence[Record], origin: Origin) -> Stored:
    """Insert new records, overlay known ones, and leave a sighting for each.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        If a value breaks a constraint that the checks before should have caught.
    """
    stored = Stored()
    for chunk in _chunks(records, _CHUNK):
        _store_chunk(session, table, chunk, origin, stored)
    return stored


def ids(session: Session, table: type[Imported], keys: Iterable[str]) -> dict[str, int]:
    """Natural key → id, for the records that exist."""
    columns = table.__table__.c  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    found: dict[str, int] = {}
    for chunk in _chunks(sorted(set(keys)), _CHUNK):
        for key, identity in session.execute(sa.select(columns.key, columns.id).where(columns.key.in_(chunk))):
            found[key] = identity
    return found


def _chunks(items: Sequence[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def _store_chunk(
    session: Session, table: type[Imported], records: list[Record], origin: Origin, stored: Stored
) -> None:
    target: sa.Table = table.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    known = _existing(session, target, [record.key for record in records])
    before = {key: dict(values) for key, values in known.items()}
    fresh: dict[str, Values] = {}
    changed: dict[str, Values] = {}
    sightings: list[Values] = []
    for record in records:
        place = {"batch_id": origin.batch_id, "sheet": origin.sheet, "row": record.row}
        values = {name: value for name, value in record.values.items() if value is not None}
        present = known.get(record.key)
        if present is None:
            effect = Effect.NEW
            known[record.key] = fresh[record.key] = record.defaults | values | place | {"key": record.key}
        elif all(present.get(name) == value for name, value in values.items()):
            effect = Effect.DUPLICATE
        else:
            effect = Effect.UPDATED
            present |= values | place
            if record.key not in fresh:
                changed[record.key] = present
        said = {"carried": None, "defaults": None}
        if effect is not Effect.NEW:
            said = {"carried": _encoded(values), "defaults": _encoded(record.defaults) or None}
        sightings.append(place | said | {"record": target.name, "key": record.key, "effect": effect})
        stored.effects.append(effect)
    _keep_first_versions(session, target, before, sightings)
    _insert(session, target, list(fresh.values()))
    _update(session, target, list(changed.values()))
    _insert(session, Sighting.__table__, sightings)  # type: ignore[attr-defined]  # SQLModel adds it
    for key in fresh | changed:
        stored.changes[key] = (stored.changes[key][0] if key in stored.changes else before.get(key), known[key])


def _existing(session: Session, target: sa.Table, keys: list[str]) -> dict[str, Values]:
    rows = session.execute(sa.select(target).where(target.c.key.in_(keys))).mappings()
    return {row["key"]: dict(row) for row in rows}


def _keep_first_versions(
    session: Session, target: sa.Table, before: dict[str, Values], sightings: list[Values]
) -> None:
    """Before a second row speaks of a record, write down what its first row had carried."""
    seen = {sighting["key"] for sighting in sightings} & before.keys()
    if not seen:
        return
    table = Sighting.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    first = sa.and_(table.c.record == target.name, table.c.key == sa.bindparam("of_key"), table.c.carried.is_(None))
    session.connection().execute(
        sa.update(table).where(first).values(carried=sa.bindparam("was")),
        [{"of_key": key, "was": _encoded(_data(before[key]))} for key in sorted(seen)],
    )


def _data(values: Values) -> Values:
    hidden = _PROVENANCE | {"id", "key", "version"}
    return {name: value for name, value in values.items() if name not in hidden and value is not None}


def _encoded(values: Values) -> Values:
    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, (date, datetime)) else value

    return json.loads(json.dumps({name: plain(value) for name, value in values.items()}))


def _insert(session: Session, target: sa.Table, rows: list[Values]) -> None:
    """Insert rows of one shape at a time: a column that no row of a shape names takes its default."""
    shapes: dict[frozenset[str], list[Values]] = {}
    for row in rows:
        shapes.setdefault(frozenset(row), []).append(row)
    for shaped in shapes.values():
        session.connection().execute(sa.insert(target), shaped)


def _update(session: Session, target: sa.Table, rows: list[Values]) -> None:
    if not rows:
        return
    names = [column.name for column in target.c if column.name not in {"id", "key"}]
    places = {name: sa.bindparam(f"to_{name}") for name in names}
    session.connection().execute(
        sa.update(target).where(target.c.key == sa.bindparam("of_key")).values(places),
        [{"of_key": row["key"]} | {f"to_{name}": row[name] for name in names} for row in rows],
    )

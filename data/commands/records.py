"""Storing imported records: one upsert for every table, which says of each row what it did.

A record is met by its natural key. What a row carries overlays what is stored; what it leaves blank stays. Where more
than one row speaks of a record, each leaves a sighting, so that a batch can be taken back without losing what another
batch also carried.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.commands import restrictions, rows, sightings
from data.commands.overlay import overlaid
from data.enums import Effect
from data.tables import Crisis, Imported

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
    """The batch and sheet that records come from; no batch for what a person entered."""

    batch_id: int | None
    sheet: str | None


def store(session: Session, table: type[Imported], records: Sequence[Record], origin: Origin) -> Stored:
    """Insert new records, overlay known ones, and leave sightings where several rows speak of one.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        If a value breaks a constraint that the checks before should have caught.
    """
    stored = Stored()
    target: sa.Table = table.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    for chunk in rows.chunks(records):
        _store_chunk(session, target, chunk, origin, stored)
    if table is Crisis:
        restrictions.follow(session, stored.changes)
    return stored


def ids(session: Session, table: type[Imported], keys: Iterable[str]) -> dict[str, int]:
    """Natural key → id, for the records that exist."""
    columns = table.__table__.c  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    found: dict[str, int] = {}
    for chunk in rows.chunks(sorted(set(keys))):
        some = session.execute(sa.select(columns.key, columns.id).where(columns.key.in_(chunk)))
        found |= {row.key: row.id for row in some}
    return found


def _store_chunk(session: Session, target: sa.Table, records: list[Record], origin: Origin, stored: Stored) -> None:
    known = rows.existing(session, target, [record.key for record in records])
    before = {key: dict(values) for key, values in known.items()}
    fresh: dict[str, Values] = {}
    changed: dict[str, Values] = {}
    seen: list[Values] = []
    sole: dict[str, tuple[Record, Values]] = {}
    for record in records:
        place: Values = {"batch_id": origin.batch_id, "sheet": origin.sheet, "row": record.row}
        effect = _overlay(target.name, known, record, place)
        if effect is Effect.NEW:
            fresh[record.key] = known[record.key]
            sole[record.key] = record, place
        else:
            if record.key in sole:
                seen.append(_sighting(target.name, Effect.NEW, *sole.pop(record.key)))
            seen.append(_sighting(target.name, effect, record, place))
            if effect is Effect.UPDATED and record.key not in fresh:
                changed[record.key] = known[record.key]
        stored.effects.append(effect)
    sightings.keep_first_versions(session, target.name, before, {record.key for record in records})
    rows.insert(session, target, list(fresh.values()))
    rows.update(session, target, list(changed.values()))
    rows.insert(session, sightings.TABLE, seen)
    for key in fresh | changed:
        stored.changes[key] = (stored.changes[key][0] if key in stored.changes else before.get(key), known[key])


def _overlay(table: str, known: dict[str, Values], record: Record, place: Values) -> Effect:
    """Put what the row carries over what is known of its record, and say what that did."""
    values = _carried(record)
    present = known.get(record.key)
    if present is None:
        known[record.key] = record.defaults | values | place | {"key": record.key}
        return Effect.NEW
    after = overlaid(table, present, values)
    if all(present.get(name) == value for name, value in after.items()):
        return Effect.DUPLICATE
    present |= after | place
    return Effect.UPDATED


def _carried(record: Record) -> Values:
    return {name: value for name, value in record.values.items() if value is not None}


def _sighting(table: str, effect: Effect, record: Record, place: Values) -> Values:
    carried, defaults = sightings.encoded(_carried(record)), sightings.encoded(record.defaults) or None
    return place | {"record": table, "key": record.key, "effect": effect, "carried": carried, "defaults": defaults}

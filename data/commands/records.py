"""Storing imported records: one upsert for every table, which says of each row what it did.

A record is met by its natural key. What a row carries overlays what is stored; what it leaves blank stays. Where more
than one row speaks of a record, each leaves a sighting, so that a batch can be taken back without losing what another
batch also carried.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.commands import aliases, held, restrictions, rows, sightings
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
    """What storing did: an effect per record, in order, and each touched record before (None: new) and after; `held`
    are the fields that rows would have changed, or did, although a person had said what they are.
    """

    effects: list[Effect] = field(default_factory=list)
    changes: dict[str, tuple[Values | None, Values]] = field(default_factory=dict)
    held: list[held.Held] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Origin:
    """The batch and sheet that records come from; no batch for what a person entered. `over_hand`: its rows win over
    what a person entered.
    """

    batch_id: int | None
    sheet: str | None
    over_hand: bool = False


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
    """Natural key → id, for the records that exist under it or are met by it."""
    columns = table.__table__.c  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    wanted = set(keys)
    other = aliases.resolved(session, str(table.__tablename__), wanted)
    found: dict[str, int] = {}
    for chunk in rows.chunks(sorted(wanted | set(other.values()))):
        some = session.execute(sa.select(columns.key, columns.id).where(columns.key.in_(chunk)))
        found |= {row.key: row.id for row in some}
    found |= {alias: found[key] for alias, key in other.items() if key in found}
    return {key: found[key] for key in wanted & found.keys()}


def _store_chunk(session: Session, target: sa.Table, records: list[Record], origin: Origin, stored: Stored) -> None:
    records = _met(session, target, records)
    known = rows.existing(session, target, [record.key for record in records])
    records = _yielding(session, target, records, known, origin, stored)
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


def _met(session: Session, target: sa.Table, records: list[Record]) -> list[Record]:
    """The records under their own keys. What a row says of a crisis that was merged into another, that one is not told."""
    other = aliases.resolved(session, target.name, [record.key for record in records])
    if not other:
        return records
    met = []
    for record in records:
        if record.key in other:
            values: Values = {} if target.name == Crisis.__tablename__ else record.values
            record = replace(record, key=other[record.key], values=values, defaults={})  # noqa: PLW2901 - the same row
        met.append(record)
    return met


def _yielding(
    session: Session,
    target: sa.Table,
    records: list[Record],
    known: dict[str, Values],
    origin: Origin,
    stored: Stored,
) -> list[Record]:
    """The records without the fields of which a person had the last word."""
    by_hand = held.fields(session, target, known) if origin.batch_id is not None else {}
    if not by_hand:
        return records
    left = []
    for record in records:
        mine = by_hand.get(record.key, set())
        said = (known.get(record.key, {}), _carried(record), mine)
        stored.held += held.differences(record.key, record.row, *said, replaced=origin.over_hand)
        left.append(record if origin.over_hand else replace(record, values=held.without(record.values, mine)))
    return left


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

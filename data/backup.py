"""A copy of the whole database in one file, and back. SQLite only: PostgreSQL brings pg_dump and pg_restore."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from data import schema
from data.config import config
from data.engine import dispose


class BackupError(RuntimeError):
    """The copy cannot be made or taken; the message says what to do."""


def _path() -> Path:
    url = make_url(config().database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupError("On PostgreSQL use pg_dump and pg_restore: they copy a running database whole.")
    return Path(url.database)


def backup(target: Path) -> None:
    """Copy the running database to `target`, whole even while others write."""
    source = _path()
    if not source.exists():
        raise BackupError(f"There is no database at {source} yet. Make one with: python -m data create")
    if target.exists():
        raise BackupError(f"{target} exists already. Choose another name, or move it away.")
    if not target.parent.is_dir():
        raise BackupError(f"There is no folder {target.parent}.")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one plain file, that can be read from a folder nobody may write to


def restore(source: Path) -> None:
    """Replace the database with the backup at `source`.

    `data_version` goes on from the higher of the two, so that no process takes what it kept of the present data for
    the restored ones.

    Raises
    ------
    BackupError
        If the file is not a whole Aftermath database that this program knows; the present one is then untouched.
    """
    target = _path()
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    if target.exists() and source.samefile(target):
        raise BackupError(f"{source} is the database itself; nothing was changed.")
    with closing(sqlite3.connect("")) as copy:  # a temporary one: the present database is touched once, at the end
        version = _take(source, copy)
        target.parent.mkdir(parents=True, exist_ok=True)
        dispose()
        with closing(sqlite3.connect(target, timeout=30)) as live:
            copy.execute("UPDATE data_state SET version = ?", (max(version, _version(live) or 0) + 1,))
            copy.commit()
            copy.backup(live)


def _take(source: Path, copy: sqlite3.Connection) -> int:
    """Copy a backup and return its data version."""
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as backup_file:
            backup_file.backup(copy)
        sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        version = _version(copy)
    except sqlite3.DatabaseError:
        sound, found, version = False, None, None
    if not sound or found is None or version is None:
        raise BackupError(f"{source} is not a whole backup of Aftermath; nothing was changed.")
    if not schema.known(found[0]):
        raise BackupError(f"{source} was made by a newer Aftermath (schema {found[0]}); nothing was changed.")
    return version


def _version(database: sqlite3.Connection) -> int | None:
    """The data version of a database; None where there is none."""
    try:
        row = database.execute("SELECT version FROM data_state").fetchone()
    except sqlite3.OperationalError:
        return None
    return int(row[0]) if row else None

"""A copy of the whole database in one file, and back. SQLite only: PostgreSQL brings pg_dump and pg_restore."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

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
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def restore(source: Path) -> None:
    """Replace the database with the backup at `source`.

    Raises
    ------
    BackupError
        If the file is not a whole Aftermath database; the present one is then untouched.
    """
    target = _path()
    if not source.exists():
        raise BackupError(f"There is no file {source}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(target)) as live:
        try:
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ours = copy.execute("SELECT count(*) FROM data_state").fetchone() == (1,)
        except sqlite3.DatabaseError:
            sound = ours = False
        if not (sound and ours):
            raise BackupError(f"{source} is not a whole backup of Aftermath; nothing was changed.")
        dispose()
        copy.backup(live)

"""The database that a measurement works on."""

from __future__ import annotations

import os
from pathlib import Path

from data import engine
from data.config import config


def use(database: Path | str) -> None:
    """Make an SQLite file, or the database at an address, the process's own."""
    engine.dispose()
    os.environ["AFTERMATH_DATABASE_URL"] = database if isinstance(database, str) else f"sqlite:///{database}"
    config.cache_clear()

"""Creating the schema and bringing an older one up to date, by Alembic's migrations alone."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session

from data.engine import engine
from data.tables import DataState

_LOCK = 0x4146544D  # any number, the same in every process


class SchemaState(StrEnum):
    """What `create` found and did."""

    CREATED = "created"
    UPGRADED = "upgraded"
    CURRENT = "current"


def _alembic(connection: sa.Connection) -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def version(connection: sa.Connection) -> str | None:
    """The schema version the database is at; None before `create`."""
    return MigrationContext.configure(connection).get_current_revision()


def create() -> SchemaState:
    """Create the schema, or upgrade an older one, in one transaction."""
    with engine(writer=True).begin() as connection:
        if connection.dialect.name == "postgresql":  # two processes may start at once; SQLite's writer lock is enough
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        settings = _alembic(connection)
        before = version(connection)
        if before == ScriptDirectory.from_config(settings).get_current_head():
            return SchemaState.CURRENT
        command.upgrade(settings, "head")
        if before is not None:
            return SchemaState.UPGRADED
        with Session(connection) as session:
            session.add(DataState())
            session.flush()
        return SchemaState.CREATED

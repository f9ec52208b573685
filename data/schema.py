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

from data.engine import migrating
from data.tables import DataState

_LOCK = 0x4146544D  # any number, the same in every process


class SchemaState(StrEnum):
    """What `create` found and did."""

    CREATED = "created"
    UPGRADED = "upgraded"
    CURRENT = "current"


class NewerSchema(RuntimeError):
    """The database was made by a newer Aftermath than this one."""

    def __init__(self, found: str) -> None:
        super().__init__(f"The database is at schema {found}, which this Aftermath does not know: update Aftermath.")


def _alembic(connection: sa.Connection | None = None) -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def version(connection: sa.Connection) -> str | None:
    """The schema version the database is at; None before `create`."""
    return MigrationContext.configure(connection).get_current_revision()


def known(revision: str | None) -> bool:
    """Whether this program can bring a database at this schema version up to date."""
    scripts = ScriptDirectory.from_config(_alembic())
    return revision in {script.revision for script in scripts.walk_revisions()}


def create() -> SchemaState:
    """Create the schema, or upgrade an older one, in one transaction.

    Raises
    ------
    NewerSchema
        If the database is ahead of this program.
    """
    with migrating() as connection:
        if connection.dialect.name == "postgresql":  # two processes may start at once; SQLite's writer lock is enough
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        settings = _alembic(connection)
        before = version(connection)
        if before == ScriptDirectory.from_config(settings).get_current_head():
            return SchemaState.CURRENT
        if before is not None and not known(before):
            raise NewerSchema(before)
        command.upgrade(settings, "head")
        if before is not None:
            return SchemaState.UPGRADED
        with Session(connection) as session:
            session.add(DataState())
            session.flush()
        return SchemaState.CREATED

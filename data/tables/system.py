"""Settings that users change, the audit trail, and the counter that invalidates every cache."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from data.tables.base import Base


class Setting(Base, table=True):
    """One setting that differs from its default."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: Any = Field(sa_type=sa.JSON)


class AuditEntry(Base, table=True):
    """Who did what, when; never the content of an answer."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: dt.datetime = Field(index=True)
    actor: str
    role: str
    action: str
    target: str | None = None


class DataState(Base, table=True):
    """The one row whose `version` every write raises, and whether the data are the sample company's."""

    __tablename__ = "data_state"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    version: int = 0
    sample: bool = False

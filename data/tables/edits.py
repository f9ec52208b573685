"""What people entered and corrected by hand, and by which other names a record is met since."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from data.enums import EditAction
from data.tables.base import Base, enum_type


class Edit(Base, table=True):
    """One field of one record that a person changed: who, when, from what, to what.

    `record` and `key` say which record, as in `Sighting`. `field` is empty where the record as a whole was entered, or
    another one merged into it; `before` then names that one.
    """

    __tablename__ = "edit"
    __table_args__ = (sa.Index("ix_edit_record", "record", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    at: dt.datetime
    actor: str
    role: str
    action: EditAction = Field(sa_type=enum_type(EditAction, "edit_action"))
    record: str
    key: str
    field: str | None = None
    before: Any = Field(default=None, sa_type=sa.JSON(none_as_null=True), nullable=True)
    after: Any = Field(default=None, sa_type=sa.JSON(none_as_null=True), nullable=True)
    reason: str | None = None


class Alias(Base, table=True):
    """Another natural key by which a record is met: the code of a crisis that was merged into it, or what an event says
    since it was corrected. No record has it as its own.
    """

    __tablename__ = "alias"

    record: str = Field(primary_key=True)
    alias: str = Field(primary_key=True)
    key: str = Field(index=True)

"""What all tables share: one registry of our own, checked enums, provenance and the natural key."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

#: Names for constraints, so that migrations can address them on every database.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """Root of all tables; a registry of its own survives Streamlit's hot reload importing the modules twice."""


def enum_type(enum: type[StrEnum], name: str, *, checked: bool = True) -> Any:
    """A text column whose values the database checks against `enum`; without `checked`, the table says how."""
    return sa.Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=checked,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Imported(Base):
    """Provenance and identity of a row that came out of a file.

    `key` is the natural key in one text (see `data.keys`): the database keeps it unique, an upsert meets on it, and
    sightings and undo speak of it. `batch_id`, `sheet` and `row` name the cell row that gave the present values; all
    three are empty for what was entered by hand. Only the roles of a crisis go with it; to delete what anything else
    rests on is refused.
    """

    key: str = Field(unique=True)
    batch_id: int | None = Field(default=None, foreign_key="batch.id", index=True)
    sheet: str | None = None
    row: int | None = None

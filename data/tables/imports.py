"""Batches, their sheets, what was wrong with them, and which row of which file spoke of which record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from data.enums import BatchStatus, Effect, Stream
from data.tables.base import Base, enum_type


class Batch(Base, table=True):
    """One imported file.

    `set_id` is the same for the files of one upload. `mapping` is the column mapping as it was used, if one was.
    `fingerprint` covers the bytes, the kind, the mapping and the options: among applied batches it is unique, so that
    two people importing the same file at the same moment leave one batch.
    """

    __tablename__ = "batch"
    __table_args__ = (
        sa.Index(
            "uq_batch_applied_fingerprint",
            "fingerprint",
            unique=True,
            sqlite_where=sa.text("status = 'applied'"),
            postgresql_where=sa.text("status = 'applied'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    file: str
    sha256: str = Field(max_length=64)
    fingerprint: str = Field(max_length=64)
    size: int
    options: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    status: BatchStatus = Field(default=BatchStatus.APPLIED, sa_type=enum_type(BatchStatus, "batch_status"))
    imported_at: datetime
    imported_by: str
    undone_at: datetime | None = None
    set_id: str | None = Field(default=None, max_length=32, index=True)
    mapping: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))


class BatchSheet(Base, table=True):
    """One recognised sheet of a batch, with the fate of its rows: the five counts add up to `rows`.

    `header` is the header row as it stood in the file, for handing rejected rows back; None for surveys.
    """

    __tablename__ = "batch_sheet"
    __table_args__ = (
        sa.UniqueConstraint("batch_id", "sheet", "format"),
        sa.CheckConstraint("new + updated + duplicate + rejected + skipped = rows", name="rows_add_up"),
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", ondelete="CASCADE")
    sheet: str | None = None
    kind: Stream = Field(sa_type=enum_type(Stream, "stream"))
    format: str
    rows: int
    new: int
    updated: int
    duplicate: int
    rejected: int
    skipped: int
    header: list[Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))


class RejectedRow(Base, table=True):
    """A rejected row as it stood in the file, so that it can be handed back later; none of a survey is kept."""

    __tablename__ = "rejected_row"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", ondelete="CASCADE", index=True)
    sheet: str | None = None
    row: int
    cells: list[Any] = Field(sa_type=sa.JSON)


class BatchIssue(Base, table=True):
    """One issue of a batch as it was told at import; `value` is empty for surveys."""

    __tablename__ = "batch_issue"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", ondelete="CASCADE", index=True)
    code: str
    severity: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    message: str


class Sighting(Base, table=True):
    """One row of one file that spoke of one record, kept where several do.

    `carried` holds the values the row carried, `defaults` those it would have given a new record beside them. While a
    single row speaks of a record there is no sighting: the record itself holds its place and values. A sighting without
    batch is of a record, or an edit, entered by hand.
    """

    __tablename__ = "sighting"
    __table_args__ = (sa.Index("ix_sighting_record", "record", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int | None = Field(default=None, foreign_key="batch.id", ondelete="CASCADE", index=True)
    sheet: str | None = None
    row: int | None = None
    record: str
    key: str
    effect: Effect = Field(sa_type=enum_type(Effect, "effect"))
    carried: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    defaults: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))


class SavedMapping(Base, table=True):
    """A saved way to read an unknown layout. `signature` is a digest of the header it was made for."""

    __tablename__ = "mapping"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    signature: str = Field(max_length=64, index=True)
    content: dict[str, Any] = Field(sa_type=sa.JSON)
    saved_at: datetime
    saved_by: str
    version: int = 1

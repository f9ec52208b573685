"""Crises, their timelines, who may see them, and the dated notes drawn on every time axis."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from data.enums import Audience, CrisisStatus, Detector, Milestone, Role
from data.tables.base import Base, Imported, enum_type


class Crisis(Imported, table=True):
    """One case. Its `key` is the code in one case, so that two spellings are one crisis.

    `restricted_to` is what its sheet says; `CrisisRole` holds the same, where a query can ask (`restrictions.follow`).
    """

    __tablename__ = "crisis"
    __table_args__ = (sa.CheckConstraint("severity BETWEEN 1 AND 4", name="severity_range"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    title: str
    category: str | None = None
    policy_section: str | None = None
    severity: int | None = None
    platform: str | None = None
    started_at: dt.datetime | None = None
    started_on: dt.date | None = None
    timezone: str | None = None
    status: CrisisStatus = Field(default=CrisisStatus.OPEN, sa_type=enum_type(CrisisStatus, "crisis_status"))
    summary: str | None = None
    topics: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    restricted_to: list[str] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    privilege_banner: str | None = None
    legal_hold: bool = False
    countersign: bool = False
    version: int = 1


class CrisisRole(Base, table=True):
    """A role to which a crisis is restricted; a crisis without any is open to all roles."""

    __tablename__ = "crisis_role"

    crisis_id: int = Field(primary_key=True, foreign_key="crisis.id", ondelete="CASCADE")
    role: Role = Field(primary_key=True, sa_type=enum_type(Role, "role"))


class ProtectedTerm(Base, table=True):
    """A name or handle that is masked in every text; kept by HR and Legal alone."""

    __tablename__ = "protected_term"

    crisis_id: int = Field(primary_key=True, foreign_key="crisis.id")
    term: str = Field(primary_key=True)


class Event(Imported, table=True):
    """One dated entry of a timeline. `occurred_on` is set where only the day is known; `occurred_at` is then its start."""

    __tablename__ = "event"
    __table_args__ = (sa.Index("ix_event_timeline", "crisis_id", "occurred_at"),)

    id: int | None = Field(default=None, primary_key=True)
    crisis_id: int = Field(foreign_key="crisis.id")
    occurred_at: dt.datetime
    occurred_on: dt.date | None = None
    milestone: Milestone = Field(sa_type=enum_type(Milestone, "milestone"))
    function: str | None = None
    audience: Audience | None = Field(default=None, sa_type=enum_type(Audience, "audience"))
    platform: str | None = None
    detected_by: Detector | None = Field(default=None, sa_type=enum_type(Detector, "detected_by"))
    description: str | None = None
    version: int = 1


class ContextMarker(Base, table=True):
    """A launch, an outage, another crisis: drawn on time axes so that nobody credits the wrong cause."""

    __tablename__ = "context_marker"
    __table_args__ = (sa.UniqueConstraint("happened_on", "title"),)

    id: int | None = Field(default=None, primary_key=True)
    happened_on: dt.date
    title: str

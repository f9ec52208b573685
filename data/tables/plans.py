"""Versions of the crisis plan and their steps."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from data.enums import Audience, Milestone
from data.tables.base import Imported, enum_type


class Plan(Imported, table=True):
    """One version of the crisis plan."""

    __tablename__ = "plan"

    id: int | None = Field(default=None, primary_key=True)
    version: str = Field(unique=True)
    effective_from: dt.date | None = None
    review_due: dt.date | None = None


class PlanStep(Imported, table=True):
    """One step: who does what, which milestone fulfils it, when its clock starts and how long it may take."""

    __tablename__ = "plan_step"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "step"),
        sa.CheckConstraint("target_minutes >= 0", name="target_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    position: int
    section: str
    step: str
    role: str
    contact: str | None = None
    fulfilled_by: Milestone | None = Field(default=None, sa_type=enum_type(Milestone, "fulfilled_by"))
    clock_starts: Milestone | None = Field(default=None, sa_type=enum_type(Milestone, "clock_starts"))
    target_minutes: float | None = None
    audience: Audience | None = Field(default=None, sa_type=enum_type(Audience, "step_audience"))
    required: bool = True
    after_step: str | None = None

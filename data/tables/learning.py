"""Gaps, lessons, reviews with their decisions, and culture activities."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from data.enums import (
    Confidence,
    CultureKind,
    Element,
    GapStatus,
    LessonKind,
    LessonStatus,
    Origin,
    ProposalOutcome,
)
from data.tables.base import Base, Imported, enum_type


class Gap(Imported, table=True):
    """Something in the plan or its execution that did not hold."""

    __tablename__ = "gap"
    __table_args__ = (sa.CheckConstraint("severity BETWEEN 1 AND 4", name="severity_range"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    title: str
    section: str
    crisis_id: int | None = Field(default=None, foreign_key="crisis.id", index=True)
    step: str | None = None
    origin: Origin | None = Field(default=None, sa_type=enum_type(Origin, "origin"))
    element: Element | None = Field(default=None, sa_type=enum_type(Element, "element"))
    severity: int | None = None
    root_cause: str | None = None
    corrective_action: str | None = None
    responsible_function: str | None = None
    contact: str | None = None
    opened_on: dt.date | None = None
    start_on: dt.date | None = None
    due_on: dt.date | None = None
    completed_on: dt.date | None = None
    status: GapStatus = Field(default=GapStatus.OPEN, sa_type=enum_type(GapStatus, "gap_status"))
    metric: str | None = None
    target: float | None = None
    evidence: str | None = None
    version: int = 1


class Lesson(Imported, table=True):
    """An observation and what was concluded from it.

    `metrics` and `events` are ids and keys of what bears it out. `reviewed_summary` is `share_safe` as somebody reviewed it
    for employees; where the two differ, the present one was not. A strength has an `owner`, a function, and is checked
    again at each crisis: by a metric and its target, where the crisis puts the step of the plan to the test.
    """

    __tablename__ = "lesson"

    id: int | None = Field(default=None, primary_key=True)
    code: str
    title: str
    observation: str
    crisis_id: int | None = Field(default=None, foreign_key="crisis.id", index=True)
    gap_id: int | None = Field(default=None, foreign_key="gap.id", index=True)
    kind: LessonKind = Field(default=LessonKind.IMPROVEMENT, sa_type=enum_type(LessonKind, "lesson_kind"))
    discussion: str | None = None
    conclusion: str | None = None
    recommendation: str | None = None
    status: LessonStatus = Field(default=LessonStatus.OBSERVATION, sa_type=enum_type(LessonStatus, "lesson_status"))
    confidence: Confidence | None = Field(default=None, sa_type=enum_type(Confidence, "confidence"))
    evidence: str | None = None
    counter_evidence: str | None = None
    tags: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    share_safe: str | None = None
    metrics: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    events: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    reviewed_summary: str | None = None
    reviewed_at: dt.datetime | None = None
    reviewed_by: str | None = None
    observed_on: dt.date | None = None
    learned_on: dt.date | None = None
    owner: str | None = None
    check_step: str | None = None
    check_metric: str | None = None
    check_target: float | None = None
    version: int = 1


class ProposalDecision(Base, table=True):
    """What was decided about one proposed gap of a crisis: accepted as a gap, attached to a known one, or dismissed.

    `cause` names the proposal as `metrics.proposals` does, `title` and `evidence` say what it said then.
    """

    __tablename__ = "proposal_decision"
    __table_args__ = (sa.UniqueConstraint("crisis_id", "cause"),)

    id: int | None = Field(default=None, primary_key=True)
    crisis_id: int = Field(foreign_key="crisis.id", index=True)
    cause: str
    title: str
    evidence: str | None = None
    outcome: ProposalOutcome = Field(sa_type=enum_type(ProposalOutcome, "proposal_outcome"))
    gap_id: int | None = Field(default=None, foreign_key="gap.id", index=True)
    reason: str | None = None
    decided_at: dt.datetime
    decided_by: str


class Review(Base, table=True):
    """The meeting on one crisis; `pack` holds the numbers as they were signed."""

    __tablename__ = "review"

    id: int | None = Field(default=None, primary_key=True)
    crisis_id: int = Field(foreign_key="crisis.id", index=True)
    held_on: dt.date | None = None
    functions: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    signed_at: dt.datetime | None = None
    signed_by: str | None = None
    countersigned_at: dt.datetime | None = None
    countersigned_by: str | None = None
    reservations: str | None = None
    pack: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    version: int = 1


class Decision(Base, table=True):
    """What a review decided."""

    __tablename__ = "decision"

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", ondelete="CASCADE", index=True)
    text: str
    function: str | None = None
    due_on: dt.date | None = None
    cost: str | None = None


class CultureActivity(Imported, table=True):
    """A training, check-in, recognition or headcount of one department on one date."""

    __tablename__ = "culture_activity"
    __table_args__ = (
        sa.CheckConstraint("assigned >= 0", name="assigned_range"),
        sa.CheckConstraint("completed >= 0", name="completed_range"),
        sa.CheckConstraint("employees >= 0", name="employees_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    held_on: dt.date
    kind: CultureKind = Field(sa_type=enum_type(CultureKind, "culture_kind"))
    department: str | None = None
    assigned: int | None = None
    completed: int | None = None
    employees: int | None = None
    note: str | None = None

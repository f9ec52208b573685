"""Reading the crisis plan: its versions and their steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.keys import folded
from data.queries.frames import DAY, frame
from data.queries.hand import HISTORY
from data.tables import Edit, Plan, PlanStep

_STEPS = {
    "plan_id": "int64",
    "step_id": "int64",
    "position": "int64",
    "section": "text",
    "step": "text",
    "role": "text",
    "contact": "text",
    "fulfilled_by": "text",
    "clock_starts": "text",
    "target_minutes": "float64",
    "audience": "text",
    "required": "bool",
    "after_step": "text",
}


def plans(session: Session) -> pd.DataFrame:
    """All versions, oldest first: plan_id, version, effective_from, review_due (days or NaT)."""
    types = {"plan_id": "int64", "version": "text", "effective_from": DAY, "review_due": DAY}
    statement = select(Plan.id, Plan.version, Plan.effective_from, Plan.review_due)
    return frame(session, statement.order_by(col(Plan.effective_from).nulls_first(), Plan.version), types)


def steps(session: Session, plan_id: int) -> pd.DataFrame:
    """The steps of a version in their order: plan_id, step_id, position, section, step, role, contact, fulfilled_by,
    clock_starts, target_minutes (NaN: none), audience, required, after_step.
    """
    names = [getattr(PlanStep, name) for name in list(_STEPS)[2:]]
    statement = select(PlanStep.plan_id, PlanStep.id, *names).where(PlanStep.plan_id == plan_id)
    return frame(session, statement.order_by(col(PlanStep.position)), _STEPS)


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it may be edited: `values` are the fields of `data.commands.plan_entry.StepEntry`."""

    id: int
    key: str
    position: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it stands: two that are equal say the same. `dates`: effective_from and review_due."""

    id: int
    key: str
    name: str
    dates: dict[str, Any]
    steps: tuple[Step, ...]


def version(session: Session, name: str) -> Version | None:
    """The version of this name, with its steps in their order."""
    plan = session.exec(select(Plan).where(col(Plan.key) == folded(name))).first()
    if plan is None or plan.id is None:
        return None
    listed = session.exec(select(PlanStep).where(PlanStep.plan_id == plan.id).order_by(col(PlanStep.position)))
    names = [name for name in _STEPS if name not in {"plan_id", "step_id", "position"}]
    steps_of = tuple(Step(s.id or 0, s.key, s.position, {name: getattr(s, name) for name in names}) for s in listed)
    days = {"effective_from": plan.effective_from, "review_due": plan.review_due}
    return Version(plan.id, plan.key, plan.version, days, steps_of)


def history(session: Session, name: str) -> pd.DataFrame:
    """Every change by hand of a version and of the steps that it has, the latest first: as `data.queries.hand.history`,
    and `step`, the name of the step. A step that was taken out stands in `before` of a change of the plan without a field.
    """
    mine = select(PlanStep.key).join(Plan, col(Plan.id) == PlanStep.plan_id).where(col(Plan.key) == folded(name))
    of_plan = sa.and_(col(Edit.record) == "plan", col(Edit.key) == folded(name))
    of_steps = sa.and_(col(Edit.record) == "plan_step", col(Edit.key).in_(mine))
    statement = (
        select(*(getattr(Edit, field) for field in HISTORY), PlanStep.step)
        .outerjoin(PlanStep, sa.and_(col(Edit.record) == "plan_step", col(Edit.key) == col(PlanStep.key)))
        .where(sa.or_(of_plan, of_steps))
        .order_by(col(Edit.id).desc())
    )
    return frame(session, statement, HISTORY | {"step": "text"})


def step_names(session: Session) -> pd.DataFrame:
    """The sections and steps of all versions, each once, those of the latest version first: section, step."""
    order = (col(Plan.effective_from).desc().nulls_last(), col(Plan.version).desc(), col(PlanStep.position))
    statement = select(PlanStep.section, PlanStep.step).join(Plan, col(Plan.id) == PlanStep.plan_id).order_by(*order)
    return frame(session, statement, {"section": "text", "step": "text"}).drop_duplicates(ignore_index=True)

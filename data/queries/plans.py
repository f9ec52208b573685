"""Reading the crisis plan: its versions and their steps."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session, col, select

from data.queries.frames import DAY, frame
from data.tables import Plan, PlanStep

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


def step_names(session: Session) -> pd.DataFrame:
    """The sections and steps of all versions, each once, those of the latest version first: section, step."""
    order = (col(Plan.effective_from).desc().nulls_last(), col(Plan.version).desc(), col(PlanStep.position))
    statement = select(PlanStep.section, PlanStep.step).join(Plan, col(Plan.id) == PlanStep.plan_id).order_by(*order)
    return frame(session, statement, {"section": "text", "step": "text"}).drop_duplicates(ignore_index=True)

"""Reading the crisis plan: the version in force on a day, and its steps."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlmodel import Session, col, select

from data.queries.frames import DAY, frame
from data.tables import Plan, PlanStep

_STEPS = {
    "plan_id": "int64",
    "step_id": "int64",
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


def in_force(session: Session, on: date) -> Plan | None:
    """The version with the latest effective date not after `on`; one without a date counts from the beginning."""
    effective = col(Plan.effective_from)
    statement = select(Plan).where((effective <= on) | effective.is_(None))
    return session.exec(statement.order_by(effective.desc().nulls_last(), col(Plan.id).desc())).first()


def steps(session: Session, plan_id: int) -> pd.DataFrame:
    """The steps of a version in their order: section, step, role, contact, fulfilled_by, clock_starts,
    target_minutes (NaN: none), audience, required, after_step.
    """
    names = [getattr(PlanStep, name) for name in list(_STEPS)[2:]]
    statement = select(PlanStep.plan_id, PlanStep.id, *names).where(PlanStep.plan_id == plan_id)
    return frame(session, statement.order_by(col(PlanStep.position)), _STEPS)

"""Plan versions and their steps."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from data.commands.records import Origin, Record, ids
from data.keys import folded, of_step
from data.tables import Plan, PlanStep
from importers.context import Context
from importers.issues import Severity, issue
from importers.streams.base import Outcome, cells, keep

_PLAN = ("effective_from", "review_due")

#: Plan's key, and step's name as it is compared.
_StepName = tuple[str, str]


def store_steps(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One step a row; the version's dates may stand in any of its rows.

    A file with all steps of a version sets their order; one with some of them, such as a corrected reject, leaves the
    order as it is and puts new steps last.
    """
    outcome = Outcome()
    plans: dict[str, Record] = {}
    listed: list[tuple[int, _StepName, dict[str, Any]]] = []
    for row, values in cells(rows):
        version = values.pop("plan_version")
        dates = {name: values.pop(name, None) for name in _PLAN}
        plan = plans.setdefault(folded(version), Record(folded(version), row, {"version": version}))
        plan.values.update({name: day for name, day in dates.items() if day is not None})
        listed.append((row, (folded(version), folded(values["step"])), values))
    keep(session, Plan, list(plans.values()), origin, None)
    numbers = ids(session, Plan, plans)
    known = _known_positions(session, numbers)
    positions = _positions([step for _, step, _ in listed], known)
    records = []
    for row, step, values in listed:
        place = {"plan_id": numbers[step[0]], "position": positions[step]}
        records.append(Record(of_step(*step), row, values | place))
        _check_reference(outcome, origin, row, values.get("after_step"), step[0], known.keys() | positions.keys())
    keep(session, PlanStep, records, origin, outcome)
    return outcome


def _known_positions(session: Session, plans: dict[str, int]) -> dict[_StepName, int]:
    """The steps of these plans that are stored already, and where they stand."""
    versions = {number: version for version, number in plans.items()}
    stored = select(PlanStep.plan_id, PlanStep.step, PlanStep.position).where(col(PlanStep.plan_id).in_(versions))
    return {(versions[plan], folded(step)): position for plan, step, position in session.execute(stored)}


def _positions(steps: list[_StepName], known: dict[_StepName, int]) -> dict[_StepName, int]:
    """Where each step of the file stands in its version."""
    found: dict[_StepName, int] = {}
    for version in dict.fromkeys(version for version, _ in steps):
        mine = list(dict.fromkeys(step for step in steps if step[0] == version))
        before = {step: position for step, position in known.items() if step[0] == version}
        if before.keys() <= set(mine):
            found |= {step: position for position, step in enumerate(mine, start=1)}
        else:
            new = [step for step in mine if step not in before]
            last = max(before.values())
            found |= {step: before[step] for step in mine if step in before}
            found |= {step: position for position, step in enumerate(new, start=last + 1)}
    return found


def _check_reference(
    outcome: Outcome, origin: Origin, row: int, named: str | None, version: str, steps: set[_StepName]
) -> None:
    """A step that is to come after one that its plan does not have is kept, with a warning."""
    if named and (version, folded(named)) not in steps:
        place: dict[str, Any] = {"sheet": origin.sheet, "row": row, "column": "after_step", "value": named}
        warning = issue("reference-unknown", severity=Severity.WARNING, what=f"step of plan {version}", **place)
        outcome.issues.append(warning)

"""Plan versions and their steps."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session

from data.commands.records import Origin, Record, ids
from data.keys import digest, folded
from data.tables import Plan, PlanStep
from importers.context import Context
from importers.streams.base import Outcome, cells, keep

_PLAN = ("effective_from", "review_due")


def store_steps(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One step a row, in the order of the rows; the version's dates may stand in any of its rows."""
    outcome = Outcome()
    plans: dict[str, Record] = {}
    steps = []
    for row, values in cells(rows):
        version = values.pop("plan_version")
        dates = {name: values.pop(name, None) for name in _PLAN}
        plan = plans.setdefault(folded(version), Record(folded(version), row, {"version": version}))
        plan.values.update({name: day for name, day in dates.items() if day is not None})
        steps.append((row, folded(version), values))
    keep(session, Plan, list(plans.values()), origin, None)
    numbers = ids(session, Plan, plans)
    position = dict.fromkeys(plans, 0)
    records = []
    for row, version, values in steps:
        position[version] += 1
        values |= {"plan_id": numbers[version], "position": position[version]}
        records.append(Record(digest((version, folded(values["step"]))), row, values))
    keep(session, PlanStep, records, origin, outcome)
    return outcome

"""All crises against their plans: how far each was handled as planned, and who can be reached by the plan in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from data.access import may_open
from data.queries import plans, provenance
from data.queries.provenance import Place
from data.tables import Event, PlanStep
from metrics import conformance
from metrics.findings import plan as say
from reports.sections.base import Measure, Section
from reports.sections.plan import course_of
from reports.sections.scope import Portfolio, Scope
from reports.sections.targets import target


def planned(of: Portfolio) -> Section:
    """The conformance of each crisis, with its code in the group, and the roles of the plan in force now."""
    events, steps = (provenance.places(of.session, table) for table in (Event, PlanStep))
    measures = [_conformance(scope, events, steps) for scope in of.each()]
    roles = list(_roles(of))
    said = say.roles(conformance.uncovered(_steps(of)), roles[0].group["plan"]) if roles else None
    return Section("plan", (said,) if said else (), (*measures, *roles))


def _conformance(of: Scope, events: Mapping[int, Place], steps: Mapping[int, Place]) -> Measure:
    found = course_of(of)
    counted = conformance.counted(found)
    rows = [steps[step.step_id] for step in counted if step.step_id in steps]
    rows += [events[event] for event in {key for step in counted for key in step.events} if event in events]
    group, aim = {"crisis": of.crisis["code"]}, target(of, "conformance")[0]
    return Measure("conformance", conformance.conformance(found), group, aim, provenance.at_places(rows))


def _roles(of: Portfolio) -> Iterator[Measure]:
    """Nothing without a plan in force, or for a viewer who sees no reviews."""
    plan, steps = of.plan_on(of.today), _steps(of)
    if plan is not None and may_open(of.viewer, "overview"):
        rows = provenance.of_records(of.session, PlanStep, steps["step_id"])
        group, aim = {"plan": str(plan["version"])}, of.settings.target("role_coverage")
        yield Measure("role_coverage", conformance.role_coverage(steps), group, aim, rows)


def _steps(of: Portfolio) -> pd.DataFrame:
    """The steps of the plan in force now."""
    plan = of.plan_on(of.today)
    return plans.steps(of.session, -1 if plan is None else plan["plan_id"])

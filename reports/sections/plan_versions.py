"""The plan itself: its versions, which one counts when, and the holes of the one that is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.access import LOCAL, Viewer
from data.commands import plans as commands
from data.engine import writing
from data.queries import learning, plans, provenance
from data.queries.reviews import signed_plans
from data.tables import PlanStep
from metrics.findings import plan_check as say
from metrics.plan_check import between, problems
from reports.sections.base import Section
from reports.sections.scope import Portfolio, portfolio

_VERSIONS = ["version", "effective_from", "until", "review_due", "in_force", "steps", "crises", "signed"]


def plan_versions(of: Portfolio, chosen: str | None = None) -> Section:
    """Frames: `versions` (version, effective_from, until: the last day it counts, review_due; days or NaT; in_force; how
    many steps it has, crises it judges and signed reviews among them; the latest first), `steps` of the chosen version.
    Facts: `version` (the chosen one, else that in force, else the latest), `problems` (sentences), `judged` (a sentence).
    """
    force = of.plan_on(of.today)
    rows = _rows(of, None if force is None else str(force["version"]))
    names = [str(plan["version"]) for plan in of.plans]
    first = str(force["version"]) if force is not None else names[-1] if names else None
    version = chosen if chosen in names else first
    of_plan = {str(plan["version"]): plans.steps(of.session, plan["plan_id"]) for plan in of.plans}
    steps = of_plan[version] if version is not None else plans.steps(of.session, -1)
    wrong = [] if version is None else [*problems(steps, _sections(of, of_plan)), *between(of.plans)]
    mine = rows[rows["version"] == version]
    told = "" if version is None else say.judged(version, int(mine["crises"].iloc[0]), int(mine["signed"].iloc[0]))
    return Section(
        "plan_versions",
        (say.in_force(force, of.today) if names else "There is no plan yet.",),
        (),
        {"versions": rows, "steps": steps},
        provenance.of_records(of.session, PlanStep, steps["step_id"]),
        {"version": version, "problems": [say.problem(one) for one in wrong], "judged": told},
    )


def _sections(of: Portfolio, steps: Mapping[str, pd.DataFrame]) -> list[str]:
    """The sections that any version or any gap names."""
    named = [
        *(name for frame in steps.values() for name in frame["section"]),
        *learning.gaps(of.session, of.viewer)["section"],
    ]
    return list(dict.fromkeys(str(name) for name in named))


def _rows(of: Portfolio, force: str | None) -> pd.DataFrame:
    judged = {int(scope.crisis["crisis_id"]): scope.plan for scope in of.each()}
    signed = [version or judged.get(crisis) for crisis, version in signed_plans(of.session).items() if crisis in judged]
    found = []
    for place, plan in enumerate(of.plans):
        name, later = str(plan["version"]), [p["effective_from"] for p in of.plans[place + 1 : place + 2]]
        until = later[0] - pd.Timedelta(days=1) if later and not pd.isna(later[0]) else pd.NaT
        count = len(plans.steps(of.session, plan["plan_id"]))
        uses = (list(judged.values()).count(name), signed.count(name))
        found.append((name, plan["effective_from"], until, plan["review_due"], name == force, count, *uses))
    frame = pd.DataFrame(found[::-1], columns=_VERSIONS)
    return frame.astype(dict.fromkeys(("effective_from", "until", "review_due"), "datetime64[us]"))


def delete(viewer: Viewer, version: str) -> None:
    """Delete a version that no signed review was judged by, also none that the viewer may not see.

    Raises
    ------
    HandRefused
        What `data.commands.plans.delete_version` raises.
    """
    with writing() as session:
        uses: Any = _rows(portfolio(session, LOCAL), None)
        signed = uses.loc[uses["version"] == version, "signed"].sum()
        commands.delete_version(session, viewer, version, int(signed))

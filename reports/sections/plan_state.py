"""The state of the plan: its sections × the crises, each in the state of its worst step."""

from __future__ import annotations

import pandas as pd

from data.queries import provenance
from data.tables import Event, PlanStep
from metrics.findings import plan_state as say
from metrics.names import plain
from metrics.plan_state import section_states
from reports.sections.base import Section
from reports.sections.plan import course_of
from reports.sections.scope import Portfolio, Scope

#: Crises that are drawn; the latest ones.
SHOWN = 12
_CELLS = ("section", "crisis", "title", "began", "plan", "state", "on_time", "tested", "failed")


def plan_state(of: Portfolio) -> Section:
    """Frames: `cells`, a row a section and crisis, crises oldest first and sections in the order of the latest plan:
    section, crisis (code), title, began (its day 0), plan (version), state (`metrics.plan_state.Held`), on_time and
    tested (counts of steps), failed (names of the steps that did not hold).
    """
    judged = [scope for scope in of.each() if scope.day0 is not None and not scope.steps.empty]
    latest = sorted(judged, key=_began)[-SHOWN:]
    rows = [
        (one.section, s.crisis["code"], s.crisis["title"], s.day0, s.plan, one.state.value, one.on_time, one.tested, one.failed)
        for s in latest
        for one in section_states(course_of(s).steps)
    ]  # fmt: skip
    cells = pd.DataFrame(rows, columns=list(_CELLS))
    order = _order(latest)
    cells = cells.assign(section=[order[plain(name)] for name in cells["section"]])
    steps = {step for s in latest for step in s.steps["step_id"]}
    events = {event for s in latest for step in course_of(s).steps for event in step.events}
    sources = provenance.combined(
        [provenance.of_records(of.session, PlanStep, steps), provenance.of_records(of.session, Event, events)]
    )
    return Section(
        "plan_state", tuple(say.state(cells)), (), {"cells": cells}, sources, {"sections": list(order.values())}
    )


def _began(scope: Scope) -> tuple[pd.Timestamp, str]:
    assert scope.day0 is not None  # noqa: S101 - those without a day were left out
    return scope.day0, scope.crisis["code"]


def _order(scopes: list[Scope]) -> dict[str, str]:
    """Compared name → name of every section, as the latest plan names and orders them, former ones last."""
    found: dict[str, str] = {}
    for scope in reversed(scopes):
        for name in scope.steps["section"]:
            found.setdefault(plain(name), str(name))
    return found

"""As planned? Each step of the plan in force against what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from data.queries import provenance
from data.queries.provenance import Sources
from data.tables import Event, PlanStep
from metrics import conformance
from metrics.findings import plan as say
from metrics.names import plain
from metrics.steps import Course, Step, course
from reports.sections.base import Measure, Section
from reports.sections.scope import Scope
from reports.sections.targets import target

_STEPS = {
    "section": "object",
    "step": "object",
    "required": "bool",
    "state": "object",
    "said": "object",
    "due_from": "datetime64[us, UTC]",
    "due": "datetime64[us, UTC]",
    "done_from": "datetime64[us, UTC]",
    "done": "datetime64[us, UTC]",
    "lateness_minutes": "float64",
    "lo": "float64",
    "hi": "float64",
    "reason": "object",
}


def course_of(scope: Scope) -> Course:
    """What became of the plan in force; read once for all who ask."""
    known, number = scope.portfolio.courses, scope.crisis["crisis_id"]
    if number not in known:
        known[number] = course(scope.steps, scope.line)
    return known[number]


def plan(scope: Scope) -> Section:
    """Frames: `steps` (state, also as it is `said`; due and done as the earliest and the latest they can be, minutes of
    lateness with bounds), `sections` (worst state and rating), `unplanned` (the events that fulfil no step).
    """
    found = course_of(scope)
    measures = tuple(_measures(scope, found))
    events = scope.happened
    return Section(
        "plan",
        tuple(_findings(scope, found, measures)),
        measures,
        {
            "steps": _steps(found),
            "sections": _sections(found),
            "unplanned": events[events["event_id"].isin(found.unplanned)].reset_index(drop=True),
        },
        _sources(scope, found.steps),
        {"version": scope.plan},
    )


def _measures(scope: Scope, found: Course) -> Iterator[Measure]:
    behind = {
        "conformance": conformance.counted(found),
        "order_inversions": [step for step in found.steps if step.done],
        "steps_out_of_place": [step for step in found.steps if step.done],
    }
    for metric, estimate in conformance.estimates(found).items():
        yield Measure(metric, estimate, {}, target(scope, metric)[0], _sources(scope, behind[metric]))
    coverage = conformance.role_coverage(scope.steps)
    rows = provenance.of_records(scope.session, PlanStep, scope.steps["step_id"])
    yield Measure("role_coverage", coverage, {}, target(scope, "role_coverage")[0], rows)
    for name, rating in conformance.capability_ratings(found).items():
        mine = [step for step in found.steps if plain(step.section) == plain(name)]
        yield Measure("capability_rating", rating, {"section": name}, None, _sources(scope, mine))


def _sources(scope: Scope, steps: Iterable[Step]) -> Sources:
    """The rows of the plan that declare these steps, and those of the events behind their states."""
    listed = list(steps)
    parts = [
        provenance.of_records(scope.session, PlanStep, [step.step_id for step in listed]),
        provenance.of_records(scope.session, Event, {event for step in listed for event in step.events}),
    ]
    return provenance.combined(parts)


def _findings(scope: Scope, found: Course, measures: Iterable[Measure]) -> Iterator[str]:
    told: dict[str, Any] = {measure.id: measure.estimate for measure in measures}
    yield say.conformance(told["conformance"], found)
    lacking = conformance.uncovered(scope.steps)
    for sentence in (
        say.latest(found),
        say.order(told["order_inversions"], found),
        say.roles(lacking, str(scope.plan)),
        say.contradictions(found),
        say.unplanned(found),
    ):
        if sentence:
            yield sentence


def _steps(found: Course) -> pd.DataFrame:
    rows = []
    for s in found.steps:
        ends = [end for moment in (s.due, s.done) for end in ((moment.lo, moment.hi) if moment else (None, None))]
        told = (s.section, s.step, s.required, s.state.value, say.state(s, found))
        rows.append((*told, *ends, s.lateness_minutes, *(s.lateness or (None, None)), s.reason))
    frame = pd.DataFrame(rows, columns=list(_STEPS), dtype=object)
    return frame.astype(_STEPS)


def _sections(found: Course) -> pd.DataFrame:
    ratings = conformance.capability_ratings(found)
    rows = [(name, state.value, ratings[name].value) for name, state in conformance.section_states(found).items()]
    return pd.DataFrame(rows, columns=["section", "state", "rating"], dtype=object)

"""How far a crisis was handled as the plan says: shares, ratings and order of the steps in `metrics.steps`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import wilson
from metrics.names import plain
from metrics.precedence import out_of_place
from metrics.steps import APPLIED, Course, State, Step
from metrics.timeline import RESOLUTION
from metrics.words import plural

METRICS: tuple[Metric, ...] = (
    Metric(id="conformance", label="Steps on time", unit="share", better=Better.HIGHER, definition="Of the required steps whose clock started and that were due before the crisis was resolved, the share done on time and in order.", formula="Steps on time ÷ steps due by the resolution or now, whichever is earlier; Wilson interval. Steps whose state days alone can't tell are left out of the value, and the interval covers both readings of them.", edge_cases="Optional steps, steps without a time and steps due later are not counted. No plan in force: undefined; nothing due: does not apply.", source="Wilson 1927; house"),
    Metric(id="capability_rating", label="Capability rating", unit="rating", better=Better.NONE, definition="Per section of the plan, over its required steps that were put to the test: P, all on time; S, at least three quarters on time and none missed; U, none done; M, anything else.", edge_cases="A section of which no step was put to the test has no rating; nor has one where days alone can't tell it.", source="house, with the letters of the exercise programme HSEEP (FEMA 2020)"),
    Metric(id="role_coverage", label="Roles with a contact", unit="share", better=Better.HIGHER, definition="Of the required steps of the plan, the share whose role has a contact in any of its steps.", formula="A full count, so without an interval."),
    Metric(id="order_inversions", label="Steps in reverse order", unit="count", better=Better.LOWER, definition="Number of pairs of done steps between which the plan declares an order, followed through from step to step, and which came the other way round.", edge_cases="Pairs whose order days alone can't tell are said and not counted; steps that would have to follow themselves declare no order."),
    Metric(id="steps_out_of_place", label="Steps out of place", unit="count", better=Better.LOWER, definition="The fewest steps to take out so that the rest came in the declared order.", formula="n − the longest increasing subsequence where the plan orders all steps; the same for a partial order.", source="Dilworth 1950"),
)  # fmt: skip
_BY_ID = {metric.id: metric for metric in METRICS}

NO_PLAN = "no plan was in force when the crisis began"


def estimates(course: Course) -> dict[str, Estimate]:
    """The numbers of one crisis that have one value."""
    return {"conformance": conformance(course)} | ordered(course)


def counted(course: Course) -> list[Step]:
    """The steps that conformance is about: required, and due by the resolution or now, whichever is earlier."""
    over = course.line.first(RESOLUTION)
    until = course.line.now if over is None else min(over.hi, course.line.now)
    return [s for s in course.steps if s.required and s.due and s.due.hi <= until and s.state in APPLIED]


def conformance(course: Course) -> Estimate:
    """Steps on time of those due; `n` counts the steps that could be decided."""
    if not course.steps:
        return _absent("conformance", Status.UNDEFINED, NO_PLAN)
    due = counted(course)
    decided = [step for step in due if step.state is not State.UNCLEAR]
    if not due:
        return _absent("conformance", Status.NOT_APPLICABLE, "no required step was due by then")
    doubt = len(due) - len(decided)
    if not decided:
        why = f"{_decidable(doubt)} whether the {'step' if doubt == 1 else 'steps'} due came in time"
        return _absent("conformance", Status.UNDEFINED, why)
    on_time = sum(step.state is State.ON_TIME for step in decided)
    basis = f"{on_time} of {plural(len(decided), 'required step')} due"
    if doubt:
        basis += (
            f"; of {doubt} more {_decidable(doubt)} whether they came in time, and the interval covers both readings"
        )
    lo, hi = wilson(on_time, len(due))[0], wilson(on_time + doubt, len(due))[1]
    return _estimate("conformance", on_time / len(decided), len(decided), basis, lo, hi)


def _decidable(count: int) -> str:
    return "it can't be told from a day alone" if count == 1 else "it can't be told from days alone"


def ordered(course: Course) -> dict[str, Estimate]:
    """Inversions and steps out of place."""
    ids = ("order_inversions", "steps_out_of_place")
    if not course.steps:
        return {key: _absent(key, Status.UNDEFINED, NO_PLAN) for key in ids}
    if not course.order.compared:
        why = "no two steps with a declared order were done"
        return {key: _absent(key, Status.NOT_APPLICABLE, why) for key in ids}
    inverted = course.order.inverted
    basis = f"{plural(course.order.compared, 'pair')} of done steps with a declared order"
    if course.order.unclear:
        basis += f"; of {len(course.order.unclear)} the order can't be told from days alone"
    values = (len(inverted), out_of_place(inverted))
    steps = {step for pair in course.declared.pairs for step in pair} & {s.step_id for s in course.steps if s.done}
    counts = (course.order.compared, len(steps))
    return {key: _estimate(key, float(value), n, basis) for key, value, n in zip(ids, values, counts, strict=True)}


def section_states(course: Course) -> dict[str, State]:
    """The worst state of each section's steps, in the order of the plan."""
    worst = list(State)
    return {name: min((s.state for s in steps), key=worst.index) for name, steps in _sections(course.steps).items()}


def capability_ratings(course: Course) -> dict[str, Estimate]:
    """P, S, M or U for each section, in the order of the plan."""
    return {name: _rating(steps) for name, steps in _sections(course.steps).items()}


def _rating(steps: Iterable[Step]) -> Estimate:
    tested = [step for step in steps if step.required and step.state in APPLIED]
    if not tested:
        return _absent(
            "capability_rating", Status.NOT_APPLICABLE, "no required step of this section was put to the test"
        )
    letters = {_letter([_read(step, kindly=kindly) for step in tested]) for kindly in (True, False)}
    if len(letters) > 1:
        why = f"{' or '.join(sorted(letters))}: some steps are known only to the day"
        return _absent("capability_rating", Status.UNDEFINED, why)
    on_time = sum(step.state is State.ON_TIME for step in tested)
    basis = f"{on_time} of {plural(len(tested), 'required step')} on time"
    return _estimate("capability_rating", letters.pop(), len(tested), basis)


def _read(step: Step, *, kindly: bool) -> State:
    """The state, one way or the other where it can't be told."""
    if step.state is not State.UNCLEAR:
        return step.state
    if kindly:
        return State.ON_TIME
    return State.LATE if step.done else State.MISSED


def _letter(states: Sequence[State]) -> str:
    on_time, missed = states.count(State.ON_TIME), states.count(State.MISSED)
    if on_time == len(states):
        return "P"
    if missed == len(states):
        return "U"
    return "S" if 4 * on_time >= 3 * len(states) and not missed else "M"


def _sections(steps: Iterable[Step]) -> dict[str, list[Step]]:
    """Steps by section; two spellings of a section are one, named as it first was."""
    names: dict[str, str] = {}
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(names.setdefault(plain(step.section), step.section), []).append(step)
    return found


def role_coverage(steps: pd.DataFrame) -> Estimate:
    """Required steps whose role has a contact; `steps` has role, contact and required."""
    required = steps[steps["required"].astype(bool)]
    if required.empty:
        why = "the plan has no required steps" if len(steps) else "there is no plan"
        return _absent("role_coverage", Status.UNDEFINED, why)
    reachable = _reachable(steps)
    covered = sum(plain(role) in reachable for role in required["role"])
    basis = f"{covered} of {plural(len(required), 'required step')}"
    return _estimate("role_coverage", covered / len(required), len(required), basis)


def uncovered(steps: pd.DataFrame) -> list[str]:
    """The roles of required steps that have no contact, in order of name."""
    reachable = _reachable(steps)
    lacking: dict[str, str] = {}
    for role in sorted(str(role).strip() for role in steps.loc[steps["required"].astype(bool), "role"]):
        lacking.setdefault(plain(role), role)
    return sorted(name for key, name in lacking.items() if key not in reachable)


def _reachable(steps: pd.DataFrame) -> set[str]:
    """The roles that have a contact in any of their steps."""
    return {plain(role) for role, contact in zip(steps["role"], steps["contact"], strict=True) if plain(contact)}


def _estimate(
    key: str, value: float | str, n: int, basis: str, lo: float | None = None, hi: float | None = None
) -> Estimate:
    about = _BY_ID[key]
    return Estimate(value=value, lo=lo, hi=hi, unit=about.unit, n=n, basis=basis, better=about.better)


def _absent(key: str, status: Status, reason: str) -> Estimate:
    return absent(status, reason, unit=_BY_ID[key].unit, better=_BY_ID[key].better)

"""How far a crisis was handled as the plan says, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from metrics.conformance import counted
from metrics.estimate import Estimate, Status
from metrics.findings.clauses import cannot_tell
from metrics.steps import Course, State, Step
from metrics.words import duration, durations, listed, opened, part_of, percent, spelled

#: State of a step in words.
STATES = {
    State.ON_TIME: "on time", State.LATE: "late", State.MISSED: "missed", State.OUT_OF_ORDER: "out of order",
    State.UNCLEAR: "can't be told", State.NOT_DUE: "not yet due", State.NOT_APPLICABLE: "does not apply",
}  # fmt: skip
#: Names that are listed one by one; of more, the first ones and how many others.
_NAMED = 3


def conformance(share: Estimate, course: Course) -> str:
    """The sentence of the section: how many steps were on time, and what became of the others."""
    if share.status is Status.UNDEFINED and not course.steps:
        return f"Not measured: {share.reason}."
    if share.status is not Status.OK or share.number is None:
        return cannot_tell("How many steps were on time", share)
    states = [step.state for step in counted(course)]
    on_time, n = states.count(State.ON_TIME), share.n
    words = {State.LATE: _late, State.MISSED: _missing(course), State.OUT_OF_ORDER: _out_of_order}
    others = [f"{spelled(k)} {told(k)}" for state, told in words.items() if (k := states.count(state))]
    rest = f"; {listed(others)}" if others else ""
    return f"{_share(on_time, n)}{_interval(share)}{rest}{_open(states.count(State.UNCLEAR))}."


def _share(on_time: int, n: int) -> str:
    if n == 1:
        return f"The one required step due was {'on time' if on_time else 'not on time'}"
    return f"{opened(part_of(on_time, n))} required steps due {'was' if on_time <= 1 else 'were'} on time"


def _interval(share: Estimate) -> str:
    if share.number is None or share.lo is None or share.hi is None:
        return ""
    return f" ({percent(share.number)}, interval {percent(share.lo)} to {percent(share.hi)})"


def _open(count: int) -> str:
    return f"; of {spelled(count)} more it can't be told, for want of exact times" if count else ""


def latest(course: Course) -> str | None:
    """The required step that came latest, and those that never came; None where there is neither."""
    late = [step for step in course.steps if step.required and step.state is State.LATE and step.lateness]
    missed = [step for step in course.steps if step.required and step.state is State.MISSED]
    parts = []
    if late:
        worst = max(late, key=lambda step: (step.lateness_minutes or 0.0, -step.step_id))
        parts.append(f"{_quoted([worst])} came latest, {_behind(worst)} after it was due")
    if missed:
        parts.append(f"{_quoted(missed)} {_missing(course)(len(missed))}")
    return f"{opened('; '.join(parts))}." if parts else None


def _behind(step: Step) -> str:
    lo, hi = step.lateness or (0.0, 0.0)
    if lo == hi:
        return duration(lo / 60)
    low, high = durations(max(lo, 0.0) / 60, hi / 60)
    return f"between {low} and {high}"


def order(inversions: Estimate, course: Course) -> str | None:
    """Which steps came before one they must follow; None where all came in order or there is nothing to compare."""
    if inversions.number is None or not inversions.number:
        return None
    early = [step for step in course.steps if step.state is State.OUT_OF_ORDER]
    return f"{_quoted(early)} {_were(len(early))} done before a step that must come first."


def contradictions(course: Course) -> str | None:
    """Orders that the plan declares and that nobody can keep."""
    circular = [step for step in course.steps if step.step_id in course.declared.circular]
    unknown = [step for step in course.steps if step.step_id in course.declared.unknown]
    parts = [f"{_quoted(circular)} would have to follow {_themselves(len(circular))}"] if circular else []
    if unknown:
        parts.append(
            f"{_quoted(unknown)} {'names' if len(unknown) == 1 else 'name'} a step that the plan does not have"
        )
    return f"The plan contradicts itself: {'; '.join(parts)}." if parts else None


def unplanned(course: Course) -> str | None:
    """How many events fulfil no step; None without a plan, or where there are none."""
    count, n = len(course.unplanned), len(course.line.events)
    if not course.steps or not count:
        return None
    if n == 1:
        return "The one recorded event fulfils no step of the plan."
    if count == n:
        return f"{opened(part_of(0, n))} recorded events fulfils a step of the plan."
    return f"{opened(part_of(count, n))} recorded events {'fulfils' if count == 1 else 'fulfil'} no step of the plan."


def roles(lacking: Sequence[str], version: str) -> str | None:
    """The roles of required steps without a contact; None where each has one."""
    if not lacking:
        return None
    return f"Plan {version} names no contact for {_some(list(lacking))}."


def state(step: Step, course: Course) -> str:
    """What became of one step, as it stands beside it: ``late, 6 h 12 min``, ``overdue``, ``not yet due``."""
    if step.state is State.LATE and step.lateness:
        lo, hi = step.lateness
        return f"late, {'' if lo == hi else 'about '}{duration((lo + hi) / 120)}"
    if step.state is State.MISSED and not course.line.over:
        return "overdue"
    return STATES[step.state]


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _late(count: int) -> str:
    return f"{_were(count)} late"


def _out_of_order(count: int) -> str:
    return f"{_were(count)} done out of order"


def _missing(course: Course) -> Callable[[int], str]:
    """What is said of steps that were not done: while a crisis runs they are overdue, and may still be done."""
    if course.line.over:
        return lambda count: f"{_were(count)} missed"
    return lambda count: f"{'is' if count == 1 else 'are'} overdue"


def _themselves(count: int) -> str:
    return "itself" if count == 1 else "themselves"


def _quoted(steps: Sequence[Step]) -> str:
    return _some([f"“{step.step}”" for step in steps])


def _some(names: list[str]) -> str:
    """Names in a list; of more than `_NAMED` + 1 the first ones, and how many others."""
    if len(names) <= _NAMED + 1:
        return listed(names)
    return f"{', '.join(names[:_NAMED])} and {spelled(len(names) - _NAMED)} others"

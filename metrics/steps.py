"""What became of each step of the plan: which event fulfilled it, and whether in time and in order.

A step's clock starts at the earliest event of the milestone it names; it is fulfilled by the earliest event of its own
milestone, and to its audience where it names one, at or after that and not used by another step. Where events are known
only to the day, both bounds must say the same, else the state is ``unclear``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from metrics.clock import hours_between
from metrics.names import plain
from metrics.precedence import Declared, Order, before, declared, order
from metrics.response import FORESEEING
from metrics.timeline import Event, Mark, Moment, Pick, Timeline
from metrics.words import listed, minutes, plural


class State(StrEnum):
    """What became of a step, the worst first: a section is in the state of its worst step."""

    MISSED = "missed"
    LATE = "late"
    OUT_OF_ORDER = "out_of_order"
    UNCLEAR = "unclear"
    NOT_DUE = "not_due"
    ON_TIME = "on_time"
    NOT_APPLICABLE = "not_applicable"


#: States of a step that was put to the test.
APPLIED = (State.MISSED, State.LATE, State.OUT_OF_ORDER, State.UNCLEAR, State.ON_TIME)


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it went.

    Attributes
    ----------
    due : Moment or None
        When it had to be done; None where its clock never started or the plan sets no time.
    done : Moment or None
        When it was done; its `events` hold the row that fulfilled it.
    lateness : (float, float) or None
        Minutes from `due` to `done` as bounds, negative where early; None without one of them.
    reason : str or None
        What a person should know of the state, without a full stop.
    events : tuple of int
        Ids of the events behind the state: those that started its clock and the one that fulfilled it.
    """

    step_id: int
    step: str
    section: str
    required: bool
    state: State
    due: Moment | None = None
    done: Moment | None = None
    lateness: tuple[float, float] | None = None
    reason: str | None = None
    events: tuple[int, ...] = ()

    @property
    def lateness_minutes(self) -> float | None:
        """The lateness, midway between its bounds; None where it can't be told on which side of the due time it lies."""
        return None if self.lateness is None or self.state is State.UNCLEAR else sum(self.lateness) / 2


@dataclass(frozen=True, slots=True)
class Course:
    """A plan against one timeline: its steps in the plan's order, the ids of events that fulfil none of them
    (`unplanned`), and the order of the steps.
    """

    steps: tuple[Step, ...]
    unplanned: tuple[int, ...]
    declared: Declared
    order: Order
    line: Timeline


def course(steps: pd.DataFrame, line: Timeline) -> Course:
    """Hold a plan against what happened.

    Parameters
    ----------
    steps : DataFrame
        Of one version: step_id, position, section, step, fulfilled_by, clock_starts, target_minutes (NaN: no time set),
        audience, required, after_step.
    line : Timeline
        Of the crisis, as of the moment looked from.
    """
    records = steps.to_dict("records") if len(steps) else []  # most crises of a long list have no plan
    rows = [{str(name): value for name, value in row.items()} for row in records]
    rows = sorted(rows, key=lambda row: (row["position"], row["step_id"]))
    triggers = {row["step_id"]: line.first(_mark(row["clock_starts"])) for row in rows}
    taken = _claims(rows, triggers, line)
    used = {event.id for event in taken.values()}
    told = _order_of(rows)
    found = order(told.pairs, {step: _moment(event) for step, event in taken.items()})
    judged = [_judged(row, triggers[row["step_id"]], taken.get(row["step_id"]), line, used) for row in rows]
    names = {row["step_id"]: str(row["step"]) for row in rows}
    left = tuple(event.id for event in line.events if event.id not in used)
    return Course(tuple(_in_order(step, found, names) for step in judged), left, told, found, line)


def _mark(milestone: Any) -> Mark:
    word = "" if milestone is None or milestone != milestone else str(milestone)
    return Mark(f"{word.replace('_', ' ')} event", (Pick(word),))


def _moment(event: Event) -> Moment:
    return Moment(event.lo, event.hi, (event.id,))


def _order_of(rows: Sequence[Mapping[str, Any]]) -> Declared:
    by_name = {plain(row["step"]): int(row["step_id"]) for row in rows}
    named = {int(row["step_id"]): plain(row["after_step"]) for row in rows}
    after = {step: by_name.get(name) for step, name in named.items()}
    return declared(after, [step for step, name in named.items() if name and name not in by_name])


def _claims(
    rows: Sequence[Mapping[str, Any]], triggers: Mapping[int, Moment | None], line: Timeline
) -> dict[int, Event]:
    """Step → the event that fulfils it. Steps that name an audience choose first, so that others leave them theirs."""
    taken: dict[int, Event] = {}
    used: set[int] = set()
    for row in sorted(rows, key=lambda row: plain(row["audience"]) == ""):
        trigger = triggers[row["step_id"]]
        if trigger is None:
            continue
        free = (event for event in line.events if event.id not in used and _fulfils(event, row, trigger))
        first = next(free, None)
        if first is not None:
            taken[int(row["step_id"])] = first
            used.add(first.id)
    return taken


def _fulfils(event: Event, row: Mapping[str, Any], trigger: Moment) -> bool:
    audience = plain(row["audience"])
    if event.milestone != row["fulfilled_by"] or (audience and event.audience != audience):
        return False
    return _follows(event, row, trigger)


def _follows(event: Event, row: Mapping[str, Any], trigger: Moment) -> bool:
    """Whether an event may lie at or after the start of a clock. What started the clock does not stop it; what was
    foreseen before it was posted counts as done at once, as in the time to detect.
    """
    if event.id in trigger.events:
        return False
    foreseen = row["clock_starts"] == "posted" and event.milestone == "detected" and event.detected_by in FORESEEING
    return foreseen or not before(_moment(event), trigger)


def _judged(
    row: Mapping[str, Any], trigger: Moment | None, event: Event | None, line: Timeline, used: set[int]
) -> Step:
    known = Step(
        int(row["step_id"]), str(row["step"]), str(row["section"]), bool(row["required"]), State.NOT_APPLICABLE
    )
    if plain(row["fulfilled_by"]) == "":
        return replace(known, reason="the plan names no milestone that shows it was done")
    if trigger is None:
        return replace(known, reason=_no_start(row))
    target = None if pd.isna(row["target_minutes"]) else float(row["target_minutes"])
    known = replace(known, due=_due(trigger, target), events=trigger.events)
    if event is not None:
        return _done(known, trigger, target, event)
    return _not_done(known, row, trigger, line, used)


def _no_start(row: Mapping[str, Any]) -> str:
    start = plain(row["clock_starts"])
    return f"no {_mark(start).name} recorded" if start else "the plan names no milestone that starts its clock"


def _due(trigger: Moment, target: float | None) -> Moment | None:
    if target is None:
        return None
    more = pd.Timedelta(minutes=target)
    return Moment(trigger.lo + more, trigger.hi + more)


def _done(known: Step, trigger: Moment, target: float | None, event: Event) -> Step:
    """Judged to the minute, as it is shown."""
    done = replace(known, done=_moment(event), events=tuple(dict.fromkeys((*trigger.events, event.id))))
    if target is None:
        return replace(done, state=State.ON_TIME, reason="the plan sets no time for it")
    ends = (max(0.0, hours_between(trigger.hi, event.lo)), max(0.0, hours_between(trigger.lo, event.hi)))
    late = [minutes(hours) > minutes(target / 60) for hours in ends]
    lateness = (ends[0] * 60 - target, ends[1] * 60 - target)
    if late[0] is not late[1]:
        why = "it is known only to the day, and the due time lies between the bounds"
        return replace(done, state=State.UNCLEAR, lateness=lateness, reason=why)
    return replace(done, state=State.LATE if late[0] else State.ON_TIME, lateness=lateness)


def _not_done(known: Step, row: Mapping[str, Any], trigger: Moment, line: Timeline, used: set[int]) -> Step:
    if not known.required:
        return replace(known, reason="optional and not done")
    over = [_passed(at, line) for at in (known.due.lo, known.due.hi)] if known.due else [line.over]
    if not any(over):
        return replace(known, state=State.NOT_DUE)
    doubt = _doubt(row, trigger, line, used)
    if doubt or not all(over):
        return replace(known, state=State.UNCLEAR, reason=doubt or "whether it was due yet is known only to the day")
    return replace(known, state=State.MISSED, reason=_too_early(row, trigger, line, used))


def _passed(due: pd.Timestamp, line: Timeline) -> bool:
    """Whether a due time has passed: of a crisis that is over once it has come, of a running one once it is exceeded."""
    return line.now >= due if line.over else minutes(hours_between(due, line.now)) > 0


def _doubt(row: Mapping[str, Any], trigger: Moment, line: Timeline, used: set[int]) -> str | None:
    """Why a step that no event fulfils may have been done all the same."""
    milestone = row["fulfilled_by"]
    recorded = any(event.milestone == milestone for event in line.events)
    if not recorded and ((milestone == "reviewed" and line.reviewed) or (milestone == "resolved" and line.over)):
        return f"the crisis counts as {milestone}, but nobody recorded when"
    unnamed = [
        event
        for event in line.events
        if event.id not in used
        and event.milestone == milestone
        and event.audience is None
        and plain(row["audience"])
        and _follows(event, row, trigger)
    ]
    return f"{plural(len(unnamed), 'message')} without an audience may have been it" if unnamed else None


def _too_early(row: Mapping[str, Any], trigger: Moment, line: Timeline, used: set[int]) -> str | None:
    """That it was recorded only before its clock started."""
    audience = plain(row["audience"])
    earlier = [
        event
        for event in line.events
        if event.id not in used
        and event.id not in trigger.events
        and event.milestone == row["fulfilled_by"]
        and (not audience or event.audience == audience)
    ]
    zone = line.clock.timezone
    return f"recorded only before its clock started ({_moment(earlier[0]).said(zone)}, {zone})" if earlier else None


def _in_order(step: Step, found: Order, names: Mapping[int, str]) -> Step:
    """The step again, with what the order makes of its state."""
    later = sorted(names[first] for first, second in found.inverted if second == step.step_id)
    if later:
        return replace(step, state=State.OUT_OF_ORDER, reason=f"done before {_quoted(later)}, which it must follow")
    doubtful = sorted(names[first] for first, second in found.unclear if second == step.step_id)
    if doubtful and step.state is State.ON_TIME:
        return replace(step, state=State.UNCLEAR, reason=f"whether it came after {_quoted(doubtful)} can't be told")
    return step


def _quoted(names: list[str]) -> str:
    return listed([f"“{name}”" for name in names])
